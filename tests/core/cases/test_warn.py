"""The early-warning ladder in the acts: rungs follow the legal clock, each is told once, and a letter waits in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from wardflow.cases.cancel_case import cancel_case
from wardflow.cases.extend_clock import NewDate, extend_clock
from wardflow.cases.fire_alarm import fire_alarm
from wardflow.cases.inspection import Inspector
from wardflow.cases.projections.warnings import NEVER, Alarms, with_warning
from wardflow.cases.reads import case as case_view
from wardflow.cases.reads import desk, digest
from wardflow.cases.records import AlarmRow
from wardflow.cases.ring_alarm import ring_alarm, ring_alarms
from wardflow.cases.situation import SYSTEM, Situation
from wardflow.catalog import files_of
from wardflow.domain.legal_clock import ClockEvent, ClockMove
from wardflow.errors import AlarmGone
from wardflow.packs import Pack
from wardflow.store.database import COMMIT

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
WARNINGS = ("half", "most", "letter", "over", "above")
PERMIT = Path(__file__).parents[2] / "fixtures" / "permit"
READ = 2    # who acts, and the open tasks, which the test itself looks up
LADDER = """half = { to = "holder", vi = "Đã dùng một nửa", en = "Half is used" }
most = { to = "reviewer", unit = "office", vi = "Đã dùng ba phần tư", en = "Three quarters are used" }
letter = { to = "signer", unit = "authority", vi = "Văn bản xin lỗi đã soạn", en = "The letter is drafted" }
over = { to = "signer", unit = "authority", vi = "Đã quá hạn", en = "Overdue" }
above = { to = "process_designer", unit = "above", vi = "Quá hạn đã lâu", en = "Long overdue" }

[[warnings]]
at = "50 %"
notices = ["half"]

[[warnings]]
at = "75 %"
notices = ["most"]

[[warnings]]
at = "-1 wd"
letter = true
notices = ["letter"]

[[warnings]]
at = "0 wd"
notices = ["over"]

