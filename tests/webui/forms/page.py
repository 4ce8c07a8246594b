"""A page of a form as a browser sees it: draws the macros, then reads the controls back as a browser would post them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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
    made.globals.update(_=_say, law=str)    # the reader's language is Vietnamese, in which laws are cited as they are
    return made


_ENVIRONMENT = environment()


def draw(fields: Iterable[Field], language: str = "vi", **options: Any) -> str:
    """The form as HTML."""
    module: Any = _ENVIRONMENT.get_template("forms/fields.html").module
    return str(module.form_fields(tuple(fields), Wording(language), **options))


@dataclass
class Control:
    """One control of a page, as a person or a test may set it."""

    kind: str
    name: str
    value: str = ""
    on: bool = True
    options: list[str] = field(default_factory=list)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What a browser posts for it: lines of a text end as HTTP wants them, a line of text holds no line breaks."""
        if self.kind == "file" or not self.on:
            return []
        if self.kind == "textarea":
            return [(self.name, self.value.replace("\r\n", "\n").replace("\n", "\r\n"))]
        if self.kind in ("hidden", "select", "checkbox", "radio"):
            return [(self.name, self.value)]
        return [(self.name, self.value.replace("\n", "").replace("\r", ""))]


class Page(HTMLParser):
    """The controls of a page, and the pairs its form would be posted as."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.controls: list[Control] = []
        self.buttons: list[tuple[str, str]] = []
        self.tags: list[tuple[str, Mapping[str, str]]] = []
        self._select: Control | None = None
        self._area: Control | None = None

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What an untouched form would be posted as."""
        return [pair for control in self.controls for pair in control.pairs]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        self.tags.append((tag, facts))
        if tag == "input":
            kind = facts.get("type", "text")
            ticked = kind in ("checkbox", "radio")
            value = facts.get("value", "on" if ticked else "")
            self.controls.append(Control(kind, facts["name"], value, not ticked or "checked" in facts))
        elif tag == "select":
            self._select = Control("select", facts["name"], on=False)
            self.controls.append(self._select)
        elif tag == "option" and self._select is not None:
            self._option(self._select, facts)
        elif tag == "textarea":
            self._area = Control("textarea", facts["name"])
            self.controls.append(self._area)
        elif tag == "button" and "name" in facts:
            self.buttons.append((facts["name"], facts.get("value", "")))

    def _option(self, select: Control, facts: Mapping[str, str]) -> None:
        select.options.append(facts["value"])
        if not select.on or "selected" in facts:    # a browser takes the first entry when none is marked
            select.value = facts["value"]
        select.on = True

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = None
        elif tag == "textarea" and self._area is not None:
            self._area.value = self._area.value.removeprefix("\n")
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
