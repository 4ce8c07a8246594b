"""Each rule of the land package on rows an official can read: rules.csv, one accepting and one refusing row at least."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import wardflow_land
from wardflow.domain.reasons import Reason
from wardflow.offers import HandlerContext
from wardflow.plugins import Plugins
from wardflow.testing import NOW, Row, rule_table
from wardflow.wording import Wording
from wardflow_land.law import PROCEDURE, thresholds
from wardflow_land.shipped import table

from .samples import FORM, FORMS


def plugins() -> Plugins:
    return Plugins.load(sources=[SimpleNamespace(name="land", load=lambda: wardflow_land)])


TABLE = rule_table(Path(__file__).with_name("rules.csv"), wardflow_land, forms=FORMS)


def changed(changes: str) -> dict[str, Any]:
    """The form with the changes of a row."""
    return TABLE.form(replace(TABLE.rows[0], changes=changes))[0]


@pytest.mark.parametrize("row", TABLE.rows, ids=str)
def test_rule(row: Row) -> None:
    TABLE.check(row)


def test_every_rule_has_a_row_that_accepts_and_one_that_does_not() -> None:
    assert TABLE.uncovered() == []
    assert TABLE.unknown() == []
    assert TABLE.without_basis() == []


def test_the_coverage_of_the_rules_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    rules = {row.rule for row in TABLE.rows}
    with capsys.disabled():
        print(f"\nland: {TABLE.coverage()}")
    assert TABLE.coverage().startswith(f"{len(rules)} of {len(rules)} rules")


def test_everything_a_rule_says_is_a_sentence_in_both_languages() -> None:
    assert TABLE.unclear() == []


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
    answer = handler.run(inputs, HandlerContext(NOW, "once"))
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
