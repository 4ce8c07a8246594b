"""Where a value lies in a form: a path of names and row numbers, written as JSON pointer or as HTML field name."""

from __future__ import annotations

import re
from typing import Any

from wardflow.forms.values import Path, get

_TO_ESCAPE = re.compile(r"[%.\[\]\x00-\x20]|^_")
_TOKEN = re.compile(r"\[(\d+)\]|\.?([^.\[\]]+)")
_ROOT = "_root"
_NAMELESS = "%-"
_DEEPEST = 40  # deeper names come from nobody's form, and would be walked by recursion


def pointer(path: Path) -> str:
    """The path as a JSON pointer (RFC 6901)."""
    return "".join("/" + str(token).replace("~", "~0").replace("/", "~1") for token in path)


def path_of(text: str, value: Any) -> Path:
    """The path a JSON pointer means in this value, which tells row numbers from names made of digits."""
    path: list[str | int] = []
    here = value
    for raw in text.split("/")[1:]:
        token: str | int = raw.replace("~1", "/").replace("~0", "~")
        if isinstance(here, list) and raw.isdigit():
            token = int(raw)
        path.append(token)
        here = get(here, (token,))
    return tuple(path)


def html_name(path: Path) -> str:
    """The path as the name of an HTML control: `applicant.full_name`, `plots[0].area_m2`."""
    text = ""
    for token in path:
        if isinstance(token, int):
            text = (text or _ROOT) + f"[{token}]"
        else:
            text += ("." if text else "") + (_TO_ESCAPE.sub(_escaped, token) or _NAMELESS)
    return text or _ROOT


def path_of_name(name: str) -> Path | None:
    """The path that `html_name` wrote, or None for a name of another origin."""
    if not name:
        return None
    rest = name.removeprefix(_ROOT) if name == _ROOT or name.startswith(_ROOT + "[") else name
    path: list[str | int] = []
    end = 0
    for found in _TOKEN.finditer(rest):
        if found.start() != end or (found[1] and len(found[1]) > 6):
            return None
        end = found.end()
        path.append(int(found[1]) if found[1] else _unescaped(found[2]))
    return tuple(path) if end == len(rest) and len(path) <= _DEEPEST else None


def html_id(name: str) -> str:
    """An id for the control of that name, safe in a link's fragment."""
    return "f-" + re.sub(r"[^\w-]", lambda found: {".": "-", "[": "-", "]": ""}.get(found[0], f"x{ord(found[0]):x}"), name)


def _escaped(found: re.Match[str]) -> str:
    return f"%{ord(found[0]):02X}"


def _unescaped(token: str) -> str:
    if token == _NAMELESS:
        return ""
    return re.sub(r"%([0-9A-F]{2})", lambda found: chr(int(found[1], 16)), token)
