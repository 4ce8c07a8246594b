"""Tasks handed from one colleague to another, and notes on a case."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from wardflow.cases.claim_task import claim_task
from wardflow.cases.delegate_task import delegate_task
from wardflow.cases.note_case import note_case
from wardflow.cases.reads import case as case_view
from wardflow.cases.reads import desk, together
from wardflow.cases.reassign_task import reassign_task
from wardflow.cases.release_task import release_task
from wardflow.cases.take_back_task import take_back_task
from wardflow.errors import ColleagueRefused, NotAllowed, ReasonMissing, TaskGone

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another


@pytest.fixture
def review(town: Town) -> tuple[int, str]:
    """A review in the hands of the reviewer."""
    case = town.open(answer={"complete": True}).case_id
    task = town.tasks(case)["review"].task
    claim_task(town.platform, town.actor("reviewer"), case, task)
    return case, task


def holder(town: Town, case: int) -> str | None:
    return town.tasks(case)["review"].person


def test_a_head_gives_a_task_to_somebody_else_with_a_reason_that_stays(town: Town, review: tuple[int, str]) -> None:
    case, task = review
    with pytest.raises(ReasonMissing):
        reassign_task(town.platform, town.actor("signer"), case, task, "second", " ")
    reassign_task(town.platform, town.actor("signer"), case, task, "second", "Nghỉ ốm")
    assert holder(town, case) == "second"
    entry = town.platform.store.papers.entries(case)[-1]
    assert (entry.kind, entry.facts["reason"], entry.facts["from_person"], entry.facts["to_person"]) == (
        "reassigned", "Nghỉ ốm", "reviewer", "second",
    )
    told = [row.text.vi for row in desk(town.platform, town.actor("second")).notices]
    assert told[0].endswith("giao việc cho bạn.")


@pytest.mark.parametrize("to", ["stranger", "signer", "clerk", "nobody"])
def test_nobody_gets_a_task_whose_role_they_do_not_hold_there(town: Town, review: tuple[int, str], to: str) -> None:
    case, task = review
    with pytest.raises(ColleagueRefused):
        reassign_task(town.platform, town.actor("signer"), case, task, to, "Chia việc")
    with pytest.raises(ColleagueRefused):
        delegate_task(town.platform, town.actor("reviewer"), case, task, to, "Đi họp")
    assert holder(town, case) == "reviewer"


def test_handing_over_is_asked_for_four_eyes_again(town: Town) -> None:
    case = town.open(answer={"complete": True}).case_id
    town.do("both", case, "review", opinion="good")
    sign = town.tasks(case)["sign"].task
    claim_task(town.platform, town.actor("signer"), case, sign)
    with pytest.raises(ColleagueRefused):
        delegate_task(town.platform, town.actor("signer"), case, sign, "both", "Đi họp")


def test_a_colleague_does_a_task_for_a_while_and_gives_it_back(town: Town, review: tuple[int, str]) -> None:
    case, task = review
    delegate_task(town.platform, town.actor("reviewer"), case, task, "second", "Đi họp")
    assert holder(town, case) == "second"
    release_task(town.platform, town.actor("second"), case, task, "Bạn đã về")
    assert holder(town, case) == "reviewer"


def test_who_handed_a_task_over_takes_it_back_while_it_is_open(town: Town, review: tuple[int, str]) -> None:
    case, task = review
    delegate_task(town.platform, town.actor("reviewer"), case, task, "second", "Đi họp")
    with pytest.raises(NotAllowed):
        take_back_task(town.platform, town.actor("both"), case, task)
    take_back_task(town.platform, town.actor("reviewer"), case, task)
    assert holder(town, case) == "reviewer"
    with pytest.raises(TaskGone):
        take_back_task(town.platform, town.actor("reviewer"), case, task)


def test_what_is_handed_on_twice_comes_back_to_who_held_it_first(town: Town, review: tuple[int, str]) -> None:
    case, task = review
    delegate_task(town.platform, town.actor("reviewer"), case, task, "second", "Đi họp")
    delegate_task(town.platform, town.actor("second"), case, task, "both", "Cũng đi họp")
    release_task(town.platform, town.actor("both"), case, task, "Xong")
    assert holder(town, case) == "reviewer"


def test_a_task_a_head_gave_away_comes_back_to_nobody(town: Town, review: tuple[int, str]) -> None:
    case, task = review
    delegate_task(town.platform, town.actor("reviewer"), case, task, "second", "Đi họp")
    reassign_task(town.platform, town.actor("signer"), case, task, "both", "Nghỉ phép")
    with pytest.raises(TaskGone):
        take_back_task(town.platform, town.actor("reviewer"), case, task)


def test_a_note_tells_those_it_names_and_leaves_its_text_out_of_the_chain(town: Town, review: tuple[int, str]) -> None:
    case, _task = review
    note_case(town.platform, town.actor("reviewer"), case, "Hỏi lại diện tích", ["second"])
    shared = together(town.platform, town.actor("second"), case)
    assert shared is not None and [(note.by, note.text, note.mentions) for note in shared.notes] == [("Reviewer", "Hỏi lại diện tích", ("Second",))]
    entry = town.platform.store.papers.entries(case)[-1]
    assert entry.kind == "noted" and "Hỏi lại" not in str(entry)
    assert [row.text.vi for row in desk(town.platform, town.actor("second")).notices] == ["Reviewer nhắc đến bạn trong một ghi chú."]


def test_the_applicant_sees_neither_notes_nor_that_there_are_any(town: Town) -> None:
    case = town.open(answer={"complete": True}, person="citizen")
    note_case(town.platform, town.actor("reviewer"), case.case_id, "Hỏi lại diện tích")
    assert together(town.platform, town.actor("citizen"), case.case_id) is None
    said = [town.platform.wording("vi").say(row.detail[0]) for row in case_view(town.platform, town.actor("citizen"), case.code).timeline]
    assert "Đã ghi chú nội bộ" not in said
    with pytest.raises(NotAllowed):
        note_case(town.platform, town.actor("citizen"), case.case_id, "Xin nhanh")


def test_nobody_is_named_in_a_note_who_may_not_see_the_case(town: Town, review: tuple[int, str]) -> None:
    with pytest.raises(ColleagueRefused):
        note_case(town.platform, town.actor("reviewer"), review[0], "Nhờ xem", ["citizen"])


def test_other_cases_of_the_same_applicant_stand_beside_the_case(town: Town) -> None:
    first, second = (town.open(answer={"complete": True}) for _ in range(2))
    town.moment.now += timedelta(minutes=1)
    shared = together(town.platform, town.actor("reviewer"), first.case_id)
    assert shared is not None and [row.code for row in shared.related] == [second.code]
