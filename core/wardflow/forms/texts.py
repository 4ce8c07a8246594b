"""Between a JSON value and the text of its control, both ways, kind by kind."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from wardflow.forms import spelling
from wardflow.forms.values import ABSENT, type_name

_LOST_ON_THE_WAY = re.compile("[\r\n\0\ufffd]")  # a browser changes these in what it shows and posts

_DEEPEST = 40


def show(kind: str, value: Any) -> str:
    """What the control shows: the value as people write it, or what was typed where it was not understood."""
    if value is ABSENT or (value is None and kind not in ("json", "const")):
        return ""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and kind in ("integer", "number", "money"):
        return spelling.show_number(value)
    if isinstance(value, str):
        if kind == "json":
            return value if parsed(value) is ABSENT else json.dumps(value, ensure_ascii=False)
        return _SHOW_TEXT.get(kind, str)(value)
    return json.dumps(value, ensure_ascii=False, indent=2 if kind == "json" and isinstance(value, (dict, list)) else None)


def read(kind: str, text: str, types: frozenset[str]) -> Any:
    """The value somebody typed; text that cannot be understood stays text, and the check objects to it."""
    if kind in ("integer", "money", "number"):
        found = spelling.number(text, whole=kind != "number" or types == {"integer"})
        return text.strip() if found is None else found
    if kind == "json":
        return read_json(text, types)
    clean = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()
    understood = _READ_TEXT[kind](clean) if kind in _READ_TEXT else None
    return clean if understood is None else understood


def untouched(kind: str, stored: str, text: str) -> Any:
    """The stored value (as JSON) when the control still shows it; ABSENT when somebody typed over it."""
    value = parsed(stored)
    if value is ABSENT:
        return ABSENT
    return value if unchanged(show(kind, value), text) else ABSENT


def unchanged(shown: str, text: str) -> bool:
    """Whether a browser posted the text it was shown."""
    return _LOST_ON_THE_WAY.sub("", shown) == _LOST_ON_THE_WAY.sub("", text)


def changed_on_the_way(kind: str, text: str) -> bool:
    """Whether a browser would not post the text as the control shows it."""
    lost = _LOST_ON_THE_WAY.search(text.replace("\n", "") if kind in ("textarea", "json") else text)
    return lost is not None


def read_json(text: str, types: frozenset[str]) -> Any:
    """JSON where the text is JSON of a type asked for, else the text itself."""
    value = parsed(text)
    if value is ABSENT:
        return text.replace("\r\n", "\n").strip()
    fits = not types or type_name(value) in types or isinstance(value, (dict, list))
    return value if fits else text.strip()


def parsed(text: str) -> Any:
    """The JSON value of a text, ABSENT when it is none or is nested deeper than any form."""
    try:
        value = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return ABSENT
    layer, depth = [value], 0
    while layer and depth <= _DEEPEST:
        layer = [each for outer in layer if isinstance(outer, (dict, list))
                 for each in (outer.values() if isinstance(outer, dict) else outer)]  # fmt: skip
        depth += 1
    return ABSENT if layer else value


def _refuse(word: str) -> Any:
    raise ValueError(word)


_SHOW_TEXT: Mapping[str, Callable[[str], str]] = {"date": spelling.show_day, "datetime": spelling.show_instant}
_READ_TEXT: Mapping[str, Callable[[str], str | None]] = {
    "date": spelling.day, "datetime": spelling.instant, "email": str.strip,
}  # fmt: skip
