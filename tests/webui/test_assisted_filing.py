"""Assisted filing: somebody of a community group files for a citizen; it is the citizen's, and the helper is written down and sees no more."""

from __future__ import annotations

import pytest
from wardflow.cases.file_online import file_online
from wardflow.cases.open_case import Opening
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case
from wardflow.domain.people import ASSISTANT
from wardflow.domain.register import Holding, Person
from wardflow.packs import Pack

START = "/procedures/1.000001/file"
AN = {"full_name": "Nguyễn Văn An", "id_number": "001080000012", "phone": "0900000456"}
SHEET = {
    **{f"applicant.{name}": text for name, text in AN.items()}, "form.record": "Giấy khai sinh", "form.copies": "2",
    "returning": "east.point", "help.helper": "community",
}  # fmt: skip


def publish(platform: Platform, head: str) -> None:
    version = min(platform.store.packs.versions(), key=lambda each: each.version)
    files = dict(platform.store.packs.files(version.digest))
    (record,) = [path for path in files if path.startswith("procedures/")]
    pack = Pack({**files, record: f'{head}\nonline_level = "part"\n'.encode() + files[record]})
    platform.store.packs.publish(pack.id, pack.digest, pack.files, "", platform.now())


@pytest.fixture(autouse=True)
def helper(platform: Platform) -> None:
    """Filing online is open, and Thu helps at the point of the East ward."""
    publish(platform, 'online_filing = "account"')
    platform.store.city.save(people=(Person("thu", "Đỗ Thị Thu"),), holdings=(Holding("thu", ASSISTANT, "east.point"),))


def filed(browser, platform: Platform, **changed: str) -> tuple[object, Case]:
    """The helper's page after sending, and the case."""
    page = browser("thu")
    page.open(START)
    page.post(START, act="help")
    page.post(page.place, act="send", **{**SHEET, **changed})
    [case] = platform.store.worklist.received("T", "U", 10)
    return page, case


def test_the_case_is_the_citizens_and_the_helper_is_on_it_and_on_its_timeline(browser, platform) -> None:
    page, case = filed(browser, platform)
    assert "Mã tra cứu của người nộp" in page.text and case.tracking in page.text
    assert case.applicant_label == "Nguyễn Văn An" and case.applicant_person != "thu"
    assert (case.places.support, case.places.receiving) == ("east.point", "east.point")
    text = browser("binh").open(f"/cases/{case.code}")
    assert "Có người nộp giúp" in text and "Tổ công nghệ số cộng đồng" in text and "Người nộp giúp: Đỗ Thị Thu" in text
    assert "Helped by Đỗ Thị Thu, in the applicant" in browser("binh").open(f"/cases/{case.code}?lang=en")
    entry = platform.store.papers.entries(case.id)[0]
    assert (entry.by, entry.facts["helper"], entry.facts["helper_person"]) == ("thu", "community", "thu")


def test_the_helper_sees_no_case_of_that_point_afterwards_nor_its_lists(browser, platform) -> None:
    _page, case = filed(browser, platform)
    page = browser("thu")
    page.open(f"/cases/{case.code}")
    assert page.status in (403, 404)
    assert case.code not in page.open("/desk?q=Nguyễn Văn An")
    assert page.client.get("/register/units/east.point").status_code == 403


def test_a_known_citizen_finds_it_among_their_own_and_keeps_what_was_known_of_them(browser, platform) -> None:
    before = Opening("1.000001", {**AN, "email": "an@example.org"}, {"record": "Sổ hộ khẩu", "copies": 1}, {}, "east.point", returning="east.point")
    first = platform.store.cases.opened_with("before") or file_online(platform, platform.actor("an"), before, (), key="before")
    page = browser("thu")
    page.open(START)
    text = page.post(START, act="help")
    assert "an@example.org" not in text and AN["phone"] not in text and "Đã điền sẵn" not in text
    page.post(page.place, act="send", **{**SHEET, "applicant.phone": "0999999999", "applicant.email": "thief@example.org"})
    newest = platform.store.worklist.cases_of("an")[0]
    assert newest.code != first.code and newest.applicant_label == "Nguyễn Văn An"
    known = platform.store.applicants.find(AN["id_number"])
    assert known is not None and (known.person, known.facts["email"], known.facts["phone"]) == ("an", "an@example.org", AN["phone"])


def test_a_number_typed_wrong_puts_no_case_among_those_of_somebody_else(browser, platform) -> None:
    opening = Opening("1.000001", AN, {"record": "Sổ hộ khẩu", "copies": 1}, {}, "east.point", returning="east.point")
    file_online(platform, platform.actor("an"), opening, (), key="before")
    page = browser("thu")
    page.open(START)
    page.post(START, act="help")
    page.post(page.place, act="send", **{**SHEET, "applicant.full_name": "Bùi Thị Gái"})
    assert len(platform.store.worklist.cases_of("an")) == 1


def test_what_the_helper_is_must_be_said_and_nothing_typed_is_lost(browser, platform) -> None:
    page = browser("thu")
    page.open(START)
    page.post(START, act="help")
    text = page.post(page.place, act="send", **{**SHEET, "help.helper": ""})
    assert page.status == 422 and "Bạn nộp giúp với tư cách" in text and "Giấy khai sinh" in text
    assert "for Nguyễn Văn An" in page.open(f"{START}?lang=en")


def test_nobody_else_files_for_others_and_nothing_confidential_passes_through_other_hands(browser, platform) -> None:
    assert "Nộp giúp người dân" not in browser("an").open(START)
    page = browser("an")
    page.open(START)
    text = page.post(START, act="help")
    assert "Bạn nộp giúp" not in text
    assert "Nộp giúp người dân" in browser("thu").open(START)
    publish(platform, 'online_filing = "account"\nconfidential = true')
    assert "Nộp giúp người dân" not in browser("thu").open(START)
