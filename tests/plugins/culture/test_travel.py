"""The package at work: cases opened at a counter, carried by the acts, with the papers of the department."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import wardflow_culture
from wardflow import app
from wardflow.cases.complete_task import complete_task
from wardflow.cases.open_case import Opening, open_case
from wardflow.cases.platform import Platform
from wardflow.cases.publish_pack import put_in_force
from wardflow.cases.reads import open_document, open_tasks
from wardflow.cases.records import Case, Task
from wardflow.cases.ring_alarm import ring_alarms
from wardflow.catalog import pack_folders
from wardflow.domain.register import Holding, Person, Unit
from wardflow.engine import peek
from wardflow.packs import read
from wardflow.settings import Settings
from wardflow.testing import at_work
from wardflow_culture.law import PROCEDURES

from .samples import FESTIVAL, FORMS, KARAOKE, NOISE, room

MORNING = datetime(2026, 9, 4, 2, 40, tzinfo=UTC)    # Friday 04/09/2026, 09:40 in Hanoi
HOLDINGS = {
    "clerk": ("intake_clerk", "thien-loc.point"), "specialist": ("specialist", "thien-loc.culture"),
    "head": ("office_head", "thien-loc.culture"), "chair": ("approver", "thien-loc"),
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
        return next(record for record in wardflow_culture.procedures() if record["code"] == procedure)


def fill(platform: Platform) -> None:
    """Units, people, authority, and every pack the procedures run on."""
    units = [
        Unit("city", "Thành phố", "City", "city", "city"),
        Unit("dept-culture-sport", "Sở", "Department", "department", "city", "city"),
        Unit("thien-loc", "UBND xã Thiên Lộc", "Thiên Lộc", "rural", "commune", "city"),
        Unit("thien-loc.culture", "Phòng", "Office", "culture", "commune", "thien-loc"),
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


@pytest.fixture
def commune(store_url: str, tmp_path: Path) -> Iterator[Commune]:
    settings = Settings().but(data=tmp_path, database_url=store_url)
    there: list[Commune] = []
    platform = app.build(settings, now=lambda: there[0].now if there else MORNING, plugins=at_work(wardflow_culture))
    there.append(Commune(platform, MORNING))
    fill(platform)
    yield there[0]
    platform.store.close()


def test_a_festival_nobody_answered_is_held_as_notified_and_the_paper_says_so(commune: Commune) -> None:
    case = commune.open("festival-notice", FESTIVAL)
    commune.do("clerk", case, "check", result="complete")
    assert set(commune.tasks(case)) == {"appraise"}
    commune.wait(days=9)
    assert set(commune.tasks(case)) == {"appraise"}
    commune.wait(days=2)
    assert commune.tasks(case) == {} and commune.papers(case) == ["receipt", "silence"]
    held = commune.platform.store.cases.load(case).case
    [paper] = [each for each in commune.platform.store.papers.documents(case) if each.facts["slip"] == "silence"]
    assert open_document(commune.platform, commune.platform.actor("chair"), held.code, paper.document).content.startswith(b"%PDF")


def test_a_performance_is_not_agreed_to_by_silence(commune: Commune) -> None:
    case = commune.open("performance-notice", FORMS["performance-notice"])
    commune.do("clerk", case, "check", result="complete")
    commune.wait(days=10)
    assert set(commune.tasks(case)) == {"answer_late"}
    commune.do("chair", case, "answer_late", verdict="agree", conditions="Kết thúc trước 22 giờ")
    assert commune.tasks(case) == {} and commune.papers(case) == ["agreement", "receipt"]


def test_the_findings_reach_whoever_considers_the_notice(commune: Commune) -> None:
    case = commune.open("festival-notice", {**FESTIVAL, "start_date": "2026-09-14", "end_date": "2026-09-14", "relic_id": "Đình Chèm"})
    commune.do("clerk", case, "check", result="complete")
    found = commune.said(case)["findings"]
    assert {"refuse", "route"} <= set(found["verdicts"]) and found["consult"] == ["dept-culture-sport"]


def test_a_licence_is_decided_by_the_city_with_its_fee_paid_first(commune: Commune) -> None:
    case = commune.open("karaoke-licence", {**KARAOKE, "rooms": [room(f"P{n}", 21) for n in range(8)]})
    commune.do("clerk", case, "check", result="complete", digitised="done")
    assert commune.said(case)["fees"]["total"] == 6_000_000
    assert commune.platform.store.cases.load(case).case.places.office == "dept-culture-sport"


def test_three_complaints_lead_to_an_inspection_and_two_do_not(commune: Commune) -> None:
    few = commune.open("noise-inspection", {**NOISE, "complaints": NOISE["complaints"][:2]})
    assert commune.tasks(few) == {}
    case = commune.open("noise-inspection", NOISE)
    commune.do(
        "specialist", case, "inspect", visited_on="2026-09-04", hours_kept=True, rooms_kept=True, result="clean",
    )  # fmt: skip
    assert commune.tasks(case) == {} and commune.papers(case) == ["inspection"]


def test_every_procedure_can_be_opened(commune: Commune) -> None:
    opened = [commune.open(procedure, FORMS[procedure]) for procedure in PROCEDURES]
    assert len(set(opened)) == len(PROCEDURES) == len(list(wardflow_culture.procedures()))
