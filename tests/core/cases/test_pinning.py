"""A case keeps the record, the form and the pack it was opened with, whatever is published or installed afterwards."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from wardflow.cases.library import Library
from wardflow.cases.publish_pack import publish_pack
from wardflow.errors import PackRefused
from wardflow.packs import Pack

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another


def published(town: Town, path: str, old: str, new: str) -> None:
    """The pack again, with one text changed."""
    (version,) = [one for one in town.platform.store.packs.versions()][-1:]
    files = dict(town.platform.store.packs.files(version.digest))
    assert old in files[path].decode()
    files[path] = files[path].decode().replace(old, new).encode()
    pack = Pack(files, "permit")
    town.platform.store.packs.publish(pack.id, pack.digest, pack.files, "designer", town.moment.now)


def test_a_new_version_is_for_new_cases_alone(town: Town) -> None:
    old = town.open(answer={"complete": True}).case_id
    published(town, "permit.bpmn", 'wf:due="2 wd"', 'wf:due="3 wd"')
    new = town.open(answer={"complete": True}).case_id
    assert town.case(old).pack != town.case(new).pack
    dues = [town.tasks(case)["review"].due.date().isoformat() for case in (old, new)]
    assert dues == ["2026-09-08", "2026-09-09"]


def test_a_form_changed_beside_an_unchanged_record_is_for_new_cases_alone(town: Town) -> None:
    old = town.case(town.open().case_id)
    published(town, "forms/permit.json", '"minLength": 3', '"minLength": 5')
    new = town.case(town.open().case_id)
    fresh = replace(town.platform, library=Library(town.platform.store.packs, town.platform.plugins, {}))
    lengths = [fresh.library.matter_of(case).opening_schema["properties"]["purpose"]["minLength"] for case in (old, new)]
    assert lengths == [3, 5]
    assert old.procedure_digest != new.procedure_digest


def test_the_record_a_case_keeps_is_json(town: Town) -> None:
    case = town.case(town.open().case_id)
    assert json.dumps(town.platform.store.packs.procedure(case.procedure_digest))


def test_a_case_runs_on_where_a_new_release_would_refuse_its_diagram(town: Town) -> None:
    published(town, "permit.bpmn", "</bpmn:process>", '<bpmn:dataObject id="drawn"><bpmn:dataState/></bpmn:dataObject></bpmn:process>')
    case = town.open().case_id
    fresh = replace(town.platform, library=Library(town.platform.store.packs, town.platform.plugins, {}))
    pack = fresh.library.pack(town.case(case).pack)
    assert pack.definition_of("permit")
    with pytest.raises(PackRefused) as refused:
        publish_pack(fresh, town.platform.actor("designer"), Pack(pack.files, "permit"))
    assert "bpmn.data-state" in [finding.code for finding in refused.value.findings]


class Broken:
    """A package whose catalogue record names a form that nobody brings."""

    name = "broken"

    def load(self) -> Any:
        from types import SimpleNamespace

        from wardflow import hookimpl

        record = {"code": "lost", "name": "Thủ tục lạc", "pack": "permit", "process": "permit", "time_limit": "1 wd", "form": "nowhere"}
        return SimpleNamespace(procedures=hookimpl(lambda: (record,)))


def test_a_record_that_cannot_be_read_is_left_out_and_the_counter_stays_open(town: Town) -> None:
    from wardflow.plugins import Plugins

    plugins = Plugins.load(sources=(Broken(),))
    assert plugins.left_out == ()
    platform = replace(town.platform, plugins=plugins, library=Library(town.platform.store.packs, plugins, {}))
    today = town.moment.now.date()
    assert set(platform.library.procedures(today)) == {"permit"}
    assert "nowhere" in platform.library.left_out["lost"]
