"""The scenarios of the culture package, played on the dossier pack with the answers that the package's own rules give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
import wardflow_culture
from wardflow.catalog import pack_folders, shared_schemas
from wardflow.packs import Pack, Scenario, read, read_scenario, rehearse
from wardflow.plugins import Plugins
from wardflow.wording import Wording
from wardflow_culture.shipped import HOME

FILES = sorted(file.name for file in (HOME / "scenarios").iterdir())


@pytest.fixture(scope="module")
def pack() -> Pack:
    return read(next(folder for folder in pack_folders() if folder.name == "dossier"))


def answered(scenario: Scenario) -> Scenario:
    """The scenario with what the rules of the package say about its form."""
    plugins = Plugins.load(sources=[SimpleNamespace(name="culture", load=lambda: wardflow_culture)])
    given = scenario.given
    procedure, form = given.data["procedure"], given.data["form"]
    assert not [objection for objection in plugins.objections(procedure, form, given.at) if objection.blocks]
    found = plugins.findings(procedure, form, given.at)
    lines = plugins.fees(procedure, form, given.at)
    answers: Mapping[str, Mapping[str, Any]] = {
        "rules.findings": {
            "items": [finding.to_json() for finding in found],
            "verdicts": sorted({str(finding.verdict) for finding in found}),
            "consult": sorted({unit for finding in found if (unit := finding.reason.facts.get("unit"))}),
        },
        "rules.fees": {
            "lines": [{"amount": line.amount, "moment": line.moment} for line in lines],
            "total": sum(line.amount for line in lines if line.amount is not None),
            "by_notice": any(line.moment == "notice" for line in lines),
        },
    }
    return replace(scenario, given=replace(given, answers=answers))


@pytest.mark.parametrize("name", FILES)
def test_scenario(name: str, pack: Pack) -> None:
    scenario = read_scenario((HOME / "scenarios" / name).read_bytes(), name)
    rehearsal = rehearse(pack, answered(scenario), schemas=shared_schemas())
    words = Wording("en")
    assert [f"line {failure.line}: {words.say(failure.reason)} {dict(failure.reason.facts)}" for failure in rehearsal.failures] == []
