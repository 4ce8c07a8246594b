"""What colleagues tell one another about a case: the notices of the desk itself, which no pack names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wardflow.cases.projections.notices import MOST
from wardflow.cases.records import Case, Change, Notice
from wardflow.domain.people import Actor

MENTIONED, HANDED = "desk.mentioned", "desk.handed"
OWN_NOTICES: Mapping[str, str] = {MENTIONED: "notice.mentioned", HANDED: "notice.handed"}
"""The notices of the desk, each with the reason that has its words."""


def handed(change: Change, to: str, actor: Actor, case: Case) -> tuple[Notice, ...]:
    """Tells somebody that a task is theirs now."""
    return _told(HANDED, change, (to,), actor, case)


def mentioned(change: Change, people: Iterable[str], actor: Actor, case: Case) -> tuple[Notice, ...]:
    """Tells people that a note names them."""
    return _told(MENTIONED, change, people, actor, case)


def _told(name: str, change: Change, people: Iterable[str], actor: Actor, case: Case) -> tuple[Notice, ...]:
    others = [person for person in dict.fromkeys(people) if person != actor.person][:MOST]
    return tuple(
        Notice(change.entry.seq * MOST + place, name, person, "", "", change.entry.at, {"code": case.code, "by": actor.name})
        for place, person in enumerate(others)
    )
