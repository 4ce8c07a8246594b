"""Lint reads the decision tables of a pack as DMN does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from wardflow.packs import Pack, lint

TABLE = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:test">
  <decision id="priority" name="priority">
    <variable name="priority" typeRef="string"/>
    <decisionTable hitPolicy="UNIQUE">
      <input><inputExpression typeRef="number"><text>days</text></inputExpression></input>
      <output name="priority" typeRef="string"/>
      <rule><inputEntry><text>{first}</text></inputEntry><outputEntry><text>"high"</text></outputEntry></rule>
      <rule><inputEntry><text>&gt; 5</text></inputEntry><outputEntry><text>"low"</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>
"""


def codes(make_pack: Callable[..., Pack], first: str) -> set[str]:
    pack = make_pack()
    files: Mapping[str, Any] = {**pack.files, "priority.dmn": TABLE.format(first=first).encode()}
    return {found.code for found in lint(Pack(files, "small")) if found.file.endswith(".dmn")}


def test_rows_that_overlap_under_unique_are_found(make_pack: Callable[..., Pack]) -> None:
    assert "dmn.overlap" in codes(make_pack, "&lt;= 7")


def test_a_cell_that_is_not_feel_is_found(make_pack: Callable[..., Pack]) -> None:
    assert "dmn.feel" in codes(make_pack, "&lt;= ")


def test_a_table_that_is_torn_is_a_finding_of_its_file_and_the_rest_is_still_looked_at(make_pack: Callable[..., Pack]) -> None:
    pack = make_pack({"small.bpmn": (('wf:handler="rules.fees"', 'wf:handler="rules.fee"'),)})
    torn = Pack({**pack.files, "priority.dmn": TABLE.format(first="1").encode()[:-80]}, "small")
    assert {"handler.unknown", "table.unreadable"} <= {found.code for found in lint(torn)}
