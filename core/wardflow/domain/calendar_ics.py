"""The yearly table as all-day events of a calendar file (RFC 5545)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from wardflow.domain.calendar_csv import read_hours, written_hours
from wardflow.domain.days import Day, DayKind, each_day
from wardflow.errors import CalendarFileUnreadable

HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Wardflow//Working calendar//EN")
WIDTH = 75
LONGEST = 366
"""An event longer than a year is a mistake; nobody closes an office for that long by one line."""
_ESCAPED = re.compile(r"\\([\\;,nN])")


def write_ics(days: Mapping[date, Day], stamp: datetime) -> str:
    """The table as a calendar file whose other facts travel in X- properties; `stamp` is when it was written, in UTC."""
    lines = [*HEAD]
    for day, row in sorted(days.items()):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{day.isoformat()}@wardflow",
            f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(row.name)}",
            f"X-WARDFLOW-KIND:{row.kind}",
        ]
        lines += [f"X-WARDFLOW-NAME-EN:{_escaped(row.name_en)}"] if row.name_en else []
        lines += [] if row.hours is None else [f"X-WARDFLOW-HOURS:{written_hours(row.hours)}"]
        lines.append("END:VEVENT")
    return "".join(f"{_folded(line)}\r\n" for line in (*lines, "END:VCALENDAR"))


def read_ics(text: str) -> dict[date, Day]:
    """The days that a calendar file holds; an event of another program is a holiday on each of its days."""
    days: dict[date, Day] = {}
    for number, event in _events(text):
        try:
            first = _day(event["DTSTART"])
            last = _day(event["DTEND"]) - timedelta(days=1) if "DTEND" in event else first
            if not 0 <= (last - first).days < LONGEST:
                raise ValueError(f"an event from {first} to {last}")
            kind = DayKind(event.get("X-WARDFLOW-KIND", "holiday"))
            hours = read_hours(event.get("X-WARDFLOW-HOURS", ""))
        except KeyError as missing:
            raise CalendarFileUnreadable(line=number, problem=f"an event without {missing.args[0]}") from missing
        except ValueError as wrong:
            raise CalendarFileUnreadable(line=number, problem=str(wrong)) from wrong
        row = Day(kind, _plain(event.get("SUMMARY", "")), hours, _plain(event.get("X-WARDFLOW-NAME-EN", "")))
        days |= {day: row for day in each_day(first, last)}
    return days


def _events(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The properties of each event without their parameters, with the line on which the event begins."""
    lines = _unfolded(text)
    if not lines or lines[0][1].strip().upper() != "BEGIN:VCALENDAR":
        raise CalendarFileUnreadable(line=1, problem="the first line must be BEGIN:VCALENDAR")
    event: dict[str, str] | None = None
    began, inside = 0, 0
    for number, line in lines:
        head, _, value = line.partition(":")
        name = head.split(";")[0].upper()
        if (name, value.upper()) == ("BEGIN", "VEVENT"):
            event, began, inside = {}, number, 0
        elif (name, value.upper()) == ("END", "VEVENT") and event is not None:
            yield began, event
            event = None
        elif name in ("BEGIN", "END"):
            inside += 1 if name == "BEGIN" else -1
        elif event is not None and not inside:
            event.setdefault(name, value)
    if event is not None:
        raise CalendarFileUnreadable(line=began, problem="an event without END:VEVENT")


def _unfolded(text: str) -> list[tuple[int, str]]:
    lines: list[tuple[int, str]] = []
    for number, line in enumerate(re.split(r"\r\n|\n", text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")), 1):
        if line[:1] in (" ", "\t") and lines:
            lines[-1] = (lines[-1][0], lines[-1][1] + line[1:])
        elif line:
            lines.append((number, line))
    return lines


def _folded(line: str) -> str:
    """The line in pieces of at most 75 bytes, never cut inside a letter."""
    pieces, piece = [], ""
    for letter in line:
        if len((piece + letter).encode()) > WIDTH:
            pieces.append(piece)
            piece = " "
        piece += letter
    return "\r\n".join([*pieces, piece])


def _day(text: str) -> date:
    return datetime.strptime(text[:8], "%Y%m%d").date()


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)
