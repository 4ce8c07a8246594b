"""A commune and the department above it, in which tests carry cases of a package by the acts themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

from wardflow import app
from wardflow.cases.complete_task import complete_task
from wardflow.cases.open_case import Opening, open_case
from wardflow.cases.platform import Platform
from wardflow.cases.publish_pack import put_in_force
from wardflow.cases.reads import open_tasks
from wardflow.cases.records import Case, Task
from wardflow.cases.ring_alarm import ring_alarms
from wardflow.catalog import pack_folders
from wardflow.domain.register import Holding, Person, Unit
from wardflow.engine import peek
from wardflow.packs import read
from wardflow.settings import Settings
from wardflow.testing import at_work

MORNING = datetime(2026, 9, 4, 2, 40, tzinfo=UTC)    # Friday 04/09/2026, 09:40 in Hanoi
HOLDINGS = {
    "clerk": ("intake_clerk", "thien-loc.point"), "specialist": ("specialist", "thien-loc.culture"),
    "head": ("office_head", "thien-loc.culture"), "chair": ("approver", "thien-loc"), "surveyor": ("specialist", "thien-loc.economy"),
    "department": ("specialist", "dept-culture-sport"), "department-head": ("office_head", "dept-culture-sport"),
}  # fmt: skip


@dataclass
class Commune:
    """A commune and the department above it, at a moment that the test moves."""

    platform: Platform
    now: datetime

    def open(self, procedure: str, form: Mapping[str, Any], by: str = "clerk", receiving: str = "thien-loc.point") -> int:
        components = {each["id"]: {"state": "received"} for each in self._record(procedure).get("components", ())}
        applicant = {"full_name": "Nguyễn Văn An", "id_number": "001080000012", "phone": "0900000456"}
        opening = Opening(procedure=procedure, applicant=applicant, form=form, components=components, receiving=receiving)
        return int(open_case(self.platform, self.platform.actor(by), opening).case_id)

    def tasks(self, case: int) -> dict[str, Task]:
        return {task.node: task for task in open_tasks(self.platform, case)}

    def do(self, person: str, case: int, node: str, **value: Any) -> Case:
        return complete_task(self.platform, self.platform.actor(person), case, self.tasks(case)[node].task, value)

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)
        ring_alarms(self.platform, self.now)

    def papers(self, case: int) -> list[str]:
        return sorted(paper.facts["slip"] for paper in self.platform.store.papers.documents(case))

    def said(self, case: int) -> dict[str, Any]:
        return dict(peek(self.platform.store.cases.load(case).case.state).data)

    def _record(self, procedure: str) -> Mapping[str, Any]:
        return next(record for record in self.platform.plugins.procedures() if record["code"] == procedure)


def fill(platform: Platform) -> None:
    """Units, people, authority, and every pack the procedures run on."""
    units = [
        Unit("city", "Thành phố", "City", "city", "city"),
        Unit("dept-culture-sport", "Sở", "Department", "department", "city", "city"),
        Unit("thien-loc", "UBND xã Thiên Lộc", "Thiên Lộc", "rural", "commune", "city"),
        Unit("thien-loc.culture", "Phòng", "Office", "culture", "commune", "thien-loc"),
        Unit("thien-loc.economy", "Phòng Kinh tế", "Economic office", "economy", "commune", "thien-loc"),
        Unit("thien-loc.point", "Điểm", "Point", "point", "commune", "thien-loc"),
    ]
    platform.store.city.save(
        units=units, people=[Person(id, id.title()) for id in HOLDINGS],
        holdings=[Holding(id, role, unit) for id, (role, unit) in HOLDINGS.items()],
        authorities=[],
    )  # fmt: skip
    dossier = next(folder for folder in pack_folders() if folder.name == "dossier")
    for folder in (dossier, *(Path(str(each)) for each in platform.plugins.packs())):
        put_in_force(platform, read(folder), "head")


@contextmanager
def commune_with(module: ModuleType, store_url: str, folder: Path) -> Iterator[Commune]:
    """The commune with one package installed."""
    settings = Settings().but(data=folder, database_url=store_url)
    there: list[Commune] = []
    platform = app.build(settings, now=lambda: there[0].now if there else MORNING, plugins=at_work(module))
    there.append(Commune(platform, MORNING))
    fill(platform)
    yield there[0]
    platform.store.close()
