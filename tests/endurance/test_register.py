"""A revocation moves five thousand open tasks in twenty seconds, one entry a case."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from wardflow import app
from wardflow.cases.change_register import change_register
from wardflow.cases.complete_task import complete_task
from wardflow.cases.move_tasks import go_on_moving
from wardflow.cases.open_case import Opening, open_case
from wardflow.cases.platform import Platform
from wardflow.cases.reads import open_tasks
from wardflow.catalog import files_of
from wardflow.domain.register import Holding, Instrument, Item, Person, Unit
from wardflow.domain.register_changes import Withdraw
from wardflow.packs import Pack
from wardflow.permissions import REGISTRAR
from wardflow.plugins import Plugins
from wardflow.settings import Settings
from wardflow.store import rows
from wardflow.store.rows import case_values, entry_values, task_values

PERMIT = Path(__file__).parents[1] / "fixtures" / "permit"
NOON = datetime(2026, 9, 4, 5, 0, tzinfo=UTC)
COUNT = 5000
MOST = 20.0
SIGNED = date(2026, 1, 5)


@pytest.fixture
def platform(store_url: str, tmp_path: Path) -> Iterator[Platform]:
    """A city whose department signs permits for its one commune, by an instrument."""
    settings = Settings().but(data=tmp_path, database_url=store_url)
    built = app.build(settings, now=lambda: NOON, plugins=Plugins.load(sources=()))
    units = [
        Unit("city", "Thành phố", level="city"), Unit("dept", "Sở", level="city", parent="city"),
        Unit("south", "Xã", parent="city"), Unit("south.office", "Phòng", kind="office", parent="south"),
        Unit("south.point", "Điểm", parent="south"),
    ]
    held = [("clerk", "counter", "south.point"), ("of-dept", "reviewer", "dept"), ("of-south", "reviewer", "south.office")]
    held += [("registrar", REGISTRAR, "city")]
    paper = Instrument(1, "1/QĐ", SIGNED, 3, "city", (Item("permit"),), SIGNED, delegates=("dept",))
    built.store.city.save(
        units, [Person(id, id) for id, _, _ in held], [Holding(*row) for row in held], instruments=[paper]
    )
    pack = Pack(files_of(PERMIT), "permit")
    built.store.packs.publish(pack.id, pack.digest, pack.files, "", NOON)
    yield built
    built.store.close()


def cloned(platform: Platform, count: int) -> int:
    """A case that waits for the department, and so many copies of it, each with its task and its entries."""
    opening = Opening(
        procedure="permit", applicant={"full_name": "Nguyễn Văn An", "id_number": "001080000012", "phone": ""},
        form={"commune": "south", "purpose": "Sửa nhà"}, components={}, receiving="south.point",
    )
    first = open_case(platform, platform.actor("clerk"), opening, answer={"complete": True}).case_id
    case = platform.store.cases.load(first).case
    (task,), entries = open_tasks(platform, first), platform.store.papers.entries(first)
    made = [replace(case, id=first + n, code=f"{case.code}-{n}", tracking=f"{case.tracking}-{n}") for n in range(1, count)]
    with platform.store.database.writing() as cursor:
        _insert(cursor, "cases", (*rows.CASE, "authority"), [(*case_values(one), one.places.authority) for one in made])
        _insert(cursor, "task", rows.TASK, [task_values(one.id, task) for one in made])
        _insert(cursor, "entry", rows.ENTRY, [entry_values(one.id, entry, entry.hash) for one in made for entry in entries])
    return first


def _insert(cursor: Any, table: str, columns: tuple[str, ...], values: list[Any]) -> None:
    cursor.run_many(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", values)


def test_five_thousand_tasks_follow_a_revocation_in_twenty_seconds(platform: Platform, database_kind: str) -> None:
    first = cloned(platform, COUNT)
    registrar = platform.actor("registrar")
    began = time.perf_counter()
    entry = change_register(platform, registrar, Withdraw(1, date(2026, 9, 4), "2/QĐ", "follow"))
    answered = time.perf_counter() - began
    moved = entry.moved + go_on_moving(platform)
    took = time.perf_counter() - began

    print(f"\n{moved} tasks moved in {took:.1f} s on {database_kind}, the act answered after {answered:.1f} s")
    assert moved == COUNT
    assert took <= MOST
    sample = platform.store.moves.taken_up([first, first + COUNT // 2, first + COUNT - 1])
    assert {(case.places.authority, task.unit) for case, (task,) in sample} == {("south", "south.office")}
    with platform.store.database.reading() as cursor:
        told = cursor.rows("SELECT case_id, count(*) FROM entry WHERE kind = 'moved' GROUP BY case_id")
    assert [count for _, count in told] == [1] * COUNT
    task = open_tasks(platform, first)[0]
    complete_task(platform, platform.actor("of-south"), first, task.task, {"opinion": "good"})
