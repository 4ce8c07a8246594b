"""Changes one day of the working calendar; every due date computed from then on follows it."""

from __future__ import annotations

from datetime import date

from wardflow.cases.platform import Platform
from wardflow.domain.calendar import Day
from wardflow.domain.people import Actor
from wardflow.permissions import Question, require


def edit_calendar(platform: Platform, actor: Actor, day: date, exception: Day | None) -> None:
    """Nothing; with None the day is again what its weekday is."""
    require(actor, "edit_calendar", Question())
    platform.store.city.set_day(day, exception)
