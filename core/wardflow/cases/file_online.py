"""Files a case over the public pages: by somebody with an account, by whoever proved an e-mail address, or by anybody where the record is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wardflow.cases.attach_document import Upload
from wardflow.cases.open_case import Opened, opened
from wardflow.cases.opening import Opening
from wardflow.cases.platform import Platform
from wardflow.cases.records import NEW_APPLICANT
from wardflow.domain.channels import Channel
from wardflow.domain.people import Actor
from wardflow.errors import NotFiledOnline
from wardflow.packs import Online
from wardflow.permissions import Question, require

STRANGER = Actor("", "")


def file_online(
    platform: Platform, actor: Actor | None, opening: Opening, uploads: Sequence[Upload], *, key: str, address: str = ""
) -> Opened:
    """The new case with its uploads; `address` is the proved one of a filer without an account, who is a new applicant.

    The same `key` again answers with the case it opened before. NotFiledOnline where the record does not allow it,
    FormRefused with every objection; nothing is written then.
    """
    if before := platform.store.cases.opened_with(key):
        return Opened(before.id, before.code, before.tracking)
    snapshot = platform.snapshot()
    matter = platform.library.procedure(opening.procedure, snapshot.calendar.local(platform.now()).date())
    opening = replace(opening, way=replace(opening.way, channel=Channel.ONLINE))
    online = matter.procedure.online
    if online is None:
        raise NotFiledOnline(procedure=opening.procedure)
    proved = online is Online.OPEN or (bool(address) and online is Online.EMAIL)
    person = actor.person if actor else None
    require(actor or STRANGER, "file_online", Question(own_only=person, proved=proved))
    if person:
        return opened(platform, actor or STRANGER, matter, replace(opening, applicant_person=person), key=key, uploads=uploads)
    # a number typed by a stranger is no proof of who they are: their record is a new one and touches nobody's
    applicant = {name: value for name, value in opening.applicant.items() if name != "email"} | ({"email": address} if address else {})
    filer = Actor(NEW_APPLICANT, str(applicant.get("full_name", "")))
    return opened(platform, filer, matter, replace(opening, applicant=applicant, stranger=True), key=key, uploads=uploads)
