"""The register's pages: who decides, units, people, certificates; each change is seen before it is made."""

from __future__ import annotations

from datetime import date

import pytest
from wardflow.cases.claim_task import claim_task
from wardflow.cases.reads import open_tasks
from wardflow.domain.capability import Capability
from wardflow.domain.register import Holding, Instrument, Item, Person, Unit
from wardflow.permissions import REGISTRAR

PAPER = Instrument(
    1, "5/QĐ-UBND", date(2026, 1, 5), 4, "city", (Item("uq-1", "Thủ tục mẫu", "Sample procedure"),), date(2026, 1, 10),
    valid_to=date(2026, 9, 20), level="commune", conditions="Báo cáo hằng quý", generated=True,
)
LEAVE = "/register/changes/leave"
DAYS = {"first": "04/09/2026", "last": "08/09/2026"}


@pytest.fixture
def platform(platform):
    platform.store.city.save(
        people=[Person("giang", "Võ Thị Giang")], holdings=[Holding("giang", REGISTRAR, "city")], instruments=[PAPER],
        capabilities=[Capability("chi", "degree", "CC 1", None, date(2026, 9, 10))],
    )
    return platform


def test_who_decides_and_by_which_paper_on_which_day(browser) -> None:
    page = browser("chi")
    text = page.open("/register?procedure=uq-1&place=east&on=04/09/2026")
    assert "UBND phường Đông được quyết định việc này" in text
    assert "được Thành phố mẫu ủy quyền bằng 5/QĐ-UBND" in text
    assert 'href="/register/instruments/1"' in text
    assert "Thành phố mẫu được quyết định việc này" in page.open("/register?procedure=uq-1&place=east&on=21/09/2026")
    assert "Cần một ngày có thật" in page.open("/register?procedure=uq-1&place=east&on=31/02/2026")
    assert "East ward may decide this for East ward" in page.open("/register?procedure=uq-1&place=east&on=04/09/2026&lang=en")


def test_the_register_counts_by_form_and_says_what_ends_soon(browser) -> None:
    text = browser("chi").open("/register")
    assert "UBND Thành phố ủy quyền cho UBND cấp xã: 1 thủ tục" in text
    assert "đến hết 20/09/2026" in text
    assert "Báo cáo hằng quý" in browser("chi").open("/register/instruments/1")
    assert "tạo tự động" in text


def test_a_citizen_sees_no_page_of_the_register(browser) -> None:
    page = browser("an")
    for address in ("/register", "/register/units", "/register/people/chi", "/register/capabilities", "/register/log", "/register/instruments/1"):
        page.open(address)
        assert page.status == 403, address


def test_units_people_and_certificates_are_read_by_every_official_and_changed_by_the_registrar(browser) -> None:
    reader, registrar = browser("dung"), browser("giang")
    assert "Lê Thị Chi" in reader.open("/register/units?q=le thi chi")
    assert "Giao vai trò" not in reader.open("/register/units/east.office")
    assert "Giao vai trò" in registrar.open("/register/units/east.office")
    text = reader.open("/register/capabilities")
    assert "sắp hết hạn" in text and "CC 1" in text and "kind=disprove" not in text
    assert "changes/disprove" in registrar.open("/register/people/chi")
    for nobody in ("/register/units/nowhere", "/register/people/nobody", "/register/people/an", "/register/changes/dance", "/register/instruments/9"):
        reader.open(nobody)
        assert reader.status == 404, nobody


