"""The README's example decides what its table says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import wardflow.dmn
from wardflow.dmn import check, read
from wardflow.dmn.boxed import KINDS
from wardflow.dmn.hit_policies import POLICIES

README = (Path(wardflow.dmn.__file__).parent / "README.md").read_text("utf-8")
DOCUMENT = re.findall(r"```xml\n(.*?)```", README, re.DOTALL)[0].encode()
ROWS = re.findall(r"^\| `(\{.*?\})` \| (\d+) \| (\d) \|$", README, re.MULTILINE)


@pytest.mark.parametrize(("inputs", "fee", "rule"), ROWS)
def test_rows(inputs: str, fee: str, rule: str) -> None:
    explanation = read(DOCUMENT).explain("fee", json.loads(inputs))
    assert (explanation.value, explanation.tables[0].matched) == (int(fee), (int(rule),))


def test_there_are_rows_and_nothing_to_say_about_the_table() -> None:
    assert len(ROWS) == 3
    assert check(DOCUMENT) == ()


def test_without_the_third_rule_there_is_a_gap() -> None:
    shorter = re.sub(rb'<rule id="other">.*?</rule>', b"", DOCUMENT, flags=re.DOTALL)
    assert [finding.code for finding in check(shorter)] == ["dmn.gap"]


def test_every_hit_policy_and_boxed_expression_is_named() -> None:
    for name in POLICIES:
        assert name.removeprefix("COLLECT ") in README
    words = {"literalExpression": "literal", "decisionTable": "decision table", "functionDefinition": "function"}
    for kind in KINDS:
        assert words.get(kind, kind) in README