[[warnings]]
at = "+5 wd"
notices = ["above"]
"""


@pytest.fixture
def town(town: Town) -> Town:
    """The town whose pack warns in time."""
    files = files_of(PERMIT)
    pack = Pack({**files, "pack.toml": files["pack.toml"] + LADDER.encode()}, "permit")
    town.platform.store.packs.publish(pack.id, pack.digest, pack.files, "designer", town.moment.now)
    return town


def accepted(town: Town) -> int:
    found: int = town.open(answer={"complete": True}).case_id    # Friday 04/09/2026, due Friday 11/09
    return found


def rung(town: Town, case: int) -> str | None:
    """When the next warning comes."""
    row = town.platform.store.alarms.row(case, "warning")
    return None if row is None else row.fire_at.astimezone(HANOI).strftime("%d/%m %H:%M")


def go_to(town: Town, text: str) -> None:
    """Lets time pass until a local moment, every alarm ringing on the way."""
    town.moment.now = datetime.fromisoformat(f"2026-{text}").replace(tzinfo=HANOI).astimezone(UTC)
    ring_alarms(town.platform, town.moment.now)


def told(town: Town, case: int) -> list[tuple[str, str]]:
    found = town.platform.store.papers.notices(case)
    return [(row.notice, row.person or f"{row.role}@{row.unit}") for row in found if row.notice in WARNINGS]


def test_the_rungs_come_one_after_another_each_to_whom_the_pack_names(town: Town) -> None:
    case = accepted(town)
    assert rung(town, case) == "09/09 08:00"
    go_to(town, "09-09 08:00")
    assert told(town, case) == [("half", "reviewer@south.office")]
    assert rung(town, case) == "10/09 08:00"
    go_to(town, "09-10 08:00")
    assert told(town, case)[1:] == [("most", "reviewer@south.office"), ("letter", "signer@south")]
    assert rung(town, case) == "11/09 17:00"
    go_to(town, "09-11 17:00")
    assert told(town, case)[3:] == [("over", "signer@south")]
    go_to(town, "09-30 09:00")
    assert told(town, case)[4:] == [("above", "process_designer@city")]
    assert rung(town, case) is None


def test_before_the_clock_starts_nobody_is_warned(town: Town) -> None:
    assert rung(town, town.open().case_id) is None


def test_a_worker_that_was_away_tells_every_rung_once(town: Town) -> None:
    case = accepted(town)
    town.moment.pass_(days=30)
    ring_alarm(town.platform, case, "warning")
    assert [name for name, _ in told(town, case)] == list(WARNINGS)
    assert ring_alarm(town.platform, case, "warning") is None
    assert len(told(town, case)) == len(WARNINGS)


def test_the_holder_of_a_claimed_task_is_told_in_person(town: Town) -> None:
    from wardflow.cases.claim_task import claim_task

    case = accepted(town)
    claim_task(town.platform, town.actor("second"), case, town.tasks(case)["review"].task)
    go_to(town, "09-09 08:00")
    assert told(town, case) == [("half", "second")]


def test_when_the_due_date_moves_the_rungs_move_with_it(town: Town) -> None:
    case = accepted(town)
    go_to(town, "09-09 09:00")
    extend_clock(town.platform, town.actor("signer"), case, NewDate(date(2026, 9, 18), "Chờ đo đạc"))
    assert rung(town, case) == "11/09 08:00"    # half of ten days, so it comes again
    go_to(town, "09-17 09:00")
    assert [name for name, _ in told(town, case)] == ["half", "half", "most", "letter"]
    assert rung(town, case) == "18/09 17:00"


def test_a_matter_that_is_done_warns_nobody(town: Town) -> None:
    case = accepted(town)
    town.do("reviewer", case, "review", opinion="good")
    town.do("signer", case, "sign", opinion="good")
    assert rung(town, case) is None
    go_to(town, "09-30 09:00")
    assert told(town, case) == []


def test_calling_a_case_off_takes_its_warning_away(town: Town) -> None:
    case = accepted(town)
    cancel_case(town.platform, town.actor("signer"), case, "Nộp nhầm")
    assert rung(town, case) is None


def test_a_warning_is_a_line_of_the_timeline_in_words(town: Town) -> None:
    case = accepted(town)
    go_to(town, "09-10 08:00")
    view = case_view(town.platform, town.actor("signer"), town.case(case).code)
    words = town.platform.wording("vi")
    said = [words.say(reason) for row in view.timeline for reason in row.detail]
    assert "Đã dùng 50 % thời hạn." in said and "Còn 1 ngày làm việc là hết hạn." in said


def test_nobody_lets_a_warning_fire_by_hand(town: Town) -> None:
    with pytest.raises(AlarmGone):
        fire_alarm(town.platform, town.actor("signer"), accepted(town), "warning", "Thử")


def test_an_inspection_finds_warnings_whole_and_one_left_over(town: Town) -> None:
    case = accepted(town)
    inspector = Inspector(town.platform)
    assert list(inspector.faults(town.platform.store.inspection)) == []
    cancel_case(town.platform, town.actor("signer"), case, "Nộp nhầm")
    with town.platform.store.database.writing() as cursor:
        cursor.run("INSERT INTO alarm (case_id, alarm, node, fire_at) VALUES (?, 'warning', '', '2026-09-30T00:00:00.000Z')", (case,))
    assert [fault.kind for fault in inspector.faults(town.platform.store.inspection)] == ["alarm"]


def test_the_letter_waits_on_the_heads_desk_one_working_day_before(town: Town) -> None:
    case = accepted(town)
    signer, reviewer = town.actor("signer"), town.actor("reviewer")
    go_to(town, "09-09 16:00")
    assert desk(town.platform, signer).letters == ()
    view = case_view(town.platform, signer, town.case(case).code)
    assert view.extension is not None and not view.extension.drafted
    go_to(town, "09-10 08:00")
    (letter,) = desk(town.platform, signer).letters
    assert letter.case_code == town.case(case).code
    view = case_view(town.platform, signer, letter.case_code)
    assert view.extension is not None and view.extension.drafted and view.extension.proposed == date(2026, 9, 18)
    assert view.extension.because is not None and view.extension.because.facts["title"] == "Xem xét"
    assert desk(town.platform, reviewer).letters == ()
    extend_clock(town.platform, signer, case, NewDate(date(2026, 9, 18), "Chờ đo đạc"))
    assert desk(town.platform, signer).letters == ()
    go_to(town, "09-17 09:00")    # a day before the new date: one letter is all there is
    assert desk(town.platform, signer).letters == ()


def test_the_digest_of_a_day_lists_what_one_was_warned_of(town: Town) -> None:
    case = accepted(town)
    go_to(town, "09-10 08:00")
    signer = town.actor("signer")
    today = digest(town.platform, signer)
    assert [(words.vi, [row.code for row in rows]) for words, rows in today.groups] == [
        ("Văn bản xin lỗi đã soạn", [town.case(case).code])
    ]
    assert desk(town.platform, signer).warned == today.count == 1
    assert digest(town.platform, signer, date(2026, 9, 9)).count == 0
    assert today.later is None and today.earlier == date(2026, 9, 9)
    assert digest(town.platform, town.actor("reviewer"), date(2026, 9, 9)).count == 1


class TestStatements:
    """Warnings cost a step no statement of its own."""

    def situation(self, town: Town, case: int) -> Situation:
        held = town.case(case)
        matter = town.platform.library.matter_of(held)
        now = town.moment.now
        return Situation(matter.pack, matter.procedure, matter.definition, town.platform.snapshot(), now, SYSTEM, {})

    def moved(self, town: Town, case: int, move: ClockMove) -> tuple[Any, Any]:
        before = town.case(case)
        return before, replace(before, clock=(*before.clock, ClockEvent(move, town.moment.now)))

    def test_a_step_that_sets_an_alarm_and_pauses_parks_the_warning_in_the_same_batch(self, town: Town) -> None:
        case = accepted(town)
        timer = AlarmRow("a7", "n", town.moment.now)
        found = with_warning(Alarms((timer,), ()), *self.moved(town, case, ClockMove.PAUSE), self.situation(town, case))
        assert found == Alarms((timer, AlarmRow("warning", "", NEVER)), ())

    def test_a_step_that_clears_an_alarm_takes_the_warning_away_with_it(self, town: Town) -> None:
        case = accepted(town)
        found = with_warning(Alarms((), ("a7",)), *self.moved(town, case, ClockMove.PAUSE), self.situation(town, case))
        assert found == Alarms((), ("a7", "warning"))

    def test_the_step_that_starts_the_clock_and_issues_a_numbered_paper_stays_within_eight(self, town: Town) -> None:
        case = town.open().case_id
        database, statements = town.platform.store.database, []
        database.observer = statements.append
        town.do("clerk", case, "check", complete=True)
        database.observer = None
        assert rung(town, case) is not None
        assert len(statements) - statements.count(COMMIT) - READ <= 8, statements

    def test_the_step_that_stops_it_does_too(self, town: Town) -> None:
        case = accepted(town)
        town.do("reviewer", case, "review", opinion="good")
        database, statements = town.platform.store.database, []
        database.observer = statements.append
        town.do("signer", case, "sign", opinion="good")
        database.observer = None
        assert rung(town, case) is None
        assert len(statements) - statements.count(COMMIT) - READ <= 8, statements

    def test_a_step_that_leaves_the_clock_alone_leaves_the_warning_alone(self, town: Town) -> None:
        case = accepted(town)
        before = town.case(case)
        found = Alarms((AlarmRow("a7", "n", town.moment.now),), ("a6",))
        assert with_warning(found, before, before, self.situation(town, case)) == found
