"""Types as hosts declare them: names to FEEL type names, or a JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardflow.feel import types as t
from wardflow.feel.convert import text_of, to_feel

_FORMATS = {"date": t.DATE, "time": t.TIME, "date-time": t.DATE_TIME}
_JSON = {"number": t.NUMBER, "integer": t.NUMBER, "string": t.STRING, "boolean": t.BOOLEAN, "null": t.NULL}
_DEEPEST = 12


def declared_types(declared: Mapping[str, Any]) -> dict[str, t.Type]:
    """The type of each name: from a JSON Schema with `properties`, or from names to types (a group is a mapping, a list a
    list of one)."""
    if isinstance(declared.get("properties"), Mapping):
        root = schema_type(declared, declared)
        return dict(root.entries) if isinstance(root, t.ContextOf) else {}
    return {name: declared_type(value) for name, value in declared.items()}


def declared_type(value: Any) -> t.Type:
    """One declared type; what cannot be told is Any."""
    match value:
        case t.Type():
            return value
        case str():
            return t.BUILT_IN.get(value, t.ANY)
        case Mapping():
            return t.ContextOf(tuple((str(name), declared_type(inner)) for name, inner in value.items()))
        case [inner]:
            return t.ListOf(declared_type(inner))
    return t.ANY


def schema_type(schema: Any, root: Mapping[str, Any], depth: int = 0) -> t.Type:
    """The type of a JSON Schema; references within the same document are followed."""
    if not isinstance(schema, Mapping) or depth > _DEEPEST:
        return t.ANY
    if isinstance(schema.get("$ref"), str):
        return schema_type(_referred(schema["$ref"], root), root, depth + 1)
    if isinstance(schema.get("enum"), list):
        return one_of([value for value in schema["enum"] if value is not None])
    kinds = schema.get("type")
    named = [kinds] if isinstance(kinds, str) else [one for one in kinds or () if one != "null"]
    match named:
        case ["object"]:
            inner = schema.get("properties")
            if not isinstance(inner, Mapping):
                return t.CONTEXT
            return t.ContextOf(tuple((name, schema_type(one, root, depth + 1)) for name, one in inner.items()))
        case ["array"]:
            return t.ListOf(schema_type(schema.get("items"), root, depth + 1))
        case ["string"]:
            return _FORMATS.get(str(schema.get("format")), t.STRING)
        case [one]:
            return _JSON.get(one, t.ANY)
    return t.ANY


def _referred(reference: str, root: Mapping[str, Any]) -> Any:
    found: Any = root
    for step in reference.removeprefix("#").strip("/").split("/"):
        found = found.get(step.replace("~1", "/").replace("~0", "~")) if isinstance(found, Mapping) else None
    return found if reference.startswith("#") else None


def one_of(values: list[Any]) -> t.Type:
    """The type of just these values, Any unless all are texts or all are numbers."""
    feel = [to_feel(value) for value in values]
    base = t.STRING if all(isinstance(value, str) for value in feel) else t.NUMBER
    if base == t.NUMBER and not all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in values):
        return t.ANY
    return t.Restricted(base, lambda value: value in feel, ", ".join(str(text_of(value, quoted=True)) for value in feel))
