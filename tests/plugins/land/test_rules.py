"""Each rule of the land package on rows an official can read: rules.csv, one accepting and one refusing row at least."""

from __future__ import annotations

import csv
import json
import shlex
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import wardflow_land
from wardflow.domain.reasons import Reason
from wardflow.plugins import Plugins
from wardflow.wording import LANGUAGES, Wording
from wardflow_land.law import PROCEDURE, thresholds
from wardflow_land.shipped import table

NOW = datetime(2026, 9, 4, 2, 40, tzinfo=UTC)
ROWS = list(csv.DictReader(Path(__file__).with_name("rules.csv").read_text("utf-8").splitlines()))
FORM: Mapping[str, Any] = {
    "commune": "thien-loc",
    "certificate_no": "CS 0012345",
    "map_sheet": "24",
    "plot_no": "112",
    "certificate_area_m2": 126.5,
    "from_type": "CLN",
    "to_type": "ONT",
    "area_m2": 60,
    "reason": "Làm nhà ở cho con trai út",
    "declared_true": True,
}


def plugins() -> Plugins:
    return Plugins.load(sources=[SimpleNamespace(name="land", load=lambda: wardflow_land)])


def changed(changes: str) -> dict[str, Any]:
    """The form with the changes of a row; an empty value takes the field away."""
    form = dict(FORM)
    for change in shlex.split(changes):
        name, _, value = change.partition("=")
        form.pop(name, None)
        if value:
            form[name] = _typed(name, value)
    return form


def told(changes: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The form and what the case knows beside it."""
    form = changed(changes)
    due, paid = form.pop("case.due", None), form.pop("case.paid", None)
    known = {"fees": {"total": int(due)}} if due else {}
    return form, {**known, **({"payment": {"received": True}} if paid else {})}


def _typed(name: str, value: str) -> Any:
    return json.loads(value) if name in ("area_m2", "certificate_area_m2", "in_plan_year") else value


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['rule']} {row['changes']}" for row in ROWS])
def test_rule(row: Mapping[str, str]) -> None:
    form, case = told(row["changes"])
    said = {ruling.rule: ruling.said for ruling in plugins().rulings(PROCEDURE, form, NOW)}
    found = {finding.rule: str(finding.verdict) for finding in plugins().findings(PROCEDURE, form, NOW, case=case)}
    assert {**said, **found}.get(row["rule"], "silent") == row["expects"]


def test_every_rule_has_a_row_that_accepts_and_one_that_does_not() -> None:
    expected = defaultdict(set)
    for row in ROWS:
        expected[row["rule"]].add(row["expects"] in ("allows", "silent", "eligible"))
    everything = plugins()
    rules = {rule.id for plugin in everything.installed for hook in ("field_rules", "finding_rules") for rule in plugin.offers[hook]}
    assert rules == set(expected)
    assert {rule for rule, kinds in expected.items() if len(kinds) < 2} <= {"land.part-of-plot"}  # it only ever eases


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_a_rule_says_is_a_sentence_without_gaps(language: str) -> None:
    everything = plugins()
    wording = Wording(language, everything.translations(language))
    for row in ROWS:
        form, case = told(row["changes"])
        reasons = [objection.reason for objection in everything.objections(PROCEDURE, form, NOW)]
        reasons += [finding.reason for finding in everything.findings(PROCEDURE, form, NOW, case=case)]
        reasons += [value.reason for value in everything.computed(PROCEDURE, form, NOW)]
        for reason in reasons:
            words = wording.say(reason)
            assert words != reason.code and "…" not in words and "{" not in words and words.endswith("."), words


def test_an_objection_says_what_is_wrong_by_how_much_and_what_would_be_right() -> None:
    [objection] = plugins().objections(PROCEDURE, changed("area_m2=150"), NOW)
    words = Wording("vi", plugins().translations("vi")).say(objection)
    assert words == "Xin chuyển 150 m², nhiều hơn giấy chứng nhận 23,5 m². Nhiều nhất là 126,5 m²."
    assert objection.pointer == "/area_m2" and objection.blocks and objection.basis


def test_a_look_again_does_not_block() -> None:
    [objection] = plugins().objections(PROCEDURE, changed("certificate_no=112"), NOW)
    assert not objection.blocks


def test_no_data_asks_the_planning_department_within_its_limit() -> None:
    found = plugins().findings(PROCEDURE, changed("map_sheet=31"), NOW)
    [route] = [finding for finding in found if finding.verdict == "route"]
    assert route.reason.facts["unit"] == "dept-planning-architecture" and route.reason.facts["limit"] == "5 wd"


def test_the_zoning_of_the_plot_is_filled_in_with_its_explanation() -> None:
    complete = plugins().completed(PROCEDURE, FORM, NOW)
    assert complete["zoning"]["result"] == "fit" and "ONT" in complete["zoning"]["zoning_code"]
    assert "zoning" not in plugins().completed(PROCEDURE, changed("plot_no="), NOW)


def test_the_handler_answers_what_its_schema_promises() -> None:
    handler = plugins().handler("land.zoning")
    inputs = {name: FORM[name] for name in handler.input_schema["required"]}
    answer = handler.run(inputs, None)  # type: ignore[arg-type]  # this handler looks at nothing beside its inputs
    assert answer["result"] == "fit" and set(answer) == set(handler.output_schema["required"])


def test_the_appraisal_fee_comes_with_the_file_and_the_land_use_fee_by_notice() -> None:
    lines = plugins().fees(PROCEDURE, FORM, NOW)
    assert [(line.name.code, line.moment) for line in lines] == [
        ("land.fee_appraisal", "filing"),
        ("land.fee_land_use", "notice"),
    ]
    assert lines[0].amount == plugins().settings(NOW.date())["land.appraisal_fee"] and lines[1].amount is None
    assert len(plugins().fees(PROCEDURE, changed("from_type=LUC to_type=NTS"), NOW)) == 1


def test_the_appraisal_fee_is_assumed_and_an_installation_may_set_it() -> None:
    assert [row.assumed for row in thresholds() if row.key == "land.appraisal_fee"] == [True]
    source = SimpleNamespace(name="land", load=lambda: wardflow_land)
    own = Plugins.load(sources=[source], overrides={"land.appraisal_fee": 350_000})
    assert own.fees(PROCEDURE, FORM, NOW)[0].amount == 350_000


def test_before_the_law_began_its_rules_are_silent() -> None:
    assert not plugins().objections(PROCEDURE, changed("area_m2=150"), NOW, on=date(2024, 7, 31))


def test_every_threshold_and_rule_says_since_when_it_holds() -> None:
    assert all(row.valid_from for row in thresholds())
    assert all("valid_from" in row and "assumed" in row for row in table("data/rules.toml").values())


@pytest.mark.parametrize("value", ["abc", {}, [], True])
def test_nonsense_in_a_field_never_loses_the_submission(value: Any) -> None:
    for field in FORM:
        form = {**FORM, field: value}
        plugins().objections(PROCEDURE, form, NOW)
        plugins().findings(PROCEDURE, form, NOW)
        plugins().completed(PROCEDURE, form, NOW)
        plugins().fees(PROCEDURE, form, NOW)


def test_both_languages_say_the_same_things() -> None:
    assert set(plugins().translations("vi")) == set(plugins().translations("en"))
    assert Reason("land.unpaid").code in plugins().translations("vi")
