"""The city's working calendar 2025 to 2027, typed from the yearly announcements; 2027 is assumed until announced."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from wardflow.domain.calendar import Calendar, Day, DayKind, Span
from wardflow.domain.legal_clock import Clock, ClockEvent, ClockMove, ClockRules
from wardflow.domain.limits import Limit

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
OFFICE = (Span(time(8), time(12)), Span(time(13), time(17)))

YEARS = """
2025-01-01 holiday  Tết Dương lịch
2025-01-27 holiday  Tết Nguyên đán
2025-01-28 holiday  Tết Nguyên đán
2025-01-29 holiday  Tết Nguyên đán
2025-01-30 holiday  Tết Nguyên đán
2025-01-31 holiday  Tết Nguyên đán
2025-04-07 holiday  Giỗ Tổ Hùng Vương
2025-04-26 made_up  làm bù cho 02/05
2025-04-30 holiday  Ngày Chiến thắng
2025-05-01 holiday  Quốc tế Lao động
2025-05-02 swap_off nghỉ hoán đổi với 26/04
2025-09-01 holiday  nghỉ Quốc khánh
2025-09-02 holiday  nghỉ Quốc khánh
2026-01-01 holiday  Tết Dương lịch
2026-01-02 swap_off nghỉ hoán đổi với 10/01
2026-01-10 made_up  làm bù cho 02/01
2026-02-16 holiday  Tết Nguyên đán
2026-02-17 holiday  Tết Nguyên đán
2026-02-18 holiday  Tết Nguyên đán
2026-02-19 holiday  Tết Nguyên đán
2026-02-20 holiday  Tết Nguyên đán
2026-04-27 holiday  nghỉ bù Giỗ Tổ Hùng Vương
2026-04-30 holiday  Ngày Chiến thắng
2026-05-01 holiday  Quốc tế Lao động
2026-08-22 made_up  ngày làm bù
2026-08-31 swap_off nghỉ hoán đổi với 22/08
2026-09-01 holiday  nghỉ Quốc khánh
2026-09-02 holiday  nghỉ Quốc khánh
2027-01-01 holiday  Tết Dương lịch
2027-02-04 holiday  Tết Nguyên đán
2027-02-05 holiday  Tết Nguyên đán
2027-02-08 holiday  Tết Nguyên đán
2027-02-09 holiday  Tết Nguyên đán
2027-02-10 holiday  Tết Nguyên đán
2027-04-16 holiday  Giỗ Tổ Hùng Vương
2027-04-30 holiday  Ngày Chiến thắng
2027-05-03 holiday  nghỉ bù Quốc tế Lao động
2027-09-02 holiday  nghỉ Quốc khánh
2027-09-03 holiday  nghỉ Quốc khánh
"""
ENGLISH = {"nghỉ Quốc khánh": "National Day", "Tết Nguyên đán": "Lunar New Year"}


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    rows = (line.split(maxsplit=2) for line in YEARS.split("\n") if line)
    days = {date.fromisoformat(day): Day(DayKind(kind), name, None, ENGLISH.get(name, "")) for day, kind, name in rows}
    return Calendar(1, HANOI, {weekday: OFFICE for weekday in range(5)}, days)


@pytest.fixture(scope="session")
def at() -> Callable[[str], datetime]:
    """A moment as a clerk writes it, "20/08/2026 15:40", in UTC as the platform keeps it."""
    return lambda text: datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=HANOI).astimezone(UTC)


@pytest.fixture(scope="session")
def shown() -> Callable[[datetime | None], str]:
    """The other way round."""
    return lambda moment: "" if moment is None else moment.astimezone(HANOI).strftime("%d/%m/%Y %H:%M")


@pytest.fixture
def clock(calendar: Calendar, at: Callable[[str], datetime]) -> Callable[..., Clock]:
    def made(limit: str, *entries: str, rules: ClockRules | None = None) -> Clock:
        """A clock from entries "move dd/mm/yyyy hh:mm [limit]"."""
        events = []
        for entry in entries:
            move, day, hour, *more = entry.split(maxsplit=3)
            length = Limit.parse(more[0]) if more else None
            events.append(ClockEvent(ClockMove(move), at(f"{day} {hour}"), limit=length))
        return Clock(Limit.parse(limit), tuple(events), calendar, rules or ClockRules())

    return made
