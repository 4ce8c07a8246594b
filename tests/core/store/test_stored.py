"""An installation kept by the first format is read, upgraded and worked in, whatever has changed since."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from wardflow import app
from wardflow.cases import reads
from wardflow.cases.complete_task import complete_task
from wardflow.cases.open_case import Opening, open_case
from wardflow.cases.open_sealed import open_sealed
from wardflow.cases.ring_alarm import ring_alarms
from wardflow.domain import audit
from wardflow.settings import Settings
from wardflow.store import rows

FIRST = Path(__file__).parent / "stored" / "first"
NEXT_DAY = datetime(2026, 11, 17, 2, 0, tzinfo=UTC)    # the morning after the file was made
LATER = datetime(2027, 1, 29, 2, 0, tzinfo=UTC)    # after its last alarm
PEOPLE = ("clerk", "reviewer", "signer", "head", "specialist", "chair", "records")
PAPERS = {"papers": [{"name": "Bản chính", "kind": "original"}]}
# Who does what in each step that waits.
ANSWERS: dict[str, tuple[str, dict[str, Any]]] = {
    "check": ("clerk", {"complete": True}),
    "review": ("reviewer", {"opinion": "good"}),
    "more": ("clerk", {"complete": True}),
    "sign": ("signer", {"opinion": "good"}),
    "payment": ("clerk", {"receipt_no": "BL-0002", "amount": 4000, "paid_at": "2026-11-17", "method": "cash"}),
    "supplement": ("clerk", PAPERS),
    "draft": ("specialist", {"proposal": "grant", "content": "Chứng thực bản sao đúng với bản chính."}),
    "appraise": ("specialist", {"conclusion": "eligible", "summary": "Phù hợp quy hoạch"}),
    "financial_duty": ("clerk", {"notice_no": "TB-1", "amount": 186000000, "receipt_no": "GNT-1", "paid_at": "2026-11-17"}),
    "supplement_more": ("clerk", PAPERS),
}


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Any]:
    """A copy of the first format, upgraded, on the next morning."""
    shutil.copytree(FIRST, tmp_path / "first")
    platform = app.build(Settings(data=tmp_path / "first", secret_file=tmp_path / "first" / "secret"), now=lambda: NEXT_DAY)
    platform.store.upgrade()    # type: ignore[attr-defined]    # acts see less of the store than an installation does
    yield platform
    platform.store.close()    # type: ignore[attr-defined]    # as above


def cases(platform: Any) -> dict[int, str]:
    """Every case: number and code."""
    with platform.store.database.reading() as cursor:
        return dict(cursor.rows("SELECT id, code FROM cases ORDER BY id"))


def thresholds_of_the_first_format() -> dict[int, Any]:
    with closing(sqlite3.connect(f"file:{FIRST / 'wardflow.db'}?mode=ro&immutable=1", uri=True)) as first:
        return {id: json.loads(text) for id, text in first.execute("SELECT id, thresholds FROM cases")}


def broken(platform: Any) -> list[str]:
    """The cases whose audit chain does not hold to the end that the case remembers."""
    found = []
    for id, code in cases(platform).items():
        entries, case = platform.store.papers.entries(id), platform.store.cases.load(id).case
        whole = audit.verify((rows.audited(code, entry), entry.hash) for entry in entries) is None
        if not whole or (entries[-1].hash, len(entries)) != (case.audit_hash, case.audit_seq):
            found.append(code)
    return found


def test_every_case_keeps_the_thresholds_it_began_with(kept: Any) -> None:
    found = {id: dict(kept.library.thresholds_of(kept.store.cases.load(id).case)) for id in cases(kept)}
    assert found == thresholds_of_the_first_format()
    assert any(found.values())


def seen(platform: Any, code: str) -> list[Any]:
    """The page of a case as each person who may see it reads it."""
    from wardflow.errors import NotAllowed

    views = []
    for person in PEOPLE:
        try:
            views.append(reads.case(platform, platform.actor(person), code))
        except NotAllowed:
            continue
    return views


def test_every_case_opens_with_its_timeline_its_papers_and_its_public_page(kept: Any) -> None:
    for id, code in cases(kept).items():
        views = seen(kept, code)
        assert views and all(view.timeline for view in views), code
        assert reads.track(kept, kept.store.cases.load(id).case.tracking) is not None
    assert len(cases(kept)) == 13


def test_the_audit_chains_still_verify(kept: Any) -> None:
    assert broken(kept) == []


def test_the_sealed_values_open_with_the_secret_they_were_sealed_with(kept: Any) -> None:
    signer = kept.actor("signer")

    assert open_sealed(kept, signer, 1, "form/secret", "Kiểm tra") == "Điều chỉ người ký được đọc"
    assert open_sealed(kept, signer, 2, "form/secret", "Kiểm tra") == "Bí mật thứ hai"


def test_a_rendered_slip_is_the_same_paper_and_one_never_opened_is_rendered_now(kept: Any) -> None:
    papers = {id: kept.store.papers.documents(id) for id in cases(kept)}
    rendered = [(id, paper) for id in papers for paper in papers[id] if paper.sha256]
    waiting = [(id, paper) for id in papers for paper in papers[id] if not paper.sha256]
    assert len(rendered) == 1 and waiting

    for id, paper in rendered + waiting[:1]:
        kept_paper = reads.open_document(kept, kept.actor("clerk"), cases(kept)[id], paper.document)
        assert kept_paper.content.startswith(b"%PDF-")


def test_a_kept_draft_is_in_the_form(kept: Any) -> None:
    task = next(task for task in kept.store.papers.tasks(4) if task.node == "sign")

    assert reads.task(kept, kept.actor("signer"), cases(kept)[4], task.task).value == {"opinion": "good"}


def test_every_waiting_step_is_completed_and_the_chains_go_on(kept: Any) -> None:
    done = set()
    for id in cases(kept):
        for task in reads.open_tasks(kept, id):
            person, value = ANSWERS[task.node]
            before = kept.store.cases.load(id).case.version
            after = complete_task(kept, kept.actor(person), id, task.task, value)
            assert after.version == before + 1
            done.add(task.node)
    assert done == set(ANSWERS)
    assert broken(kept) == []


def test_every_waiting_alarm_rings_once_and_late_is_not_never(kept: Any) -> None:
    assert ring_alarms(kept, LATER) >= 4
    assert kept.store.alarms.due(LATER, 10) == []
    assert broken(kept) == []


def test_the_case_that_was_stopped_still_says_why(kept: Any) -> None:
    with kept.store.database.reading() as cursor:
        assert cursor.rows("SELECT case_id, code, node FROM incident") == [(7, "bpmn.no-flow", "complete")]


def test_a_new_case_gets_the_next_number(kept: Any) -> None:
    opening = Opening(
        "permit", {"full_name": "Nguyễn Văn Bình", "id_number": "001080000013"}, {"commune": "south", "purpose": "Sửa nhà"},
        {"request": {"state": "given"}}, "north.point",
    )
    clerk = kept.actor("clerk")
    numbers = [open_case(kept, clerk, opening).code[-4:] for _ in range(2)]
    more = open_case(kept.at(datetime(2026, 11, 16, 9, 45, tzinfo=UTC)), clerk, opening)

    assert numbers == ["0001", "0002"]
    assert more.code.endswith("261116-0008")
