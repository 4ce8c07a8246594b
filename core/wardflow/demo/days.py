"""The exceptions of the working week: public holidays of a country, then the folder's own rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import holidays

from wardflow.domain.calendar import Day, DayKind


def calendar_days(described: Mapping[str, Any]) -> dict[date, Day]:
    """Every day that is not as its weekday, by date."""
    country, years = described["country"], described["years"]
    named = holidays.country_holidays(country, years=years, language=described["language"])
    english = holidays.country_holidays(country, years=years, language=described["language_en"])
    days = {day: Day(_kind(name, described), name, None, _day_first(english.get(day, ""))) for day, name in sorted(named.items())}
    worked = (day for day in named.weekend_workdays if day.year in years)
    made_up = Day(DayKind.MADE_UP, described["worked_name"], None, described["worked_name_en"])
    days |= dict.fromkeys(sorted(worked), made_up)
    own = {row["day"]: Day(DayKind(row["kind"]), row["name"], None, row.get("name_en", "")) for row in described["day"]}
    return {**days, **own}


def _day_first(name: str) -> str:
    """A name with the dates in it written as everywhere here, the day before the month."""
    return re.sub(r"\b(\d{2})/(\d{2})/(\d{4})\b", r"\2/\1/\3", name)


def _kind(name: str, described: Mapping[str, Any]) -> DayKind:
    return DayKind.SWAP_OFF if any(words in name for words in described["swap_words"]) else DayKind.HOLIDAY
