"""A page of a form as a browser sees it: draws the macros, then reads the controls back as a browser would post them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from wardflow.forms import Field
from wardflow.wording import Wording

TEMPLATES = Path(__file__).parents[3] / "webui" / "wardflow_web" / "templates"


def _say(text: str, /, **facts: Any) -> str:
    return text.format(**facts) if facts else text


def environment() -> Environment:
    """Jinja as the pages have it, undefined names being errors."""
    made = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    made.globals["_"] = _say
    return made


_ENVIRONMENT = environment()


def draw(fields: Iterable[Field], language: str = "vi", **options: Any) -> str:
    """The form as HTML."""
    module: Any = _ENVIRONMENT.get_template("forms/fields.html").module
    return str(module.form_fields(tuple(fields), Wording(language), **options))


class Page(HTMLParser):
    """The controls of a page, and the pairs an untouched form would be posted as."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pairs: list[tuple[str, str]] = []
        self.tags: list[tuple[str, Mapping[str, str]]] = []
        self._select: list[tuple[str, str, bool]] | None = None
        self._select_name = ""
        self._area: str | None = None
        self._area_text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        self.tags.append((tag, facts))
        if tag == "input":
            self._input(facts)
        elif tag == "select":
            self._select, self._select_name = [], facts["name"]
        elif tag == "option" and self._select is not None:
            self._select.append((self._select_name, facts["value"], "selected" in facts))
        elif tag == "textarea":
            self._area, self._area_text = facts["name"], ""

    def _input(self, facts: Mapping[str, str]) -> None:
        kind = facts.get("type", "text")
        if kind == "file" or (kind in ("checkbox", "radio") and "checked" not in facts):
            return
        value = facts.get("value", "on" if kind in ("checkbox", "radio") else "")
        self.pairs.append((facts["name"], value if kind == "hidden" else value.replace("\n", "").replace("\r", "")))

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area_text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._select is not None:
            chosen = [each for each in self._select if each[2]] or self._select[:1]
            self.pairs += [(name, value) for name, value, _ in chosen[-1:]]
            self._select = None
        elif tag == "textarea" and self._area is not None:
            text = self._area_text.removeprefix("\n").replace("\r\n", "\n").replace("\n", "\r\n")
            self.pairs.append((self._area, text))
            self._area = None

    def all(self, tag: str) -> list[Mapping[str, str]]:
        """The attributes of every such tag."""
        return [facts for name, facts in self.tags if name == tag]

    def labelled(self) -> set[str]:
        """The ids that labels name."""
        return {facts["for"] for facts in self.all("label") if "for" in facts}


def read(html: str) -> Page:
    """The page a browser makes of the HTML."""
    page = Page()
    page.feed(html)
    page.close()
    return page
