"""What users of other systems reported about calendars and time limits, each as something that must go right here.

VietOpenCPS opencps-v2 #1149 and #1112, opencps #1178, #1269, #1254 and #1168; jmix #790, probo #1591, pm4py #558.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wardflow.cases.edit_calendar import edit_calendar
from wardflow.cases.edit_calendar_layer import edit_calendar_layer
from wardflow.cases.ring_alarm import ring_alarms
from wardflow.domain.calendar import Calendar, Day, DayKind
from wardflow.domain.calendar_layers import Scope
from wardflow.domain.early_warning import Rung
from wardflow.domain.legal_clock import Clock, ClockEvent, ClockMove, Status
from wardflow.domain.limits import Limit
from wardflow.feel import evaluate

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=HANOI).astimezone(UTC)


def shown(moment: datetime | None) -> str:
    assert moment is not None
    return moment.astimezone(HANOI).strftime("%d/%m %H:%M")


def calendar(town: Town) -> Calendar:
    found: Calendar = town.platform.snapshot().calendar
    return found


def clock(town: Town, limit: str, *moves: tuple[str, str]) -> Clock:
    events = tuple(ClockEvent(ClockMove(move), at(moment)) for move, moment in moves)
    return Clock(Limit.parse(limit), events, calendar(town))


def test_whoever_keeps_the_calendar_adds_a_holiday_and_limits_follow_it(town: Town) -> None:
    before = town.case(town.open(answer={"complete": True}).case_id)
    edit_calendar(town.platform, town.actor("designer"), date(2026, 9, 7), Day(DayKind.HOLIDAY, "Nghỉ bù"))
    after = town.case(town.open(answer={"complete": True}).case_id)
    assert (shown(before.due), shown(after.due)) == ("11/09 17:00", "14/09 17:00")


def test_waiting_for_the_applicant_extends_the_limit_by_just_the_time_waited(town: Town) -> None:
    waited = clock(town, "10 wd", ("start", "09-04 09:00"), ("pause", "09-08 09:00"), ("resume", "09-15 09:00"))
    assert shown(waited.original) == "18/09 17:00"
    assert shown(waited.due) == "25/09 17:00"    # five working days waited, five more


def test_what_moves_by_itself_after_days_of_waiting_does_not_move_after_five_minutes(town: Town) -> None:
    case = town.open(answer={"complete": True}).case_id    # its reminder is set for two working days later
    assert ring_alarms(town.platform, town.moment.now + timedelta(minutes=5)) == 0
    assert ring_alarms(town.platform, at("09-08 16:59")) == 0
    assert ring_alarms(town.platform, at("09-08 17:00")) == 1
    assert [entry.kind for entry in town.platform.store.papers.entries(case)].count("alarm") == 1


def test_passing_a_legal_limit_is_warned_of_at_its_moment(town: Town) -> None:
    ticking = clock(town, "5 wd", ("start", "09-04 09:00"))
    expired = Rung.parse("0 wd")
    assert shown(expired.moment(ticking, at("09-04 09:00"))) == "11/09 17:00"
    assert not expired.reached(ticking, at("09-11 16:59")) and expired.reached(ticking, at("09-11 17:00"))


def test_asking_for_supplements_again_and_again_makes_nobody_overdue(town: Town) -> None:
    asked = clock(
        town, "5 wd",
        ("start", "09-04 09:00"), ("pause", "09-08 09:00"), ("restart", "09-14 09:00"),
        ("pause", "09-17 09:00"), ("restart", "09-28 09:00"),
    )  # fmt: skip
    assert asked.standing(at("10-01 09:00")).status is Status.OK
    assert shown(asked.due) == "05/10 17:00" and shown(asked.original) == "11/09 17:00"
    waiting = clock(town, "5 wd", ("start", "09-04 09:00"), ("pause", "09-08 09:00"))
    assert waiting.standing(at("12-01 09:00")).status is Status.PAUSE


def test_one_working_day_is_a_day_and_not_twenty_four_office_hours(town: Town) -> None:
    start = at("09-04 09:00")
    assert shown(calendar(town).add(start, Limit.parse("1 wd"))) == "07/09 17:00"
    assert shown(calendar(town).add(start, Limit.parse("24 wh"))) == "09/09 09:00"
    in_a_diagram = evaluate('string(add working time(from, "1 wd"))', {"from": start}, calendar=calendar(town))
    assert in_a_diagram.startswith("2026-09-07T17:00")


def test_no_reminder_comes_on_a_weekend(town: Town) -> None:
    for day in range(1, 29):
        ticking = clock(town, "9 d", ("start", f"09-{day:02d} 09:00"))
        for rung in ("50 %", "75 %", "-1 wd", "0 wd", "+5 wd", "+3 d"):
            moment = Rung.parse(rung).moment(ticking, at(f"09-{day:02d} 09:00"))
            assert moment is not None and calendar(town).is_working_day(moment.astimezone(HANOI).date()), (day, rung)


def test_a_calendar_that_was_accepted_is_counted_with(town: Town) -> None:
    storm = Day(DayKind.CLOSED, "Bão")
    edit_calendar_layer(town.platform, town.actor("designer"), Scope("unit", "south"), date(2026, 9, 7), storm)
    case = town.case(town.open(answer={"complete": True}).case_id)
    review = town.tasks(case.id)["review"]
    (_, _, reminder), *_ = town.platform.store.alarms.due(at("12-01 09:00"), 9)
    assert [shown(moment) for moment in (case.due, review.due, reminder)] == ["14/09 17:00", "09/09 17:00", "09/09 17:00"]
