"""Variables with their types, as clients send and expect them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from wardflow.exchange_errors import RequestUnreadable

LARGEST_INTEGER = 2**31 - 1
NAMED = 200


def moment(at: datetime | None) -> str | None:
    """An instant as these clients write it."""
    if at is None:
        return None
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}+0000"


def typed(values: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Values with their types; what is neither a text, a number nor a truth travels as JSON text."""
    return {name: {"value": shown, "type": kind, "valueInfo": {}} for name, (kind, shown) in _each(values)}


def _each(values: Mapping[str, Any]) -> list[tuple[str, tuple[str, Any]]]:
    return [(name, _typed(value)) for name, value in values.items()]


def _typed(value: Any) -> tuple[str, Any]:
    if value is None:
        return "Null", None
    if isinstance(value, bool):
        return "Boolean", value
    if isinstance(value, int):
        return ("Integer" if abs(value) <= LARGEST_INTEGER else "Long"), value
    if isinstance(value, float):
        return "Double", value
    if isinstance(value, str):
        return "String", value
    return "Json", json.dumps(value, ensure_ascii=False)


def plain(sent: Any, what: str = "variables") -> dict[str, Any]:
    """The values of typed variables; RequestUnreadable names the one that is not what its type says."""
    if sent is None:
        return {}
    if not isinstance(sent, Mapping):
        raise RequestUnreadable(why=f"{what} is not an object")
    return {str(name): _plain(str(name), given) for name, given in sent.items()}


def _plain(name: str, given: Any) -> Any:
    if not isinstance(given, Mapping):
        raise RequestUnreadable(why=f"variable {name} has no value")
    if not name or len(name) > NAMED:
        raise RequestUnreadable(why=f"a variable has no name of at most {NAMED} letters")
    value, kind = given.get("value"), str(given.get("type") or "").lower()
    if value is None or kind == "null":
        return None
    if kind in ("file", "bytes"):
        raise RequestUnreadable(why=f"variable {name} is a file; papers are attached to the case, not sent as variables")
    read = READ.get(kind)
    if read is None:
        return value
    try:
        return read(value)
    except (TypeError, ValueError) as wrong:
        raise RequestUnreadable(why=f"variable {name} is no {given.get('type')}") from wrong


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _truth(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if str(value).lower() not in ("true", "false"):
        raise ValueError(value)
    return str(value).lower() == "true"


READ: Mapping[str, Callable[[Any], Any]] = {
    "json": _json, "object": _json, "integer": int, "long": int, "short": int, "double": float, "boolean": _truth, "string": str,
}
