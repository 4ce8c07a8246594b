"""A head gives a new date, once and before expiry: the clock moves, the letter goes out, the applicant is told."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from wardflow.cases.extend_clock import NewDate, extend_clock
from wardflow.cases.reads import case as case_view
from wardflow.cases.reads import open_document
from wardflow.cases.records import Case
from wardflow.cases.withdraw_case import withdraw_case
from wardflow.errors import CaseEnded, ExtensionRefused, NotAllowed, ReasonMissing

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another
DUE = date(2026, 9, 11)     # five working days after Friday 04/09/2026
LATER = date(2026, 9, 18)
ASKED = NewDate(LATER, "Chờ đo đạc lại ranh giới.")


def accepted(town: Town) -> Case:
    case: Case = town.case(town.open(answer={"complete": True}).case_id)
    return case


def extended(town: Town, case: Case, asked: NewDate = ASKED, by: str = "signer") -> Case:
    return extend_clock(town.platform, town.actor(by), case.id, asked)


def day(town: Town, moment: datetime | None) -> date:
    assert moment is not None
    found: date = town.platform.snapshot().calendar.day_of(moment)
    return found


def refusal(town: Town, case: Case, asked: NewDate = ASKED) -> str:
    with pytest.raises(ExtensionRefused) as refused:
        extended(town, case, asked)
    code: str = refused.value.why.code
    return code


def test_the_due_date_moves_everywhere_and_the_first_one_is_kept(town: Town) -> None:
    case = accepted(town)
    assert day(town, case.due) == DUE
    after = extended(town, case)
    assert (day(town, after.due), day(town, after.due_original)) == (LATER, DUE)
    assert town.case(case.id).due == after.due
    view = case_view(town.platform, town.actor("signer"), case.code)
    assert day(town, view.clock.due) == LATER
    extension = next(reason for reason in view.clock.reasons if reason.code == "clock.extended")
    assert extension.facts["why"]["facts"]["text"] == "Chờ đo đạc lại ranh giới"
    assert extension.facts["basis"] == "Luật thử, Điều 4"


def test_the_letter_the_notice_and_the_line_of_the_timeline_come_with_it(town: Town) -> None:
    case = accepted(town)
    after = extended(town, case)
    papers = town.platform.store.papers
    letter = next(paper for paper in papers.documents(case.id) if paper.facts["slip"] == "apology")
    assert (letter.number, letter.by) == ("001/XL", "signer")
    assert letter.facts["said"]["reasons"] == [{"text": ASKED.reason, "basis": "Luật thử, Điều 4"}]
    assert [notice.notice for notice in papers.notices(case.id)] == ["accepted", "late"]
    entry = papers.entries(case.id)[-1]
    assert (entry.kind, entry.by, entry.facts["to"], entry.facts["clock"]) == (
        "clock_extended", "signer", "2026-09-18", ["extend"],
    )  # fmt: skip
    assert after.version == case.version + 1
    opened = open_document(town.platform, town.actor("signer"), case.code, letter.document)
    assert opened.content.startswith(b"%PDF")


def test_only_a_head_gives_a_new_date(town: Town) -> None:
    case = accepted(town)
    for person in ("reviewer", "clerk", "citizen", "stranger"):
        with pytest.raises(NotAllowed):
            extended(town, case, by=person)
    assert town.case(case.id) == case


def test_a_reason_is_needed(town: Town) -> None:
    with pytest.raises(ReasonMissing):
        extended(town, accepted(town), NewDate(LATER, "  "))


def test_it_is_given_once(town: Town) -> None:
    case = accepted(town)
    after = extended(town, case)
    assert refusal(town, case, NewDate(date(2026, 9, 25), "Lại chậm")) == "clock.too-often"
    assert town.case(case.id) == after


def test_it_is_given_before_the_time_is_up(town: Town) -> None:
    case = accepted(town)
    town.moment.pass_(days=8)
    assert refusal(town, case) == "clock.too-late"


@pytest.mark.parametrize(
    ("to", "code"),
    [
        (DUE, "clock.not-later"),
        (date(2026, 9, 7), "clock.not-later"),
        (date(2026, 9, 19), "clock.new-day-off"),
        (date(2126, 9, 18), "clock.too-far"),
    ],
)
def test_a_date_that_cannot_be_is_refused_with_its_reason(town: Town, to: date, code: str) -> None:
    case = accepted(town)
    assert refusal(town, case, NewDate(to, "Chậm")) == code
    assert town.case(case.id) == case


def test_a_clock_that_has_not_started_cannot_be_extended(town: Town) -> None:
    assert refusal(town, town.case(town.open().case_id)) == "clock.not-started"


def test_nothing_is_extended_in_a_case_that_has_ended(town: Town) -> None:
    case = accepted(town)
    withdraw_case(town.platform, town.actor("clerk"), case.id, "Không cần nữa")
    with pytest.raises(CaseEnded):
        extended(town, case)
