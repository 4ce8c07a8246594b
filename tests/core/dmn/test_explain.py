"""An explanation shows each table that was asked: inputs, every cell, the rules that matched, and why something is null."""

from __future__ import annotations

import json

from wardflow.dmn import Cell, read
from wardflow.domain.reasons import Reason
from wardflow.feel import to_json

from .models import data, decision, literal, model, table

RULES = (['"ODT"', "< 100", "350000"], ['"ODT"', ">= 100", "500000"], ['not("ODT")', "-", "200000"])
FEES = model(
    data("use", "string"),
    data("area", "number"),
    decision("fee", table("UNIQUE", ["use", "area"], ["fee"], *RULES), "use", "area", type_="number"),
    decision("total", literal("fee * 2"), "!fee"),
)
INPUTS = {"use": "ODT", "area": 120}


def test_the_value_is_the_one_that_deciding_gives() -> None:
    model_ = read(FEES)
    assert model_.explain("total", INPUTS).value == to_json(model_.decide("total", INPUTS)) == 1_000_000


def test_decisions_are_told_in_the_order_they_were_made() -> None:
    assert [(step.name, step.value) for step in read(FEES).explain("total", INPUTS).steps] == [
        ("fee", 500_000),
        ("total", 1_000_000),
    ]


def test_every_input_cell_and_rule_of_a_table_is_shown() -> None:
    (asked,) = read(FEES).explain("total", INPUTS).tables
    assert (asked.name, asked.hit_policy, asked.outputs) == ("fee", "UNIQUE", ("fee",))
    assert [(one.text, one.value) for one in asked.inputs] == [("use", "ODT"), ("area", 120)]
    assert asked.matched == (2,)
    assert asked.rows[0].cells == (Cell('"ODT"', True), Cell("< 100", False))
    assert asked.rows[1].outputs == (500_000,)
    assert asked.rows[2].cells == (Cell('not("ODT")', False), Cell("-", True))


def test_a_cell_that_could_not_be_told_is_neither() -> None:
    (asked,) = read(FEES).explain("fee", {"use": "ODT"}).tables
    assert asked.rows[0].cells[1].passed is None


def test_what_became_null_says_why() -> None:
    explanation = read(FEES).explain("total", {"use": "ODT"})
    assert explanation.value is None
    assert "feel.no-rule" in [reason.code for reason in explanation.warnings]


def test_an_input_that_was_not_given_is_named_with_the_nearest_that_was() -> None:
    warnings: list[Reason] = []
    read(FEES).decide("fee", {"use": "ODT", "aera": 120}, warnings=warnings)
    assert Reason("feel.no-input", {"name": "area", "nearest": "aera"}) in warnings


def test_an_input_given_as_null_is_no_input_forgotten() -> None:
    explanation = read(FEES).explain("fee", {"use": "ODT", "area": None})
    assert "feel.no-input" not in [reason.code for reason in explanation.warnings]


def test_an_explanation_holds_json_values_only() -> None:
    (asked,) = read(FEES).explain("fee", INPUTS).tables
    assert json.dumps([asked.value, [row.outputs for row in asked.rows], [one.value for one in asked.inputs]])
