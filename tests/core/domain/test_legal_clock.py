"""The legal clock as the ledger of the mockup, and as the bug reports of others taught."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime, time

import pytest
from wardflow.domain.calendar import Calendar, CountedDay
from wardflow.domain.legal_clock import Clock, ClockEvent, ClockMove, ClockRules
from wardflow.domain.limits import Limit
from wardflow.domain.reasons import Reason

At = Callable[[str], datetime]
Shown = Callable[[datetime | None], str]
Made = Callable[..., Clock]
STRIP = {"start": "s", "counted": "c", "coming": "n", "off": "o", "paused": "p", "today": "t", "due": "d", "late": "l"}


def drawn(days: Iterable[CountedDay]) -> str:
    return "".join(STRIP[day.kind] for day in days)


LEDGERS = """
# the case of the mockup: a supplement request restarts from zero
20 wd | start 10/08/2026 14:20                                                          | 09/09/2026 17:00
20 wd | start 10/08/2026 14:20; pause 13/08/2026 11:20                                  |
20 wd | start 10/08/2026 14:20; pause 13/08/2026 11:20; restart 20/08/2026 15:40        | 21/09/2026 17:00
20 wd | start 10/08/2026 14:20; restart 20/08/2026 15:40                                | 21/09/2026 17:00
# a pause adds exactly the working days after it up to the day of resumption
10 wd | start 07/09/2026 10:00                                                          | 21/09/2026 17:00
10 wd | start 07/09/2026 10:00; pause 09/09/2026 10:00; resume 09/09/2026 16:00         | 21/09/2026 17:00
10 wd | start 07/09/2026 10:00; pause 09/09/2026 10:00; resume 11/09/2026 09:00         | 23/09/2026 17:00
10 wd | start 07/09/2026 10:00; pause 11/09/2026 10:00; resume 13/09/2026 09:00         | 21/09/2026 17:00
10 wd | start 07/09/2026 10:00; pause 21/09/2026 10:00; resume 23/09/2026 09:00         | 23/09/2026 17:00
# two pauses
10 wd | start 07/09/2026 8:00; pause 08/09/2026 9:00; resume 09/09/2026 9:00; pause 10/09/2026 9:00; resume 11/09/2026 9:00 | 23/09/2026 17:00
# a pause after the due date heals nothing
2 wd  | start 07/09/2026 10:00; pause 10/09/2026 10:00; resume 15/09/2026 09:00         | 09/09/2026 17:00
# working hours pause by the minute
8 wh  | start 03/09/2026 14:30; pause 03/09/2026 15:30; resume 04/09/2026 08:30         | 04/09/2026 16:30
# legal days pause by the calendar day, and roll only at the end
30 d  | start 05/01/2026 10:00; pause 12/01/2026 10:00; resume 19/01/2026 10:00         | 11/02/2026 17:00
30 d  | start 05/01/2026 10:00; pause 12/01/2026 10:00; resume 22/01/2026 10:00         | 23/02/2026 17:00
# extensions: 30 days twice for an especially complex denunciation, counted from the end before the roll
30 d  | start 05/01/2026 10:00; extend 30/01/2026 10:00 30 d                            | 06/03/2026 17:00
30 d  | start 05/01/2026 10:00; extend 30/01/2026 10:00 30 d; extend 05/03/2026 10:00 30 d | 06/04/2026 17:00
20 wd | start 20/08/2026 15:40; extend 10/09/2026 10:00 5 wd                            | 28/09/2026 17:00
8 wh  | start 04/09/2026 08:00; extend 04/09/2026 10:00 1 wd                            | 07/09/2026 17:00
5 wd  | start 07/09/2026 10:00; extend 08/09/2026 10:00 2 wh                            | 15/09/2026 10:00
# a restart forgets pauses and extensions, and may bring another limit
20 wd | start 10/08/2026 14:20; extend 11/08/2026 10:00 5 wd; restart 20/08/2026 15:40  | 21/09/2026 17:00
30 d  | start 05/01/2026 10:00 45 d                                                     | 23/02/2026 17:00
# a supplement that arrives on a Saturday counts as received on Monday
20 wd | start 10/08/2026 14:20; pause 13/08/2026 11:20; restart 05/09/2026 10:00        | 05/10/2026 17:00
# moves that make no sense when they come change nothing
20 wd | pause 10/08/2026 14:20                                                          |
20 wd | resume 09/08/2026 10:00; start 10/08/2026 14:20; resume 11/08/2026 10:00        | 09/09/2026 17:00
20 wd | start 10/08/2026 14:20; start 12/08/2026 10:00                                  | 09/09/2026 17:00
20 wd | start 10/08/2026 14:20; stop 12/08/2026 10:00; extend 13/08/2026 10:00 5 wd     | 09/09/2026 17:00
# stopped during a pause: the due date is the one it would have had
10 wd | start 07/09/2026 10:00; pause 09/09/2026 10:00; stop 11/09/2026 09:00           | 23/09/2026 17:00
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in LEDGERS.split("\n") if line and not line.startswith("#")]


