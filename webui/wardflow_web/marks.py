"""What templates need to draw the marks of the pages: strips and calendars of days, six lights, dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from flask import Flask, g
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup
from wardflow.domain.days import CountedDay, each_day
from wardflow.domain.register import Unit
from wardflow.domain.six_clears import Clear, SixClears
from wardflow.wording import formats

from wardflow_web.language import mark_for_translation as _
from wardflow_web.language import phrase

WEEKDAYS = (_("T2"), _("T3"), _("T4"), _("T5"), _("T6"), _("T7"), _("CN"))
CLEARS = (_("Người"), _("Việc"), _("Trách nhiệm"), _("Tiến độ"), _("Sản phẩm"), _("Thẩm quyền"))
PLACES = {"receiving": _("Nơi nhận"), "authority": _("Nơi giải quyết"), "returning": _("Nơi trả kết quả")}
SHADES = {
    "start": "z s",
    "counted": "c",
    "coming": "n",
    "today": "t",
    "off": "o",
    "paused": "p",
    "due": "n d",
    "late": "l",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One square of the calendar of days: its date, its number or word, and how it is shaded."""

    day: str
    shade: str
    word: str | int = ""
    due: bool = False


def shades(days: Sequence[CountedDay]) -> Iterator[str]:
    """The class of each cell of the strip; the start day has no cell, it is not counted."""
    for day in days:
        if day.kind != "start":
            shade = SHADES[day.kind]
            yield f"{shade} d" if day.due and not shade.endswith("d") else shade


def calendar_cells(days: Sequence[CountedDay]) -> Iterator[Cell]:
    """Whole weeks from Monday around a count, days outside it left blank."""
    if not days:
        return
    known = {day.date: day for day in days}
    first, last = days[0].date, days[-1].date
    for day in each_day(first - timedelta(first.weekday()), last + timedelta(6 - last.weekday())):
        yield _cell(day, known.get(day))


def _cell(day: date, counted: CountedDay | None) -> Cell:
    shown = day.strftime("%d/%m")
    if counted is None:
        return Cell(shown, "z")
    word: str | int = counted.number
    if counted.kind == "start":
        word = _("nhận")
    elif counted.kind in ("off", "paused") and not counted.number:
        word = _off_word(counted)
    shade = SHADES[counted.kind].replace("n d", "d").replace("n", "")
    return Cell(shown, f"{shade} d" if counted.due and "d" not in shade else shade, word, counted.due)


def _off_word(day: CountedDay) -> str:
    if day.kind == "paused":
        return _("dừng")
    return _("lễ") if day.why and day.why.code == "calendar.holiday" else _("nghỉ")


def strip_label(days: Sequence[CountedDay]) -> str:
    """The sentence that says what a strip of days shows."""
    kinds = [day.kind for day in days]
    counted, paused, late = (kinds.count(kind) for kind in ("counted", "paused", "late"))
    coming = kinds.count("coming") + kinds.count("due")
    said = [phrase("đã đếm {n} ngày", n=counted)]
    if "today" in kinds:
        said.append(phrase("hôm nay là ngày thứ {n}", n=next(day.number for day in days if day.kind == "today")))
    said += [
        phrase(text, n=n)
        for text, n in ((_("còn {n} ngày"), coming), (_("dừng {n} ngày"), paused), (_("quá {n} ngày"), late))
        if n
    ]
    return capital(", ".join(said))


def clears(six: SixClears) -> list[tuple[str, Clear]]:
    """The six in their one order, each with its Vietnamese name."""
    return list(zip(CLEARS, six, strict=True))


def unclear(six: SixClears) -> str:
    """The names of those that are not clear, in the reader's language."""
    return ", ".join(phrase(label).lower() for label, clear in clears(six) if not clear.ok)


def unit_name(unit: Unit) -> str:
    """A unit in the reader's language."""
    return unit.name_en if unit.name_en and g.language == "en" else unit.name


def csrf() -> Markup:
    """The hidden field every post form carries."""
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())


def install(app: Flask, zone: ZoneInfo) -> None:
    """Hands all of it to the templates."""
    app.jinja_env.globals.update(
        calendar_cells=calendar_cells,
        clears=clears,
        csrf=csrf,
        place_names=PLACES,
        shades=shades,
        limit=lambda text: formats.limit(text, g.language),
        strip_label=strip_label,
        unclear=unclear,
        unit_name=unit_name,
        weekday_names=WEEKDAYS,
    )
    app.jinja_env.filters.update(
        capital=capital,
        date=lambda value: formats.date(value, zone),
        day_month=lambda value: formats.day_month(value, zone),
        moment=lambda value: formats.date_time(value, zone),
        money=formats.money,
        quarter=quarter,
        number=lambda value: formats.number(value, g.language),
        size=size,
        time=lambda value: formats.clock_time(value, zone),
        weekday=lambda value: capital(formats.weekday(value, g.language, zone)),
    )


def quarter(text: str) -> str:
    """"2026-Q4" as quý 4/2026; anything else as it is."""
    year, found, n = text.partition("-Q")
    return phrase("quý {n}/{year}", n=n, year=year) if found and n.isdigit() else text


def capital(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]


def size(count: int) -> str:
    """1,2 MB or 340 kB, a kB being 1024 bytes as in the limits."""
    if count >= 1024 * 1024:
        return f"{formats.number(round(count / 1024 / 1024, 1), g.language)} MB"
    return f"{max(1, count // 1024)} kB"
