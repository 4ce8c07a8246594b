"""A form made ready says of a value exactly what the library says of it, and knows whether it always asks the same."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from wardflow.forms.judge import Judge
from wardflow.forms.ready import fits, is_fixed
from wardflow.forms.registry import Schemas

SHARED = Schemas({
    "money": {"type": "integer", "minimum": 0},
    "person": {"$id": "person", "type": "object", "required": ["name"], "properties": {"name": {"$ref": "#/$defs/name"}},
               "$defs": {"name": {"type": "string", "minLength": 1}}},
    "old": {"$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "properties": {"a": {"$ref": "money", "type": "string"}}},
})  # fmt: skip
FIXED: dict[str, dict[str, Any]] = {
    "its own words": {"type": "object", "required": ["a"], "additionalProperties": False, "properties": {"a": {"type": "string"}, "b": {}}},
    "a shared schema beside its own words": {"properties": {"a": {"$ref": "money", "maximum": 5}}},
    "a shared schema with names of its own": {"properties": {"a": {"$ref": "person"}, "b": {"$ref": "money"}}},
    "several at once": {"allOf": [{"required": ["a"]}, {"properties": {"a": {"minimum": 2}}}], "properties": {"a": {"type": "integer"}}},
    "rows": {"properties": {"a": {"type": "array", "minItems": 1, "items": {"type": "integer", "maximum": 3}}}},
    "fixed places before rows": {"properties": {"a": {"prefixItems": [{"type": "string"}], "items": {"type": "integer"}}}},
    "a group in itself": {"$id": "tree", "type": "object", "properties": {"a": {"$ref": "tree"}, "b": {"const": 1}}},
    "a constant of a list": {"properties": {"a": {"oneOf": [{"const": 1}, {"const": "x"}]}}},
    "everything not named": {"properties": {"a": True}, "additionalProperties": {"type": "integer"}},
    "nothing let through unseen": {"allOf": [{"properties": {"a": {"type": "integer"}}}], "unevaluatedProperties": False},
    "an older draft": {"$ref": "old"},
    "an older draft as a whole": SHARED.documents["old"],  # type: ignore[dict-item]    # handed in as a plain dict above
}
CONDITIONAL: dict[str, dict[str, Any]] = {
    "a condition": {"if": {"properties": {"a": {"const": 1}}, "required": ["a"]}, "then": {"required": ["b"]}},
    "a condition inside": {"properties": {"a": {"if": {"required": ["name"]}, "then": {"properties": {"name": {"const": "An"}}}}}},
    "a question asked with another": {"dependentRequired": {"a": ["b"]}},
    "alternatives": {"oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
    "a question never asked": {"properties": {"b": False}},
}
ANSWERS: tuple[Any, ...] = (0, 1, 3, 7, -1, 2.5, True, None, "", "x", [], [1], [9, 1], ["x"], ["x", 1], {}, {"a": {}}, {"a": {"a": 1}},
                            {"name": "An"}, {"name": ""}, {"name": "Bình"}, {"b": 1}, {"b": 2})  # fmt: skip
VALUES = [*ANSWERS, *({name: each} for name, each in product("abc", ANSWERS)), *({"a": one, "b": other} for one, other in product(ANSWERS, (1, "x")))]


@pytest.mark.parametrize("name", [*FIXED, *CONDITIONAL])
def test_a_value_fits_exactly_when_the_library_finds_no_error(name: str) -> None:
    schema = {**FIXED, **CONDITIONAL}[name]
    for value in VALUES:
        assert fits(schema, value, SHARED) is Judge().fits(SHARED.part(schema), value), value


def test_the_values_tell_every_schema_apart() -> None:
    for name, schema in {**FIXED, **CONDITIONAL}.items():
        assert {fits(schema, value, SHARED) for value in VALUES} == {True, False}, name


def test_a_form_without_conditions_always_asks_the_same() -> None:
    assert [name for name, schema in FIXED.items() if not is_fixed(schema, SHARED)] == []


def test_a_form_with_a_condition_does_not() -> None:
    assert [name for name, schema in CONDITIONAL.items() if is_fixed(schema, SHARED)] == []
