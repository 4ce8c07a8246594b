"""Lists of what waits are read from an index that holds only what waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from wardflow.cases.desk_lists import FIRST, Heap, Narrow
from wardflow.store import Store

NOON = datetime(2026, 9, 4, 5, tzinfo=UTC)
QUEUES = (("ward", "clerk"), ("ward.office", "specialist"))
EDGES = ("2026-09-04", "2026-09-05", "2026-09-12")
LISTS: dict[str, tuple[Callable[[Store], object], tuple[str, ...]]] = {
    "what a person holds": (lambda store: store.worklist.mine("an"), ("ix_task_person",)),
    "what nobody holds in queues": (lambda store: store.worklist.queue(QUEUES), ("ix_task_free",)),
    "everything open in queues": (lambda store: store.worklist.unit(QUEUES), ("ix_task_free", "ix_task_held")),
    "notices": (lambda store: store.worklist.notices("an", QUEUES, 20), ("ix_notice_person", "ix_notice_queue")),
    "notices of a day": (
        lambda store: store.worklist.told_between("an", QUEUES, NOON, NOON, 20), ("ix_notice_person", "ix_notice_queue")
    ),
    "what falls due": (lambda store: store.worklist.falling_due(["ward"], NOON, NOON, 20), ("ix_cases_falling",)),
    "a page of one's own tasks": (lambda store: store.desk.page(Heap("mine", "an"), Narrow(), "due", FIRST, 26), ("ix_task_person",)),
    "a page of queues": (lambda store: store.desk.page(Heap("queue", queues=QUEUES), Narrow(), "due", FIRST, 26), ("ix_task_free",)),
    "how one's own tasks stand": (lambda store: store.desk.tally(Heap("mine", "an"), Narrow(), EDGES), ("ix_task_person",)),
    "a page of units": (
        lambda store: store.desk.page(Heap("unit", queues=QUEUES), Narrow(), "due", FIRST, 26), ("ix_task_free", "ix_task_held")
    ),
    "how the tasks of units stand": (
        lambda store: store.desk.tally(Heap("unit", queues=QUEUES), Narrow(), EDGES), ("ix_task_free", "ix_task_held")
    ),
    "what somebody with an account told": (lambda store: store.applicants.of_person("an"), ("ix_applicant_person",)),
    "notices to send": (lambda store: store.notices.unsent(20), ("ix_notice_unsent",)),
}


@pytest.fixture
def store() -> Iterator[Store]:
    opened = Store("sqlite://", b"a secret for tests, 32 bytes long")
    opened.upgrade()
    yield opened
    opened.close()


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_what_waits_is_read_from_its_index(store: Store, name: str) -> None:
    read, indexes = LISTS[name]
    asked: list[str] = []
    store.database.observer = asked.append
    read(store)
    store.database.observer = None

    with store.database.reading() as cursor:
        plan = " ".join(str(row[-1]) for row in cursor.rows("EXPLAIN QUERY PLAN " + asked[0], [None] * asked[0].count("?")))
    for index in indexes:
        assert f"INDEX {index} " in plan, plan
