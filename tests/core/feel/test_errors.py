"""Errors a designer can act on: where and what in a text, and why a value is null."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import wardflow.dmn
import wardflow.feel
from wardflow.domain.reasons import Reason
from wardflow.feel import FeelSyntaxError, evaluate
from wardflow.wording import LANGUAGES, Wording


def why_null(text: str, context: dict[str, Any] | None = None) -> list[Reason]:
    warnings: list[Reason] = []
    assert evaluate(text, context or {}, warnings=warnings) is None
    return warnings


def test_a_syntax_error_says_where_what_was_expected_and_shows_a_caret() -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        evaluate("age > 18 and\n  contains(name \"x\")")
    assert (caught.value.line, caught.value.column) == (2, 17)
    assert caught.value.expected == 'a comma or ")"'
    assert caught.value.found == '"x"'
    assert str(caught.value).splitlines()[-2:] == ['  contains(name "x")', " " * 16 + "^"]


@pytest.mark.parametrize(
    ("text", "column", "expected"),
    [
        ("", 1, "an expression"),
        ("1 +", 4, "an expression"),
        ("if a then b", 12, '"else"'),
        ("for x return x", 7, '"in"'),
        ("[1, 2", 6, 'a comma or "]"'),
        ('"open', 1, "the end of the string"),
        ("{a 1}", 2, "a key and a colon"),
        ("1 2", 3, "an operator or the end"),
        ("a §", 3, "a FEEL expression"),
        ("1 instance 2", 3, "an operator"),
        ("[1..2", 6, '"]", ")" or "[" to close the range'),
        ("@1", 2, "a text with a date, a time or a duration"),
        ("f(a: 1, 2)", 9, "arguments all by name or all by position"),
    ],
)
def test_what_was_expected_is_said_in_words(text: str, column: int, expected: str) -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        evaluate(text)
    assert (caught.value.column, caught.value.expected) == (column, expected)


def test_an_unknown_name_comes_with_the_nearest_known_one() -> None:
    assert why_null("applicnt", {"applicant": 1}) == [
        Reason("feel.unknown-name", {"name": "applicnt", "nearest": "applicant"})
    ]


def test_an_unknown_entry_comes_with_the_nearest_known_one() -> None:
    facts = {"name": "aera", "kind": "context", "nearest": "area"}
    assert why_null("plot.aera", {"plot": {"area": 1}}) == [Reason("feel.unknown-property", facts)]


def test_a_name_missing_in_every_round_of_a_loop_is_told_once() -> None:
    warnings: list[Reason] = []
    evaluate("for p in plots return p.aera", {"plots": [{"area": n} for n in range(2000)]}, warnings=warnings)
    assert [reason.facts["nearest"] for reason in warnings] == ["area"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('1 + "a"', "no-operation"),
        ("1 / 0", "divided-by-zero"),
        ("10 ** 9999", "out-of-reach"),
        ('1 < "a"', "incomparable"),
        ("[1][5]", "no-position"),
        ('contains("a", 1)', "wrong-argument"),
        ("contains(null, null)", "null-argument"),
        ('contains("a")', "wrong-count"),
        ('contains(string: "a", mach: "b")', "wrong-names"),
        ('date("22/11/2026")', "unreadable"),
        ('matches("a", "(")', "pattern"),
        ("today()", "no-clock"),
        ('is working day(@"2026-11-22")', "no-calendar"),
        ("nothing()", "not-a-function"),
        ("[9..1]", "no-range"),
        ("1 instance of tPlot", "unknown-type"),
        ('@"2026-11-22T00:00:00Z" - @"2026-11-22T00:00:00"', "zone-missing"),
        ('function() external {java: {class: "System"}}', "external-function"),
        ("{a: 1, a: 2}", "key-twice"),
        ("for x in null return x", "not-iterable"),
        ('if "yes" then 1 else 2', "wrong-type"),
        ('sort([1, "a"])', "no-order"),
    ],
)
def test_null_comes_with_its_reason(text: str, code: str) -> None:
    assert f"feel.{code}" in [reason.code for reason in why_null(text)]


def test_every_reason_has_words_in_both_languages() -> None:
    sources = [*Path(wardflow.feel.__file__).parent.rglob("*.py"), *Path(wardflow.dmn.__file__).parent.rglob("*.py")]
    pattern = re.compile(r'(?:Nothing|\.warn)\(\s*"([a-z-]+)"')
    codes = {f"feel.{code}" for source in sources for code in pattern.findall(source.read_text("utf-8"))}
    assert len(codes) > 20
    assert [code for language in LANGUAGES for code in codes if code not in Wording(language)] == []
