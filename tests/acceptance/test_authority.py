"""The power moves: revoked at noon, a certificate taken away, a substitute with an interest; tasks follow and pages say why."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from wardflow import app
from wardflow.cases.change_register import change_register
from wardflow.cases.complete_task import complete_task
from wardflow.cases.open_case import Opening, open_case
from wardflow.cases.platform import Platform
from wardflow.cases.reads import open_tasks
from wardflow.cases.records import Task
from wardflow.catalog import files_of
from wardflow.domain.capability import Capability
from wardflow.domain.register import Absence, Fallback, Holding, Instrument, Interest, Item, Person, Unit
from wardflow.domain.register_changes import Declare, Leave, Withdraw
from wardflow.packs import Pack
from wardflow.permissions import REGISTRAR
from wardflow.plugins import Plugins
from wardflow.settings import Settings
from wardflow_web import create_app

PERMIT = Path(__file__).parents[1] / "fixtures" / "permit"
NOON = datetime(2026, 9, 4, 5, 0, tzinfo=UTC)
TODAY, SIGNED = date(2026, 9, 4), date(2026, 1, 5)
UNITS = (
    Unit("city", "UBND Thành phố", "City Committee", "city", "city"),
    Unit("health", "Sở Y tế", "Department of Health", "department", "city", "city"),
    Unit("south", "UBND xã Nam", "South Committee", "rural", "commune", "city"),
    Unit("south.office", "Phòng Văn hóa xã Nam", "Culture office of South", "office", "commune", "south"),
    Unit("south.point", "Điểm phục vụ xã Nam", "Point of South", "point", "commune", "south"),
    Unit("north", "UBND xã Bắc", "North Committee", "rural", "commune", "city"),
    Unit("north.point", "Điểm phục vụ xã Bắc", "Point of North", "point", "commune", "north"),
)
PEOPLE = {
    "clerk": ("Công chức Lan", "counter", "north.point"), "pharmacist": ("Dược sĩ Hà", "reviewer", "south.office"),
    "friend": ("Chuyên viên Tú", "reviewer", "south.office"), "second": ("Chuyên viên Mai", "reviewer", "south.office"),
    "of-city": ("Chuyên viên Thành phố", "reviewer", "city"), "of-health": ("Dược sĩ Sở", "reviewer", "health"),
    "registrar": ("Người giữ sổ", REGISTRAR, "city"), "chair": ("Chủ tịch Nam", "signer", "south"),
}
PAPER = Instrument(
    1, "7/QĐ-UBND", SIGNED, 4, "city", (Item("kept", "Cấp giấy phép"), Item("followed", "Giao việc")), SIGNED, level="commune"
)
DEGREE = '\n[capabilities]\ndegree = { vi = "bằng dược sĩ đại học", en = "a degree in pharmacy" }\n'
RECORDS = {
    "kept": 'level = "city"', "followed": 'level = "city"\nrunning = "follow"',
    "inspection": 'level = "commune"\n[steps.review]\nneeds = ["degree"]', "plain": 'level = "commune"',
}
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
FIRM = "0101234567"


@dataclass
class Town:
    """A platform with people, and a browser for each of them."""

    platform: Platform
    _clients: dict[str, Any] = field(default_factory=dict)
    _pages: Any = None

    def open(self, procedure: str, number: str = FIRM) -> tuple[int, str]:
        """A case filed at the north counter about something in the south, as (number, code)."""
        opening = Opening(
            procedure=procedure, applicant={"full_name": "Nhà thuốc Mẫu", "id_number": number, "phone": ""},
            form={"commune": "south", "purpose": "Thẩm định"}, components={}, receiving="north.point",
        )
        opened = open_case(self.platform, self.platform.actor("clerk"), opening, answer={"complete": True})
        return opened.case_id, opened.code

    def task(self, case: int) -> Task:
        """The one open task of a case."""
        (found,) = open_tasks(self.platform, case)
        return found

    def see(self, who: str, address: str, /, **posted: str) -> str:
        """What a page says to somebody, as text; with fields it is posted with the token of the page before."""
        client = self._clients.setdefault(who, self._client(who))
        if posted:
            token = TOKEN.search(client.get(address).get_data(as_text=True))
            answer = client.post(address, data={"csrf_token": token[1] if token else "", **posted}, follow_redirects=True)
        else:
            answer = client.get(address, follow_redirects=True)
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True))).split())

    def _client(self, person: str) -> Any:
        self._pages = self._pages or create_app(self.platform)
        client = self._pages.test_client()
        with client.session_transaction() as session:
            now = self.platform.now().timestamp()
            session.update(person=person, began=now, seen=now)
        return client


@pytest.fixture
def built(store_url: str, tmp_path: Path) -> Iterator[Callable[[], Platform]]:
    """Makes platforms over one database, as the processes of an installation are."""
    made: list[Platform] = []

    def platform() -> Platform:
        settings = Settings().but(data=tmp_path, database_url=store_url)
        made.append(app.build(settings, now=lambda: NOON, plugins=Plugins.load(sources=())))
        return made[-1]

    yield platform
    for one in made:
        one.store.close()


@pytest.fixture
def town(built: Callable[[], Platform]) -> Town:
    """A city with one delegation, one commune with a pharmacist, and the department behind it."""
    platform = built()
    platform.store.city.save(  # type: ignore[attr-defined]  # who fills a city sees more of the store than the acts
        UNITS, [Person(id, row[0]) for id, row in PEOPLE.items()], [Holding(id, row[1], row[2]) for id, row in PEOPLE.items()],
        instruments=[PAPER], fallbacks=[Fallback("degree", "health")],
        capabilities=[Capability("pharmacist", "degree", "CCHN 12"), Capability("of-health", "degree", "CCHN 1")],
    )
    files = dict(files_of(PERMIT))
    files["pack.toml"] += DEGREE.encode()
    first = files.pop("procedures/permit.toml").decode()
    for code, more in RECORDS.items():
        record = first.replace('code = "permit"', f'code = "{code}"').replace('level = "commune"\n', "")
        files[f"procedures/{code}.toml"] = f"{record}\n{more}\n".encode()
    pack = Pack(files, "permit")
    platform.store.packs.publish(pack.id, pack.digest, pack.files, "registrar", NOON)
    return Town(platform)


def test_a_delegation_is_revoked_at_noon(town: Town) -> None:
    kept, kept_code = town.open("kept")
    followed, followed_code = town.open("followed")
    assert (town.task(kept).unit, town.task(followed).unit) == ("south.office", "south.office")

    revocation = "/register/changes/withdraw?paper=1"
    fields = {"paper": "1", "since": "04/09/2026", "by": "99/QĐ-UBND", "running": ""}
    seen = town.see("registrar", revocation, act="preview", **fields)
    assert "1 việc từ Phòng Văn hóa xã Nam sang UBND Thành phố" in seen
    assert "1 hồ sơ đổi nơi quyết định" in seen
    assert town.task(followed).unit == "south.office"    # seen, not done

    assert "1 việc đã chuyển" in town.see("registrar", revocation, act="do", **fields)
    assert (town.task(kept).unit, town.task(followed).unit) == ("south.office", "city")
    assert followed_code not in town.see("second", "/desk?view=queue")
    assert kept_code in town.see("second", "/desk?view=queue")
    assert followed_code in town.see("of-city", "/desk?view=queue")

    history = town.see("of-city", f"/cases/{followed_code}")
    assert "rút ủy quyền" in history
    assert "Căn cứ trước: Thẩm quyền: UBND xã Nam, được UBND Thành phố ủy quyền bằng 7/QĐ-UBND" in history
    assert "Căn cứ nay: Thẩm quyền: UBND Thành phố, theo phân định thẩm quyền cấp thành phố" in history
    assert [entry.kind for entry in town.platform.store.papers.entries(kept)] == ["opened"]
    assert town.task(town.open("kept")[0]).unit == "city"

    answer = town.see("registrar", "/register?procedure=kept&place=south&on=04/09/2026")
    assert "UBND Thành phố được quyết định việc này cho UBND xã Nam vào ngày 04/09/2026" in answer
    before = town.see("registrar", "/register?procedure=kept&place=south&on=03/09/2026")
    assert "UBND xã Nam được quyết định việc này" in before and "Mở văn bản 7/QĐ-UBND" in before
    assert "Rút 7/QĐ-UBND từ 04/09/2026 theo 99/QĐ-UBND" in town.see("registrar", "/register/log")


def test_the_pharmacists_certificate_is_taken_away(town: Town) -> None:
    running, code = town.open("inspection")
    assert town.task(running).unit == "south.office"
    assert "có bằng dược sĩ đại học còn hiệu lực" in town.see("pharmacist", f"/cases/{code}")

    certificate = "/register/changes/disprove?person=pharmacist&capability=degree&certificate=CCHN 12"
    fields = {"person": "pharmacist", "capability": "degree", "certificate": "CCHN 12"}
    assert "1 việc đã chuyển" in town.see("registrar", certificate, act="do", **fields)
    following, code = town.open("inspection")
    for case in (running, following):
        assert town.task(case).unit == "health"
        assert town.platform.store.cases.load(case).case.places.authority == "south"
    page = town.see("of-health", f"/cases/{code}")
    assert "Tại Phòng Văn hóa xã Nam hiện không có ai có bằng dược sĩ đại học; theo quy tắc, Sở Y tế làm bước này" in page
    assert "còn Phòng Văn hóa xã Nam vẫn giữ vụ việc và thời hạn" in page
    asked = town.see("pharmacist", f"/desk/why-not?code={code}")
    assert "Bước này cần bằng dược sĩ đại học còn hiệu lực" in asked


def test_the_substitute_who_works_for_the_applicant_is_passed_over(town: Town) -> None:
    registrar = town.platform.actor("registrar")
    change_register(town.platform, registrar, Declare(Interest("friend", FIRM, "works-for")))
    change_register(town.platform, registrar, Leave(Absence("pharmacist", TODAY, date(2026, 9, 11), "friend")))
    case, code = town.open("plain")
    page = town.see("second", f"/cases/{code}")
    assert "Chuyên viên Tú không thay được Dược sĩ Hà vì phải từ chối giải quyết việc này" in page
    assert "Chuyên viên Tú không tham gia. Người này làm việc cho người nộp." in page
    assert "friend" in town.task(case).excluded
    assert "Bạn đã khai có liên quan đến người nộp" in town.see("friend", f"/desk/why-not?code={code}")
    other, _ = town.open("plain", "001080000012")    # for anybody else the substitute stands in
    assert "friend" not in town.task(other).excluded


def test_standing_in_does_not_lead_around_four_eyes(town: Town) -> None:
    """A starter's approval by way of a substitution is what users of other platforms complained about."""
    platform = town.platform
    platform.store.city.save(holdings=[Holding("second", "signer", "south")])  # type: ignore[attr-defined]
    change_register(platform, platform.actor("registrar"), Leave(Absence("chair", TODAY, date(2026, 9, 11), "second")))
    case, _ = town.open("plain")
    complete_task(platform, platform.actor("second"), case, town.task(case).task, {"opinion": "good"})
    signing = town.task(case)
    assert signing.node == "sign"
    assert "second" in signing.excluded
    assert "routing.substitute-four-eyes" in {reason.code for reason in signing.reasons}


def test_another_process_follows_the_register_at_its_next_step(town: Town, built: Callable[[], Platform]) -> None:
    """A register that is changed and not heeded is no register: each process asks with the case whether it moved."""
    other = Town(built())
    assert other.task(other.open("kept")[0]).unit == "south.office"
    change_register(town.platform, town.platform.actor("registrar"), Withdraw(1, TODAY, "99/QĐ-UBND"))
    assert other.task(other.open("kept")[0]).unit == "city"
