"""By which rules the legal clock of a procedure runs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from wardflow import feel
from wardflow.domain.calendar import Calendar
from wardflow.domain.legal_clock import ClockRules
from wardflow.packs.extension import Extension
from wardflow.packs.pack import Pack
from wardflow.packs.procedure import Procedure


def extension_of(pack: Pack, procedure: Procedure | None) -> Extension | None:
    """How the time limit may be extended: as the procedure says, else as its pack says; None where it may not."""
    own = procedure.extension if procedure else None
    return own or pack.extension


def time_rules(pack: Pack, procedure: Procedure | None) -> ClockRules:
    """The cut-off of the procedure, how it treats the last hour, and who may extend."""
    extension = extension_of(pack, procedure)
    return ClockRules(
        cutoff=procedure.cutoff if procedure else None,
        last_hour=procedure.last_hour if procedure else False,
        extension=extension.rules if extension else None,
    )


def due_day(written: str, data: Mapping[str, Any], calendar: Calendar, now: datetime) -> date | None:
    """The day that a wf:until names, None where its expression gives none yet."""
    value = feel.to_json(feel.evaluate(written.removeprefix("=").strip(), data, calendar=calendar, now=now))
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None
