"""The daily digest: everything a person was warned of on one day, by kind of warning."""

from __future__ import annotations

from datetime import date, time, timedelta

from wardflow.cases.platform import Platform
from wardflow.cases.reads.shared import case_row
from wardflow.cases.reads.views import CaseRow, Digest, Words
from wardflow.cases.records import Case, Notice
from wardflow.domain.people import Actor
from wardflow.permissions import kept_from

DAY = timedelta(days=1)
MOST = 500
"""Warnings that a page can hold; nobody reads more of them in a day."""


def digest(platform: Platform, actor: Actor, day: date | None = None) -> Digest:
    """The warnings of a day, today where none is named."""
    snapshot = platform.snapshot()
    today = snapshot.calendar.day_of(platform.now())
    shown = min(day or today, today)
    groups: dict[tuple[str, str], tuple[Words, list[CaseRow]]] = {}
    for notice, case in warnings_of(platform, actor, shown):
        kind = platform.library.matter_of(case).pack.notices[notice.notice]
        _, rows = groups.setdefault((kind.vi, kind.en), (Words(kind.vi, kind.en), []))
        rows.append(case_row(platform, case, snapshot))
    listed = tuple((words, tuple(rows)) for words, rows in groups.values())
    return Digest(shown, listed, shown - DAY, shown + DAY if shown < today else None)


def warnings_of(platform: Platform, actor: Actor, day: date) -> list[tuple[Notice, Case]]:
    """The notices of early warnings that a person was sent on a day, oldest first."""
    calendar = platform.snapshot().calendar
    queues = [(held.unit, held.role) for held in actor.holdings]
    since, until = (calendar.at(each, time()) for each in (day, day + DAY))
    found = platform.store.worklist.told_between(actor.person, queues, since, until, MOST)
    return [(notice, case) for notice, case in found if not kept_from(actor, case) and _warns(platform, notice, case)]


def _warns(platform: Platform, notice: Notice, case: Case) -> bool:
    pack = platform.library.matter_of(case).pack
    return any(notice.notice in warning.notices for warning in pack.warnings)
