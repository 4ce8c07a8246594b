"""Any text at all is either evaluated or refused with one of the documented errors."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st
from wardflow.domain.findings import LintFinding
from wardflow.errors import FeelUntranslatable
from wardflow.feel import FeelLimit, FeelSyntaxError, check, evaluate, text_of, to_json, translate, unary_tests
from wardflow.feel.functions import BUILT_INS

CONTEXT = {"age": 21, "name": "Nguyễn", "plots": [{"area": 80.5, "use": "ODT"}, {"area": None}], "đất ở": True, "none": None}
WORDS = st.sampled_from(
    ["1", "2.5", '"a"', "true", "false", "null", "age", "name", "plots", "area", "item", "đất", "ở", "none", "+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "(", ")", "[", "]", "{", "}", ",", ":", ".", "..", "->", "and", "or", "not", "between", "in", "if", "then", "else", "for", "return", "some", "every", "satisfies", "instance", "of", "number", "list<", ">", "function(", ")", "?", '@"P1D"', '@"2026-11-22"', "date(", "time(", "contains(", "count(", "sum(", "matches(", "sort(", "partial", "external", "//", "/*", "*/", '"', "'", "\\", "]", "["]
)
SCALARS = st.sampled_from(["1", "-2.5", '"a"', "true", "null", "age", "name", "plots", "đất ở", '@"P1D"', '@"2026-11-22"', "[]", "{}"])


def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Expressions made of smaller ones, each construct of the grammar among them."""
    two, three = st.tuples(inner, inner), st.tuples(inner, inner, inner)
    signs = st.sampled_from(["+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "and", "or", "in"])
    return st.one_of(
        st.tuples(inner, signs, inner).map(lambda part: f"({part[0]} {part[1]} {part[2]})"),
        three.map(lambda part: f"(if {part[0]} then {part[1]} else {part[2]})"),
        three.map(lambda part: f"({part[0]} between {part[1]} and {part[2]})"),
        two.map(lambda part: f"(for x in {part[0]} return {part[1]})"),
        two.map(lambda part: f"(some x in {part[0]} satisfies {part[1]})"),
        two.map(lambda part: f"{part[0]}[{part[1]}]"),
        two.map(lambda part: f"[{part[0]}..{part[1]})"),
        two.map(lambda part: f"[{part[0]}, {part[1]}]"),
        two.map(lambda part: f"{{a: {part[0]}, b c: {part[1]}}}"),
        two.map(lambda part: f"(function(x, y) {part[0]})({part[1]}, x)"),
        inner.map(lambda part: f"({part}).area"),
        inner.map(lambda part: f"(-({part}) instance of list<number>)"),
        st.tuples(st.sampled_from(sorted(BUILT_INS)), st.lists(inner, max_size=4)).map(
            lambda part: f"{part[0]}({', '.join(part[1])})"
        ),
    )


EXPRESSIONS = st.recursive(SCALARS, larger, max_leaves=12)


def ends_well(text: str) -> None:
    """Evaluating, testing, checking and writing out the text, none of which may fail in any other way."""
    try:
        value = evaluate(text, CONTEXT)
        text_of(value)
        to_json(value)
    except (FeelSyntaxError, FeelLimit) as error:
        assert str(error)
    try:
        assert unary_tests(text, 1, CONTEXT) in (True, False, None)
    except (FeelSyntaxError, FeelLimit) as error:
        assert str(error)
    assert all(isinstance(finding, LintFinding) for finding in check(text, {"age": "number", "plots": [{"area": "number"}]}))


@settings(max_examples=150, deadline=None)
@given(EXPRESSIONS)
def test_anything_the_grammar_allows_is_evaluated(text: str) -> None:
    ends_well(text)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_any_words_of_the_language_in_any_order_end_well(text: str) -> None:
    ends_well(text)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
@example("\ud800")
@example("1\u0000")
@example('"\\uD800"')
def test_any_characters_end_well(text: str) -> None:
    ends_well(text)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["a", "b", ".", "(", ")", "!", "&&", "||", "==", "'x'", "1", "[", "]", ",", "not", "empty", "equals", "?", ":", "+", "-", "%", "${"]), max_size=10).map("".join))
def test_any_foreign_condition_is_translated_or_refused(text: str) -> None:
    try:
        ends_well(translate("${" + text + "}"))
    except FeelUntranslatable as error:
        assert str(error)
