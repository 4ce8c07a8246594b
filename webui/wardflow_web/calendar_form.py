"""One day of the working calendar as it is typed: kept as text until every part of it can be read."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from wardflow.domain.calendar import Calendar, Day, DayKind, Span
from wardflow.domain.days import OFF
from wardflow.errors import CalendarUnusable

from wardflow_web.language import mark_for_translation as _

KINDS: Mapping[DayKind, str] = {
    DayKind.HOLIDAY: _("Nghỉ lễ"),
    DayKind.SWAP_OFF: _("Nghỉ hoán đổi"),
    DayKind.MADE_UP: _("Làm bù"),
    DayKind.HALF_DAY: _("Làm nửa ngày"),
    DayKind.CLOSED: _("Cơ quan đóng cửa"),
}
LONGEST = 200
Read = tuple[date | None, Day | None, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields of the form, and whether the warning about a past day was ticked."""

    day: str = ""
    kind: str = ""
    name: str = ""
    name_en: str = ""
    hours: str = ""
    sure: bool = False

    @classmethod
    def posted(cls, form: Mapping[str, str]) -> Typed:
        """The fields as a post brings them."""
        day, kind, name, name_en, hours = (
            unicodedata.normalize("NFC", form.get(field, "").strip()[:LONGEST])
            for field in ("day", "kind", "name", "name_en", "hours")
        )
        return cls(day, kind, name, name_en, hours, sure=bool(form.get("sure")))

    @classmethod
    def of(cls, day: date, row: Day) -> Typed:
        """The fields filled from a day the calendar holds."""
        spans = ", ".join(f"{span.start:%H:%M}-{span.end:%H:%M}" for span in row.hours or ())
        return cls(day.strftime("%d/%m/%Y"), str(row.kind), row.name, row.name_en, spans)

    @staticmethod
    def read_day(text: str) -> date | None:
        """The date that a text means, written 02/09/2026; None where it means none."""
        try:
            return datetime.strptime(text.strip(), "%d/%m/%Y").date()
        except ValueError:
            return None

    def checked(self, calendar: Calendar, years: tuple[int, int]) -> Read:
        """The day and its row, or the objection of each field; the row is None as soon as there is one."""
        wrong: dict[str, str] = {}
        day = self.read_day(self.day)
        if day is None:
            wrong["day"] = _("Cần một ngày có thật, viết như 02/09/2026.")
        elif not years[0] <= day.year <= years[1]:
            day, wrong["day"] = None, _("Năm này ở quá xa. Kiểm tra lại bốn chữ số của năm.")
        kind = next((known for known in DayKind if known == self.kind), None)
        if kind is None:
            wrong["kind"] = _("Cần chọn ngày này khác ngày thường ra sao.")
        spans = self.spans()
        if self.hours and not spans:
            wrong["hours"] = _("Viết giờ như 07:30-11:30, 13:30-17:00.")
        elif spans and kind in OFF:
            wrong["hours"] = _("Ngày nghỉ không có giờ làm việc. Để trống, hoặc chọn làm bù hay làm nửa ngày.")
        if wrong or day is None or kind is None:
            return day, None, wrong
        return self._fitted(day, Day(kind, self.name, spans or None, self.name_en), calendar)

    def _fitted(self, day: date, row: Day, calendar: Calendar) -> Read:
        """The row, unless the calendar could not count with it."""
        try:
            replace(calendar, days={day: row})
        except CalendarUnusable:
            said = _("Các buổi phải nối tiếp nhau: mỗi buổi kết thúc sau khi bắt đầu và trước buổi sau.")
            return day, None, {"hours": said}
        return day, row, {}

    def spans(self) -> tuple[Span, ...]:
        """The stretches of office hours; empty where nothing was typed or it cannot be read."""
        try:
            pairs = [part.replace("–", "-").split("-") for part in self.hours.split(",") if part.strip()]
            return tuple(Span(_time(start), _time(end)) for start, end in pairs)
        except ValueError:
            return ()


def _time(text: str) -> time:
    return datetime.strptime(text.strip(), "%H:%M").time()
