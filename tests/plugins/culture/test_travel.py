"""The package at work: cases opened at a counter, carried by the acts, with the papers of the department."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import wardflow_culture
from wardflow.cases.reads import open_document
from wardflow_culture.law import PROCEDURES

from ..commune import Commune, commune_with
from .samples import FESTIVAL, FORMS, KARAOKE, NOISE, room


@pytest.fixture
def commune(store_url: str, tmp_path: Path) -> Iterator[Commune]:
    with commune_with(wardflow_culture, store_url, tmp_path) as commune:
        yield commune


def test_a_festival_nobody_answered_is_held_as_notified_and_the_paper_says_so(commune: Commune) -> None:
    case = commune.open("festival-notice", FESTIVAL)
    commune.do("clerk", case, "check", result="complete")
    assert set(commune.tasks(case)) == {"appraise"}
    commune.wait(days=9)
    assert set(commune.tasks(case)) == {"appraise"}
    commune.wait(days=2)
    assert commune.tasks(case) == {} and commune.papers(case) == ["receipt", "silence"]
    held = commune.platform.store.cases.load(case).case
    [paper] = [each for each in commune.platform.store.papers.documents(case) if each.facts["slip"] == "silence"]
    assert open_document(commune.platform, commune.platform.actor("chair"), held.code, paper.document).content.startswith(b"%PDF")


def test_a_performance_is_not_agreed_to_by_silence(commune: Commune) -> None:
    case = commune.open("performance-notice", FORMS["performance-notice"])
    commune.do("clerk", case, "check", result="complete")
    commune.wait(days=10)
    assert set(commune.tasks(case)) == {"answer_late"}
    commune.do("chair", case, "answer_late", verdict="agree", conditions="Kết thúc trước 22 giờ")
    assert commune.tasks(case) == {} and commune.papers(case) == ["agreement", "receipt"]


def test_the_findings_reach_whoever_considers_the_notice(commune: Commune) -> None:
    case = commune.open("festival-notice", {**FESTIVAL, "start_date": "2026-09-14", "end_date": "2026-09-14", "relic_id": "Đình Chèm"})
    commune.do("clerk", case, "check", result="complete")
    found = commune.said(case)["findings"]
    assert {"refuse", "route"} <= set(found["verdicts"]) and found["consult"] == ["dept-culture-sport"]


def test_a_licence_is_decided_by_the_city_with_its_fee_paid_first(commune: Commune) -> None:
    case = commune.open("karaoke-licence", {**KARAOKE, "rooms": [room(f"P{n}", 21) for n in range(8)]})
    commune.do("clerk", case, "check", result="complete", digitised="done")
    assert commune.said(case)["fees"]["total"] == 6_000_000
    assert commune.platform.store.cases.load(case).case.places.office == "dept-culture-sport"


def test_three_complaints_lead_to_an_inspection_and_two_do_not(commune: Commune) -> None:
    few = commune.open("noise-inspection", {**NOISE, "complaints": NOISE["complaints"][:2]})
    assert commune.tasks(few) == {}
    case = commune.open("noise-inspection", NOISE)
    commune.do(
        "specialist", case, "inspect", visited_on="2026-09-04", hours_kept=True, rooms_kept=True, result="clean",
    )  # fmt: skip
    assert commune.tasks(case) == {} and commune.papers(case) == ["inspection"]


def test_every_procedure_can_be_opened(commune: Commune) -> None:
    opened = [commune.open(procedure, FORMS[procedure]) for procedure in PROCEDURES]
    assert len(set(opened)) == len(PROCEDURES) == len(list(wardflow_culture.procedures()))
