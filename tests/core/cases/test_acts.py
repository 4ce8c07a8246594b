"""Claiming, giving back, withdrawing, drafts, alarms, attachments, sealed values: each act and what it refuses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from wardflow.cases.attach_document import attach_document, take_in
from wardflow.cases.claim_task import claim_task
from wardflow.cases.open_sealed import open_sealed
from wardflow.cases.records import CaseStatus
from wardflow.cases.release_task import release_task
from wardflow.cases.ring_alarm import ring_alarm, ring_alarms
from wardflow.cases.save_draft import save_draft
from wardflow.cases.withdraw_case import withdraw_case
from wardflow.errors import (
    CaseEnded,
    FileKindRefused,
    MessageUnwanted,
    NotAllowed,
    ReasonMissing,
    TaskHeld,
)

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def kinds(town: Town, case_id: int) -> list[str]:
    return [entry.kind for entry in town.platform.store.papers.entries(case_id)]


def test_a_claimed_task_is_held_by_one_person(town: Town) -> None:
    case = town.open(answer={"complete": True}).case_id
    task = town.tasks(case)["review"].task
    claim_task(town.platform, town.actor("reviewer"), case, task)
    with pytest.raises(TaskHeld) as held:
        claim_task(town.platform, town.actor("second"), case, task)
    assert held.value.holder == "Reviewer"
    assert town.tasks(case)["review"].person == "reviewer"


def test_claiming_twice_changes_nothing(town: Town) -> None:
    case = town.open(answer={"complete": True}).case_id
    task = town.tasks(case)["review"].task
    claim_task(town.platform, town.actor("reviewer"), case, task)
    claim_task(town.platform, town.actor("reviewer"), case, task)
    assert kinds(town, case).count("claimed") == 1


def test_a_task_goes_back_to_its_queue_with_a_reason(town: Town) -> None:
    case = town.open(answer={"complete": True}).case_id
    task = town.tasks(case)["review"].task
    claim_task(town.platform, town.actor("reviewer"), case, task)
    with pytest.raises(ReasonMissing):
        release_task(town.platform, town.actor("reviewer"), case, task, "  ")
    release_task(town.platform, town.actor("reviewer"), case, task, "Nghỉ phép")
    assert town.tasks(case)["review"].person is None


def test_a_draft_is_there_when_the_form_is_opened_again(town: Town) -> None:
    case = town.open(answer={"complete": True}).case_id
    task = town.tasks(case)["review"].task
    save_draft(town.platform, town.actor("reviewer"), case, task, {"opinion": "good"})
    assert town.tasks(case)["review"].draft == {"opinion": "good"}


def test_an_applicant_withdraws_until_a_decision_is_being_made(town: Town) -> None:
    case = town.open(answer={"complete": True}, person="citizen").case_id
    ended = withdraw_case(town.platform, town.actor("citizen"), case, "Không cần nữa")
    assert (ended.status, ended.outcome) == (CaseStatus.ENDED, "withdrawn")
    assert town.tasks(case) == {}
    with pytest.raises(CaseEnded):
        withdraw_case(town.platform, town.actor("citizen"), case, "Lần nữa")


def test_a_withdrawal_is_refused_once_the_matter_is_before_the_signer(town: Town) -> None:
    case = town.open(answer={"complete": True}, person="citizen").case_id
    town.do("reviewer", case, "review", opinion="good")
    with pytest.raises(MessageUnwanted):
        withdraw_case(town.platform, town.actor("citizen"), case, "Đổi ý")


def test_nobody_else_withdraws_a_case(town: Town) -> None:
    case = town.open(answer={"complete": True}, person="citizen").case_id
    with pytest.raises(NotAllowed):
        withdraw_case(town.platform, town.actor("reviewer"), case, "Cho gọn")


def test_the_counter_acts_for_an_applicant_without_an_account(town: Town) -> None:
    case = town.open(answer={"complete": False}).case_id
    assert town.case(case).business_state == "asked"
    town.do("clerk", case, "more", complete=True)
    assert set(town.tasks(case)) == {"check"}


def test_an_alarm_rings_once_however_many_workers_sweep(town: Town) -> None:
    case = town.open(answer={"complete": True}).case_id
    later = town.moment.now + timedelta(days=30)
    (due,) = town.platform.store.alarms.due(later, 10)
    assert due[0] == case
    town.moment.now = due[2]
    assert ring_alarm(town.platform, case, due[1]) is not None
    assert ring_alarm(town.platform, case, due[1]) is None
    assert kinds(town, case) == ["opened", "alarm"]


def test_an_alarm_is_cleared_when_its_step_is_done_in_time(town: Town) -> None:
    case = town.open(answer={"complete": True}).case_id
    town.do("reviewer", case, "review", opinion="good")
    assert ring_alarms(town.platform, town.moment.now + timedelta(days=30)) == 0


def test_a_paper_is_attached_by_what_it_is_and_not_by_its_name(town: Town) -> None:
    case = town.open(answer={"complete": True}).case_id
    attach_document(town.platform, town.actor("clerk"), case, take_in(town.platform, "đơn.pdf", PDF))
    (receipt, paper) = sorted(town.platform.store.papers.documents(case), key=lambda paper: paper.kind, reverse=True)
    assert (paper.name, paper.media_type) == ("đơn.pdf", "application/pdf")
    assert town.platform.blobs.get(paper.sha256) == PDF
    assert receipt.sha256 is None    # rendered when first opened
    with pytest.raises(FileKindRefused):
        take_in(town.platform, "đơn.pdf", b"<html>not a paper</html>")


def test_a_sealed_value_is_in_no_table_in_the_open_and_opened_by_its_role_alone(town: Town) -> None:
    case = town.open(answer={"complete": True}, secret="điều chỉ người ký biết").case_id
    with town.platform.store.database.reading() as cursor:
        for table in ("cases", "entry", "task", "document", "notice", "job", "applicant"):
            for row in cursor.rows(f"SELECT * FROM {table}"):
                assert not any("điều chỉ" in str(cell) or "điều chỉ".encode() in (cell if isinstance(cell, bytes) else b"") for cell in row)
    with pytest.raises(NotAllowed):
        open_sealed(town.platform, town.actor("reviewer"), case, "form/secret", "Tò mò")
    assert open_sealed(town.platform, town.actor("signer"), case, "form/secret", "Cần để ký") == "điều chỉ người ký biết"
    assert kinds(town, case)[-1] == "sealed_opened"


def test_the_same_key_opens_one_case(town: Town) -> None:
    from wardflow.cases.open_case import open_case
    from wardflow.cases.opening import Opening

    opening = Opening("permit", {"full_name": "Lê Thị Bình", "id_number": ""}, {"commune": "south", "purpose": "Sửa nhà"}, {}, "north.point")
    first = open_case(town.platform, town.actor("clerk"), opening, key="double-click")
    assert open_case(town.platform, town.actor("clerk"), opening, key="double-click") == first


def test_tracking_shows_a_stranger_no_name_and_nothing_for_a_wrong_code(town: Town) -> None:
    from wardflow.cases.reads import track

    opened = town.open(answer={"complete": False})
    seen = track(town.platform, opened.tracking.lower())
    assert seen is not None
    assert seen.applicant == "N. V. A."
    assert [ask.title.en for ask in seen.asked] == ["Supplement"]
    assert seen.steps[-1].mood == "hold"
    assert track(town.platform, opened.code) is None
    assert track(town.platform, "H26.004-260904-9999-AAAA") is None


def test_an_applicant_with_a_mail_address_is_written_to_once_the_act_is_kept(town: Town) -> None:
    import json

    from wardflow import app
    from wardflow.cases.open_case import open_case
    from wardflow.cases.opening import Opening

    applicant = {"full_name": "Lê Thị Bình", "id_number": "001080000099", "email": "binh@example.vn"}
    opening = Opening("permit", applicant, {"commune": "south", "purpose": "Sửa nhà"}, {}, "north.point")
    opened = open_case(town.platform, town.actor("clerk"), opening, answer={"complete": True})
    post = app.Post(town.platform, town.platform.store)
    assert post.deliver() == 1
    (letter,) = (town.platform.settings.data / "outbox").iterdir()
    written = json.loads(letter.read_text("utf-8"))
    assert written["to"] == "binh@example.vn"
    assert opened.code in written["subject"] and opened.tracking in written["text"]
    assert post.deliver() == 0


def test_an_applicant_without_one_is_told_on_the_pages_alone(town: Town) -> None:
    from wardflow import app

    town.open(answer={"complete": True})
    assert app.Post(town.platform, town.platform.store).deliver() == 0
