"""What a table answers when no rule, one rule or several rules match, for every hit policy."""

from __future__ import annotations

from typing import Any

import pytest
from wardflow.dmn import read
from wardflow.domain.reasons import Reason
from wardflow.feel import to_json

from .models import data, decision, model, table

RULES = (["> 10", '"high"'], ["> 20", '"very high"'], ["> 20", '"very high"'], ["< 0", '"low"'])
RANKED = 'level | "very high", "high", "low"'
FEES = (["> 10", "100"], ["> 20", "50"], ["> 30", "50"])


def answer(policy: str, n: int, output: str = "level", rules: Any = RULES) -> Any:
    document = model(data("n", "number"), decision("result", table(policy, ["n"], [output], *rules), "n"))
    return to_json(read(document).decide("result", {"n": n}))


@pytest.mark.parametrize(
    ("policy", "n", "expected"),
    [
        ("UNIQUE", 15, "high"),
        ("UNIQUE", 25, None),
        ("UNIQUE", 5, None),
        ("FIRST", 25, "high"),
        ("FIRST", 5, None),
        ("ANY", 15, "high"),
        ("ANY", 25, None),
        ("PRIORITY", 25, "very high"),
        ("RULE ORDER", 25, ["high", "very high", "very high"]),
        ("OUTPUT ORDER", 25, ["very high", "very high", "high"]),
        ("COLLECT", 25, ["high", "very high", "very high"]),
        ("COLLECT", 5, None),
    ],
)
def test_policies(policy: str, n: int, expected: Any) -> None:
    assert answer(policy, n, RANKED) == expected


@pytest.mark.parametrize(
    ("aggregator", "n", "expected"),
    [("SUM", 35, 200), ("SUM", 15, 100), ("COUNT", 35, 3), ("MIN", 25, 50), ("MAX", 25, 100), ("SUM", 5, None)],
)
def test_collect_with_an_aggregator(aggregator: str, n: int, expected: Any) -> None:
    assert answer(f"COLLECT+{aggregator}", n, "fee", FEES) == expected


def test_any_agrees_when_all_rules_say_the_same() -> None:
    assert answer("ANY", 25, "level", (["> 10", '"high"'], ["> 20", '"high"'])) == "high"


def test_the_default_answers_when_no_rule_matches() -> None:
    assert answer("UNIQUE", 5, 'level | "high", "low" | "none"') == "none"


def test_several_outputs_make_a_context() -> None:
    rules = (["> 10", "100", '"5 wd"'], ["-", "0", '"1 wd"'])
    document = model(data("n"), decision("result", table("FIRST", ["n"], ["fee", "limit"], *rules), "n"))
    assert read(document).decide("result", {"n": 15}) == {"fee": 100, "limit": "5 wd"}


def test_rules_that_break_the_promise_of_unique_are_named() -> None:
    document = model(data("n"), decision("result", table("UNIQUE", ["n"], ["level"], *RULES), "n"))
    warnings: list[Reason] = []
    read(document).decide("result", {"n": 25}, warnings=warnings)
    assert Reason("feel.several-rules", {"rules": [1, 2, 3], "policy": "UNIQUE"}) in warnings
