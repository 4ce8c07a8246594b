"""Attaches a file to a case; what a file is, its bytes say and not its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wardflow.cases.acting import Held, again_when_moved, nearby, running, take_up
from wardflow.cases.commit import record
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case, Document
from wardflow.cases.situation import Happening
from wardflow.domain.people import Actor
from wardflow.permissions import require

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way in: kept by content already, not yet part of a case."""

    name: str
    sha256: str
    size: int
    media_type: str

    def reference(self) -> Mapping[str, Any]:
        """How a form's value refers to it."""
        return {"attachment": self.sha256, "name": self.name, "size": self.size, "type": self.media_type, "sha256": self.sha256}


def take_in(platform: Platform, name: str, content: bytes) -> Upload:
    """The file, checked by its bytes and kept; FileTooLarge or FileKindRefused say why it is not taken."""
    media_type = platform.judge(content)
    shown = name.replace("\\", "/").rsplit("/", 1)[-1].strip()[-LONGEST_NAME:] or "tệp"
    return Upload(shown, platform.blobs.put(content), len(content), media_type)


def papers(platform: Platform, actor: Actor, case: Case, uploads: Sequence[Upload], node: str = "") -> tuple[Document, ...]:
    """The papers that come in with an act after which the case stands so."""
    return tuple(
        Document(
            case.id, f"file-{case.audit_seq}-{place}", "attachment", upload.name, "", node, platform.now(), actor.person,
            upload.media_type, upload.size, upload.sha256, {},
        )
        for place, upload in enumerate(uploads, 1)
    )


@again_when_moved
def attach_document(platform: Platform, actor: Actor, case_id: int, upload: Upload, node: str = "") -> Case:
    """The case with one more paper."""
    held = take_up(platform, case_id)
    require(actor, "attach_document", nearby(platform, held))
    running(held)
    return attached(platform, actor, held, upload, node)


def attached(platform: Platform, actor: Actor, held: Held, upload: Upload, node: str) -> Case:
    """The case with one more paper, for an act that has asked whether it may be."""
    change = record(held.case, Happening("document_attached", node, {"name": upload.name}), platform, actor)
    paper = Document(
        held.case.id, f"file-{change.case.audit_seq}", "attachment", upload.name, "", node, platform.now(), actor.person,
        upload.media_type, upload.size, upload.sha256, {},
    )
    return platform.store.cases.apply(replace(change, documents=(paper,)))
