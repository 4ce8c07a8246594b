"""What the land package says at later steps: nothing is accepted before conciliation failed, and what minutes must agree with."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest
import wardflow_land
from wardflow.documents import render
from wardflow.plugins import Plugins
from wardflow.testing import NOW
from wardflow.wording import Wording
from wardflow_land.law import CONCILIATION, DISPUTE, DISPUTE_CITY

PLUGINS = Plugins.load(sources=[SimpleNamespace(name="land", load=lambda: wardflow_land)])
QUARREL: Mapping[str, Any] = {"conciliation_id": "12/BB-HG", "conciliation_result": "failure"}
AGREED: Mapping[str, Any] = {"date": "2026-08-12", "present": [{"name": "Hộ ông A"}], "result": "success", "minutes": "Đã thống nhất."}


def said(procedure: str, value: Mapping[str, Any], at: str, **case: Any) -> list[tuple[str, bool]]:
    found = PLUGINS.objections(procedure, value, NOW, at=at, case=case)
    return [(objection.reason.code, objection.blocks) for objection in found]


@pytest.mark.parametrize("procedure", [DISPUTE, DISPUTE_CITY])
@pytest.mark.parametrize("result", ["complete", "incomplete"])
@pytest.mark.parametrize(
    "quarrel", [{**QUARREL, "conciliation_result": "success"}, {**QUARREL, "conciliation_result": "party_absent"}, {}]
)
def test_no_dispute_is_accepted_without_the_minutes_of_a_failed_conciliation(
    procedure: str, result: str, quarrel: Mapping[str, Any]
) -> None:
    assert said(procedure, {"result": result}, "forms/check.json", form=quarrel) == [("land.not_before_conciliation", True)]


@pytest.mark.parametrize(
    ("result", "quarrel"), [("complete", QUARREL), ("not_acceptable", {**QUARREL, "conciliation_result": "success"})]
)
def test_with_those_minutes_it_is_and_without_it_may_be_turned_away(result: str, quarrel: Mapping[str, Any]) -> None:
    assert said(DISPUTE, {"result": result}, "forms/check.json", form=quarrel) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("vi", "Chưa tiếp nhận được: phải có biên bản hòa giải không thành, mà đơn ghi hoãn vì có bên vắng mặt."),
        ("en", "This cannot be accepted yet: it needs minutes of a failed conciliation, and the request says: put off"),
    ],
)
def test_the_gate_says_what_is_missing_and_on_what_basis(language: str, words: str) -> None:
    case = {"form": {**QUARREL, "conciliation_result": "party_absent"}}
    [objection] = PLUGINS.objections(DISPUTE, {"result": "complete"}, NOW, at="forms/check.json", case=case)
    assert Wording(language, PLUGINS.translations(language)).say(objection).startswith(words)
    assert objection.basis == "Luật Đất đai 31/2024/QH15, Điều 235 khoản 2"


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"result": "failure", "absent": [{"name": "Hộ bà B"}]}, []),
        ({"absent": [{"name": "Hộ bà B"}]}, ["land.agreed_in_absence"]),
        ({"result": "party_absent"}, ["land.nobody_absent"]),
        ({"result": "party_absent", "absent": [{"name": "Hộ bà B"}]}, []),
    ],
)
def test_the_result_of_a_meeting_agrees_with_who_was_there(changes: Mapping[str, Any], codes: list[str]) -> None:
    assert [code for code, _ in said(CONCILIATION, {**AGREED, **changes}, "forms/meeting.json")] == codes


def test_whoever_drafts_a_decision_is_told_when_it_is_in_force() -> None:
    [hint] = PLUGINS.hints(DISPUTE, {"proposal": "grant"}, NOW, at="forms/draft.json")
    assert hint.reason.facts["days"] == 30
    assert PLUGINS.hints(DISPUTE, {"proposal": "refuse"}, NOW, at="forms/draft.json") == ()


def test_the_minutes_of_a_conciliation_are_a_paper_signed_by_all() -> None:
    source = PLUGINS.slip_template("land.conciliation")
    assert source is not None
    data = {
        "title": "Biên bản hòa giải thành", "code": "H-1", "date": "2026-08-12T09:00", "place": "Hà Nội", "number": "001/BB-HG",
        "issuer": {"above": "", "name": "UBND xã Thiên Lộc"}, "signer": {"title": "Chủ tịch", "name": "Nguyễn Văn C"},
        "lines": [{"name": "Kết quả", "value": "Hòa giải thành"}],
    }  # fmt: skip
    assert render(source, data).startswith(b"%PDF-")
