"""Each rule of the culture package on rows an official can read: rules.csv, one accepting and one refusing row at least."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import wardflow_culture
from wardflow.testing import NOW, Row, at_work, rule_table
from wardflow.wording import Wording
from wardflow_culture.law import LICENCES, NOTICE, PROCEDURES, thresholds
from wardflow_culture.shipped import table

from .samples import ADJUSTMENT, FESTIVAL, FORMS, KARAOKE, room

PLUGINS = at_work(wardflow_culture)
TABLE = rule_table(Path(__file__).with_name("rules.csv"), wardflow_culture, forms=FORMS)


@pytest.mark.parametrize("row", TABLE.rows, ids=str)
def test_rule(row: Row) -> None:
    TABLE.check(row)


def test_every_rule_has_a_row_that_accepts_and_one_that_does_not() -> None:
    assert TABLE.uncovered() == [] and TABLE.unknown() == []
    rules, all_rules, *_ = (int(word) for word in TABLE.coverage().split() if word.isdigit())
    print(TABLE.coverage())
    assert rules == all_rules > 40


def test_everything_a_rule_says_is_a_sentence_in_both_languages() -> None:
    assert TABLE.unclear() == []


def test_every_rule_that_blocks_names_its_basis() -> None:
    assert TABLE.without_basis() == []


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_a_form_with_which_nothing_is_wrong_meets_no_objection(procedure: str) -> None:
    assert PLUGINS.objections(procedure, FORMS[procedure], NOW) == ()


def test_a_late_notice_is_told_the_earliest_day_and_may_be_filed_all_the_same() -> None:
    [objection] = PLUGINS.objections(NOTICE, {**FESTIVAL, "start_date": "2026-09-14"}, NOW)
    words = Wording("vi", PLUGINS.translations("vi")).say(objection)
    assert words == "Chỉ báo trước 10 ngày, cần ít nhất 20 ngày. Sớm nhất được bắt đầu ngày 24/09/2026."
    assert objection.pointer == "/start_date" and not objection.blocks and objection.basis


def test_whatever_a_karaoke_rule_asks_of_the_matter_keeps_nobody_from_filing() -> None:
    rooms = [{**room("P1", 5), "inside_latch": True, "alarm_device": True}]
    form = {**KARAOKE, "rooms": rooms, "opens_at": "06:00", "distance_sensitive_m": 10, "fire_acceptance": "none"}
    for procedure in LICENCES:
        said = PLUGINS.objections(procedure, form, NOW)
        assert said and not [each for each in said if each.blocks]


def test_a_festival_of_six_thousand_asks_the_police_and_the_health_service() -> None:
    found = PLUGINS.findings(NOTICE, {**FESTIVAL, "expected_people": 6000}, NOW)
    asked = {finding.rule: finding.reason.facts.get("unit") for finding in found if finding.verdict == "route"}
    settings = PLUGINS.settings(NOW.date())
    assert asked == {
        "culture.festival-police": settings["culture.police_unit"], "culture.festival-health": settings["culture.health_unit"],
    }  # fmt: skip


def test_the_warning_about_karaoke_and_distance_can_be_switched_off() -> None:
    form = {**KARAOKE, "distance_sensitive_m": 50}
    assert PLUGINS.objections("karaoke-licence", form, NOW)
    quiet = at_work(wardflow_culture, overrides={"culture.karaoke_distance_warning": False})
    assert quiet.objections("karaoke-licence", form, NOW) == ()
    assert [each.verdict for each in quiet.findings("karaoke-licence", {**form, "service": "discotheque"}, NOW)].count("refuse") == 2


def test_days_of_notice_are_counted_once_and_kept() -> None:
    kept = PLUGINS.completed(NOTICE, FESTIVAL, NOW)["lead"]
    assert kept == {"filed_on": "2026-09-04", "days": 36, "earliest": "2026-09-24"}
    again = PLUGINS.completed(NOTICE, {**FESTIVAL, "lead": {"filed_on": "2020-01-01"}}, NOW)["lead"]
    assert again["filed_on"] == "2026-09-04"    # nobody types an earlier day


def test_a_fee_names_its_basis_and_its_rooms() -> None:
    [line] = PLUGINS.fees("karaoke-adjustment", ADJUSTMENT, NOW)
    assert (line.amount, line.moment, line.basis) == (2_000_000, "filing", "Thông tư 110/2025/TT-BTC, Điều 4")
    assert Wording("en", PLUGINS.translations("en")).say(line.name) == "Appraisal fee of the licence, 2 rooms"


@pytest.mark.parametrize("value", ["abc", {}, [], True, -1, "2026-13-45"])
@pytest.mark.parametrize("procedure", PROCEDURES)
def test_nonsense_in_a_field_never_loses_the_submission(procedure: str, value: Any) -> None:
    form: Mapping[str, Any] = FORMS[procedure]
    for field in form:
        broken = {**form, field: value}
        PLUGINS.objections(procedure, broken, NOW)
        PLUGINS.findings(procedure, broken, NOW)
        PLUGINS.completed(procedure, broken, NOW)
        PLUGINS.fees(procedure, broken, NOW)


def test_every_threshold_and_rule_says_since_when_it_holds_and_what_is_assumed() -> None:
    assert all(row.valid_from and row.schema["title"] and row.schema["x-i18n"]["en"]["title"] for row in thresholds())
    assert all("valid_from" in row and "assumed" in row for row in table("data/rules.toml").values())
    assert {row.key for row in thresholds() if row.assumed} >= {"culture.festival_plans_above", "culture.noise_complaints"}
    assert {row.key for row in thresholds() if not row.assumed} >= {"culture.room_fee", "culture.room_fee_cap", "culture.least_room_m2"}
