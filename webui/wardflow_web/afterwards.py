"""The real time of what is entered afterwards, as a form tells it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from flask import request
from wardflow.cases.back_entry import Real
from wardflow.counter_errors import BackEntryRefused
from wardflow.domain.reasons import Reason

from wardflow_web.visitor import platform

NAMES = {"_real_on": "received_on", "_real_time": "received_time", "_real_why": "late_why"}
"""The fields beside the form of a step, and what they are called on the sheet of the counter."""


def of_step() -> Real | None:
    """The real time of a step, as it was typed beside its form; None where nothing was, BackEntryRefused where nobody can read it."""
    typed = {name: request.form.get(field, "").strip() for field, name in NAMES.items()}
    if not any(typed.values()):
        return None
    try:
        day = datetime.strptime(typed["received_on"], "%d/%m/%Y").date().isoformat()
    except ValueError:
        day = ""
    real = real_time({**typed, "received_on": day, "late": True})
    if real is None:
        raise BackEntryRefused(why=Reason("back-entry.unreadable"))
    return real


def real_time(told: Mapping[str, Any]) -> Real | None:
    """When it really was, by the clock on the wall; None where it is entered as it happens, or nobody can read the day or the time."""
    if told.get("late") is not True:
        return None
    try:
        day, hour = date.fromisoformat(str(told["received_on"])), time.fromisoformat(str(told["received_time"]))
    except (KeyError, ValueError):
        return None
    return Real(datetime.combine(day, hour.replace(tzinfo=None), platform().settings.zone), str(told.get("late_why", "")))
