"""A linked group: one filing, three parts one after the other, each with its own legal clock, and sixteen working days for the whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from wardflow import app, packs
from wardflow.cases import reads
from wardflow.cases.complete_task import complete_task
from wardflow.cases.extend_clock import NewDate, extend_clock
from wardflow.cases.inspection import Inspector
from wardflow.cases.open_case import Opened, open_case
from wardflow.cases.opening import Opening
from wardflow.cases.platform import Platform
from wardflow.cases.publish_pack import put_in_force
from wardflow.cases.reads.related import RelatedRow
from wardflow.cases.reads.views import CaseView
from wardflow.cases.records import TaskStatus
from wardflow.cases.withdraw_case import withdraw_case
from wardflow.catalog import city_folder, pack_folders
from wardflow.demo.city import read_city
from wardflow.demo.making import save
from wardflow.errors import ExtensionRefused, ProcedureUnknown
from wardflow.plugins import Plugins
from wardflow.settings import Settings
from wardflow.store import Store

MONDAY = datetime(2026, 8, 24, 2, 0, tzinfo=UTC)    # 09:00 in Hanoi
FORM = {"business_name": "Karaoke Sao Mai", "address": "12 phố Huế", "commune": "hoan-kiem", "rooms": 6, "smallest_m2": 20}
GRANT: Mapping[str, Any] = {"decision": "grant"}
REFUSE: Mapping[str, Any] = {"decision": "refuse", "reason": "Cơ sở chưa đủ điều kiện an ninh.", "legal_basis": "Nghị định 96/2016/NĐ-CP"}
SIGNERS = {"hoan-kiem": "chair-hoan-kiem-1", "city-police": "signer-city-police-1", "dept-culture-sport": "director-dept-culture-sport-1"}


@dataclass
class City:
    """The demo city with the linked pack alone, and the work its people do."""

    platform: Platform
    store: Store
    now: datetime = MONDAY

    def pass_(self, days: int) -> None:
        """Lets calendar days go by, at the same hour."""
        self.now += timedelta(days=days)

    def file(self) -> Opened:
        """A group filed at a counter of another ward, checked and paid."""
        clerk = self.platform.actor("clerk-cua-nam")
        opening = Opening(
            "karaoke-group", {"full_name": "Lê Thị Sen", "id_number": "001080000777", "phone": "0900000456"}, FORM,
            {"request": "given", "premises": "given"}, receiving="cua-nam.point", returning="thien-loc.point",
        )
        opened = open_case(self.platform, clerk, opening, answer={"result": "complete"})
        self.do(opened.case_id, "clerk-cua-nam", receipt_no="7", amount=100000, paid_at="2026-08-24", method="cash")
        self.round()
        return opened

    def do(self, case: int, person: str, **value: Any) -> None:
        """Somebody does the only open step of a case."""
        (task,) = [task for task in self.store.papers.tasks(case) if task.status is TaskStatus.OPEN]
        complete_task(self.platform, self.platform.actor(person), case, task.task, value)

    def round(self) -> int:
        """How many messages one round of the worker delivers."""
        return app.workplace(self.platform, self.store).messages.deliver_due(self.now)

    def part(self, group: int) -> int:
        """The part opened last."""
        return self.store.links.kin(group)[1][-1]

    def decide(self, group: int, decision: Mapping[str, Any]) -> None:
        """The part under way is appraised and decided by its own unit, and the group hears of it."""
        part = self.part(group)
        case = self.store.cases.load(part).case
        names = {holding.person for holding in self.platform.register().holdings if holding.role == "specialist" and holding.unit == case.places.office}
        self.do(part, min(names), conclusion="eligible", summary="Đã đối chiếu hồ sơ.")
        self.do(part, SIGNERS[case.places.authority], **decision)
        assert self.round() == 1    # the group hears of it
        self.round()                # and opens the next part, if there is one

    def seen(self, case: int, person: str = "clerk-cua-nam") -> CaseView:
        """The page of a case."""
        return reads.case(self.platform, self.platform.actor(person), self.store.cases.load(case).case.code)

    def turns(self, case: int) -> list[str]:
        """Whose clock runs, in words."""
        return [self.platform.wording("vi").say(reason) for reason in self.seen(case).turns]


SECRET = b"a secret for tests, 32 bytes long"


def _with_city(address: str) -> None:
    """The tables, the demo city and the linked pack."""
    settings = Settings(database_url=address)
    store = Store(settings.database, SECRET)
    store.upgrade()
    save(store, read_city(city_folder()))
    (linked,) = [folder for folder in pack_folders() if folder.name == "linked"]
    put_in_force(app.assemble(settings, store, now=lambda: MONDAY, plugins=Plugins.load()), packs.read(linked), "designer")
    store.close()


@pytest.fixture
def city(databases: Any, database_kind: str, tmp_path: Path) -> Iterator[City]:
    address = databases.copy(database_kind, databases.once(database_kind, "linked", _with_city))
    settings = Settings(data=tmp_path, database_url=address)
    store = Store(settings.database, SECRET)
    made: list[City] = []
    platform = app.assemble(settings, store, now=lambda: made[0].now if made else MONDAY, plugins=Plugins.load())
    made.append(City(platform, store))
    yield made[0]
    store.close()
    databases.drop(address)


def related(view: CaseView) -> list[tuple[str, str, str]]:
    return [(row.procedure.vi.split(" (")[0], row.unit.vi, day(row)) for row in view.related]


def day(row: RelatedRow) -> str:
    return row.due.date().isoformat() if row.due else ""


def test_three_parts_follow_one_another_each_with_its_own_clock_within_sixteen_days(city: City) -> None:
    group = city.file().case_id
    whole = city.store.cases.load(group).case
    assert (whole.time_limit, whole.due and whole.due.date().isoformat()) == ("16 wd", "2026-09-18")    # 31/08 to 02/09 are days off
    assert city.turns(group) == ["Phần việc liên thông đang ở UBND phường Hoàn Kiếm; đồng hồ của UBND phường Hoàn Kiếm đang chạy."]
    city.pass_(2)
    city.decide(group, GRANT)
    assert "Công an Thành phố" in city.turns(group)[0]
    city.pass_(2)
    city.decide(group, GRANT)
    assert "Sở Văn hóa và Thể thao" in city.turns(group)[0]
    assert related(city.seen(group)) == [
        ("Đăng ký hộ kinh doanh", "UBND phường Hoàn Kiếm", "2026-08-27"),
        ("Chứng nhận đủ điều kiện an ninh, trật tự", "Công an Thành phố", "2026-09-03"),
        ("Giấy phép kinh doanh karaoke", "Sở Văn hóa và Thể thao", "2026-09-16"),
    ]
    city.pass_(7)
    city.decide(group, GRANT)
    assert city.store.cases.load(group).case.business_state == "issued"
    city.do(group, "clerk-thien-loc-1", received_by="Lê Thị Sen", method="desk", id_number="001080000012", identity_checked=True)
    assert (city.store.cases.load(group).case.outcome, city.seen(group).clock.timing) == ("closed", "early")
    assert list(Inspector(city.platform).faults(city.store.inspection)) == []


def test_a_part_carries_the_applicant_the_form_and_the_three_places_of_the_group(city: City) -> None:
    group = city.file()
    part = city.store.cases.load(city.part(group.case_id)).case
    places = (part.places.receiving, part.places.authority, part.places.returning)
    assert places == ("cua-nam.point", "hoan-kiem", "thien-loc.point")    # received, decided and returned in three wards
    assert part.applicant_label == "Lê Thị Sen"
    (above,) = city.seen(part.id).related
    assert (above.parent, above.code, above.open) == (True, group.code, True)


def test_the_unit_of_a_part_sees_the_group_beside_it_without_a_way_into_it(city: City) -> None:
    group = city.file().case_id
    city.decide(group, GRANT)
    (above,) = city.seen(city.part(group), "signer-city-police-1").related
    assert (above.parent, above.open) == (True, False)


def test_a_refused_part_ends_the_group_with_its_written_reason(city: City) -> None:
    group = city.file().case_id
    city.decide(group, GRANT)
    city.decide(group, REFUSE)
    case = city.store.cases.load(group).case
    assert (case.outcome, case.stopped_at is not None) == ("refused", True)
    paper = city.seen(group).papers[-1]
    assert paper.title.vi == "Văn bản từ chối, nêu rõ lý do"
    assert "refused" in {notice.notice for notice in city.store.papers.notices(group)}
    assert len(city.store.links.kin(group)[1]) == 2    # the licence was never asked for


def test_a_late_part_is_late_itself_and_the_group_is_not(city: City) -> None:
    group = city.file().case_id
    city.pass_(7)
    assert city.turns(group) == ["UBND phường Hoàn Kiếm chậm phần việc liên thông; phần chậm tính cho UBND phường Hoàn Kiếm, không tính cho UBND phường Hoàn Kiếm."]
    assert city.seen(group).clock.standing.reason.code != "clock.overdue"


def test_the_group_gets_one_new_date_only(city: City) -> None:
    group = city.file().case_id
    chair = city.platform.actor("chair-hoan-kiem-1")
    extend_clock(city.platform, chair, group, NewDate(datetime(2026, 9, 24).date(), "Chờ kết quả của phần thứ ba."))
    with pytest.raises(ExtensionRefused):
        extend_clock(city.platform, chair, group, NewDate(datetime(2026, 9, 30).date(), "Vẫn chờ."))


def test_withdrawing_the_group_stops_the_part_under_way(city: City) -> None:
    first, other = city.file().case_id, city.file().case_id
    withdraw_case(city.platform, city.platform.actor("clerk-cua-nam"), first, "Không kinh doanh nữa")
    assert city.round() == 1
    assert city.store.cases.load(city.part(first)).case.outcome == "withdrawn"
    assert str(city.store.cases.load(city.part(other)).case.status) == "open"


def test_what_a_part_says_reaches_its_own_group_and_no_other(city: City) -> None:
    first, other = city.file().case_id, city.file().case_id
    city.decide(other, GRANT)
    states = [city.store.cases.load(case).case.business_state for case in (first, other)]
    assert states == ["in_business", "in_security"]


def test_a_part_is_not_offered_at_a_counter(city: City) -> None:
    assert {offer.code for offer in reads.offers(city.platform)} == {"karaoke-group"}
    opening = Opening("karaoke-licence-part", {"full_name": "Lê Thị Sen", "id_number": "001080000777"}, FORM, {}, receiving="cua-nam.point")
    with pytest.raises(ProcedureUnknown):
        open_case(city.platform, city.platform.actor("clerk-cua-nam"), opening)
