"""What colleagues tell one another about a case: the notices of the desk itself, which no pack names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wardflow.cases.counter_records import Bundle
from wardflow.cases.projections.notices import MOST
from wardflow.cases.records import Case, Change, Notice
from wardflow.domain.people import Actor

MENTIONED, HANDED, MISSED = "desk.mentioned", "desk.handed", "desk.missed"
OWN_NOTICES: Mapping[str, str] = {MENTIONED: "notice.mentioned", HANDED: "notice.handed", MISSED: "notice.missed"}
"""The notices of the desk, each with the reason that has its words."""


def handed(change: Change, to: str, actor: Actor, case: Case) -> tuple[Notice, ...]:
    """Tells somebody that a task is theirs now."""
    return _told(HANDED, change, (to,), actor, case)


def mentioned(change: Change, people: Iterable[str], actor: Actor, case: Case) -> tuple[Notice, ...]:
    """Tells people that a note names them."""
    return _told(MENTIONED, change, people, actor, case)


def missed(change: Change, bundle: Bundle, openers: Iterable[str], actor: Actor, case: Case) -> tuple[Notice, ...]:
    """Tells the counter that sent a bundle, and whoever sent it, that the papers of a case did not arrive."""
    facts = {"code": case.code, "by": actor.name, "bundle": bundle.id}
    to: list[tuple[str | None, str, str]] = [(bundle.sent_by, "", ""), *((None, role, bundle.from_unit) for role in sorted(openers))]
    return tuple(
        Notice(change.entry.seq * MOST + place, MISSED, person, role, unit, change.entry.at, facts)
        for place, (person, role, unit) in enumerate(to[:MOST])
    )


def _told(name: str, change: Change, people: Iterable[str], actor: Actor, case: Case) -> tuple[Notice, ...]:
    others = [person for person in dict.fromkeys(people) if person != actor.person][:MOST]
    return tuple(
        Notice(change.entry.seq * MOST + place, name, person, "", "", change.entry.at, {"code": case.code, "by": actor.name})
        for place, person in enumerate(others)
    )
