"""The lists of the desk, in order and counted exactly, whether a task has a due date of its own, its case's, or none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from wardflow.cases.desk_lists import FIRST, Heap, Narrow
from wardflow.domain.six_clears import ORDER
from wardflow.store import Store
from wardflow.store.database import Cursor
from wardflow.store.tables import cases, task

QUEUES = (("office", "reviewer"), ("office", "signer"))
TODAY, TOMORROW, LATER = EDGES = ("2026-09-04T17:00:00.000Z", "2026-09-05T17:00:00.000Z", "2026-09-12T17:00:00.000Z")
LATE, NEAR, EARLY = "2026-09-01T10:00:00.000Z", "2026-09-08T10:00:00.000Z", "2026-10-08T10:00:00.000Z"
LIGHTS = json.dumps({name: {"ok": True, "code": "x"} for name in ORDER})
# the case's number: its due date, whether it is paused, whether its clock was stopped; its task's role, holder and due date
ROWS: dict[int, tuple[str | None, bool, bool, str, str | None, str | None]] = {
    1: (EARLY, False, False, "reviewer", None, LATE), 2: (LATE, False, False, "reviewer", "an", NEAR), 3: (NEAR, False, False, "signer", None, None),
    4: (LATE, True, False, "reviewer", "an", None), 5: (LATE, False, True, "signer", "an", None), 6: (None, False, False, "reviewer", None, None),
    7: (NEAR, True, False, "reviewer", "an", EARLY), 8: (LATE, False, False, "signer", "an", TODAY), 9: (EARLY, False, False, "other", None, LATE),
}  # fmt: skip


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    opened = Store(store_url, b"a secret for tests, 32 bytes long")
    with opened.database.writing() as cursor:
        for number, row in ROWS.items():
            _write(cursor, number, row)
    yield opened
    opened.close()


def _write(cursor: Cursor, number: int, row: tuple[Any, ...]) -> None:
    due, paused, stopped, role, person, own = row
    case = {
        "id": number, "code": f"T{number}", "tracking": f"t{number}", "due": due, "paused": paused, "stopped_at": LATE if stopped else None,
        "status": "open", "places": '{"authority":"ward"}', "competence": '{"code":"x"}', "clock": "[]", "doers": "{}", "thresholds_digest": "",
    }  # fmt: skip
    closed = {"status": "done", "closed_by": "binh", "closed_at": f"2026-09-0{1 + number % 3}T00:00:00.000Z"}
    work = {"case_id": number, "unit": "office", "role": role, "person": person, "due": own, "excluded": "[]", "reasons": "[]", "clears": LIGHTS}
    _insert(cursor, cases, case)
    _insert(cursor, task, {**work, "task": "t1", "status": "open"})
    _insert(cursor, task, {**work, "task": "t0", **closed})


def _insert(cursor: Cursor, table: Any, said: dict[str, Any]) -> None:
    values = {column.name: said.get(column.name, None if column.nullable else _plain(column)) for column in table.columns}
    cursor.run(f"INSERT INTO {table.name} ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})", list(values.values()))


def _plain(column: Any) -> Any:
    if column.name.endswith("_at"):
        return LATE
    return {int: 0, bool: False, bytes: b"", str: ""}[column.type.python_type]


@pytest.mark.parametrize(
    ("heap", "counts"),
    [
        (Heap("unit", queues=QUEUES), (1, 1, 2, 1, 1, 2)),
        (Heap("queue", queues=QUEUES), (1, 0, 1, 0, 0, 1)),
        (Heap("mine", "an"), (0, 1, 1, 1, 1, 1)),
        (Heap("mine", "nobody"), (0, 0, 0, 0, 0, 0)),
        (Heap("unit"), (0, 0, 0, 0, 0, 0)),
    ],
)
@pytest.mark.parametrize("narrow", [Narrow(), Narrow(dues=("", "\U0010ffff")), Narrow(commune="")])
def test_every_task_is_counted_once_by_how_it_stands(store: Store, heap: Heap, counts: tuple[int, ...], narrow: Narrow) -> None:
    assert tuple(store.desk.tally(heap, narrow, EDGES)) == counts
    assert list(store.desk.counts([heap, heap])) == [sum(counts)] * 2


@pytest.mark.parametrize(
    ("heap", "order"),
    [
        (Heap("unit", queues=QUEUES), [1, 8, 2, 3, 7, 4, 5, 6]),
        (Heap("queue", queues=QUEUES), [1, 3, 6]),
        (Heap("queue", queues=QUEUES[:1]), [1, 6]),
        (Heap("mine", "an"), [8, 2, 7, 4, 5]),
        (Heap("done", "binh", since=datetime(2026, 8, 1, tzinfo=UTC)), [8, 5, 2, 7, 4, 1, 9, 6, 3]),
    ],
)
@pytest.mark.parametrize("size", [2, 26])
def test_pages_follow_in_order_and_show_each_task_once(store: Store, heap: Heap, order: list[int], size: int) -> None:
    shown, after = [], FIRST
    while lines := store.desk.page(heap, Narrow(), "due", after, size):
        shown += [line.case.id for line in lines]
        assert all(line.task.case_id == line.case.id == line.key[2] for line in lines)
        after = lines[-1].key
    assert shown == order
