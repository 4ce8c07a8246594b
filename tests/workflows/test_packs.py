"""Every pack that ships has no finding, goes as its scenarios say, and is complete in both languages."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from wardflow import forms
from wardflow.catalog import city_folder, files_of, pack_folders, shared_schemas
from wardflow.demo.city import read_city
from wardflow.packs import Pack, Report, lint, read, rehearse_pack
from wardflow.plugins import Plugins

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
WF = "{http://wardflow.org/schema/bpmn}"
FLOWS_AT_LEAST = 95
PLUGINS = Plugins.load()
FOLDERS = (*pack_folders(), *(Path(str(folder)) for folder in PLUGINS.packs()))
each_pack = pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])
each_form = pytest.mark.parametrize(
    "path", [path for folder in FOLDERS for path in sorted(folder.glob("forms/*.json"))], ids=lambda path: path.stem
)


@cache
def report_of(folder: Path) -> Report:
    return rehearse_pack(read(folder), schemas=shared_schemas())


@each_pack
def test_lint_finds_nothing(folder: Path) -> None:
    held = {holding.role for holding in read_city(city_folder()).holdings}
    assert lint(read(folder), roles=held, schemas=shared_schemas(), handlers=PLUGINS.handlers(), papers=PLUGINS.papers()) == ()


@each_pack
def test_every_scenario_goes_as_it_says(folder: Path) -> None:
    assert [(each.path, each.failures) for each in report_of(folder).rehearsals if not each.ok] == []


@each_pack
def test_scenarios_pass_every_element_and_nearly_every_flow(folder: Path) -> None:
    coverage = report_of(folder).coverage
    assert coverage.elements.missed == ()
    assert coverage.flows.percent >= FLOWS_AT_LEAST, coverage.flows.missed


@each_pack
def test_spiffworkflow_has_a_second_opinion_on_most_scenarios(folder: Path) -> None:
    rehearsals = report_of(folder).rehearsals
    asked = [each.path for each in rehearsals if not each.second or each.second.startswith("asked")]
    assert len(asked) > len(rehearsals) / 2


@each_pack
def test_every_scenario_has_a_title_in_both_languages(folder: Path) -> None:
    assert [each.path for each in report_of(folder).rehearsals if each.title == each.title_en] == []


@each_pack
def test_the_published_files_are_those_of_the_folder(folder: Path) -> None:
    assert read(folder).digest == Pack(files_of(folder), folder.name).digest


@each_pack
def test_every_element_and_flow_is_drawn(folder: Path) -> None:
    for file in folder.glob("*.bpmn"):
        root = ElementTree.parse(file).getroot()
        drawn = {each.get("bpmnElement") for tag in ("BPMNShape", "BPMNEdge") for each in root.iter(DI + tag)}
        kinds = ("Task", "Event", "Gateway", "subProcess", "sequenceFlow", "callActivity")
        elements = {each.get("id") for each in root.iter() if each.tag.startswith(BPMN) and each.tag.endswith(kinds)}
        assert elements - drawn == set()


@each_pack
def test_every_word_of_the_diagram_and_the_pack_is_in_both_languages(folder: Path) -> None:
    pack = read(folder)
    for definition in pack.definitions.values():
        for node in definition.nodes.values():
            for name in ("product", "responsibility", "authority", "basis"):
                assert (name in node.attributes) == (f"{name}En" in node.attributes), f"{node.id} {name}"
            assert bool(node.name) == ("nameEn" in node.attributes), node.id
    for words in (*pack.roles.values(), *pack.states.values(), *pack.notices.values()):
        assert words.vi and words.en and words.vi != words.en


@each_pack
def test_texts_are_composed_and_scold_nobody(folder: Path) -> None:
    for path, content in files_of(folder).items():
        text = content.decode("utf-8")
        assert unicodedata.is_normalized("NFC", text), path
        assert "không hợp lệ" not in text.casefold(), path


@each_form
def test_a_form_is_drawn_in_order_with_words_in_both_languages(path: Path) -> None:
    schema = json.loads(path.read_text("utf-8"))
    folder = path.parents[1]
    registry = forms.Schemas({**shared_schemas(), **read(folder).forms})
    assert forms.undrawable(schema, schemas=registry) == ()
    for part in _groups(schema):
        assert sorted(part.get("x-order", ())) == sorted(part["properties"])
        assert part["additionalProperties"] is False
    for part in _parts(schema):
        english = part.get("x-i18n", {}).get("en", {})
        assert ("title" in part) == ("title" in english), part
        assert ("description" in part) == ("description" in english), part
        assert set(part.get("x-enum", {})) == set(english.get("enum", {})) == {v for v in part.get("enum", ()) if v and "x-enum" in part}


def _groups(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    return (part for part in _parts(schema) if part.get("type") == "object" and "properties" in part)


def _parts(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every schema inside, conditions left out: they only narrow what is there."""
    if isinstance(value, Mapping):
        if {"type", "$ref"} & value.keys():
            yield value
        for key, each in value.items():
            if key not in ("if", "then", "else", "x-i18n", "x-enum"):
                yield from _parts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _parts(each)


def test_a_shorter_step_is_noticed_by_the_scenarios() -> None:
    [folder] = [folder for folder in FOLDERS if folder.name == "dossier"]
    files = files_of(folder)
    text = files["dossier.bpmn"].decode()
    shorter, count = re.subn(r'(id="appraise"[^>]*wf:due=")5 wd"', r'\g<1>3 wd"', text)
    assert count == 1
    report = rehearse_pack(Pack({**files, "dossier.bpmn": shorter.encode()}, "dossier"), schemas=shared_schemas())
    assert [each.path for each in report.rehearsals if not each.ok] == ["scenarios/01-straight-through.yaml"]
