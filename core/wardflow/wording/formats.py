"""How a value looks in a sentence: dates, money, numbers, counts, lengths of time."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from zoneinfo import ZoneInfo

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
"""Used when the caller names no zone; the app passes the one from its settings."""

WEEKDAYS: Mapping[str, tuple[str, ...]] = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_LIMITS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "vi": {"wd": ("ngày làm việc",), "wh": ("giờ làm việc",), "d": ("ngày",)},
    "en": {"wd": ("working day", "working days"), "wh": ("working hour", "working hours"), "d": ("day", "days")},
}
_LENGTHS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "vi": (("giờ",), ("phút",)),
    "en": (("hour", "hours"), ("minute", "minutes")),
}


def moment(value: object, zone: ZoneInfo = HANOI) -> datetime.datetime | datetime.date:
    """The date, or the moment on the wall clock of the zone, that a fact holds."""
    if isinstance(value, str):
        value = datetime.date.fromisoformat(value) if len(value) == 10 else datetime.datetime.fromisoformat(value)
    if isinstance(value, datetime.datetime):
        return value.astimezone(zone) if value.tzinfo else value
    if isinstance(value, datetime.date):
        return value
    raise ValueError(f"not a date: {value!r}")


def date(value: object, zone: ZoneInfo = HANOI) -> str:
    """21/09/2026, in both languages."""
    return moment(value, zone).strftime("%d/%m/%Y")


def day_month(value: object, zone: ZoneInfo = HANOI) -> str:
    """21/09, for lists of days in one year."""
    return moment(value, zone).strftime("%d/%m")


def date_time(value: object, zone: ZoneInfo = HANOI) -> str:
    """21/09/2026, 17:00; a plain date stays a date."""
    found = moment(value, zone)
    return found.strftime("%d/%m/%Y, %H:%M") if isinstance(found, datetime.datetime) else date(found)


def clock_time(value: object, zone: ZoneInfo = HANOI) -> str:
    """17:00."""
    if isinstance(value, str) and ":" in value[:3]:
        return datetime.time.fromisoformat(value).strftime("%H:%M")
    return moment(value, zone).strftime("%H:%M")


def weekday(value: object, language: str, zone: ZoneInfo = HANOI) -> str:
    """The name of a weekday, from a date or from its number, Monday being 0."""
    day = value if isinstance(value, int) else moment(value, zone).weekday()
    return WEEKDAYS[language][day]


def money(value: object) -> str:
    """350.000 ₫, in both languages; the đồng has no smaller coin."""
    return f"{Decimal(str(value)).quantize(Decimal(1)):,}".replace(",", ".") + "\u00a0₫"


def number(value: object, language: str = "vi") -> str:
    """1.234,5 in Vietnamese, 1,234.5 in English; no zeros that say nothing."""
    exact = Decimal(str(value))
    plain = f"{exact.normalize():,f}" if exact else "0"
    return plain if language == "en" else plain.translate(str.maketrans(",.", ".,"))


def count(value: object, forms: tuple[str, ...], language: str = "vi") -> str:
    """5 working days; with one form the thing has no plural."""
    return f"{number(value, language)} {forms[0] if Decimal(str(value)) == 1 else forms[-1]}"


def limit(value: object, language: str) -> str:
    """"5 wd" as 5 ngày làm việc."""
    amount, unit = str(value).split()
    return count(amount, _LIMITS[language][unit], language)


def duration(minutes: object, language: str) -> str:
    """1 giờ 40 phút, from minutes."""
    pair = divmod(int(str(minutes)), 60)
    parts = [count(n, forms, language) for n, forms in zip(pair, _LENGTHS[language], strict=True) if n]
    return " ".join(parts) or count(0, _LENGTHS[language][1], language)