def test_a_change_is_seen_then_made_and_what_it_moved_is_told(browser, platform, case) -> None:
    (task,) = open_tasks(platform, case.case_id)
    claim_task(platform, platform.actor("chi"), case.case_id, task.task)
    page = browser("giang")
    page.open(f"{LEAVE}?person=chi")
    text = page.post(LEAVE, act="preview", person="chi", substitute="dung", **DAYS)
    assert "Lê Thị Chi vắng từ 04/09/2026 đến hết 08/09/2026; người thay: Phạm Văn Dũng." in text
    assert "1 việc chuyển người trong Phòng Tổng hợp phường Đông" in text
    assert platform.register().absences == ()
    text = page.post(LEAVE, act="do", person="chi", substitute="dung", **DAYS)
    assert page.place == "/register/people/chi"
    assert "1 việc đã chuyển." in text and "thay: Phạm Văn Dũng" in text
    assert open_tasks(platform, case.case_id)[0].person is None
    assert "vắng đến hết 08/09/2026" in page.open("/register/units/east.office")
    assert "Lê Thị Chi vắng" in page.open("/register/log")


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("first", "", "Cần điền mục này."),
        ("last", "31/09/2026", "Cần một ngày có thật"),
        ("last", "03/09/2026", "Ngày cuối phải từ ngày đầu trở đi."),
        ("substitute", "chi", "Không ai tự thay mình."),
    ],
)
@pytest.mark.parametrize("act", ["preview", "do"])
def test_what_cannot_be_is_said_and_what_was_typed_stays(browser, platform, act, field, typed, said) -> None:
    page = browser("giang")
    page.open(f"{LEAVE}?person=chi")
    text = page.post(LEAVE, act=act, **{"person": "chi", "substitute": "", **DAYS, field: typed})
    assert page.status == 422
    assert said in text
    assert f'value="{DAYS["last"] if field == "first" else DAYS["first"]}"' in text
    assert platform.register().absences == ()


def test_a_second_lead_is_refused_by_name(browser, platform) -> None:
    platform.store.city.save(units=[Unit("dept", "Sở mẫu", "Sample department", "department", "city", "city")])
    page = browser("giang")
    page.open("/register/changes/grant")
    fields = {
        "number": "8/QĐ", "signed_on": "01/02/2026", "form": "3", "delegator": "city", "delegates": "Sở mẫu", "first": "01/02/2026",
        "last": "", "conditions": "Một điều kiện",
    }
    text = page.post("/register/changes/grant", act="do", listed="uq-2|Khác\nuq-1 | Thủ tục mẫu", **fields)
    assert page.status == 422
    assert "uq-1 đang do cấp xã chủ trì theo 5/QĐ-UBND. Một việc chỉ có một cơ quan chủ trì" in text
    assert "Một điều kiện" in text and "uq-2|Khác" in text
    text = page.post("/register/changes/grant", act="do", listed="uq-2|Khác", **fields)
    assert "Thêm văn bản 8/QĐ, 1 thủ tục, hiệu lực từ 01/02/2026." in text
    assert "Sở mẫu được quyết định việc này" in page.open("/register?procedure=uq-2&place=east&on=04/09/2026")


def test_a_unit_or_a_person_nobody_knows_is_said_at_its_field(browser) -> None:
    page = browser("giang")
    page.open("/register/changes/appoint?unit=east.office")
    text = page.post("/register/changes/appoint", act="preview", person="Không Ai", role="expert", unit="east.office")
    assert "Sổ không có người “Không Ai”." in text
    assert 'value="Không Ai"' in text
    text = page.post("/register/changes/appoint", act="do", person="Tran Thi Binh", role="expert", unit="east.office")
    assert page.place == "/register/units/east.office"
    assert "Trần Thị Bình giữ vai trò" in text


def test_who_is_no_registrar_changes_nothing_but_their_own_absence(browser, platform) -> None:
    page = browser("dung")
    page.open(f"{LEAVE}?person=chi")
    page.post(LEAVE, act="do", person="chi", substitute="", **DAYS)
    assert page.status == 403
    page.open(f"{LEAVE}?person=dung")
    page.post(LEAVE, act="do", person="dung", substitute="", **DAYS)
    assert [row.person for row in platform.register().absences] == ["dung"]


def test_why_a_case_is_not_with_me_is_answered_by_its_code(browser, case) -> None:
    text = browser("binh").open(f"/desk/why-not?code={case.code}")
    assert "bạn không giữ vai trò đó" in text
    assert "Nguyễn Văn An" not in text.split("<main")[1]
    assert "Bạn đang giữ việc này, hoặc nhận được từ hàng chờ." in browser("chi").open(f"/desk/why-not?code={case.code}")
    page = browser("chi")
    assert "Không có hồ sơ nào mang mã này" in page.open("/desk/why-not?code=KHONG")
    assert page.status == 404
    citizen = browser("an")
    citizen.open(f"/desk/why-not?code={case.code}")
    assert citizen.status == 403
