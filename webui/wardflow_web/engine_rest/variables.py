"""Variables with their types, as clients send and expect them."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from wardflow.cases.attach_document import Upload
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
    return {name: typed_value(value) for name, value in values.items()}


def typed_value(value: Any) -> dict[str, Any]:
    """One value with its type; of a file its name and kind, its bytes are read apart."""
    if isinstance(value, Mapping) and isinstance(value.get("attachment"), str) and isinstance(value.get("sha256"), str):
        return {"value": None, "type": "File", "valueInfo": {"filename": value.get("name"), "mimeType": value.get("type")}}
    kind, shown = _typed(value)
    return {"value": shown, "type": kind, "valueInfo": {}}


def given(sent: Any, take: Callable[[str, bytes], Upload]) -> tuple[dict[str, Any], tuple[Upload, ...]]:
    """The values of typed variables, and the files among them, taken in; a file's value refers to it as a form's does."""
    found, uploads = dict[str, Any](), list[Upload]()
    for name, one in (sent.items() if isinstance(sent, Mapping) else ()):
        if isinstance(one, Mapping) and str(one.get("type") or "").lower() == "file" and one.get("value") is not None:
            uploads.append(take(*_file(str(name), one)))
            found[str(name)] = dict(uploads[-1].reference())
    rest = {name: one for name, one in sent.items() if name not in found} if isinstance(sent, Mapping) else sent
    return plain(rest) | found, tuple(uploads)


def _file(name: str, one: Mapping[str, Any]) -> tuple[str, bytes]:
    told = one.get("valueInfo")
    shown = str(told.get("filename") or name) if isinstance(told, Mapping) else name
    try:
        return shown, base64.b64decode(str(one["value"]), validate=True)
    except ValueError as wrong:
        raise RequestUnreadable(why=f"variable {name} is no base64 text of a file") from wrong


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
        raise RequestUnreadable(why=f"variable {name} is bytes; a File goes with work that is done, an opening or a message for one case")
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
