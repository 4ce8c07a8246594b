"""What is worked out once a form and kept with it: whether it always asks the same, and the quick answer whether a value fits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardflow.forms.judge import Judge, plainly
from wardflow.forms.registry import NEVER, Part, Schemas, as_schema, follow, inner

_CONDITIONS = ("if", "dependentSchemas", "dependencies", "dependentRequired")
_REST = ("additionalProperties", "unevaluatedProperties", "additionalItems")
_REFERENCES = ("$ref", "$dynamicRef")
_WHOLE = ("unevaluatedProperties", "unevaluatedItems", "$dynamicRef", "$recursiveRef")
"""Words that look at what other words of the same schema let through, so that it cannot be taken apart."""
_PLAIN = frozenset((str, int, float, bool, type(None)))
"""Values with nothing inside them."""


def is_fixed(schema: Mapping[str, Any], schemas: Schemas) -> bool:
    """Whether a form asks the same whatever is answered: no conditions, no alternatives."""
    return schemas.once(schema, _is_fixed)


def fits(schema: Mapping[str, Any], value: Any, schemas: Schemas) -> bool:
    """Whether a value is valid against a form; what is wrong with one that is not, `Judge` says."""
    return schemas.once(schema, Fitting).fits(value)


def _is_fixed(part: Part) -> bool:
    return _asks_the_same(part, set())


def _asks_the_same(part: Part, seen: set[int]) -> bool:
    schema = part.schema
    if id(schema) in seen:
        return True
    seen.add(id(schema))
    options = [each for word in ("oneOf", "anyOf") for each in schema.get(word, ())]
    if schema == NEVER or any(word in schema for word in _CONDITIONS) or not all("const" in as_schema(each) for each in options):
        return False
    items = schema.get("items", ())
    inside = [
        *schema.get("properties", {}).values(), *schema.get("allOf", ()), *schema.get("prefixItems", ()),
        *(items if isinstance(items, list | tuple) else (items,)),
    ]
    inside += [*schema.get("patternProperties", {}).values(), *(schema[word] for word in _REST if isinstance(schema.get(word), Mapping))]
    named = [schema[word] for word in _REFERENCES if isinstance(schema.get(word), str)]
    parts = [*(follow(part, name) for name in named), *(inner(part, each) for each in inside)]
    return all(_asks_the_same(each, seen) for each in parts)


class Fitting:
    """A schema taken apart into its own words and those of the fields inside it, each made ready once.

    The library makes a validator anew for every schema inside another one whenever it comes by; that costs several
    times what the words themselves cost.
    """

    __slots__ = ("_inside", "_parts", "_rows", "_words")

    def __init__(self, part: Part) -> None:
        self._parts = _spoken(part)
        words = [word for each in self._parts for word in Judge().words(Part(_own(each), each.resolver))]
        self._words = tuple((*word, plainly(word)) for word in words)
        self._inside: dict[str, tuple[Fitting, ...]] = {}
        self._rows: tuple[Fitting, ...] | None = None

    def fits(self, value: Any) -> bool:
        """Whether the value is valid."""
        kind = value.__class__
        for judge, said, schema, plain in self._words:
            if kind not in plain:
                for _ in judge(*said, value, schema) or ():
                    return False
        if kind in _PLAIN:
            return True
        if isinstance(value, Mapping):
            return all(field.fits(each) for name, each in value.items() for field in self._field(name))
        return not isinstance(value, list) or all(row.fits(each) for each in value for row in self._row())

    def _field(self, name: str) -> tuple[Fitting, ...]:
        # made when it is first asked for: a schema may contain itself
        known = self._inside.get(name)
        if known is None:
            said = [part for part in self._parts if _apart(part) and name in part.schema.get("properties", {})]
            known = tuple(Fitting(inner(part, part.schema["properties"][name])) for part in said)
            if said:
                self._inside[name] = known
        return known

    def _row(self) -> tuple[Fitting, ...]:
        if self._rows is None:
            said = [part for part in self._parts if _apart(part) and isinstance(part.schema.get("items"), Mapping)]
            self._rows = tuple(Fitting(inner(part, part.schema["items"])) for part in said if "prefixItems" not in part.schema)
        return self._rows


def _apart(part: Part) -> bool:
    """Whether what a schema says of the fields inside it can be judged apart from its other words."""
    return not any(word in part.schema for word in _WHOLE) and "draft-07" not in str(part.schema.get("$schema", ""))


def _spoken(part: Part, above: tuple[int, ...] = ()) -> tuple[Part, ...]:
    """The schema with those it refers to and is made of, which all hold for the same value."""
    if id(part.schema) in above:
        return ()
    if not _apart(part):
        return (part,)
    above = (*above, id(part.schema))
    named = [follow(part, part.schema["$ref"])] if "$ref" in part.schema else []
    made_of = [inner(part, each) for each in part.schema.get("allOf", ())]
    return (part, *(one for each in (*named, *made_of) for one in _spoken(each, above)))


def _own(part: Part) -> Mapping[str, Any]:
    """What a schema says itself, without what `_spoken` and the fields inside it say."""
    schema = part.schema
    if not _apart(part):
        return schema
    own = {word: said for word, said in schema.items() if word not in ("$ref", "allOf")}
    if "properties" in own:    # their names decide what is additional
        own["properties"] = dict.fromkeys(own["properties"], True)
    if isinstance(own.get("items"), Mapping) and "prefixItems" not in own:
        own["items"] = True
    return own
