"""A dispute is settled only after the conciliation it names has failed: both cases carried by the acts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import wardflow_land
from wardflow.cases.reads.indicators import indicators
from wardflow.cases.reads.rules import case_rules
from wardflow.errors import FormRefused

from ..commune import Commune, commune_with
from .samples import QUARREL, REQUEST

COUNCIL = {"chair": "Nguyễn Văn C", "chair_office": "vice_chair", "front": "Trần Thị D", "land_officer": "Lê Văn E", "resident": "Phạm Văn G"}
MINUTES = {"date": "2026-09-04", "present": [{"name": "Hộ ông A"}], "minutes": "Các bên đã trình bày ý kiến."}


@pytest.fixture
def commune(store_url: str, tmp_path: Path) -> Iterator[Commune]:
    with commune_with(wardflow_land, store_url, tmp_path) as commune:
        yield commune


def code_of(commune: Commune, case: int) -> str:
    return commune.platform.store.cases.load(case).case.code


def until_the_meeting(commune: Commune) -> int:
    case = commune.open("land-conciliation", {**REQUEST, "request_date": "2026-09-01"})
    commune.do("surveyor", case, "examine", result="conciliate", findings="Đã đo lại ranh giới.")
    commune.do("chair", case, "set_up_council", **COUNCIL)
    commune.do("surveyor", case, "invite", on="2026-09-04", at="08:30", place="Trụ sở UBND", invited=[{"name": "Hộ ông A"}, {"name": "Hộ bà B"}])
    return case


def ended(commune: Commune, result: str) -> int:
    case = until_the_meeting(commune)
    commune.do("surveyor", case, "meet", **MINUTES, result=result)
    commune.do("chair", case, "sign_minutes", verdict="signed", minutes_no="12/BB-HG")
    return case


def checked(commune: Commune, number: str, **form: Any) -> list[str]:
    """What the gate says when a clerk accepts a request that names that conciliation."""
    case = commune.open("land-dispute", {**QUARREL, "conciliation_on": "2026-09-04", "conciliation_id": number, **form})
    try:
        commune.do("clerk", case, "check", result="complete")
    except FormRefused as refused:
        return [each.reason.code for each in refused.objections if each.blocks]
    found = case_rules(commune.platform, commune.platform.actor("chair"), code_of(commune, case)).findings
    return [each.reason.code for each in found if each.rule == "land.dispute-conciliation"]


def test_the_case_of_a_failed_conciliation_opens_the_way(commune: Commune) -> None:
    assert checked(commune, code_of(commune, ended(commune, "failure"))) == ["land.conciliation_case_failed"]


def test_an_agreement_counts_whatever_the_request_says(commune: Commune) -> None:
    code = code_of(commune, ended(commune, "success"))
    assert checked(commune, code, conciliation_result="failure") == ["land.conciliation_agreed"]


def test_while_it_runs_nothing_is_settled(commune: Commune) -> None:
    assert checked(commune, code_of(commune, until_the_meeting(commune))) == ["land.conciliation_unfinished"]


def test_a_code_that_is_no_conciliation_is_refused_and_minutes_on_paper_are_taken(commune: Commune) -> None:
    dispute = commune.open("land-dispute", {**QUARREL, "conciliation_on": "2026-09-04"})
    assert checked(commune, code_of(commune, dispute)) == ["land.no_such_conciliation"]
    assert checked(commune, "12/BB-HG") == ["land.conciliation_failed"]


def test_the_share_that_agreed_is_worked_out_of_the_cases(commune: Commune) -> None:
    for result in ("failure", "success", "failure"):
        ended(commune, result)
    until_the_meeting(commune)
    commune.platform.snapshot()
    [row] = indicators(commune.platform, commune.platform.actor("chair"), "land").rows    # of the commune: nothing of layers
    assert (row.value, row.kind, dict(row.how.facts)) == (33.3, "percent", {"year": "2026", "agreed": 1, "whole": 3})