@pytest.mark.parametrize(("limit", "entries", "due"), ROWS)
def test_due(limit: str, entries: str, due: str, clock: Made, shown: Shown) -> None:
    assert shown(clock(limit, *entries.split("; ")).due) == due


FILED = """
# Decree 297/2025: the last office hour, after 17:00, a day off; a published cut-off of 15:00 for same-day work
04/09/2026 15:59 | last hour   | 3 wd | 09/09/2026 17:00
04/09/2026 16:00 | last hour   | 3 wd | 10/09/2026 17:00
04/09/2026 16:30 | no rule     | 3 wd | 09/09/2026 17:00
04/09/2026 17:30 | no rule     | 3 wd | 10/09/2026 17:00
06/09/2026 09:00 | last hour   | 3 wd | 10/09/2026 17:00
04/09/2026 14:59 | cut-off     | 0 wd | 04/09/2026 17:00
04/09/2026 15:00 | cut-off     | 0 wd | 07/09/2026 17:00
28/08/2026 15:30 | cut-off     | 0 wd | 03/09/2026 17:00
04/09/2026 17:30 | as it comes | 3 wd | 09/09/2026 17:00
05/09/2026 10:00 | as it comes | 1 wd | 07/09/2026 17:00
05/09/2026 10:00 | as it comes | 9 d  | 14/09/2026 17:00
04/09/2026 16:30 | last hour   | 8 wh | 07/09/2026 17:00
"""
FILED_ROWS = [
    [cell.strip() for cell in line.split("|")] for line in FILED.split("\n") if line and not line.startswith("#")
]
RULES = {
    "no rule": ClockRules(),
    "last hour": ClockRules(last_hour=True),
    "cut-off": ClockRules(cutoff=time(15)),
    "as it comes": ClockRules(after_hours=False),
}


@pytest.mark.parametrize(("filed", "rule", "limit", "due"), FILED_ROWS)
def test_how_a_filing_starts_the_clock(filed: str, rule: str, limit: str, due: str, clock: Made, shown: Shown) -> None:
    assert shown(clock(limit, f"start {filed}", rules=RULES[rule]).due) == due


def test_the_first_due_date_is_kept(clock: Made, shown: Shown) -> None:
    moved = clock("20 wd", "start 10/08/2026 14:20", "pause 13/08/2026 11:20", "restart 20/08/2026 15:40")
    assert shown(moved.original) == "09/09/2026 17:00"
    assert [shown(row.due_after) for row in moved.ledger()] == ["09/09/2026 17:00", "", "21/09/2026 17:00"]


def test_a_paused_clock_says_since_when_and_has_no_due_date(clock: Made, at: At) -> None:
    paused = clock("20 wd", "start 10/08/2026 14:20", "pause 13/08/2026 11:20")
    assert (paused.running, paused.due, paused.paused_since) == (False, None, at("13/08/2026 11:20"))
    assert paused.allows(ClockMove.RESUME) and not paused.allows(ClockMove.PAUSE)


def test_an_entry_that_changed_nothing_stays_in_the_ledger_and_says_so(clock: Made) -> None:
    rows = clock("20 wd", "resume 10/08/2026 14:20", "start 10/08/2026 14:20", "extend 11/08/2026 10:00").ledger()
    assert [row.applied for row in rows] == [False, True, False]


def test_the_strip_of_the_present_count(clock: Made, at: At) -> None:
    moved = clock("20 wd", "start 10/08/2026 14:20", "pause 13/08/2026 11:20", "restart 20/08/2026 15:40")
    days = moved.days(at("04/09/2026 09:40"))
    assert drawn(days) == "sccocccccoooooctoonnnnnoonnnnnood"
    assert next(day.number for day in days if day.kind == "today") == 9
    assert days[-1].due


def test_the_strip_of_the_whole_life(clock: Made, at: At) -> None:
    moved = clock("20 wd", "start 10/08/2026 14:20", "pause 13/08/2026 11:20", "restart 20/08/2026 15:40")
    assert drawn(moved.life(at("04/09/2026 09:40"))) == "scccpppppppccocccccoooooctoonnnnnoonnnnnood"


def test_the_strip_of_a_late_matter_goes_on_to_today(clock: Made, at: At) -> None:
    days = clock("1 wd", "start 28/08/2026 10:00").days(at("04/09/2026 09:40"))
    assert drawn(days) == "sooooocl"
    assert days[-2].due


def test_the_strip_of_the_last_day(clock: Made, at: At) -> None:
    days = clock("8 wd", "start 21/08/2026 10:00").days(at("04/09/2026 09:40"))
    assert (drawn(days), days[-1].kind, days[-1].due, days[-1].number) == ("scocccccoooooct", "today", True, 8)


def test_the_strip_ends_where_the_clock_stopped(clock: Made, at: At) -> None:
    stopped = clock("8 wd", "start 21/08/2026 10:00", "stop 25/08/2026 10:00")
    assert drawn(stopped.days(at("04/09/2026 09:40"))) == "scocc"


def test_a_clock_not_yet_started_has_no_strip_no_due_date_and_no_reasons(clock: Made, at: At) -> None:
    fresh = clock("20 wd")
    assert (fresh.days(at("04/09/2026 09:40")), fresh.due, fresh.original, fresh.reasons()) == ((), None, None, ())


