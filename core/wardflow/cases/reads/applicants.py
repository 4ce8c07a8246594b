"""Who files is looked up at a counter: by a whole number, or by a name among those who filed there before; nobody is browsed."""

from __future__ import annotations

from dataclasses import dataclass

from wardflow.cases.applicant_ports import Applicant
from wardflow.cases.platform import Platform
from wardflow.cases.reads.finding import scopes
from wardflow.cases.slip_data import masked
from wardflow.domain.names import figures, folded
from wardflow.domain.people import Actor
from wardflow.permissions import Question, require

MOST = 8
"""More people of one name are told apart by a number, never listed."""
LOOKED_AT = 60
FEWEST_FIGURES = 9
FEWEST_WORDS, FEWEST_LETTERS = 2, 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be meant: enough to ask the person at the counter, no more."""

    id: int
    name: str
    id_number: str
    """with its last figures only"""
    phone: str
    """with its last figures only"""
    address: str


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a search for an applicant found."""

    people: tuple[Candidate, ...] = ()
    too_short: bool = False
    """a name of one word, or part of a number, finds nobody"""
    too_many: bool = False
    """there are more than may be listed"""


def look_up(platform: Platform, actor: Actor, text: str) -> Lookup:
    """Who may be meant by a whole identity or telephone number, or by a name; NotAllowed for anybody but those who receive cases."""
    require(actor, "find_applicant", Question(openers=openers(platform)))
    number, name = figures(text), folded(text)
    if not any(c.isalpha() for c in name):
        return _shown(_by_number(platform, text, number)) if len(number) >= FEWEST_FIGURES else Lookup(too_short=True)
    if len(name.split()) < FEWEST_WORDS or len(name) < FEWEST_LETTERS:
        return Lookup(too_short=True)
    return _shown(_by_name(platform, actor, name))


def known_applicant(platform: Platform, actor: Actor, text: str, id: int) -> Applicant | None:
    """One of those that the same search finds; None for anybody else, so that no number opens a record by itself."""
    if id not in {each.id for each in look_up(platform, actor, text).people}:
        return None
    return next(iter(platform.store.applicants.of([id])), None)


def openers(platform: Platform) -> frozenset[str]:
    """The roles that receive cases of any procedure in force."""
    today = platform.snapshot().calendar.day_of(platform.now())
    return frozenset(role for matter in platform.library.procedures(today).values() for role in matter.pack.openers)


def _by_number(platform: Platform, text: str, number: str) -> list[Applicant]:
    known = platform.store.applicants.find("".join(text.split())) or platform.store.applicants.find(number)
    found = [known] if known else []
    return [*found, *(each for each in platform.store.applicants.with_phone(number, MOST + 1) if known is None or each.id != known.id)]


def _by_name(platform: Platform, actor: Actor, name: str) -> list[Applicant]:
    """Those in whose name a case was received, returned or decided where the clerk works: confidential cases are found by nobody."""
    units = scopes(actor, platform.snapshot())
    cases = platform.store.finding.cases(name.split(), units, LOOKED_AT)
    # a case is found by its code too; here only what the applicant is called counts
    called = [case for case in cases if set(name.split()[:-1]) <= set(folded(case.applicant_label).split())]
    found = platform.store.applicants.of(list(dict.fromkeys(case.applicant_id for case in called)))
    return [each for each in found if each.full_name and each.id_number]


def _shown(found: list[Applicant]) -> Lookup:
    if len(found) > MOST:
        return Lookup(too_many=True)
    return Lookup(tuple(map(_candidate, found)))


def _candidate(known: Applicant) -> Candidate:
    return Candidate(
        known.id, known.full_name, masked(known.id_number), masked(str(known.facts.get("phone") or "")),
        str(known.facts.get("address") or ""),
    )
