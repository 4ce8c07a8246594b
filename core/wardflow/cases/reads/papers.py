"""The bytes of a paper: an attachment as it came, a slip rendered when it is first opened and kept from then on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from wardflow.cases.acting import nearby, take_up
from wardflow.cases.platform import Platform
from wardflow.cases.records import Document
from wardflow.cases.slip_data import slip_data
from wardflow.domain.people import Actor
from wardflow.errors import DocumentUnknown
from wardflow.permissions import require

UNDER_WAY = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Opened:
    """A paper ready to be sent to a browser."""

    name: str
    media_type: str
    content: bytes
    inline: bool


def open_document(platform: Platform, actor: Actor, code: str, document: str) -> Opened:
    """The paper of a case that the actor may see; DocumentUnknown where there is none."""
    held = take_up(platform, platform.store.cases.id_of(code))
    require(actor, "open_document", nearby(platform, held))
    return opened(platform, held.case.id, code, document)


def opened(platform: Platform, case_id: int, code: str, document: str) -> Opened:
    """The paper, for a read that has asked whether it may be seen."""
    paper = next((p for p in platform.store.papers.documents(case_id) if p.document == document), None)
    if paper is None:
        raise DocumentUnknown(case=code, document=document)
    content = platform.blobs.get(paper.sha256) if paper.sha256 else _render(platform, case_id, paper)
    return Opened(_file_name(code, paper), paper.media_type, content, inline=paper.kind == "slip")


def _render(platform: Platform, case_id: int, paper: Document) -> bytes:
    held = take_up(platform, case_id)
    slip = held.matter.pack.slips[paper.facts["slip"]]
    content = platform.press(slip.template, slip_data(platform, held, paper))
    # while a decision over many cases may still be under way, its list is not complete
    if "joint" not in paper.facts or platform.now() - paper.at > UNDER_WAY:
        platform.store.papers.rendered(case_id, paper.document, platform.blobs.put(content), len(content))
    return content


def _file_name(code: str, paper: Document) -> str:
    return f"{code}-{paper.document}.pdf" if paper.kind == "slip" else paper.name
