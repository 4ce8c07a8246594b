"""Each rule of the health package on rows an official can read: rules.csv, one accepting and one refusing row at least."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import wardflow_health
from wardflow.domain.routing import Question
from wardflow.testing import NOW, Row, Source, at_work, rule_table
from wardflow_health.law import COMMITMENT, FOOD, GPP, PROCEDURES, thresholds
from wardflow_health.shipped import table

FORMS: Mapping[str, Mapping[str, Any]] = {
    "gpp-certificate": {
        "commune": "thien-loc", "outlet_name": "Nhà thuốc An Bình", "address": "Thôn Đông, xã Thiên Lộc", "outlet_type": "pharmacy",
        "responsible_person": {
            "full_name": "Lê Thị H", "degree": "university_pharmacy", "practice_months": 30, "certificate_no": "123/CCHN-D-SYT-HNO",
        },
        "premises_area_m2": 18, "gpp_checklist_score": 94, "business_reg": "01A8012345", "declared_true": True,
    },
    "gpp-reissue": {
        "commune": "thien-loc", "outlet_name": "Nhà thuốc An Bình", "certificate_no": "45/ĐKKDD-HNO", "issued_on": "2024-03-01",
        "request": "reissue", "details": "Giấy chứng nhận bị hỏng do mưa.", "declared_true": True,
    },
    "gpp-correction": {
        "commune": "thien-loc", "outlet_name": "Nhà thuốc An Bình", "certificate_no": "45/ĐKKDD-HNO", "issued_on": "2024-03-01",
        "wrong": "Nhà thuốc An Bìnn", "right": "Nhà thuốc An Bình", "declared_true": True,
    },
    "food-safety-certificate": {
        "commune": "thien-loc", "business_name": "Cơ sở giò chả Đông Anh", "address": "Thôn Đông, xã Thiên Lộc", "activity": "production",
        "has_fixed_place": True, "registered_food_business": True, "water_source": "network", "waste": "Hợp đồng thu gom hằng ngày",
        "staff": [{"name": "Nguyễn Thị D", "health_check_date": "2026-06-01", "training_date": "2026-05-10"}], "declared_true": True,
    },
    "food-safety-commitment": {
        "commune": "thien-loc", "business_name": "Bún chả bà Tư", "place": "Chợ Thiên Lộc", "activity": "street_food",
        "has_fixed_place": False, "registered_food_business": False, "opening_hours": "06:00-10:00",
        "staff": [{"name": "Trần Thị T", "health_check_date": "2026-06-01"}], "commitment_signed": True, "declared_true": True,
    },
    "disability-confirmation": {
        "commune": "thien-loc", "person": {"full_name": "Đỗ Văn K", "born": "1975-02-03", "address": "Thôn Đông, xã Thiên Lộc"},
        "impairment_types": [{"kind": "mobility"}], "can_come": True,
        "self_care": dict.fromkeys(
            ("walking", "eating", "toilet", "washing", "dressing", "hearing", "speaking", "housework", "joining_in", "reading"), 1
        ),
        "declared_true": True,
    },
    "gpp-certificate forms/inspect.json": {},
    **{
        f"{code} forms/{step}.json": {}
        for code in ("gpp-certificate", "food-safety-certificate") for step in ("set_up_team", "draft", "sign", "publish")
    },
}  # fmt: skip
"""One application for each procedure, with nothing to object: the rows of rules.csv change it."""

TABLE = rule_table(Path(__file__).with_name("rules.csv"), wardflow_health, forms=FORMS)
PLUGINS = TABLE.plugins


@pytest.mark.parametrize("row", TABLE.rows, ids=str)
def test_rule(row: Row) -> None:
    TABLE.check(row)


def test_every_rule_has_a_row_that_accepts_and_one_that_does_not() -> None:
    assert TABLE.uncovered() == [], TABLE.coverage()
    assert TABLE.coverage() == "42 of 42 rules have an accepting and a refusing row"
    assert TABLE.unknown() == []


def test_everything_a_rule_says_is_a_sentence_in_both_languages_with_its_basis() -> None:
    assert TABLE.unclear() == []
    assert TABLE.without_basis() == []


@pytest.mark.parametrize("code", PROCEDURES)
def test_an_application_in_order_meets_no_objection(code: str) -> None:
    assert PLUGINS.objections(code, FORMS[code], NOW) == ()


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        ({"result": "pass"}, ()),
        ({"result": "pass", "findings": [{"severity": "minor", "fix_by": "2026-09-10"}]}, ("health.not_passed_yet",)),
        ({"result": "fixable", "findings": [{"severity": "critical", "fix_by": "2026-09-10"}]}, ("health.critical_fails",)),
        ({"result": "fail", "findings": [{"severity": "critical", "fix_by": "2026-09-10"}]}, ()),
        ({"result": "fixable"}, ("health.fix_what",)),
        ({"result": "fixable", "findings": [{"severity": "major", "fix_by": "2026-10-01"}]}, ()),
        ({"result": "fixable", "findings": [{"severity": "major", "fix_by": "2026-10-02"}]}, ("health.fix_limit",)),
        ({"result": "fixable", "findings": [{"severity": "major", "fix_by": "2026-08-31"}]}, ("health.fix_limit",)),
    ],
)
def test_the_minutes_of_an_inspection(minutes: dict[str, Any], expected: tuple[str, ...]) -> None:
    said = PLUGINS.objections(GPP, {"visited_on": "2026-09-01", **minutes}, NOW, at="forms/inspect.json")
    assert tuple(each.reason.code for each in said) == expected
    assert all(each.basis and each.blocks for each in said)


def test_about_one_commitment_in_ten_is_drawn_for_inspection_and_always_the_same_ones() -> None:
    def drawn(name: str) -> bool:
        said = PLUGINS.findings(COMMITMENT, {**FORMS[COMMITMENT], "business_name": name}, NOW)
        return "health.commitment-sampling" in {each.rule for each in said}

    names = [f"Quán số {n}" for n in range(1000)]
    first = [drawn(name) for name in names]
    assert 70 <= sum(first) <= 130
    assert first == [drawn(name) for name in names]


def test_a_regional_team_is_asked_before_the_department() -> None:
    own = at_work(Source("health", lambda: wardflow_health), overrides={"health.regional_team": {"thien-loc": "gia-lam"}})
    [(_, opinion)] = own.opinions(GPP, Question("", ""), "inspect", FORMS[GPP], NOW)
    assert [each.unit for each in opinion.next_holders] == ["gia-lam", "dept-health"]


def test_an_installation_may_set_what_is_only_assumed() -> None:
    assert {row.key for row in thresholds() if row.assumed} >= {"health.meals_at_commune", "health.premises_area_m2", "health.gpp_fee"}
    own = at_work(Source("health", lambda: wardflow_health), overrides={"health.meals_at_commune": 50})
    found = own.findings(FOOD, {**FORMS[FOOD], "activity": "catering", "meals_per_day": 51}, NOW)
    assert "health.food-authority" in {each.rule for each in found}


def test_the_department_may_replace_the_exemption_without_python() -> None:
    tables = {each.id for each in wardflow_health.decision_tables()}
    assert tables == {"health.gpp_person", "health.team_head", "health.food_subject", "health.food_authority"}
    assert PLUGINS.tables.problems("health.food_subject", PLUGINS.tables.shipped["health.food_subject"].model) == []


def test_before_the_law_began_its_rules_are_silent() -> None:
    form = {**FORMS[FOOD], "activity": "street_food"}
    assert not PLUGINS.findings(FOOD, form, NOW, on=date(2025, 6, 30))


def test_every_threshold_and_rule_says_since_when_it_holds() -> None:
    assert all(row.valid_from for row in thresholds())
    assert all("valid_from" in row and "assumed" in row for row in table("data/rules.toml").values())


@pytest.mark.parametrize("value", ["abc", {}, [], True, None, -1])
@pytest.mark.parametrize("code", PROCEDURES)
def test_nonsense_in_a_field_never_loses_the_submission(code: str, value: Any) -> None:
    for field in FORMS[code]:
        form = {**FORMS[code], field: value}
        PLUGINS.objections(code, form, NOW)
        PLUGINS.findings(code, form, NOW)
        PLUGINS.completed(code, form, NOW)
        PLUGINS.fees(code, form, NOW)
