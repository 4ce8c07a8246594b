"""Somebody who fills in an empty form from a document on paper: reads the page, sets its controls, presses its buttons, posts.

Only the page is looked at, never the schema: which control stands where, and what it should hold, is read from two pages, the
one that is being filled in and one on which the document has been filled in already.
"""

from __future__ import annotations

import runpy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wardflow.forms import ABSENT, choices_of, edit_list, edited_choices, fields, from_post

_PAGE = runpy.run_path(str(Path(__file__).parents[1] / "webui" / "forms" / "page.py"))
draw, read = _PAGE["draw"], _PAGE["read"]
_PATIENCE = 200

Page = Any  # of page.py, which cannot be imported by name


def fill(schema: Mapping[str, Any], document: Any) -> Any:
    """What the server has after the document was typed into an empty form."""
    wanted = read(draw(fields(schema, document)))
    value: Any = ABSENT
    choices: Mapping[str, int] = {}
    before: list[tuple[str, str]] | None = None
    for _ in range(_PATIENCE):
        page = read(draw(fields(schema, value, choices=choices)))
        shown = page.pairs
        _set(page, wanted)
        pressed = _button(page, wanted) if page.pairs == shown else []
        pairs = [*page.pairs, *pressed]
        if pairs == before:
            return value
        before, value, choices = pairs, from_post(schema, pairs), choices_of(pairs)
        for name, text in pressed:
            value = edit_list(schema, value, name, text, choices=choices)
            choices = edited_choices(choices, name, text)
    raise AssertionError("the form never came to an end")


def _set(page: Page, wanted: Page) -> None:
    """Every control that the filled page has as well holds what it holds there."""
    said: dict[str, list[str]] = {}
    for control in wanted.controls:
        if control.kind != "hidden":
            said.setdefault(control.name, []).extend([control.value] if control.on else [])
    keys = [name for name in said if name.startswith("_key.")]
    for control in page.controls:
        if control.kind == "hidden":
            continue
        if control.name.startswith("_key.") and control.name not in said:
            _name(control, page, keys, said)
        elif control.name in said:
            _hold(control, said[control.name])


def _hold(control: Any, values: list[str]) -> None:
    if control.kind in ("checkbox", "radio"):
        control.on = control.value in values
    elif values and (control.kind != "select" or values[-1] in control.options):
        control.value = values[-1]


def _name(control: Any, page: Page, keys: list[str], said: Mapping[str, list[str]]) -> None:
    """A new entry gets the name of one that is still missing beside it."""
    have = {each.name for each in page.controls}
    above = control.name.rpartition(".")[0]
    missing = [name for name in keys if name.rpartition(".")[0] == above and name not in have]
    taken = {each.value for each in page.controls if each.name.startswith("_key.") and each.name.rpartition(".")[0] == above}
    control.value = next((said[name][0] for name in missing if said[name][0] not in taken), control.value)


def _button(page: Page, wanted: Page) -> list[tuple[str, str]]:
    """The button for the next row or entry that is not on the page yet, if any."""
    for name, where in page.buttons:
        begins = name == "_add" and (name, where) not in wanted.buttons    # a group inside itself is begun with a button
        if name in ("_add", "_entry") and (begins or _below(page, where) < _below(wanted, where)):
            return [(name, where)]
    return []


def _below(page: Page, where: str) -> int:
    """How many rows or entries stand directly below a place."""
    return sum(1 for name, text in page.buttons if name == "_remove" and text.rpartition("/")[0] == where)
