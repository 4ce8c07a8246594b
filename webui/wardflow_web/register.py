"""The register's working calendar: the days of a year that differ from their weekday, and changing one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from wardflow.cases.edit_calendar import edit_calendar
from wardflow.domain.calendar import Day
from wardflow.permissions import Question, may
from werkzeug.wrappers import Response

from wardflow_web.calendar_form import KINDS, Typed
from wardflow_web.language import mark_for_translation as _
from wardflow_web.language import phrase
from wardflow_web.visitor import platform, required, someone

pages = Blueprint("register", __name__)

FIRST, LAST = 2000, 2100
"""The years a page is made for; nobody announces days off further away."""
Refused = tuple[str, int]


@dataclass(frozen=True, slots=True)
class DayRow:
    """One line of the yearly table."""

    day: date
    row: Day
    kind: str
    past: bool


@pages.get("/register/calendar")
@required
def calendar() -> str:
    """The table of a year, with one of its days in the form where the address names it."""
    asked = request.args.get("day", "")
    chosen = Typed.read_day(asked)
    known = platform().snapshot().calendar.days.get(chosen) if chosen else None
    return _page(_year(), Typed.of(chosen, known) if chosen and known else Typed())


@pages.post("/register/calendar")
@required
def save() -> Response | Refused:
    """Adds a day or changes it; what cannot be read is said at its field, and nothing typed is lost."""
    typed = Typed.posted(request.form)
    held = platform().snapshot().calendar
    day, exception, objections = typed.checked(held, (FIRST, LAST))
    if day is None or exception is None:
        return _page(_year(day), typed, objections=objections), 422
    if _is_past(day) and not typed.sure:
        return _page(day.year, typed, unsure=day), 422
    edit_calendar(platform(), someone(), day, exception)
    said = _("Đã đổi ngày {day}.") if day in held.days else _("Đã thêm ngày {day}.")
    flash(phrase(said, day=_shown(day)), "good")
    return redirect(url_for("register.calendar", year=day.year))


@pages.post("/register/calendar/remove")
@required
def remove() -> Response | Refused:
    """Makes a day again what its weekday is; a past one only after the warning was seen."""
    day = Typed.read_day(request.form.get("day", ""))
    if day is None:
        abort(400)
    if _is_past(day) and not request.form.get("sure"):
        return _page(day.year, Typed(), removing=day), 422
    edit_calendar(platform(), someone(), day, None)
    flash(phrase("Đã bỏ ngày {day} khỏi lịch.", day=_shown(day)), "good")
    return redirect(url_for("register.calendar", year=day.year))


def _page(
    year: int,
    typed: Typed,
    *,
    objections: dict[str, str] | None = None,
    unsure: date | None = None,
    removing: date | None = None,
) -> str:
    """The page, with what was refused said beside what was typed."""
    rows = _rows(year)
    return render_template(
        "calendar.html",
        year=year,
        years=(FIRST, LAST),
        months=[(month, list(days)) for month, days in groupby(rows, key=lambda row: row.day.month)],
        typed=typed,
        kinds=KINDS,
        objections=objections or {},
        unsure=unsure,
        removing=removing,
        may_edit=may(someone(), "edit_calendar", Question()),
    )


def _rows(year: int) -> list[DayRow]:
    days = platform().snapshot().calendar.days
    return [DayRow(day, row, KINDS[row.kind], _is_past(day)) for day, row in sorted(days.items()) if day.year == year]


def _year(day: date | None = None) -> int:
    """The year the page shows: that of the day typed, else the one asked for, else this one."""
    if day is not None:
        return day.year
    asked = request.values.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else _today().year
    if not FIRST <= year <= LAST:
        abort(404)
    return year


def _today() -> date:
    return platform().snapshot().calendar.local(platform().now()).date()


def _is_past(day: date) -> bool:
    return day < _today()


def _shown(day: date) -> str:
    return day.strftime("%d/%m/%Y")
