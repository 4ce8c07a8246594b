"""DMN files are read whatever tool wrote them; what cannot run is named, what is no model is refused."""

from __future__ import annotations

import pytest
from wardflow.dmn import DmnRefused, read
from wardflow.feel import FeelLimit

from .models import NAMESPACE, decision, literal, model, table

VERSIONS = (
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
    NAMESPACE,
)


@pytest.mark.parametrize("namespace", VERSIONS)
def test_versions_1_2_to_1_5_are_read_alike(namespace: str) -> None:
    found = read(model(decision("fee", literal("1 + 1")), dmn=namespace))
    assert (found.decide("fee"), found.decisions, found.problems) == (2, ("fee",), ())


@pytest.mark.parametrize(
    ("document", "why"),
    [
        (b"", "not well-formed"),
        (b"not xml", "not well-formed"),
        (b"<a><b></a>", "not well-formed"),
        (b"<bpmn/>", "not a DMN model"),
        (b'<definitions xmlns="urn:other"/>', "not a DMN model"),
        (b'<!DOCTYPE d [<!ENTITY x "y">]>' + model(), "document type"),
    ],
)
def test_what_is_no_model_is_refused_with_the_reason(document: bytes, why: str) -> None:
    with pytest.raises(DmnRefused, match=why):
        read(document)


def test_entities_are_never_opened() -> None:
    bomb = b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><definitions>&b;</definitions>'
    with pytest.raises(DmnRefused):
        read(bomb)


def test_a_text_that_is_no_feel_is_named_with_its_place_and_the_rest_still_works() -> None:
    found = read(model(decision("bad", literal("1 +")), decision("good", literal("1"))))
    (problem,) = found.problems
    assert (problem.code, problem.column, problem.facts["expected"]) == ("dmn.feel", 4, "an expression")
    assert (found.decide("bad"), found.decide("good")) == (None, 1)


@pytest.mark.parametrize(
    ("logic", "code"),
    [
        ('<literalExpression expressionLanguage="http://www.java.com/javatypes"><text>x</text></literalExpression>', "dmn.language"),
        ("<functionDefinition kind='Java'><context/></functionDefinition>", "dmn.external"),
        (table("MOST", ["1"], ["r"]), "dmn.hit-policy"),
        (literal("(" * 100 + "1" + ")" * 100), "dmn.limit"),
    ],
)
def test_what_cannot_run_is_named(logic: str, code: str) -> None:
    assert [problem.code for problem in read(model(decision("d", logic))).problems] == [code]


def test_a_point_to_an_element_that_is_not_there_is_named_and_breaks_nothing() -> None:
    service = '<decisionService id="_s" name="s"><variable name="s"/><outputDecision href="#_d"/><inputData href="#_x"/></decisionService>'
    found = read(model(decision("d", literal("1"), "!gone"), service))
    assert [problem.code for problem in found.problems] == ["dmn.reference-unknown", "dmn.reference-unknown"]
    assert (found.decide("d"), found.decide("s")) == (1, 1)


def test_a_chain_of_decisions_too_long_to_follow_is_one_clear_error() -> None:
    chain = [decision(f"d{n}", literal(f"d{n + 1} + 1"), f"!d{n + 1}") for n in range(500)]
    found = read(model(*chain, decision("d500", literal("1"))))
    assert found.decide("d450") == 51
    with pytest.raises(FeelLimit):
        found.decide("d0")
