"""Files a case for a citizen who was helped: it is theirs, and who helped is written down and learns no more of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wardflow.cases.attach_document import Upload
from wardflow.cases.library import Matter
from wardflow.cases.open_case import Opened, opened
from wardflow.cases.opening import Opening
from wardflow.cases.platform import Platform
from wardflow.domain.channels import Channel
from wardflow.domain.names import folded
from wardflow.domain.people import Actor
from wardflow.errors import NotFiledOnline
from wardflow.packs import Online
from wardflow.permissions import Question, require


def assist_filing(platform: Platform, actor: Actor, opening: Opening, uploads: Sequence[Upload], *, key: str) -> Opened:
    """The new case with its uploads; `opening.support` is the unit in which the actor helps.

    The same `key` again answers with the case it opened before. NotFiledOnline where the record does not allow it or the
    matter is kept from others, NotAllowed for who helps nowhere, FormRefused with every objection; nothing is written then.
    """
    if before := platform.store.cases.opened_with(key):
        return Opened(before.id, before.code, before.tracking)
    require(actor, "assist_filing", Question(counter=opening.support))
    matter = platform.library.procedure(opening.procedure, platform.snapshot().calendar.day_of(platform.now()))
    if not can_be_helped(matter):
        raise NotFiledOnline(procedure=opening.procedure)
    way = replace(opening.way, channel=Channel.ASSISTED, helper_name=actor.name, helper_person=actor.person)
    helped = replace(opening, way=way, applicant_person=None, stranger=_is_somebody_else(platform, opening))
    return opened(platform, actor, matter, helped, key=key, uploads=uploads)


def can_be_helped(matter: Matter) -> bool:
    """True for what is filed online in one's own name; a matter that is kept from others passes through no other hands."""
    online = matter.procedure.online in (Online.ACCOUNT, Online.EMAIL)
    return online and not matter.procedure.sealed_for and not matter.procedure.confidential


def _is_somebody_else(platform: Platform, opening: Opening) -> bool:
    """True where the number is known under another name: a slip of the finger puts no case among a stranger's."""
    known = platform.store.applicants.find(str(opening.applicant.get("id_number", "")))
    return known is not None and folded(known.full_name) != folded(str(opening.applicant.get("full_name", "")))
