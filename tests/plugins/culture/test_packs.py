"""The packs of the culture package have no finding, go as their scenarios say, and print the department's papers."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import wardflow_culture
from wardflow.catalog import city_folder, pack_folders, shared_schemas
from wardflow.demo.city import read_city
from wardflow.documents.slips import render
from wardflow.packs import Procedure, Report, lint, read, rehearse_pack
from wardflow.testing import at_work

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
FOLDERS = [Path(str(folder)) for folder in wardflow_culture.packs()]
PLUGINS = at_work(wardflow_culture)
PAPERS = [template.name for template in wardflow_culture.slip_templates()]
SAID: dict[str, Any] = {
    "date": "2026-09-04", "place": "Thiên Lộc", "issuer": {"above": "UBND Thành phố Hà Nội", "name": "UBND xã Thiên Lộc"},
    "number": "001/UBND-VHXH", "form": "", "code": "H26.0001", "applicant": {"name": "Nguyễn Văn A"},
    "procedure": {"name": "Thông báo tổ chức lễ hội cấp xã", "code": "festival-notice"}, "authority": "UBND xã Thiên Lộc",
    "received_at": "2026-08-24T08:30", "bases": ["Nghị định 110/2018/NĐ-CP"],
    "lines": [{"name": "Tên lễ hội", "value": "Hội làng Chèm"}, {"name": "Ngày bắt đầu", "value": "10/10/2026"}],
    "tracking": {"url": "http://localhost/track/ABC", "address": "http://localhost/track", "code": "ABC"},
}  # fmt: skip
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


@each_pack
def test_scenarios_pass_every_element_and_every_flow(folder: Path) -> None:
    coverage = report_of(folder).coverage
    assert (coverage.elements.missed, coverage.flows.missed) == ((), ())


@each_pack
def test_every_element_and_flow_is_drawn_and_has_words_in_both_languages(folder: Path) -> None:
    for file in folder.glob("*.bpmn"):
        root = ElementTree.parse(file).getroot()
        drawn = {each.get("bpmnElement") for tag in ("BPMNShape", "BPMNEdge") for each in root.iter(DI + tag)}
        kinds = ("Task", "Event", "Gateway", "subProcess", "sequenceFlow")
        assert {each.get("id") for each in root.iter() if each.tag.startswith(BPMN) and each.tag.endswith(kinds)} <= drawn
    pack = read(folder)
    for definition in pack.definitions.values():
        for node in definition.nodes.values():
            assert bool(node.name) == ("nameEn" in node.attributes), node.id
            for name in ("product", "responsibility", "authority", "basis"):
                assert (name in node.attributes) == (f"{name}En" in node.attributes), f"{node.id} {name}"
    for words in (*pack.roles.values(), *pack.states.values(), *pack.notices.values()):
        assert words.vi and words.en and words.vi != words.en


@pytest.mark.parametrize("name", PAPERS)
def test_the_department_prints_its_own_papers(name: str) -> None:
    source = PLUGINS.slip_template(name)
    assert source is not None and render(source, SAID).startswith(b"%PDF")


def test_every_paper_of_the_package_is_named_by_a_pack() -> None:
    named = {slip.template for folder in FOLDERS for slip in read(folder).slips.values() if "." in slip.template}
    assert named == set(PAPERS) != set()


def test_every_procedure_runs_on_a_process_that_is_there() -> None:
    packs = {pack.id: pack for pack in (read(folder) for folder in (*pack_folders(), *FOLDERS))}
    for record in PLUGINS.procedures():
        procedure = Procedure.read(record, record["code"])
        processes = {id for definition in packs[procedure.pack].definitions.values() for id in definition.processes}
        assert procedure.process in processes, procedure.code
        assert procedure.form in PLUGINS.schemas() and procedure.place == "/form/commune"
        assert procedure.legal_basis and procedure.valid_from and procedure.name != procedure.name_en


def test_silence_is_consent_only_where_the_law_says_so() -> None:
    records = {record["code"]: record.get("options", {}) for record in PLUGINS.procedures() if record["pack"] == "culture-notice"}
    assert {code: options["silence_agrees"] for code, options in records.items()} == {"festival-notice": True, "performance-notice": False}


def test_silence_speaks_on_the_day_the_time_limit_ends() -> None:
    for record in PLUGINS.procedures():
        assert record.get("options", {}).get("answer_within", record["time_limit"]) == record["time_limit"]
