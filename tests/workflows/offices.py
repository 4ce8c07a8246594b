"""The demo city with its packs in force and no case in it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from wardflow import app
from wardflow.cases.complete_task import complete_task
from wardflow.cases.open_case import Opening, open_case
from wardflow.cases.platform import Platform
from wardflow.cases.reads import open_tasks
from wardflow.cases.records import Case, Task
from wardflow.cases.tell_case import tell_case
from wardflow.catalog import city_folder
from wardflow.demo.city import read_city, read_table
from wardflow.demo.making import publish, save
from wardflow.demo.stories import read_stories
from wardflow.plugins import Plugins
from wardflow.settings import Settings
from wardflow.store import Store

TUESDAY = datetime(2026, 3, 3, 1, 30, tzinfo=UTC)    # Tuesday 03/03/2026, 08:30 in Hanoi


@dataclass
class Office:
    """The city at work: cases opened and steps done by whoever may do them, at a moment the test moves."""

    platform: Platform
    store: Store
    now: datetime = TUESDAY

    def pass_(self, **time: float) -> None:
        """Lets time pass."""
        self.now += timedelta(**time)

    def open(self, procedure: str, receiving: str, role: str, form: dict[str, Any]) -> int:
        """The number of a new case."""
        opening = Opening(procedure, {"full_name": "Văn phòng"}, form, {}, receiving)
        return open_case(self.platform, self._holder(role, receiving), opening).case_id

    def do(self, case: int, step: str, value: dict[str, Any], unit: str = "") -> Case:
        """The case after somebody who may do the step has done it; `unit` tells several of one step apart."""
        task = next(task for task in self.tasks(case) if task.node.endswith(step) and unit in ("", task.unit))
        actor = self.platform.actor(task.person) if task.person else self._holder(task.role, task.unit, task.excluded)
        return complete_task(self.platform, actor, case, task.task, value)

    def tell(self, case: int, person: str, message: str, value: dict[str, Any]) -> Case:
        """The case after it was told something."""
        return tell_case(self.platform, self.platform.actor(person), case, message, value)

    def tasks(self, case: int) -> list[Task]:
        """Its open steps."""
        return [row for row in self.platform.store.papers.tasks(case) if row.task in {each.task for each in open_tasks(self.platform, case)}]

    def case(self, case: int) -> Case:
        """The case as it is kept."""
        return self.platform.store.cases.load(case).case

    def _holder(self, role: str, unit: str, but: frozenset[str] = frozenset()) -> Any:
        found = [person for person in self.platform.register().holders(role, unit) if person.id not in but]
        return self.platform.actor(found[0].id)


def stocked(address: str) -> None:
    """Makes the database of an office."""
    with tempfile.TemporaryDirectory() as folder:
        office = _over(Path(folder), address)
        city = city_folder()
        save(office.store, read_city(city))
        publish(office.platform, read_stories(city, read_table(city, "officials.toml")["names"]))
        office.store.close()


def made(folder: Path) -> Office:
    """An office in a database of its own."""
    address = f"sqlite:///{folder / 'office.db'}"
    stocked(address)
    return _over(folder, address)


def copied(databases: Any, folder: Path) -> Office:
    """The same, from what was made once for this run."""
    return _over(folder, databases.copy("sqlite", databases.once("sqlite", "office", stocked)))


def _over(folder: Path, address: str) -> Office:
    settings = Settings(data=folder, database_url=address)
    store = Store(settings.database, b"a secret for tests, 32 bytes long")
    plugins = Plugins.load(builtin=app.BUILT_IN, sources=())
    app.upgrade(store, plugins)
    clock: list[Callable[[], datetime]] = []
    platform = app.assemble(settings, store, now=lambda: clock[0](), plugins=plugins)
    office = Office(platform, store)
    clock.append(lambda: office.now)
    return office
