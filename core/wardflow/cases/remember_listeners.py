"""Writes what the cases listen for that an earlier version opened, when there was no table for it yet; once an installation."""

from __future__ import annotations

from wardflow.cases.acting import take_up
from wardflow.cases.platform import Platform
from wardflow.cases.projections.listening import standing
from wardflow.cases.records import CaseStatus
from wardflow.cases.stepping import host
from wardflow.errors import WardflowError

BATCH = 200
TRIES = 4


def remember_listeners(platform: Platform) -> int:
    """How many cases were looked at; 0 once all are remembered. It may be broken off, and begun again, at any time."""
    messages, looked, last = platform.store.messages, 0, 0
    if messages.remembered():
        return 0
    while batch := messages.running(last, BATCH):
        for case_id in batch:
            _remember(platform, case_id)
        looked, last = looked + len(batch), batch[-1]
    messages.all_remembered()
    return looked


def _remember(platform: Platform, case_id: int) -> None:
    for _ in range(TRIES):
        try:
            held = take_up(platform, case_id)
            asked = host(platform, held.matter, held.snapshot)
            rows = standing(case_id, held.matter.pack, held.matter.definition, held.case.state, platform.now(), asked)
        except (WardflowError, KeyError):
            return    # one that cannot be read hears nothing either; `wardflow verify` names it
        running = held.case.status is CaseStatus.OPEN
        if not running or not rows or platform.store.messages.remember(case_id, held.case.version, tuple(rows.values())):
            return
