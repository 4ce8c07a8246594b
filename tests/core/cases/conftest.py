"""A town of two communes with one small pack, on the database of the test; its present is a value the test sets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from wardflow import app
from wardflow.cases.answer_service import fail_service
from wardflow.cases.complete_task import complete_task
from wardflow.cases.open_case import Opened, Opening, open_case
from wardflow.cases.platform import Platform
from wardflow.cases.reads import open_tasks
from wardflow.cases.records import Case, Task
from wardflow.cases.remember_listeners import remember_listeners
from wardflow.catalog import files_of
from wardflow.domain.people import Actor
from wardflow.domain.register import Authority, Holding, Person, Unit
from wardflow.packs import Pack
from wardflow.permissions import DESIGNER, OPERATOR, REGISTRAR
from wardflow.plugins import Plugins
from wardflow.settings import Settings

PERMIT = Path(__file__).parents[2] / "fixtures" / "permit"
MORNING = datetime(2026, 9, 4, 2, 40, tzinfo=UTC)    # Friday 04/09/2026, 09:40 in Hanoi
CALL = (
    '<bpmn:serviceTask id="ask" name="Hỏi thuế" wf:nameEn="Ask" wf:handler="outside"><bpmn:incoming>g7</bpmn:incoming>'
    '<bpmn:outgoing>g77</bpmn:outgoing></bpmn:serviceTask><bpmn:sequenceFlow id="g77" sourceRef="ask" targetRef="review" />'
)
HOLDINGS = {
    "clerk": [("counter", "north.point")],
    "other-clerk": [("counter", "south.point")],
    "reviewer": [("reviewer", "south.office")],
    "second": [("reviewer", "south.office")],
    "signer": [("signer", "south")],
    "both": [("reviewer", "south.office"), ("signer", "south")],
    "operator": [(OPERATOR, "city")],
    "designer": [(DESIGNER, "city"), (REGISTRAR, "city")],
    "stranger": [("reviewer", "north.office")],
    "citizen": [],
}


class Moment:
    """The present of a test: it stands still until the test moves it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **time: float) -> None:
        """Lets time pass."""
        self.now += timedelta(**time)


@dataclass(frozen=True)
class Town:
    """A platform with people in it."""

    platform: Platform
    moment: Moment

    def actor(self, person: str) -> Actor:
        """One of the people of HOLDINGS."""
        return self.platform.actor(person)

    def open(self, *, answer: dict[str, Any] | None = None, person: str | None = None, **form: Any) -> Opened:
        """A case filed at the north counter about something in the south."""
        opening = Opening(
            procedure="permit",
            applicant={"full_name": "Nguyễn Văn An", "id_number": "001080000012", "phone": "0900000456"},
            form={"commune": "south", "purpose": "Sửa nhà", **form},
            components={"request": {"state": "received"}},
            receiving="north.point",
            applicant_person=person,
        )
        return open_case(self.platform, self.actor("clerk"), opening, answer=answer)

    def tasks(self, case_id: int) -> dict[str, Task]:
        """The open tasks of a case by node."""
        return {task.node: task for task in open_tasks(self.platform, case_id)}

    def do(self, person: str, case_id: int, node: str, **value: Any) -> Case:
        """One person completes one task."""
        return complete_task(self.platform, self.actor(person), case_id, self.tasks(case_id)[node].task, value)

    def publish(self, *changes: tuple[str, str]) -> None:
        """A version of the pack in which the diagram reads otherwise."""
        files = dict(files_of(PERMIT))
        diagram = files["permit.bpmn"].decode()
        for was, becomes in changes:
            assert was in diagram
            diagram = diagram.replace(was, becomes)
        pack = Pack(files | {"permit.bpmn": diagram.encode()}, "permit")
        self.platform.store.packs.publish(pack.id, pack.digest, pack.files, "designer", self.moment.now)

    def call_outside(self, inside: str = "") -> None:
        """A version in which a service outside is called before the review; `inside` goes into the call's element."""
        call = CALL.replace("</bpmn:serviceTask>", inside + "</bpmn:serviceTask>")
        self.publish(
            ('id="g7" sourceRef="accepted" targetRef="review"', 'id="g7" sourceRef="accepted" targetRef="ask"'),
            ('<bpmn:incoming>g7</bpmn:incoming><bpmn:outgoing>g8', '<bpmn:incoming>g77</bpmn:incoming><bpmn:outgoing>g8'),
            ('<bpmn:endEvent id="ready">', call + '<bpmn:endEvent id="ready">'),
        )

    def give_up(self) -> int:
        """How many calls outside failed for good just now."""
        store: Any = self.platform.store
        jobs = store.jobs.take(self.moment.now, 50, timedelta(minutes=5))
        for job in jobs:
            store.jobs.failed(job, "ConnectionError at send:12", None)
            fail_service(self.platform, job.case, job.payload["task"], "service.failed")
        return len(jobs)

    def case(self, case_id: int) -> Case:
        """The case as it stands."""
        return self.platform.store.cases.load(case_id).case


def fill(platform: Platform) -> None:
    """Two communes under a city, their people, the pack."""
    units = [Unit("city", "Thành phố", "City", "city", "city")]
    for commune in ("north", "south"):
        units += [
            Unit(commune, f"UBND {commune}", f"{commune} committee", "ward", "commune", "city"),
            Unit(f"{commune}.office", f"Phòng {commune}", f"{commune} office", "office", "commune", commune),
            Unit(f"{commune}.point", f"Điểm {commune}", f"{commune} point", "point", "commune", commune),
        ]
    platform.store.city.save(
        units=units,
        people=[Person(id, id.title()) for id in HOLDINGS],
        holdings=[Holding(id, role, unit) for id, held in HOLDINGS.items() for role, unit in held],
        authorities=[Authority("permit", "commune", None, "Nghị định thử, Điều 1", date(2025, 7, 1))],
    )
    pack = Pack(files_of(PERMIT), "permit")
    platform.store.packs.publish(pack.id, pack.digest, pack.files, "designer", MORNING)
    remember_listeners(platform)    # as an installation does when it is made


@pytest.fixture
def town(store_url: str, tmp_path: Path) -> Iterator[Town]:
    """The town on a Friday morning."""
    moment = Moment(MORNING)
    settings = Settings().but(data=tmp_path, database_url=store_url)
    platform = app.build(settings, now=moment, plugins=Plugins.load(sources=()))
    fill(platform)
    yield Town(platform, moment)
    platform.store.close()


@pytest.fixture
def called(town: Town) -> int:
    """A case whose service has failed for good."""
    town.call_outside()
    case = int(town.open(answer={"complete": True}).case_id)
    assert town.give_up() == 1
    return case
