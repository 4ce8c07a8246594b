"""The real time of what is entered afterwards, as a form tells it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from wardflow.cases.back_entry import Real

from wardflow_web.visitor import platform


def real_time(told: Mapping[str, Any]) -> Real | None:
    """When it really was, by the clock on the wall; None where it is entered as it happens, or nobody can read the day or the time."""
    if told.get("late") is not True:
        return None
    try:
        day, hour = date.fromisoformat(str(told["received_on"])), time.fromisoformat(str(told["received_time"]))
    except (KeyError, ValueError):
        return None
    return Real(datetime.combine(day, hour.replace(tzinfo=None), platform().settings.zone), str(told.get("late_why", "")))
