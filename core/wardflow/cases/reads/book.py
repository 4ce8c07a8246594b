"""The register of a counter (form 07, Circular 03/2025/TT-VPCP): every case received there, its processing and its result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from wardflow.cases.platform import Platform
from wardflow.cases.reads.shared import case_standing, procedure_words, state_words, unit_words
from wardflow.cases.reads.views import Words
from wardflow.cases.records import Case
from wardflow.cases.snapshots import Snapshot
from wardflow.domain.channels import Channel
from wardflow.domain.legal_clock import Standing
from wardflow.domain.people import Actor
from wardflow.permissions import Question, require

LONGEST = timedelta(days=31)
MOST = 10_000
"""Lines that one file can hold: a busy commune receives about 2,400 cases a month."""


@dataclass(frozen=True, slots=True)
class BookRow:
    """One line of the register (form 07): receipt, processing, result."""

    number: int
    code: str
    procedure: Words
    applicant: str
    received_at: datetime
    channel: Channel
    due: datetime | None
    authority: Words
    returning: Words
    state: Words
    finished_at: datetime | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class Book:
    """The register of one counter, from a day to a day."""

    counter: str
    unit: Words
    first: date
    last: date
    rows: tuple[BookRow, ...]


def book(platform: Platform, actor: Actor, unit: str, first: date, last: date) -> Book:
    """The register from a day to a day, at most 31 of them; NotAllowed for anybody but the clerks of that counter.

    Only cases of packs that keep it (`[book]` in pack.toml) stand in it.
    """
    snapshot = platform.snapshot()
    today = snapshot.calendar.local(platform.now()).date()
    openers = {role for matter in platform.library.procedures(today).values() for role in matter.pack.openers}
    require(actor, "see_book", Question(openers=frozenset(openers), counter=unit))
    last = min(max(first, last), first + LONGEST)
    series = f"{platform.settings.code_prefix}.{platform.store.city.unit_number(unit):03d}-"
    begins, ends = (f"{series}{day:%y%m%d}-" for day in (first, last + timedelta(days=1)))
    found = (case for case in platform.store.worklist.received(begins, ends, MOST) if _kept(platform, case))
    channels = platform.store.channels.received(begins, ends)
    rows = tuple(
        _row(platform, case, number, snapshot, channels.get(case.id, Channel.COUNTER)) for number, case in enumerate(found, 1)
    )
    return Book(unit, unit_words(snapshot, unit), first, last, rows)


def _kept(platform: Platform, case: Case) -> bool:
    matter = platform.library.matter_of(case)
    return "book" in matter.pack.settings and not case.places.kept_from


def _row(platform: Platform, case: Case, number: int, snapshot: Snapshot, channel: Channel) -> BookRow:
    matter = platform.library.matter_of(case)
    return BookRow(
        number=number, code=case.code, procedure=procedure_words(matter), applicant=case.applicant_label,
        received_at=case.opened_at, channel=channel, due=case.due, authority=unit_words(snapshot, case.places.authority),
        returning=unit_words(snapshot, case.places.returning), state=state_words(matter, case.business_state),
        finished_at=case.finished_at, standing=case_standing(case, matter, snapshot, platform.now()),
    )