def test_an_old_matter_has_a_bounded_strip(clock: Made, at: At) -> None:
    assert len(clock("1 wd", "start 06/01/2025 10:00").days(at("04/09/2027 09:40"))) == 401


def codes(clock: Clock) -> list[str]:
    return [reason.code for reason in clock.reasons()]


def test_the_date_explains_itself_in_the_order_of_the_page(clock: Made) -> None:
    moved = clock("20 wd", "start 10/08/2026 14:20", "pause 13/08/2026 11:20", "restart 20/08/2026 15:40")
    assert codes(moved) == [
        "clock.restarted",
        "clock.counted-wd",
        "calendar.made_up",
        "calendar.swap_off",
        "calendar.holiday",
        "clock.skipped",
        "clock.original",
    ]
    skipped = moved.reasons()[-2]
    assert skipped.facts["n"] == 12
    assert skipped.facts["kinds"] == ["weekend", "holiday", "swap_off"]


@pytest.mark.parametrize(
    ("limit", "entries", "code"),
    [
        ("3 wd", "start 05/09/2026 10:00", "clock.after-hours"),
        ("0 wd", "start 04/09/2026 10:00", "clock.started-same-day"),
        ("8 wh", "start 04/09/2026 10:00", "clock.started-hours"),
        ("20 wd", "start 20/12/2027 10:00", "clock.year-not-announced"),
        ("30 d", "start 04/09/2026 10:00", "clock.rolled"),
        ("10 wd", "start 07/09/2026 10:00; pause 09/09/2026 10:00; resume 11/09/2026 09:00", "clock.paused"),
        ("10 wd", "start 07/09/2026 10:00; pause 09/09/2026 10:00", "clock.paused-now"),
        ("10 wd", "start 07/09/2026 10:00; extend 09/09/2026 10:00 5 wd", "clock.extended"),
        ("10 wd", "start 07/09/2026 10:00; stop 09/09/2026 10:00", "clock.stopped"),
    ],
)
def test_whatever_moved_the_date_is_said(limit: str, entries: str, code: str, clock: Made) -> None:
    assert code in codes(clock(limit, *entries.split("; ")))


def test_reasons_and_entries_can_be_kept_as_json(clock: Made, at: At) -> None:
    moved = clock("20 wd", "start 10/08/2026 17:20", "pause 13/08/2026 11:20", "restart 20/08/2026 15:40")
    for reason in moved.reasons():
        assert Reason.from_json(json.loads(json.dumps(reason.to_json()))) == reason
    full = ClockEvent(
        ClockMove.EXTEND, at("13/08/2026 11:20"), "p7", "NĐ 297/2025", Reason("x.y", {"n": 1}), Limit.parse("5 wd")
    )
    assert ClockEvent.from_json(json.loads(json.dumps(full.to_json()))) == full
    rules = ClockRules(time(15), True, False)
    assert ClockRules.from_json(json.loads(json.dumps(rules.to_json()))) == rules
    assert ClockRules.from_json({}) == ClockRules()


def test_the_basis_of_an_entry_travels_into_its_reason(calendar: Calendar, at: At) -> None:
    start = ClockEvent(ClockMove.START, at("07/09/2026 10:00"), basis="Điều 5")
    assert Clock(Limit.parse("5 wd"), (start,), calendar).reasons()[0].facts["basis"] == "Điều 5"


def test_one_more_entry_makes_another_clock(clock: Made, at: At, shown: Shown) -> None:
    first = clock("20 wd", "start 10/08/2026 14:20")
    second = first.and_then(ClockEvent(ClockMove.RESTART, at("20/08/2026 15:40")))
    assert (shown(first.due), shown(second.due)) == ("09/09/2026 17:00", "21/09/2026 17:00")


def test_the_clock_of_a_step_agrees_with_its_due_date(calendar: Calendar, at: At) -> None:
    opened, limit = at("05/09/2026 10:00"), Limit.parse("3 wd")
    step = Clock.since(opened, limit, calendar)
    assert step.due == calendar.add(opened, limit)
    assert drawn(step.days(at("08/09/2026 10:00"))) == "stnd"


def test_a_move_reaches_a_day_that_somebody_set(clock: Made, at: At, shown: Shown) -> None:
    filed = at("07/09/2026 10:00")
    fresh = Clock(Limit.parse("30 d"), (), clock("30 d", "start 07/09/2026 10:00").calendar)
    start = ClockEvent(ClockMove.START, filed, limit=fresh.length_of(ClockMove.START, filed, date(2026, 9, 18)))
    running = fresh.and_then(start)
    assert shown(running.due) == "18/09/2026 17:00"
    longer = running.length_of(ClockMove.EXTEND, filed, date(2026, 9, 25))
    assert shown(running.and_then(ClockEvent(ClockMove.EXTEND, filed, limit=longer)).due) == "25/09/2026 17:00"
    assert running.length_of(ClockMove.EXTEND, filed, date(2026, 9, 10)) is None
