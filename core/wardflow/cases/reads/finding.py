"""Cases found by what is typed: only those the reader may see, and never by anything sealed."""

from __future__ import annotations

from wardflow.cases.platform import Platform
from wardflow.cases.reads.shared import case_row
from wardflow.cases.reads.views import CaseRow
from wardflow.cases.snapshots import Snapshot
from wardflow.domain.names import folded
from wardflow.domain.people import Actor
from wardflow.domain.words_of_case import words_typed
from wardflow.permissions import Question, may

MOST = 12
SHORTEST = 2
"""One letter finds everybody, so nobody."""


def found_cases(platform: Platform, actor: Actor, text: str, snapshot: Snapshot, most: int = MOST) -> tuple[CaseRow, ...]:
    """The cases whose code, applicant's name, telephone or number begin with each word that was typed."""
    words = words_typed(text)
    if not words or len("".join(words)) < SHORTEST:
        return ()
    cases = platform.store.finding.cases(words, scopes(actor, snapshot), most)
    seen = (case for case in cases if may(actor, "see_case", Question(case, register=snapshot.register)))
    return tuple(case_row(platform, case, snapshot) for case in seen)


def scopes(actor: Actor, snapshot: Snapshot) -> tuple[str, ...]:
    """The units whose cases a person may look for: their own, and the authorities whose offices they work in."""
    register = snapshot.register
    above = (register.unit(unit).parent for unit in sorted(actor.units) if register.has(unit))
    return tuple(dict.fromkeys((*sorted(actor.units), *(unit for unit in above if unit))))


def named(platform: Platform, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The procedures and the steps whose name holds what was typed, tone marks apart."""
    wanted = folded(text)
    matters = platform.library.procedures(platform.snapshot().calendar.day_of(platform.now()))
    procedures = tuple(code for code, matter in matters.items() if wanted in folded(f"{matter.procedure.name}\n{matter.procedure.name_en}"))
    packs = {matter.pack.digest: matter for matter in matters.values()}
    steps = {
        node.id for matter in packs.values() for node in matter.definition.nodes.values()
        if node.name and wanted in folded(f"{node.name}\n{node.attributes.get('nameEn', '')}")
    }
    return procedures, tuple(sorted(steps))
