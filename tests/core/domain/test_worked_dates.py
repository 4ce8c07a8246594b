"""Due dates counted by hand on a wall calendar, in a table an official can read; each with its source."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from pathlib import Path

import pytest
from wardflow.domain.calendar import Calendar
from wardflow.domain.legal_clock import Clock, ClockEvent, ClockMove, ClockRules
from wardflow.domain.limits import Limit, LimitUnit

At = Callable[[str], datetime]
Shown = Callable[[datetime | None], str]

TABLE = Path(__file__).with_name("worked_dates.csv")
with TABLE.open(encoding="utf-8", newline="") as opened:
    ROWS = list(csv.DictReader(opened, delimiter="|"))

FILED = {
    "": ClockRules(),
    "giờ cuối": ClockRules(last_hour=True),
    "chốt 15:00": ClockRules(cutoff=time(15)),
    "tính ngay": ClockRules(after_hours=False),
}
MOVES = {
    "dừng": ClockMove.PAUSE,
    "đếm tiếp": ClockMove.RESUME,
    "đếm lại": ClockMove.RESTART,
    "gia hạn": ClockMove.EXTEND,
}
UNITS = {
    "ngày làm việc": LimitUnit.WORKING_DAY,
    "giờ làm việc": LimitUnit.WORKING_HOUR,
    "ngày": LimitUnit.CALENDAR_DAY,
}
PAUSED = "đang dừng"
BEFORE = "trước hạn "


def limit(text: str) -> Limit:
    """The limit as an official writes it: "5 ngày làm việc", or "trong ngày"."""
    if text == "trong ngày":
        return Limit(0, LimitUnit.WORKING_DAY)
    amount, unit = text.split(maxsplit=1)
    return Limit(int(amount), UNITS[unit])


def event(text: str, at: At) -> ClockEvent:
    """The entry as an official writes it: "gia hạn 01/07/2026 10:00 15 ngày"."""
    move = next(word for word in MOVES if text.startswith(word + " "))
    day, hour, *length = text.removeprefix(move + " ").split(maxsplit=2)
    return ClockEvent(MOVES[move], at(f"{day} {hour}"), limit=limit(length[0]) if length else None)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["số"])
def test_the_platform_counts_as_an_official_does(row: Mapping[str, str], calendar: Calendar, at: At, shown: Shown) -> None:
    later = [event(text, at) for text in row["sau đó"].split(", ") if text]
    events = (ClockEvent(ClockMove.START, at(row["nhận lúc"])), *later)
    clock = Clock(limit(row["thời hạn"]), events, calendar, FILED[row["cách nhận"]])
    assert all(entry.applied for entry in clock.ledger())
    moment = clock.due
    if row["hỏi"] and moment is not None:
        moment = calendar.subtract(moment, limit(row["hỏi"].removeprefix(BEFORE)))
    assert (shown(moment) or PAUSED) == row["kết quả"]


def test_the_table_is_long_numbered_and_complete() -> None:
    assert len(ROWS) >= 120
    assert [row["số"] for row in ROWS] == [str(number) for number in range(1, len(ROWS) + 1)]
    for row in ROWS:
        assert len(row) == 10 and None not in row.values(), row["số"]
        assert row["việc"] and row["cách đếm"] and row["nguồn"], row["số"]
        assert unicodedata.is_normalized("NFC", "".join(row.values())), row["số"]


def test_what_depends_on_the_days_off_of_2027_says_that_they_are_not_announced() -> None:
    """Days off before the first of January 2027 are announced; those after it are a guess of this table."""
    for row in ROWS:
        if row["kết quả"] != PAUSED and _day(row["kết quả"]) >= date(2027, 1, 1):
            assert "[assumed]" in row["nguồn"], row["số"]


def _day(text: str) -> date:
    return datetime.strptime(text.split()[0], "%d/%m/%Y").date()
