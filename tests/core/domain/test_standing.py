"""The countdowns of the desk, as the mockup shows them on Friday 04/09/2026, 09:40."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from wardflow.domain.calendar import Calendar
from wardflow.domain.legal_clock import standing, timing
from wardflow.domain.standing import Timing
from wardflow.wording import Wording

At = Callable[[str], datetime]
NOW = "04/09/2026 09:40"


@pytest.mark.parametrize(
    ("due", "status", "vietnamese", "english"),
    [
        ("03/09/2026 17:00", "late", "Quá 1 ngày làm việc", "1 working day late"),
        ("28/08/2026 17:00", "late", "Quá 2 ngày làm việc", "2 working days late"),
        ("04/09/2026 08:00", "late", "Quá 1 giờ 40 phút", "1 hour 40 minutes late"),
        ("04/09/2026 09:40", "today", "Hôm nay, trước 09:40", "Today, before 09:40"),
        ("04/09/2026 17:00", "today", "Hôm nay, trước 17:00", "Today, before 17:00"),
        ("04/09/2026 14:30", "today", "Hôm nay, trước 14:30", "Today, before 14:30"),
        ("07/09/2026 17:00", "ok", "Còn 1 ngày làm việc", "1 working day left"),
        ("10/09/2026 17:00", "ok", "Còn 4 ngày làm việc", "4 working days left"),
        ("11/09/2026 17:00", "ok", "Còn 5 ngày làm việc", "5 working days left"),
        ("14/09/2026 17:00", "early", "Sớm: còn 6 ngày làm việc", "Early: 6 working days left"),
        (None, "ok", "Không có hạn", "No due date"),
    ],
)
def test_the_countdown(due: str | None, status: str, vietnamese: str, english: str, calendar: Calendar, at: At) -> None:
    found = standing(at(due) if due else None, at(NOW), calendar)
    assert found.status == status
    assert Wording("vi").say(found.reason) == vietnamese
    assert Wording("en").say(found.reason) == english


def test_just_after_the_close_it_is_late_since_the_close(calendar: Calendar, at: At) -> None:
    found = standing(at("04/09/2026 17:00"), at("04/09/2026 19:00"), calendar)
    assert Wording("vi").say(found.reason) == "Quá hạn từ 17:00"


def test_on_a_day_off_the_next_working_day_is_one_day_away(calendar: Calendar, at: At) -> None:
    found = standing(at("07/09/2026 17:00"), at("05/09/2026 10:00"), calendar)
    assert (found.status, found.reason.facts["n"]) == ("ok", 1)


def test_a_paused_clock_is_neither_late_nor_early(calendar: Calendar, at: At) -> None:
    found = standing(at("03/09/2026 17:00"), at(NOW), calendar, paused=True, since=at("28/08/2026 10:00"))
    assert (found.status, Wording("vi").say(found.reason)) == ("pause", "Đồng hồ đang dừng từ 28/08/2026")
    assert Wording("vi").say(standing(None, at(NOW), calendar, paused=True).reason) == "Đồng hồ đang dừng"


@pytest.mark.parametrize(
    ("ended", "counted", "words"),
    [
        ("03/09/2026 16:00", Timing.EARLY, "Xong trước hạn 1 ngày làm việc"),
        ("04/09/2026 16:00", Timing.ON_TIME, "Xong đúng hạn"),
        ("04/09/2026 18:00", Timing.LATE, "Xong muộn trong ngày đến hạn"),
        ("08/09/2026 09:00", Timing.LATE, "Xong muộn 2 ngày làm việc"),
    ],
)
def test_how_a_finished_matter_is_counted(ended: str, counted: Timing, words: str, calendar: Calendar, at: At) -> None:
    due, moment = at("04/09/2026 17:00"), at(ended)
    assert timing(due, moment, calendar) is counted
    found = standing(due, at(NOW), calendar, ended=moment)
    assert (found.status, Wording("vi").say(found.reason)) == ("done", words)
