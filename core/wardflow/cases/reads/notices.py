"""What somebody was told lately."""

from __future__ import annotations

from wardflow.cases.notes import OWN_NOTICES
from wardflow.cases.platform import Platform
from wardflow.cases.reads.views import NoticeRow, Words
from wardflow.cases.records import Case, Notice
from wardflow.domain.people import Actor
from wardflow.domain.reasons import Reason
from wardflow.permissions import kept_from

MOST = 8


def notices_for(platform: Platform, actor: Actor) -> tuple[NoticeRow, ...]:
    """The newest notices to a person, or to a role they hold, newest first."""
    queues = [(held.unit, held.role) for held in actor.holdings]
    found = platform.store.worklist.notices(actor.person, queues, MOST)
    rows = []
    for notice, case in found:
        if not kept_from(actor, case):
            rows.append(NoticeRow(case.code, notice.at, said_by(platform, notice, case)))
    return tuple(rows)


def said_by(platform: Platform, notice: Notice, case: Case) -> Words:
    """What a notice says: the desk's own in the platform's words, every other as the pack of its case words it."""
    if code := OWN_NOTICES.get(notice.notice):
        return Words(*(platform.wording(language).say(Reason(code, notice.facts)) for language in ("vi", "en")))
    kind = platform.library.matter_of(case).pack.notices[notice.notice]
    return Words(kind.vi, kind.en)
