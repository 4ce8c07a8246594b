"""JSON values as forms handle them: one word for "nothing is here", looking up and changing by path."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

Path = tuple[str | int, ...]


class Absent:
    """The one value that says "nothing is here", which JSON's null does not."""

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = Absent()
SEALED = {"$sealed": True}


def is_sealed(value: Any) -> bool:
    """Whether the value is the mark left where a sealed one was taken out."""
    return isinstance(value, Mapping) and value.get("$sealed") is True


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same JSON: true is not 1."""
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def type_name(value: Any) -> str:
    """The JSON type of a value; of several, the narrowest."""
    if value is None:
        return "null"
    kinds = ((bool, "boolean"), (int, "integer"), (float, "number"), (str, "string"), (list, "array"), (Mapping, "object"))
    return next((name for kind, name in kinds if isinstance(value, kind)), "absent")


def get(value: Any, path: Path) -> Any:
    """What lies at the path, or ABSENT."""
    for token in path:
        is_row = isinstance(value, list) and isinstance(token, int) and token < len(value)
        if not is_row and not (isinstance(value, Mapping) and token in value):
            return ABSENT
        value = value[token]
    return value


def put(value: Any, path: Path, new: Any) -> Any:
    """A copy of the value with something new at the path; ABSENT takes away what is there."""
    if not path:
        return new
    changed = copy.copy(value) if isinstance(value, (dict, list)) else ([] if isinstance(path[0], int) else {})
    token, rest = path[0], path[1:]
    inner = new if not rest else put(get(changed, (token,)), rest, new)
    if isinstance(changed, list):
        _put_row(changed, int(token), inner)
    elif inner is ABSENT:
        changed.pop(token, None)
    else:
        changed[token] = inner
    return changed


def _put_row(rows: list[Any], at: int, new: Any) -> None:
    if new is ABSENT:
        del rows[at : at + 1]
    elif at < len(rows):
        rows[at] = new
    else:
        rows.append(new)
