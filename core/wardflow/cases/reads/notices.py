"""What somebody was told lately."""

from __future__ import annotations

from wardflow.cases.platform import Platform
from wardflow.cases.reads.views import NoticeRow, Words
from wardflow.domain.people import Actor
from wardflow.permissions import kept_from

MOST = 8


def notices_for(platform: Platform, actor: Actor) -> tuple[NoticeRow, ...]:
    """The newest notices to a person, or to a role they hold, newest first."""
    queues = [(held.unit, held.role) for held in actor.holdings]
    found = platform.store.worklist.notices(actor.person, queues, MOST)
    rows = []
    for notice, case in found:
        if kept_from(actor, case):
            continue
        kind = platform.library.matter_of(case).pack.notices[notice.notice]
        rows.append(NoticeRow(case.code, notice.at, Words(kind.vi, kind.en)))
    return tuple(rows)
