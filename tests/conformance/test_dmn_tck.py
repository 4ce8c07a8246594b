"""The DMN Technology Compatibility Kit: every result node of levels 2 and 3 against what its authors expect.

The kit lies beside the repository in shared/conformance and is not part of it; without it these tests are skipped.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from wardflow.dmn import read
from wardflow.feel.convert import to_feel
from wardflow.feel.temporal_text import read_date, read_date_time, read_duration, read_time

KIT = Path(__file__).parents[3] / "shared" / "conformance" / "dmn-tck"
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
NOW = datetime.datetime(2026, 11, 22, 8, 30, tzinfo=datetime.UTC)
JAVA = "external-java"
CLOSE = Decimal("1e-8")

pytestmark = pytest.mark.skipif(not KIT.is_dir(), reason="the DMN kit is not beside the repository (shared/conformance)")


@dataclass(frozen=True)
class Node:
    """One result node: where it stands, what it is asked with, what is expected."""

    folder: str
    case: str
    name: str
    asked: str
    inputs: Mapping[str, Any]
    expected: Any

    def __str__(self) -> str:
        return f"{self.folder} {self.case} {self.name}"


READERS = {"date": read_date, "time": read_time, "dateTime": read_date_time, "duration": read_duration}


def value_of(element: Any) -> Any:
    """The FEEL value that a `value`, `list` or `component` element holds."""
    kinds = {etree.QName(child).localname: child for child in element.iterchildren("{*}*")}
    if "list" in kinds:
        if kinds["list"].get(NIL) == "true":
            return None
        return [value_of(item) for item in kinds["list"].iterchildren("{*}item")]
    if "component" in kinds:
        return {child.get("name"): value_of(child) for child in element.iterchildren("{*}component")}
    if "value" not in kinds or kinds["value"].get(NIL) == "true" or element.get(NIL) == "true":
        return None
    return simple(kinds["value"].text or "", (kinds["value"].get(TYPE) or "").partition(":")[2])


def simple(text: str, kind: str) -> Any:
    """A plain value of an XML Schema type."""
    if kind in READERS:
        return READERS[kind](text.strip())
    if kind in ("decimal", "double", "integer", "int", "long", "float"):
        return to_feel(float(text) if text.strip() in ("NaN", "INF", "-INF") else Decimal(text.strip()))
    if kind == "boolean":
        return text.strip() == "true"
    return text


def same(expected: Any, actual: Any) -> bool:
    """Whether both are the same value, numbers to 1e-8."""
    if isinstance(expected, Decimal) and isinstance(actual, Decimal):
        return abs(expected - actual) <= CLOSE * max(Decimal(1), abs(expected))
    if type(expected) is not type(actual):
        return False
    if isinstance(expected, list):
        return len(expected) == len(actual) and all(map(same, expected, actual))
    if isinstance(expected, dict):
        return expected.keys() == actual.keys() and all(same(expected[key], actual[key]) for key in expected)
    return bool(expected == actual)


def nodes_of(tests: Path) -> Iterator[Node]:
    """The result nodes of one file of test cases."""
    for case in etree.parse(tests).getroot().iter("{*}testCase"):
        inputs = {str(one.get("name")): value_of(one) for one in case.iterchildren("{*}inputNode")}
        for result in case.iterchildren("{*}resultNode"):
            expected = result.find("{*}expected")
            value = None if expected is None or result.get("errorResult") == "true" else value_of(expected)
            name = str(result.get("name"))
            asked = str(case.get("invocableName")) if case.get("type") in ("decisionService", "bkm") else name
            yield Node(tests.parent.name, str(case.get("id")), name, asked, inputs, value)


def answers(folder: Path) -> Iterator[tuple[Node, Any]]:
    """Every result node of a folder with what Wardflow decides, models read once."""
    documents = {path.name: path.read_bytes() for path in sorted(folder.glob("*.dmn"))}
    for tests in sorted(folder.glob("*-test-*.xml")):
        main = (etree.parse(tests).getroot().findtext("{*}modelName") or "").strip()
        document = documents.get(main) or documents[folder.name + ".dmn"]
        model = read(document, imports=[one for one in documents.values() if one is not document])
        for node in nodes_of(tests):
            answer = model.decide(node.asked, node.inputs, now=NOW)
            several = node.asked != node.name and isinstance(answer, dict) and node.name in answer
            yield node, answer[node.name] if several else answer


def score(level: str) -> tuple[int, list[str]]:
    """How many nodes a level has, and which of them came out otherwise."""
    total, wrong = 0, []
    for folder in sorted((KIT / level).iterdir()):
        if not folder.is_dir() or JAVA in folder.name:
            continue
        for node, actual in answers(folder):
            total += 1
            if not same(node.expected, actual):
                wrong.append(f"{node}: expected {node.expected!r}, got {actual!r}")
    return total, wrong


def test_level_2_is_met_in_every_node() -> None:
    total, wrong = score("level2")
    assert total > 0
    assert not wrong, "\n".join(wrong)


def test_level_3_is_met_in_at_least_97_of_100_nodes() -> None:
    total, wrong = score("level3")
    assert total > 0
    assert len(wrong) <= total * 0.03, "\n".join(wrong)
