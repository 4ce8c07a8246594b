"""Built-in functions on contexts."""

from __future__ import annotations

from typing import Any

from wardflow.feel.functions.registry import Library
from wardflow.feel.run import Run
from wardflow.feel.values import Nothing, kind

library = Library()


@library.function("get value", "m: context, key: string")
def get_value(m: dict[str, Any], key: str) -> Any:
    """The entry of this key."""
    if key not in m:
        raise Nothing("unknown-property", name=key, kind="context", nearest="")
    return m[key]


@library.function("get value", "context: context, keys: list")
def get_value_at(context: dict[str, Any], keys: list[Any]) -> Any:
    """The entry at the end of a path of keys."""
    value: Any = context
    for key in keys:
        if not isinstance(value, dict) or key not in value:
            raise Nothing("unknown-property", name=str(key), kind=kind(value), nearest="")
        value = value[key]
    return value


@library.function("get entries", "m: context")
def get_entries(m: dict[str, Any]) -> list[Any]:
    """Each entry as a context of key and value."""
    return [{"key": key, "value": value} for key, value in m.items()]


@library.function("context", "entries: list")
def context(entries: list[Any]) -> dict[str, Any]:
    """A context made of contexts with key and value."""
    made: dict[str, Any] = {}
    for entry in entries:
        if not isinstance(entry, dict) or not isinstance(entry.get("key"), str) or "value" not in entry:
            raise Nothing("wrong-argument", name="context", parameter="entries", kind=kind(entry), wanted="context")
        if entry["key"] in made:
            raise Nothing("key-twice", key=entry["key"])
        made[entry["key"]] = entry["value"]
    return made


@library.function("context put", "context: context, key: string, value: any")
def context_put(context: dict[str, Any], key: str, value: Any) -> dict[str, Any]:
    """The context with one entry new or changed."""
    return {**context, key: value}


@library.function("context put", "context: context, keys: list, value: any")
def context_put_at(context: dict[str, Any], keys: list[Any], value: Any) -> dict[str, Any]:
    """The context with the entry at the end of a path new or changed."""
    if not keys or not isinstance(keys[0], str):
        raise Nothing("wrong-argument", name="context put", parameter="keys", kind=kind(keys), wanted="list")
    first, rest = keys[0], keys[1:]
    if not rest:
        return {**context, first: value}
    inner = context.get(first, {})
    if not isinstance(inner, dict):
        raise Nothing("wrong-argument", name="context put", parameter="keys", kind=kind(inner), wanted="context")
    return {**context, first: context_put_at(inner, rest, value)}


@library.function("context merge", "contexts: list")
def context_merge(run: Run, contexts: list[Any]) -> dict[str, Any]:
    """One context of all entries; a later one of the same key wins."""
    merged: dict[str, Any] = {}
    for one in contexts:
        if not isinstance(one, dict):
            raise Nothing("wrong-argument", name="context merge", parameter="contexts", kind=kind(one), wanted="context")
        run.spend(1 + len(one))
        merged.update(one)
    return merged
