"""The authority register as its pages show it: who decides, by which paper; what is wrong; units, people, and what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wardflow.cases.library import Matter
from wardflow.cases.platform import Platform
from wardflow.cases.reads.shared import procedure_words
from wardflow.cases.reads.views import Words
from wardflow.cases.records import RegisterEntry
from wardflow.domain.instruments import FORMS
from wardflow.domain.names import folded
from wardflow.domain.overlaps import Trouble, ending, troubles
from wardflow.domain.people import Actor
from wardflow.domain.reasons import Reason
from wardflow.domain.register import Competence, Instrument, Person, Register, Unit
from wardflow.domain.units import Level
from wardflow.errors import AuthorityUnknown
from wardflow.permissions import Question, require

LOGGED = 50
FOUND = 40


@dataclass(frozen=True, slots=True)
class Decides:
    """The answer to "who may decide this procedure for this place on this date, and by which paper"."""

    procedure: str
    name: Words
    place: Unit
    on: date
    competence: Competence | None
    unit: Unit | None
    paper: Instrument | None
    others: tuple[Instrument, ...]
    """papers that list the procedure and do not decide it there that day"""


@dataclass(frozen=True, slots=True)
class Overview:
    """The register at a glance: procedures by form, what is wrong, what ends soon."""

    forms: tuple[tuple[int, int, tuple[Instrument, ...]], ...]
    """form, procedures in force, papers"""
    procedures: int
    troubles: tuple[Trouble, ...]
    ending: tuple[Instrument, ...]


def overview(platform: Platform, actor: Actor) -> Overview:
    """All instruments, by form."""
    register, today = _seen(platform, actor)
    by_form = {form: tuple(paper for paper in register.instruments if paper.form == form) for form in FORMS}
    counted = {form: sum(len(paper.items) for paper in papers if paper.holds_on(today)) for form, papers in by_form.items()}
    units = {unit.id: unit for unit in register.units}
    return Overview(
        tuple((form, counted[form], papers) for form, papers in by_form.items()), sum(counted.values()),
        troubles(register.instruments, units, today), ending(register.instruments, today, platform.settings.ending_days),
    )


def decides(platform: Platform, actor: Actor, procedure: str, place: str, on: date) -> Decides:
    """Who may decide; without a competence where nobody does there that day. UnitUnknown for a place nobody knows."""
    register, _ = _seen(platform, actor)
    matter = platform.library.procedures(on).get(procedure)
    papers = [paper for paper in register.instruments if any(item.procedure == procedure for item in paper.items)]
    try:
        found = register.authority(procedure, _level(matter, papers, register), register.unit(place).id, on)
    except AuthorityUnknown:
        found = None
    paper = register.instrument(found.paper) if found is not None and found.paper else None
    return Decides(
        procedure, _name(procedure, matter, papers), register.unit(place), on, found,
        register.unit(found.unit) if found else None, paper, tuple(one for one in papers if one != paper),
    )


def known_procedures(platform: Platform, actor: Actor) -> tuple[tuple[str, Words], ...]:
    """Every procedure that can be filed today or that a paper lists, by code."""
    register, today = _seen(platform, actor)
    found = {item.procedure: Words(item.name, item.name_en) for paper in register.instruments for item in paper.items}
    found |= {code: procedure_words(matter) for code, matter in platform.library.procedures(today).items()}
    return tuple(sorted(found.items()))


def capabilities(platform: Platform, actor: Actor) -> tuple[tuple[str, Words], ...]:
    """Every kind of capability: those that packs name and those the register holds."""
    register, today = _seen(platform, actor)
    found = {row.kind: Words(row.kind, row.kind) for row in register.capabilities}
    found |= {rule.needs: Words(rule.needs, rule.needs) for rule in register.fallbacks}
    for matter in platform.library.procedures(today).values():
        found |= {kind: Words(named.vi, named.en) for kind, named in matter.pack.capabilities.items()}
    return tuple(sorted(found.items()))


def people_called(platform: Platform, actor: Actor, text: str) -> tuple[Person, ...]:
    """The first people whose name, without tones, or whose id holds the text."""
    register, _ = _seen(platform, actor)
    wanted = folded(text)
    if not wanted:
        return ()
    found = (one for one in register.people if wanted in folded(one.name) or wanted in one.id)
    return tuple(one for one, _ in zip(found, range(FOUND), strict=False))


def changes(platform: Platform, actor: Actor) -> Sequence[tuple[RegisterEntry, str, Reason]]:
    """The newest changes, each with who made it and what it was."""
    _seen(platform, actor)
    snapshot = platform.snapshot()
    return [
        (entry, snapshot.name_of(entry.by), Reason(f"register.{entry.kind}", entry.facts))
        for entry in platform.store.register_log.newest(LOGGED)
    ]


def _seen(platform: Platform, actor: Actor) -> tuple[Register, date]:
    snapshot = platform.snapshot()
    require(actor, "see_register", Question(register=snapshot.register))
    return snapshot.register, snapshot.calendar.local(platform.now()).date()


def _level(matter: Matter | None, papers: Sequence[Instrument], register: Register) -> str:
    """The level on which the law lets it be decided; who gave the power away is the best witness where no record says it."""
    if matter is not None:
        return matter.procedure.level
    return register.unit(papers[0].delegator).level if papers else Level.COMMUNE


def _name(procedure: str, matter: Matter | None, papers: Sequence[Instrument]) -> Words:
    if matter is not None:
        return procedure_words(matter)
    listed = (item for paper in papers for item in paper.items if item.procedure == procedure)
    item = next(listed, None)
    return Words(item.name, item.name_en) if item else Words(procedure, procedure)
