"""The strip and the calendar of days say what was counted, in shades and in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask, g
from wardflow.domain.days import CountedDay
from wardflow.domain.reasons import Reason
from wardflow_web.marks import calendar_cells, shades, size, strip_label

MONDAY = date(2026, 8, 31)
HOLIDAY = Reason("calendar.holiday", {"date": "2026-09-02"})
DAYS = (
    CountedDay(MONDAY, "start"),
    CountedDay(MONDAY + timedelta(1), "counted", 1),
    CountedDay(MONDAY + timedelta(2), "off", 0, HOLIDAY),
    CountedDay(MONDAY + timedelta(3), "today", 2),
    CountedDay(MONDAY + timedelta(4), "coming", 3),
    CountedDay(MONDAY + timedelta(7), "due", 4, None, True),
)


@pytest.fixture(params=["vi", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_day_but_the_first_has_a_shade() -> None:
    assert list(shades(DAYS)) == ["c", "o", "t", "n", "n d"]


def test_today_as_the_due_day_is_marked_as_both() -> None:
    assert list(shades([CountedDay(MONDAY, "today", 1, None, True)])) == ["t d"]


def test_the_calendar_shows_whole_weeks() -> None:
    cells = list(calendar_cells(DAYS))
    assert len(cells) == 14
    assert [cell.word for cell in cells[:5]] == ["nhận", 1, "lễ", 2, 3]
    assert cells[7].due and cells[7].word == 4
    assert cells[8].shade == "z"


def test_the_label_says_in_words_what_the_strip_shows(language: str) -> None:
    with Flask(__name__).test_request_context():
        g.language = language
        expected = {
            "vi": "Đã đếm 1 ngày, hôm nay là ngày thứ 2, còn 2 ngày",
            "en": "1 day counted, today is day 2, 2 days to come",
        }
        assert strip_label(DAYS) == expected[language]


def test_sizes_are_said_as_people_read_them(language: str) -> None:
    with Flask(__name__).test_request_context():
        g.language = language
        assert size(20 * 1024 * 1024) == "20 MB"
        assert size(1_300_000) == {"vi": "1,2 MB", "en": "1.2 MB"}[language]
        assert size(500) == "1 kB"
