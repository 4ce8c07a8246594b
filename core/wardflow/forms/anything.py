"""Values of which the schema leaves the kind open: the kind becomes one more thing the form asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from wardflow.forms.registry import NEVER, Schema
from wardflow.forms.values import type_name

if TYPE_CHECKING:
    from wardflow.forms.shape import Shape

_KINDS: Mapping[str, Schema] = {
    name: {"type": name} for name in ("string", "number", "integer", "boolean", "object", "array", "null")
}
_OPEN = ("string", "number", "boolean", "object", "array", "null")
_SAYS_WHAT = ("enum", "const", "x-widget", "x-list", "x-sealed", "x-suggest")


def by_kind(shape: Shape, value: Any) -> tuple[Schema, ...]:
    """The kinds of value a person can choose from, the likeliest first; none where there is nothing to choose."""
    if any(True for word in _SAYS_WHAT for _ in shape.every(word)) or any(part.schema == NEVER for part in shape.parts):
        return ()
    allowed = shape.types
    if not allowed:
        return () if any(True for _ in shape.every("type")) or _listed(shape) else _of(_likely(shape, value))
    names = [name for name in _declared(shape) if name in allowed and not (name == "integer" and "number" in allowed)]
    return _of(names) if len(set(names) - {"null"}) > 1 and not _listed(shape) else ()


def _of(names: Iterable[str]) -> tuple[Schema, ...]:
    return tuple(_KINDS[name] for name in names)


def _likely(shape: Shape, value: Any) -> list[str]:
    """All kinds, that of the default before the others."""
    first = type_name(shape.get("default"))
    return sorted(_OPEN, key=lambda name: name != ("number" if first == "integer" else first)) if shape.get("default") else [*_OPEN]


def _declared(shape: Shape) -> list[str]:
    """The kinds in the order the schema lists them."""
    written = [each for _, each in shape.every("type") if isinstance(each, list)]
    return [str(name) for name in written[0]] if written else [name for name in _KINDS if name in shape.types]


def _listed(shape: Shape) -> bool:
    """Whether alternatives that are constants with titles already say what to choose from."""
    branches = [each for word in ("oneOf", "anyOf") for _, listed in shape.every(word) for each in listed]
    return bool(branches) and all(isinstance(each, Mapping) and ("const" in each or "enum" in each) for each in branches)
