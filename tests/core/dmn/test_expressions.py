"""Boxed expressions of every kind, requirements between decisions, and the types that values must have."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from wardflow.dmn import DecisionUnknown, read
from wardflow.domain.reasons import Reason
from wardflow.feel import to_json

from .models import data, decision, literal, model

BOXED = {
    "literal": (literal("n * 2"), 14),
    "context": (
        "<context><contextEntry><variable name='a'/>" + literal("n + 1") + "</contextEntry>"
        "<contextEntry><variable name='b'/>" + literal("a * 2") + "</contextEntry></context>",
        {"a": 8, "b": 16},
    ),
    "context with a result": (
        "<context><contextEntry><variable name='a'/>" + literal("n + 1") + "</contextEntry>"
        "<contextEntry>" + literal("a * 2") + "</contextEntry></context>",
        16,
    ),
    "list": ("<list>" + literal("n") + literal("n + 1") + "</list>", [7, 8]),
    "relation": (
        "<relation><column name='use'/><column name='area'/><row>" + literal('"ODT"') + literal("80") + "</row>"
        "<row>" + literal('"CLN"') + literal("n") + "</row></relation>",
        [{"use": "ODT", "area": 80}, {"use": "CLN", "area": 7}],
    ),
    "invocation": (
        "<invocation>" + literal("abs") + "<binding><parameter name='n'/>" + literal("-n") + "</binding></invocation>",
        7,
    ),
    "function": (
        "<context><contextEntry><variable name='f'/><functionDefinition><formalParameter name='a'/>" + literal("a + n")
        + "</functionDefinition></contextEntry><contextEntry>" + literal("f(1)") + "</contextEntry></context>",
        8,
    ),
    "conditional": (
        f"<conditional><if>{literal('n > 5')}</if><then>{literal('1')}</then><else>{literal('2')}</else></conditional>",
        1,
    ),
    "for": (f"<for iteratorVariable='i'><in>{literal('1..3')}</in><return>{literal('i * n')}</return></for>", None),
    "for over a list": (
        f"<for iteratorVariable='i'><in>{literal('[1, 2]')}</in><return>{literal('i * n')}</return></for>",
        [7, 14],
    ),
    "filter": (f"<filter><in>{literal('[1, 9]')}</in><match>{literal('item > n')}</match></filter>", [9]),
    "some": (f"<some iteratorVariable='i'><in>{literal('[1, 9]')}</in><satisfies>{literal('i > n')}</satisfies></some>", True),
    "every": (f"<every iteratorVariable='i'><in>{literal('[1, 9]')}</in><satisfies>{literal('i > n')}</satisfies></every>", False),
    "nothing": ("", None),
}


@pytest.mark.parametrize(("logic", "value"), [one for key, one in BOXED.items() if key != "for"])
def test_boxed_expressions(logic: str, value: Any) -> None:
    document = model(data("n", "number"), decision("result", logic, "n"))
    assert to_json(read(document).decide("result", {"n": 7})) == value


def test_a_decision_works_out_those_it_requires() -> None:
    document = model(
        data("area", "number"),
        decision("base fee", literal("area * 1000"), "area"),
        decision("fee", literal("base fee + 50000"), "!base fee"),
    )
    assert read(document).decide("fee", {"area": 100}) == Decimal(150_000)


def test_a_decision_that_requires_itself_is_null_and_says_so() -> None:
    document = model(decision("a", literal("b + 1"), "!b"), decision("b", literal("a + 1"), "!a"))
    warnings: list[Reason] = []
    assert read(document).decide("a", warnings=warnings) is None
    assert "feel.requires-itself" in [reason.code for reason in warnings]


def test_a_business_knowledge_model_is_a_function_and_may_call_itself() -> None:
    knowledge = (
        '<businessKnowledgeModel id="_fact" name="fact"><variable name="fact"/><encapsulatedLogic>'
        '<formalParameter name="n" typeRef="number"/>' + literal("if n < 2 then 1 else n * fact(n - 1)")
        + "</encapsulatedLogic></businessKnowledgeModel>"
    )
    document = model(knowledge, decision("result", literal("fact(5)"), knows=["fact"]))
    assert read(document).decide("result") == Decimal(120)
    assert read(document).decide("fact", {"n": 4}) == Decimal(24)


def test_a_decision_service_is_a_function_of_its_inputs() -> None:
    service = (
        '<decisionService id="_fees" name="fees"><variable name="fees"/><outputDecision href="#_total"/>'
        '<inputDecision href="#_base"/></decisionService>'
    )
    document = model(
        service,
        decision("base", literal("1000")),
        decision("total", literal("base + 1"), "!base"),
        decision("twice", literal("fees(10) + fees(20)"), knows=["fees"]),
    )
    assert read(document).decide("total") == Decimal(1001)
    assert read(document).decide("fees", {"base": 5}) == Decimal(6)
    assert read(document).decide("twice") == Decimal(32)


def test_things_of_an_imported_model_stand_behind_its_name() -> None:
    rates = model(decision("rate", literal("0.5")), namespace="urn:city:rates")
    uses = '<informationRequirement><requiredDecision href="urn:city:rates#_rate"/></informationRequirement>'
    importing = model(
        '<import namespace="urn:city:rates" name="rates of 2026" importType="x"/>',
        decision("fee", uses + literal("rates of 2026.rate * 100")),
    )
    assert read(importing, imports=[rates]).decide("fee") == Decimal(50)


def test_a_table_without_drawn_inputs_reads_what_the_host_gives() -> None:
    document = model(decision("fee", literal("plot area * 1000")))
    assert read(document).decide("fee", {"plot area": 80}) == Decimal(80_000)


def test_an_input_that_is_drawn_is_seen_only_where_it_is_required() -> None:
    document = model(data("area"), decision("fee", literal("area * 1000")))
    assert read(document).decide("fee", {"area": 80}) is None


TYPES = (
    '<itemDefinition name="tUse"><typeRef>string</typeRef><allowedValues><text>"ODT", "CLN"</text></allowedValues></itemDefinition>'
    '<itemDefinition name="tPlot"><itemComponent name="use"><typeRef>tUse</typeRef></itemComponent>'
    '<itemComponent name="filed"><typeRef>date</typeRef></itemComponent></itemDefinition>'
    '<itemDefinition name="tPlots" isCollection="true"><typeRef>tPlot</typeRef></itemDefinition>'
)


def test_texts_of_json_become_the_dates_that_a_type_asks_for() -> None:
    document = model(TYPES, data("plots", "tPlots"), decision("year", literal("plots[1].filed.year"), "plots"))
    assert read(document).decide("year", {"plots": [{"use": "ODT", "filed": "2026-11-22"}]}) == Decimal(2026)


def test_a_value_that_is_not_allowed_is_null_and_says_so() -> None:
    document = model(TYPES, data("use", "tUse"), decision("result", literal("use"), "use"))
    warnings: list[Reason] = []
    assert read(document).decide("result", {"use": "ABC"}, warnings=warnings) is None
    assert warnings == [Reason("feel.wrong-input", {"name": "use", "kind": "string", "wanted": "string"})]
    assert read(document).decide("result", {"use": "CLN"}) == "CLN"


def test_a_result_of_another_type_than_declared_is_null() -> None:
    document = model(decision("result", literal('"a"'), type_="number"), decision("one", literal("[5]"), type_="number"))
    assert read(document).decide("result") is None
    assert read(document).decide("one") == Decimal(5)


def test_an_unknown_decision_is_refused_with_the_known_ones() -> None:
    with pytest.raises(DecisionUnknown, match="no decision named fe; it has fee"):
        read(model(decision("fee", literal("1")))).decide("fe")
