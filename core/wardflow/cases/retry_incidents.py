"""Tries every step again that one cause has stopped, each in an act of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wardflow.cases.platform import Platform
from wardflow.cases.retry_incident import retry_incident
from wardflow.domain.people import Actor
from wardflow.errors import CaseEnded, CaseMoved, IncidentGone, NothingToRetry, ReasonMissing

BULK = 1
"""The rank of jobs that are set going again together: what a person waits for goes before them."""


@dataclass(frozen=True, slots=True)
class Retried:
    """How many steps were tried again, and how many were no longer to be."""

    again: int
    left: int


def retry_incidents(platform: Platform, actor: Actor, standing: Iterable[tuple[int, str]], reason: str) -> Retried:
    """What became of the incidents (case, key); one that somebody else was faster with holds up no other."""
    if not reason.strip():
        raise ReasonMissing()
    again = left = 0
    for case_id, incident in standing:
        try:
            retry_incident(platform, actor, case_id, incident, reason, rank=BULK)
        except (IncidentGone, NothingToRetry, CaseEnded, CaseMoved):
            left += 1
        else:
            again += 1
    return Retried(again, left)
