"""Nothing an expression says can hang a process, fill its memory, or reach Python: each attempt ends in one clear error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from wardflow.feel import FeelLimit, FeelSyntaxError, Limits, compile, evaluate, text_of, to_json, to_python

TWICE = ", ".join(f"a{n}: [a{n - 1}, a{n - 1}]" for n in range(1, 50))
THRICE = ", ".join(f"b{n}: [b{n - 1}, b{n - 1}]" for n in range(1, 50))

STOPPED = {
    "brackets within brackets": "(" * 5000 + "1" + ")" * 5000,
    "lists within lists": "[" * 5000 + "]" * 5000,
    "calls within calls": "f(" * 5000,
    "filters within filters": "a[" * 5000,
    "tests within tests": "1 in (" * 5000,
    "one-sided ranges within each other": "(<" * 5000 + "1",
    "types within types": "1 instance of " + "list<" * 5000,
    "a chain of minus signs": "-" * 20_000 + "1",
    "a chain of sums": "+".join(["1"] * 2000),
    "a very long text": '"' + "a" * 1_000_000 + '"',
    "a giant range walked through": "for i in 1..1000000000000 return i",
    "all dates of a million years": 'for d in @"0001-01-01"..@"999999999-01-01" return d',
    "loops within loops": "for a in 1..1000, b in 1..1000, c in 1..1000 return a",
    "a search through all pairs": "some a in 1..40000, b in 1..40000 satisfies false",
    "a text that doubles": 'for i in 1..64 return if i = 1 then "x" else partial[-1] + partial[-1]',
    "a list that doubles": "for i in 1..64 return if i = 1 then [1] else concatenate(partial[-1], partial[-1])",
    "a text joined out of long ones": 'string join(for i in 1..40000 return "' + "x" * 5000 + '")',
    "shared lists compared": f"{{a0: [1], b0: [1], {TWICE}, {THRICE}, r: a49 = b49}}",
    "shared lists written out": f"{{a0: [1], {TWICE}, r: string(a49)}}",
    "shared lists flattened": f"{{a0: [1], {TWICE}, r: flatten(a49)}}",
    "shared lists asked for a property": f"{{a0: [{{x: 1}}], {TWICE}, r: a49.x}}",
    "shared lists searched": f"{{a0: [1], {TWICE}, r: 5 in a49}}",
    "a function that calls itself for ever": "{f: function(n) f(n + 1), r: f(1)}",
    "a function that calls itself twice": "{f: function(n) if n = 0 then 1 else f(n - 1) + f(n - 1), r: f(39)}",
    "a function applied to itself": "(function(x) x(x))(function(x) x(x))",
    "a pattern with many ways to fail": 'matches("' + "a" * 4000 + '!", "(a|a)*(a|a)*(a|a)*b")',
    "a pattern that looks back": 'matches("' + "a" * 3000 + '", "(a*)*\\1b")',
    "a pattern that unfolds": 'matches("a", "(((a{1,900}){1,900}){1,900}){1,900}")',
    "a replacement that grows": 'replace("' + "a" * 20_000 + '", "a", "' + "b" * 20_000 + '")',
    "costly arithmetic again and again": "for i in 1..40000 return 3.3 ** 0.3333333333333333",
}


@pytest.mark.parametrize("text", STOPPED.values(), ids=STOPPED.keys())
def test_what_would_run_away_is_stopped(text: str) -> None:
    with pytest.raises((FeelLimit, FeelSyntaxError)):
        evaluate(text)


ODD = {
    "a huge power": ("9999999999 ** 9999999999", None),
    "a huge number": ("9" * 40_000, None),
    "a date out of reach": ('date("999999999-12-31") + @"P9999999999Y"', None),
    "a duration out of reach": ('@"P999999999D" * 99999999999999999999', None),
    "the attributes of a text": ('"".__class__.__mro__', None),
    "the attributes of an object": ("x.__class__.__init__.__globals__", None),
    "an import": ('__import__("os").system("id")', None),
    "a key that Python knows": ('get value({}, "__class__")', None),
    "a pattern that is slow elsewhere": ('matches("' + "a" * 1000 + '!", "^(a+)+$")', False),
}


@pytest.mark.parametrize(("text", "value"), ODD.values(), ids=ODD.keys())
def test_what_leads_nowhere_is_null(text: str, value: Any) -> None:
    assert evaluate(text, {"x": object()}) is value


def test_a_host_may_set_its_own_limits() -> None:
    with pytest.raises(FeelLimit):
        compile("for i in 1..100 return i", limits=Limits(items=10)).evaluate()


def test_the_error_says_which_limit() -> None:
    with pytest.raises(FeelLimit, match="limit of 10 items in a list"):
        compile("for i in 1..100 return i", limits=Limits(items=10)).evaluate()


def test_a_long_condition_written_by_a_tool_is_no_attack() -> None:
    assert evaluate(" or ".join(f'use = "{n}"' for n in range(300)), {"use": "299"}) is True


def test_a_list_of_thousands_is_no_attack() -> None:
    assert evaluate("count(plots[area > 100])", {"plots": [{"area": n} for n in range(5000)]}) == 4899


@pytest.mark.parametrize("write", [to_json, to_python, text_of])
def test_a_value_that_is_huge_only_when_written_out_is_not_written_out(write: Callable[[Any], Any]) -> None:
    with pytest.raises(FeelLimit):
        write(evaluate(f"{{a0: [1], {TWICE}}}.a49"))


@pytest.mark.parametrize("write", [to_json, to_python, text_of])
def test_a_value_that_is_too_deep_is_not_written_out(write: Callable[[Any], Any]) -> None:
    with pytest.raises(FeelLimit):
        write(evaluate("for i in 1..2000 return if i = 1 then [1] else [partial[-1]]")[-1])
