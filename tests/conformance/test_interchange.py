"""Files that other tools wrote: each imports as a draft with everything in it, exports again, and runs where nothing stops it.

The files are test data outside the repository; `WARDFLOW_CONFORMANCE` names their folder.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree
from wardflow.engine import BpmnRefused, read
from wardflow.engine.drafts import Draft, draft, export
from wardflow.engine.refused import BPMN, DRAWING
from wardflow.engine.simulation import Random, Simulation, simulate

FOLDER = Path(os.environ.get("WARDFLOW_CONFORMANCE", Path(__file__).parents[3] / "shared" / "conformance"))
NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)
INTERCHANGE = sorted((FOLDER / "bpmn-interchange").glob("*/*.bpmn"))
CAMUNDA = sorted((FOLDER / "camunda-files").glob("*.bpmn"))
absent = pytest.mark.skipif(not CAMUNDA, reason="the conformance files are not beside this checkout")


def well_formed(xml: bytes) -> bool:
    """Whether it is XML at all; a namespace that is no proper URI still is."""
    return etree.fromstring(xml, etree.XMLParser(recover=True)) is not None and _error(xml) in (
        None,
        etree.ErrorTypes.WAR_NS_URI,
    )


def _error(xml: bytes) -> int | None:
    try:
        etree.fromstring(xml)
    except etree.XMLSyntaxError as error:
        return error.code
    return None


def lost(xml: bytes, found: Draft) -> set[str]:
    """Elements of the file that are neither in the draft nor drawing."""
    root = etree.fromstring(xml, etree.XMLParser(recover=True))
    wanted = Counter(
        e.tag.removeprefix(f"{{{BPMN}}}")
        for e in root.iter()
        if isinstance(e.tag, str) and etree.QName(e).namespace not in DRAWING
    )
    return set(wanted - Counter(e.tag for e in found.elements))


def same(one: Draft, other: Draft) -> bool:
    """Whether two drafts hold the same, drawing included."""
    plain = [[(e.path, e.tag, e.attributes, e.text) for e in d.elements] for d in (one, other)]
    return plain[0] == plain[1] and one.shapes == other.shapes


def faults(files: list[Path]) -> list[str]:
    """What is wrong with the import of each file."""
    wrong = []
    for file in files:
        xml = file.read_bytes()
        if not well_formed(xml):
            continue
        try:
            found = draft(xml, file=file.name)
        except BpmnRefused as error:
            if error.findings[0].code != "bpmn.not-bpmn":
                wrong.append(f"{file}: {error}")
            continue
        if missing := lost(xml, found):
            wrong.append(f"{file}: lost {missing}")
        if not same(found, draft(export(found), file=file.name)):
            wrong.append(f"{file}: exports differently")
        if any(not finding.line and finding.code != "bpmn.not-executable" for finding in found.stops):
            wrong.append(f"{file}: a finding without its place")
    return wrong


@absent
def test_every_well_formed_interchange_file_imports_whole_and_exports_the_same() -> None:
    """No file of any tool is lost or changed."""
    assert not faults(INTERCHANGE)


@absent
def test_camunda_files_import_and_export_the_same() -> None:
    """At most the files that are no BPMN are left out."""
    assert not faults(CAMUNDA)


@absent
def test_foreign_attributes_and_elements_are_all_named_in_the_report() -> None:
    """Nothing of another tool is silently ignored."""
    for file in CAMUNDA:
        try:
            found = draft(file.read_bytes(), file=file.name)
        except BpmnRefused:
            continue
        named = {f.facts["attribute"] for f in found.report if f.code.startswith("bpmn.dialect")}
        attributes = {
            etree.QName(n).localname
            for e in found.elements
            if not e.tag.startswith("{")
            for n in e.attributes
            if n.startswith("{") and etree.QName(n).namespace not in DRAWING
        }
        inside = {
            e.tag.split("}")[1]
            for e in found.elements
            if e.tag.startswith("{") and e.path.split("/")[-2].endswith("extensionElements")
        }
        assert attributes | inside <= named, file.name


@absent
def test_most_camunda_files_run_to_an_end_or_to_a_named_missing_handler() -> None:
    """What nothing stops is played by chance."""
    reached = 0
    for file in CAMUNDA:
        try:
            definition = read(file.read_bytes(), file=file.name)
        except BpmnRefused:
            continue
        process = next(iter(definition.processes))
        reached += any(_arrives(simulate(definition, process, {}, NOW, Random(seed), limit=200)) for seed in range(8))
    assert reached >= 120


def _arrives(found: Simulation) -> bool:
    return found.ended or bool(found.missing)
