"""One decision over several cases: which steps may be done so, and the list that its paper carries."""

from __future__ import annotations

from typing import Any

from wardflow.cases.acting import Held, take_up
from wardflow.cases.library import Matter
from wardflow.cases.platform import Platform
from wardflow.cases.records import Document
from wardflow.cases.slip_lines import cells, headings
from wardflow.engine import Node
from wardflow.packs import Slip

COUNT = "{count}"


def slip_of(matter: Matter, node: Node) -> Slip | None:
    """The paper that a step signs for several cases at once; None where each case is decided by itself."""
    return next((slip for slip in matter.pack.slips.values() if slip.annex and slip.signed_by == node.element), None)


def listed(platform: Platform, key: str, slip: str) -> tuple[tuple[Held, Document], ...]:
    """The cases that one decision is about, each with its own copy of the paper, in the order they were decided."""
    papers = (paper for paper in platform.store.papers.joint(key) if paper.facts.get("slip") == slip)
    found = ((take_up(platform, paper.case_id), paper) for paper in papers)
    return tuple(sorted(found, key=lambda pair: (pair[1].at, pair[0].case.code)))


def list_of(platform: Platform, slip: Slip, paper: Document) -> dict[str, Any]:
    """What a paper says beside its own case when it decides several: the list, and what it is about altogether."""
    if "joint" not in paper.facts:
        return {}
    cases = listed(platform, paper.facts["joint"], slip.id)
    words: dict[str, Any] = {}
    if slip.annex:
        rows = [[held.case.code, *cells(held, slip, each.facts["data"])] for held, each in cases]
        words["annex"] = {"columns": ["Mã hồ sơ", *headings(cases[0][0], slip)], "rows": rows}
    if slip.joint_subject:
        words["subject"] = slip.joint_subject.replace(COUNT, str(len(cases)))
    if slip.joint_articles:
        words["articles"] = [text.replace(COUNT, str(len(cases))) for text in slip.joint_articles]
    return words
