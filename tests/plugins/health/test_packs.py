"""The packs of the health package: no findings, scenarios as they say, everything passed, drawn and put into words."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
import wardflow_health
from wardflow.catalog import city_folder, files_of, shared_schemas
from wardflow.demo.city import read_city
from wardflow.forms import Schemas, undrawable
from wardflow.packs import Report, lint, read, rehearse_pack

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
FOLDERS = [Path(str(folder)) for folder in wardflow_health.packs()]
each_pack = pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])


@cache
def report_of(folder: Path) -> Report:
    return rehearse_pack(read(folder), schemas=shared_schemas())


@each_pack
def test_lint_finds_nothing(folder: Path) -> None:
    held = {holding.role for holding in read_city(city_folder()).holdings}
    assert lint(read(folder), roles=held, schemas=shared_schemas()) == ()


@each_pack
def test_every_scenario_goes_as_it_says(folder: Path) -> None:
    assert [(each.path, each.failures) for each in report_of(folder).rehearsals if not each.ok] == []
    assert [each.path for each in report_of(folder).rehearsals if each.title == each.title_en] == []


@each_pack
def test_scenarios_pass_every_element_and_every_flow(folder: Path) -> None:
    coverage = report_of(folder).coverage
    assert coverage.elements.missed == () and coverage.flows.missed == ()


@each_pack
def test_every_element_and_flow_is_drawn(folder: Path) -> None:
    for file in folder.glob("*.bpmn"):
        root = ElementTree.parse(file).getroot()
        drawn = {each.get("bpmnElement") for tag in ("BPMNShape", "BPMNEdge") for each in root.iter(DI + tag)}
        kinds = ("Task", "Event", "Gateway", "subProcess", "sequenceFlow")
        assert {each.get("id") for each in root.iter() if each.tag.startswith(BPMN) and each.tag.endswith(kinds)} <= drawn


@each_pack
def test_every_word_is_in_both_languages(folder: Path) -> None:
    pack = read(folder)
    for definition in pack.definitions.values():
        for node in definition.nodes.values():
            for name in ("product", "responsibility", "authority", "basis"):
                assert (name in node.attributes) == (f"{name}En" in node.attributes), f"{node.id} {name}"
            assert bool(node.name) == ("nameEn" in node.attributes), node.id
    for words in (*pack.roles.values(), *pack.states.values(), *pack.notices.values()):
        assert words.vi and words.en and words.vi != words.en
    assert all(unicodedata.is_normalized("NFC", content.decode()) for content in files_of(folder).values())


@pytest.mark.parametrize("code", sorted(wardflow_health.schemas()))
def test_every_form_can_be_drawn(code: str) -> None:
    assert undrawable(wardflow_health.schemas()[code], schemas=Schemas(shared_schemas())) == ()


@pytest.mark.parametrize("record", wardflow_health.procedures(), ids=lambda record: str(record["code"]))
def test_a_procedure_names_a_process_there_is_and_steps_it_has(record: dict[str, object]) -> None:
    folders = {folder.name: folder for folder in (*FOLDERS, city_folder().parent / "dossier")}
    [definition] = read(folders[str(record["pack"])]).definitions.values()
    steps = record.get("steps", {})
    assert isinstance(steps, dict)
    assert str(record["process"]) in definition.processes
    assert set(steps) <= set(definition.nodes)
