"""Incidents of a step: what stopped, and tasks that nobody can do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from wardflow.cases.records import Case, Incident, Task
from wardflow.cases.situation import Situation
from wardflow.engine import IncidentRaised, Step


def raised(case: Case, step: Step, tasks: Iterable[Task], situation: Situation) -> tuple[Incident, ...]:
    """The incidents that somebody has to look at."""
    stopped = [
        Incident(case.audit_seq, effect.code, effect.node, dict(effect.facts), situation.now)
        for effect in step.of(IncidentRaised)
    ]
    nobody = [
        Incident(case.audit_seq, reason.code, task.node, {**reason.facts, "task": task.task}, situation.now)
        for task in tasks
        for reason in task.reasons
        if reason.code == "routing.nobody"
    ]
    return tuple(replace(incident, place=place) for place, incident in enumerate((*stopped, *nobody)))
