"""What is wrong with an expression is found before it runs, from the types of its names."""

from __future__ import annotations

from typing import Any

import pytest
from wardflow.feel import check, check_tests

TYPES = {"age": "number", "name": "string", "born": "date", "plots": [{"area": "number", "use": "string"}], "more": "Any"}
SCHEMA = {
    "type": "object",
    "properties": {
        "result": {"enum": ["complete", "incomplete"]},
        "area": {"type": "number"},
        "filed": {"type": "string", "format": "date"},
        "person": {"$ref": "#/$defs/person"},
    },
    "$defs": {"person": {"type": "object", "properties": {"name": {"type": "string"}}}},
}


def found(text: str, types: Any = TYPES) -> list[tuple[str, int]]:
    return [(finding.code, finding.column) for finding in check(text, types)]


@pytest.mark.parametrize(
    "text",
    [
        "age >= 18 and contains(name, \"A\")",
        "plots[area > 100 and use = \"ODT\"][1].area + 1",
        "for p in plots return p.area * 2",
        "sum(plots.area) / count(plots)",
        "more.anything.at all + 1",
        'born + @"P1Y" > @"2026-01-01"',
        "if age > 1 then name else null",
        "{a: age, b: a + 1}.b",
        "sort(plots, function(a, b) a.area < b.area)",
        "name in (\"a\", \"b\")",
        "born.year",
    ],
)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("agee > 18", "feel.name-unknown", 1),
        ("plots.aera", "feel.property-unknown", 6),
        ("plots[aera > 1]", "feel.name-unknown", 7),
        ("born.yaer", "feel.property-unknown", 5),
        ("age + name", "feel.type-mismatch", 5),
        ('age = "18"', "feel.type-mismatch", 5),
        ("age in (\"a\")", "feel.type-mismatch", 9),
        ("contains(age, \"1\")", "feel.argument-wrong", 10),
        ("contains(name)", "feel.argument-count", 1),
        ("age and true", "feel.type-wrong", 1),
        ("if name then 1 else 2", "feel.type-wrong", 4),
        ("age >", "feel.syntax", 6),
    ],
)
def test_what_is_wrong_is_found_where_it_stands(text: str, code: str, column: int) -> None:
    assert found(text) == [(code, column)]


def test_an_unknown_name_comes_with_the_nearest_one() -> None:
    assert check("agee", TYPES)[0].facts["nearest"] == "age"


def test_a_json_schema_gives_the_types_too() -> None:
    assert found("area > 1 and filed > @\"2026-01-01\" and person.name = \"A\"", SCHEMA) == []
    assert found("area = \"x\"", SCHEMA) == [("feel.type-mismatch", 6)]
    assert found("person.nmae", SCHEMA) == [("feel.property-unknown", 7)]


def test_a_value_that_a_choice_does_not_offer_is_found() -> None:
    (finding,) = check('result = "complet"', SCHEMA)
    assert (finding.code, finding.facts["values"]) == ("feel.value-unknown", '"complete", "incomplete"')


def test_a_cell_is_held_against_the_type_of_its_input() -> None:
    assert check_tests("< 5, [7..9]", "number", {}) == []
    assert [finding.code for finding in check_tests('"a"', "number", {})] == ["feel.type-mismatch"]
