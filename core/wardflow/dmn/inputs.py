"""Inputs as the types want them: texts of JSON read as the dates and durations they stand for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wardflow.feel.temporal_text import read_date, read_date_time, read_duration, read_time
from wardflow.feel.types import DATE, DATE_TIME, DAYS_TIME, TIME, YEARS_MONTHS, ListOf, Restricted, Type

READERS: dict[Type, Callable[[str], Any]] = {
    DATE: read_date,
    TIME: read_time,
    DATE_TIME: read_date_time,
    DAYS_TIME: read_duration,
    YEARS_MONTHS: read_duration,
}


def read_as(value: Any, type_: Type | None) -> Any:
    """The value with ISO texts read as the dates or durations that the type asks for, as JSON cannot hold them."""
    base = type_.base if isinstance(type_, Restricted) else type_
    if isinstance(base, ListOf) and isinstance(value, list):
        return [read_as(item, base.item) for item in value]
    entries = getattr(base, "entries", None)
    if entries and isinstance(value, dict):
        types = dict(entries)
        return {key: read_as(item, types.get(key)) for key, item in value.items()}
    reader = READERS.get(base) if isinstance(value, str) and base is not None else None
    found = reader(value) if reader is not None else None
    return value if found is None else found
