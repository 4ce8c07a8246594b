"""The yearly table goes out and comes in as a file that a spreadsheet or a calendar program opens."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wardflow.domain.calendar import Calendar, Day, DayKind, Span
from wardflow.domain.calendar_csv import read_csv, write_csv
from wardflow.domain.calendar_ics import read_ics, write_ics
from wardflow.errors import CalendarFileUnreadable

STAMP = datetime(2026, 9, 4, 2, 30, tzinfo=UTC)
HALF = Day(DayKind.HALF_DAY, "nghỉ chiều; giao thừa, sớm", (Span(time(8), time(11, 30)),), "New Year's Eve")
names = st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), max_size=60).map(str.strip)
hours = st.sampled_from([None, (Span(time(8), time(12)),), (Span(time(8), time(12)), Span(time(13), time(17)))])
tables = st.dictionaries(
    st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.builds(Day, st.sampled_from(DayKind), names, hours, names), max_size=8
)


@settings(max_examples=60, deadline=None)
@given(tables)
def test_what_goes_out_comes_in_again(days: dict[date, Day]) -> None:
    assert read_csv(write_csv(days)) == days
    assert read_ics(write_ics(days, STAMP)) == days


def test_the_city_table_survives_both_files(calendar: Calendar) -> None:
    assert read_csv(write_csv(calendar.days)) == calendar.days
    assert read_ics(write_ics(calendar.days, STAMP)) == calendar.days


def test_the_csv_reads_as_an_official_would_write_it() -> None:
    text = write_csv({date(2026, 12, 31): HALF})
    assert text.splitlines() == [
        "day,kind,name,name_en,hours",
        '2026-12-31,half_day,"nghỉ chiều; giao thừa, sớm",New Year\'s Eve,08:00-11:30',
    ]
    assert read_csv("\ufeffday,kind\r\n2026-01-01, holiday\r\n") == {date(2026, 1, 1): Day(DayKind.HOLIDAY)}


def test_lines_of_a_calendar_file_are_short_and_end_as_the_standard_says() -> None:
    long = Day(DayKind.HOLIDAY, "Ngày Giải phóng miền Nam, thống nhất đất nước " * 4)
    text = write_ics({date(2026, 4, 30): long}, STAMP)
    assert text.endswith("END:VCALENDAR\r\n")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


FOREIGN = """BEGIN:VCALENDAR
BEGIN:VEVENT
DTSTART;VALUE=DATE:20270204
DTEND;VALUE=DATE:20270207
SUMMARY:Tết Nguyên
  đán
BEGIN:VALARM
SUMMARY:không phải tên ngày nghỉ
END:VALARM
END:VEVENT
END:VCALENDAR
"""


def test_an_event_of_another_program_is_a_holiday_on_each_of_its_days() -> None:
    tet = Day(DayKind.HOLIDAY, "Tết Nguyên đán")
    assert read_ics(FOREIGN) == {date(2027, 2, 4): tet, date(2027, 2, 5): tet, date(2027, 2, 6): tet}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("ngày,loại\n2026-01-01,holiday\n", 1),
        ("day,kind\n2026-01-01,holiday\n01/02/2026,holiday\n", 3),
        ("day,kind\n2026-01-01,party\n", 2),
        ("day,kind\n2026-01-01\n", 2),
        ("day,kind\n2026-01-01,holiday\n2026-01-01,closed\n", 3),
        ("day,kind,hours\n2026-01-01,half_day,12:00-08:00\n", 2),
        ("day,kind,hours\n2026-01-01,half_day,morning\n", 2),
    ],
)
def test_a_csv_nobody_can_read_names_its_line(text: str, line: int) -> None:
    with pytest.raises(CalendarFileUnreadable, match=f"Line {line} "):
        read_csv(text)


@pytest.mark.parametrize(
    ("events", "line"),
    [
        ("BEGIN:VEVENT\nSUMMARY:Tết\nEND:VEVENT", 2),
        ("BEGIN:VEVENT\nDTSTART:2027\nEND:VEVENT", 2),
        ("BEGIN:VEVENT\nDTSTART:20270101\nDTEND:20990101\nEND:VEVENT", 2),
        ("BEGIN:VEVENT\nDTSTART:20270105\nDTEND:20270101\nEND:VEVENT", 2),
        ("BEGIN:VEVENT\nDTSTART:20270101\nX-WARDFLOW-KIND:party\nEND:VEVENT", 2),
        ("VERSION:2.0\nBEGIN:VEVENT\nDTSTART:20270101", 3),
    ],
)
def test_a_calendar_file_nobody_can_read_names_the_line_of_its_event(events: str, line: int) -> None:
    with pytest.raises(CalendarFileUnreadable, match=f"Line {line} "):
        read_ics(f"BEGIN:VCALENDAR\n{events}\nEND:VCALENDAR")


def test_what_is_no_calendar_file_is_said_at_once() -> None:
    with pytest.raises(CalendarFileUnreadable, match="BEGIN:VCALENDAR"):
        read_ics("<html>")
