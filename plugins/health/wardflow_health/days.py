"""Days as forms write them, counted in months and years."""

from __future__ import annotations

from datetime import date
from typing import Any


def day(value: Any) -> date | None:
    """The day of a field, or None where it holds none."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def months_between(first: date, last: date) -> int:
    """Whole months from one day to another; fewer than none where the first is later."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - (last.day < first.day)


def years_between(first: date, last: date) -> int:
    """Whole years from one day to another."""
    return months_between(first, last) // 12
