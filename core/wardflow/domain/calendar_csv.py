"""The yearly table as rows of text: day, kind, name, English name, hours."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date, time

from wardflow.domain.days import Day, DayKind, Span
from wardflow.errors import CalendarFileUnreadable

COLUMNS = ("day", "kind", "name", "name_en", "hours")


def write_csv(days: Mapping[date, Day]) -> str:
    """The table as CSV with its column names, sorted by day; hours as "08:00-12:00 13:00-17:00"."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    for day, row in sorted(days.items()):
        rows.writerow((day.isoformat(), str(row.kind), row.name, row.name_en, written_hours(row.hours)))
    return text.getvalue()


def read_csv(text: str) -> dict[date, Day]:
    """The table that a CSV holds; a line nobody can read is named by its number."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")))
    if not {"day", "kind"} <= set(rows.fieldnames or ()):
        raise CalendarFileUnreadable(line=1, problem="the first line must name the columns day and kind")
    days: dict[date, Day] = {}
    for row in rows:
        try:
            day = date.fromisoformat(row["day"].strip())
            kind = DayKind(row["kind"].strip())
            name, name_en = ((row.get(column) or "").strip() for column in ("name", "name_en"))
            read = Day(kind, name, read_hours(row.get("hours") or ""), name_en)
        except (ValueError, AttributeError) as wrong:
            raise CalendarFileUnreadable(line=rows.line_num, problem=str(wrong)) from wrong
        if day in days:
            raise CalendarFileUnreadable(line=rows.line_num, problem=f"{day} is there twice")
        days[day] = read
    return days


def written_hours(hours: tuple[Span, ...] | None) -> str:
    """Office hours as text, empty when the row names none."""
    return " ".join("-".join(span.to_json()) for span in hours or ())


def read_hours(text: str) -> tuple[Span, ...] | None:
    """The office hours that text names, None when it is empty; they follow each other and do not overlap."""
    if not text.strip():
        return None
    spans = tuple(_span(part) for part in text.split())
    moments = [moment for span in spans for moment in (span.start, span.end)]
    if moments != sorted(set(moments)):
        raise ValueError(f"office hours overlap or run backwards in {text!r}")
    return spans


def _span(text: str) -> Span:
    start, _, end = text.partition("-")
    return Span(time.fromisoformat(start), time.fromisoformat(end))
