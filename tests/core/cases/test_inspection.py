"""Whatever is changed behind the platform's back is found, with the case and the place; what is whole is left in peace."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from wardflow.cases.attach_document import attach_document, take_in
from wardflow.cases.change_register import change_register
from wardflow.cases.claim_task import claim_task
from wardflow.cases.inspection import Inspector
from wardflow.cases.release_task import release_task
from wardflow.cases.series import of_case
from wardflow.cases.withdraw_case import withdraw_case
from wardflow.domain.register_changes import RenamePerson
from wardflow.store import Store
from wardflow.store.verify import Inspection, broken_chains

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def busy(town: Town) -> Town:
    """A town where cases stand in every place: filed, asked, reviewed, withdrawn, signed."""
    town.open()
    town.open(answer={"complete": False})
    reviewed = town.open(answer={"complete": True}, secret="chỉ người ký biết").case_id
    attach_document(town.platform, town.actor("clerk"), reviewed, take_in(town.platform, "đơn.pdf", PDF))
    withdrawn = town.open(answer={"complete": True}, person="citizen").case_id
    withdraw_case(town.platform, town.actor("citizen"), withdrawn, "Đổi ý")
    signed = town.open(answer={"complete": True}).case_id
    town.do("reviewer", signed, "review", opinion="good")
    town.do("signer", signed, "sign", opinion="good")
    return town


def found(town: Town) -> list[tuple[int | None, str]]:
    """Every fault as (case, code)."""
    inspector = Inspector(town.platform)
    faults = list(inspector.faults(town.platform.store.inspection))
    assert inspector.wrong.total() == len(faults)
    cases = town.platform.store.cases
    return [(cases.id_of(fault.case) if fault.case else None, fault.reason.code.removeprefix("verify.")) for fault in faults]


def change(town: Town, sql: str, *values: object) -> None:
    with town.platform.store.database.writing() as cursor:
        assert cursor.run(sql, values)


def test_what_acts_made_is_whole_and_all_of_it_was_looked_at(busy: Town) -> None:
    inspector = Inspector(busy.platform)

    assert list(inspector.faults(busy.platform.store.inspection)) == []
    assert inspector.looked == {
        "case": 5, "entry": 9, "task": 3, "work": 0, "listener": 0, "alarm": 1, "paper": 1, "sealed": 1, "number": 9, "row": 21,
        "register": 0,
    }


def test_a_case_is_looked_at_whole_however_few_are_read_at_a_time(busy: Town) -> None:
    store = busy.platform.store
    shelf = Inspection(store.database, store.inspection._seal, batch=2)
    inspector = Inspector(busy.platform)

    assert list(inspector.faults(shelf)) == []
    assert inspector.looked["case"] == 5


@pytest.mark.parametrize(
    ("sql", "case", "code"),
    [
        ("UPDATE entry SET facts = '{}' WHERE case_id = 5 AND seq = 2", 5, "chain-broken"),
        ("DELETE FROM entry WHERE case_id = 5 AND seq = 3", 5, "chain-head"),
        ("UPDATE cases SET version = 9 WHERE id = 1", 1, "version"),
        ("UPDATE cases SET business_state = 'done' WHERE id = 3", 3, "business-state"),
        ("UPDATE cases SET status = 'ended' WHERE id = 3", 3, "status-open"),
        ("UPDATE cases SET status = 'open' WHERE id = 5", 5, "status-ended"),
        ("UPDATE cases SET state = 'x' WHERE id = 1", 1, "state-unreadable"),
        ("UPDATE cases SET places = '{' WHERE id = 4", 4, "unreadable"),
        ("DELETE FROM thresholds", 2, "thresholds-missing"),
        ("DELETE FROM task WHERE case_id = 1", 1, "task-missing"),
        ("UPDATE task SET status = 'open' WHERE case_id = 4", 4, "task-left-over"),
        ("DELETE FROM alarm WHERE case_id = 3", 3, "alarm-missing"),
        ("UPDATE alarm SET case_id = 1", 1, "alarm-left-over"),
        ("UPDATE alarm SET fire_at = '2026-01-01T00:00:00.000Z'", 3, "alarm-other"),
        ("UPDATE sealed SET cipher = 'x'", 3, "unsealed"),
        ("UPDATE document SET number = '0001/TN' WHERE case_id = 4", 4, "number-double"),
        ("UPDATE document SET number = '0009/TN' WHERE case_id = 4", 4, "number-never-given"),
        ("UPDATE document SET number = 'số 3' WHERE case_id = 4", 4, "number-strange"),
        ("UPDATE numbering SET last = last + 2 WHERE series LIKE 'TN:%'", None, "number-gap"),
        ("DELETE FROM cases WHERE id = 2", None, "orphans"),
    ],
)
def test_what_was_changed_by_hand_is_named(busy: Town, sql: str, case: int | None, code: str) -> None:
    change(busy, sql.replace("'x'", "X'78'" if busy.platform.store.database.is_sqlite else "'x'::bytea"))

    assert (case, code) in found(busy)


def test_a_paper_that_the_disk_lost_or_changed_is_named(busy: Town) -> None:
    (kept,) = [file for file in busy.platform.settings.blobs.rglob("*") if file.is_file()]
    kept.write_bytes(b"other")
    assert found(busy) == [(3, "paper-damaged")]

    kept.unlink()
    assert found(busy) == [(3, "paper-missing")]


def test_another_secret_opens_nothing_and_is_said(busy: Town) -> None:
    store = busy.platform.store
    other = Store(store.database.url.render_as_string(hide_password=False), b"another secret, also 32 bytes long")
    inspector = Inspector(busy.platform)
    codes = [fault.reason.code for fault in inspector.faults(other.inspection)]
    other.close()

    assert codes == ["verify.unsealed"]


def test_what_is_done_while_somebody_checks_is_no_fault(busy: Town) -> None:
    inspector, task = Inspector(busy.platform), busy.tasks(3)["review"].task
    with busy.platform.store.inspection.moment() as moment:
        first = next(moment.cases())
        claim_task(busy.platform, busy.actor("reviewer"), 3, task)
        release_task(busy.platform, busy.actor("reviewer"), 3, task, "Nghỉ phép")
        busy.open()
        files = list(moment.cases())

    assert first.case.id == 1
    assert [len(file.entries) for file in files] == [1, 1, 2, 2, 3]
    assert list(inspector.faults(busy.platform.store.inspection)) == []


def test_a_code_that_counts_by_the_year_belongs_to_the_line_of_its_prefix(busy: Town) -> None:
    case = busy.case(1)
    assert of_case(replace(case, code="TC-2026-0008")) == ("case:TC:2026", 8)
    assert of_case(replace(case, code="TC-0008")) is None


def test_a_log_of_the_register_that_was_changed_by_hand_is_named(busy: Town) -> None:
    person = busy.platform.register().people[0].id
    for name in ("Đỗ Thị Mới", "Đỗ Thị Cũ", "Đỗ Thị Khác"):
        change_register(busy.platform, busy.actor("designer"), RenamePerson(person, name))
    assert found(busy) == []
    change(busy, "DELETE FROM register_entry WHERE seq = 2")
    assert found(busy) == [(None, "register-broken")]


def test_the_store_finds_a_broken_chain_by_itself(busy: Town) -> None:
    database = busy.platform.store.database
    change(busy, "UPDATE entry SET at = '2020-01-01T00:00:00.000Z' WHERE case_id = 2")

    with database.unmoving() as cursor:
        assert list(broken_chains(cursor)) == [busy.case(2).code]
