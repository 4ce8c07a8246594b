"""The walk of README.md, done exactly as it is printed: in both languages, with JavaScript off, and on a telephone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pressing import follow

README = Path(__file__).parents[2] / "README.md"
HEADING = "## A walk in five minutes"
VERB = r"\b(?P<verb>sit down as|press|fill in|tick|note the|in a private window|close that window)\b"
LABEL = r"\*\*(?P<vi>[^*]+)\*\*(?: \[(?P<en>[^\]]+)\])?"
VALUE = r"(?P<how>(?: beside)? ?)(?:`(?P<value_vi>[^`]+)`(?: \[`(?P<value_en>[^`]+)`\])?|(?P<said>today|as noted)\b)"
TOKEN = re.compile(rf"(?:{VERB})|(?:{LABEL}(?:{VALUE})?)|(?P<stop>[.:]\s)", re.IGNORECASE)
WINDOWS = ("in a private window", "close that window")


@dataclass(frozen=True)
class Move:
    """One thing to do or to see; without a verb it is something that must be on the page."""

    verb: str
    label: tuple[str, str] = ("", "")
    value: tuple[str, str] = ("", "")
    said: str = ""

    def in_language(self, language: str) -> tuple[str, str]:
        """The label and the value as the page shows them."""
        place = ("vi", "en").index(language)
        return self.label[place] or self.label[0], self.value[place] or self.value[0]


def moves() -> Iterator[Move]:
    """What the numbered steps of the walk say, in order: a verb holds until the sentence ends."""
    text = README.read_text("utf-8").partition(HEADING)[2].partition("\n## ")[0]
    steps = re.sub(r"\s+", " ", text[text.index("\n1. "):])
    verb = "see"
    for found in TOKEN.finditer(steps):
        if found["stop"]:
            verb = "see"
        elif found["verb"]:
            verb = found["verb"].lower()
            if verb in WINDOWS:
                yield Move(verb)
        else:
            value = (found["value_vi"] or "", found["value_en"] or "")
            yield Move(verb, (found["vi"], found["en"] or ""), value, found["said"] or "")


class Walker:
    """Does what the walk says, as somebody who reads the page and nothing else."""

    def __init__(self, page: Any, language: str, window: Callable[[], Any]) -> None:
        self._page, self._language, self._window = page, language, window
        self._first = page
        self._noted = ""

    def do(self, move: Move) -> None:
        """One move."""
        label, value = move.in_language(self._language)
        if move.said:
            value = self._noted if move.said == "as noted" else datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).strftime("%d/%m/%Y")
        match move.verb:
            case "sit down as":
                self._sit(label)
            case "press":
                self._press(label, value)
            case "fill in":
                self._fill(label, value)
            case "tick":
                self._labelled(label).check()
            case "note the":
                self._noted = self._page.locator("dt", has_text=label).locator("+ dd").inner_text()
            case "in a private window":
                self._page = self._window()
            case "close that window":
                self._page.context.close()
                self._page = self._first
            case _:
                self._page.get_by_text(label).filter(visible=True).first.wait_for()

    def _sit(self, role: str) -> None:
        change = self._page.get_by_role("link", name={"vi": "Đổi vai", "en": "Change role"}[self._language])
        if change.count():
            follow(change)
        follow(self._page.locator(".people").get_by_role("button", name=re.compile("^" + re.escape(role))))

    def _press(self, name: str, beside: str) -> None:
        place = self._page.locator("li", has_text=beside) if beside else self._page
        exactly, beginning = (re.compile(rf"^\s*{re.escape(name)}{end}") for end in (r"\s*$", r"(?!\w)"))
        for said in (exactly, beginning):
            for role in ("button", "link"):
                found = place.get_by_role(role, name=said).filter(visible=True)
                if found.count():
                    follow(found.first)
                    return
        self._page.locator("summary", has_text=name).first.click()

    def _fill(self, label: str, value: str) -> None:
        control = self._labelled(label)
        if control.evaluate("each => each.tagName") == "SELECT":
            control.select_option(label=value)
        else:
            control.fill(value)
            control.press("Tab")

    def _labelled(self, label: str) -> Any:
        """The control whose label begins with these words."""
        return self._page.get_by_label(re.compile(r"^\s*" + re.escape(label))).first


def walked(page: Any, language: str, window: Callable[[], Any]) -> None:
    """The whole walk."""
    walker = Walker(page, language, window)
    for move in moves():
        walker.do(move)


def test_the_walk_is_read_whole() -> None:
    found = list(moves())

    assert {move.verb for move in found} >= {"sit down as", "press", "fill in", "tick", "note the", "see", *WINDOWS}
    assert [move.verb for move in found].count("sit down as") == 9


@pytest.mark.parametrize(
    ("language", "javascript", "width"),
    [("vi", True, 1280), ("en", True, 360), ("vi", False, 360), ("en", False, 1280)],
    ids=["vietnamese", "english-telephone", "vietnamese-telephone-no-script", "english-no-script"],
)
def test_the_walk_of_the_readme(
    walked_site: Any, open_page: Callable[..., Any], language: str, javascript: bool, width: int
) -> None:
    def window() -> Any:
        page = open_page(walked_site, width=width, javascript=javascript, language=language)
        if language == "en":
            follow(page.get_by_role("link", name="English"))
        return page

    walked(window(), language, window)
