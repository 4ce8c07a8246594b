"""Papers between points: sent in bundles, confirmed on arrival, what is missing told."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader
from wardflow.cases import reads
from wardflow.cases.inspection import Inspector
from wardflow.cases.open_case import open_case
from wardflow.cases.opening import Opening
from wardflow.cases.send_bundle import confirm_bundle, send_bundle
from wardflow.counter_errors import BundleRefused, BundleUnknown
from wardflow.errors import NotAllowed


def filed(platform, returning: str = "west.point") -> str:
    applicant = {"full_name": "Nguyễn Văn An", "id_number": "001080000012"}
    opening = Opening("1.000001", applicant, {"record": "Giấy khai sinh", "copies": 2}, {"request": "original"}, "east.point", returning)
    return open_case(platform, platform.actor("binh"), opening, answer={"result": "complete"}).code


def sent(platform, *codes: str):
    return send_bundle(platform, platform.actor("binh"), "east.point", "west.point", codes, carrier="Xe thư 12")


def kinds(platform, code: str) -> list[str]:
    return [entry.kind for entry in platform.store.papers.entries(platform.store.cases.id_of(code))]


def test_a_citizen_has_no_papers_to_send(browser) -> None:
    page = browser("an")
    page.open("/bundles")
    assert page.status == 403


def test_a_bundle_leaves_a_line_in_every_case_and_arrives_with_what_is_missing(platform) -> None:
    first, second = filed(platform), filed(platform)
    bundle = sent(platform, first, second)
    done = confirm_bundle(platform, platform.actor("hoa-west"), bundle.id, [first])
    assert [str(state) for state in done.cases.values()] == ["arrived", "missing"]
    assert kinds(platform, first)[-2:] == ["bundle_sent", "bundle_arrived"]
    assert kinds(platform, second)[-2:] == ["bundle_sent", "bundle_missing"]
    told = platform.store.papers.notices(platform.store.cases.id_of(second))
    assert {(notice.person, notice.role, notice.unit) for notice in told if notice.notice == "desk.missed"} == {
        ("binh", "", ""), (None, "clerk", "east.point"),
    }
    assert not [n for n in platform.store.papers.notices(platform.store.cases.id_of(first)) if n.notice == "desk.missed"]


def test_the_chains_of_the_cases_stay_whole(platform) -> None:


    code = filed(platform)
    confirm_bundle(platform, platform.actor("hoa-west"), sent(platform, code).id, [])
    assert list(Inspector(platform).faults(platform.store.inspection)) == []


@pytest.mark.parametrize("codes", [(), ("T.004-260904-9999",)])
def test_nothing_and_what_nobody_knows_cannot_be_sent(platform, codes) -> None:
    with pytest.raises(BundleRefused):
        sent(platform, *codes)


def test_all_or_nothing_and_papers_are_in_one_place_at_a_time(platform) -> None:
    first, second = filed(platform), filed(platform)
    sent(platform, first)
    with pytest.raises(BundleRefused) as refused:
        sent(platform, second, first)
    assert refused.value.why.facts["code"] == first
    assert "bundle_sent" not in kinds(platform, second)


def test_a_bundle_is_confirmed_once_and_only_where_it_arrives(platform) -> None:
    bundle = sent(platform, filed(platform))
    with pytest.raises(NotAllowed):
        confirm_bundle(platform, platform.actor("binh"), bundle.id, [])
    confirm_bundle(platform, platform.actor("hoa-west"), bundle.id, [])
    with pytest.raises(BundleRefused):
        confirm_bundle(platform, platform.actor("hoa-west"), bundle.id, [])
    with pytest.raises(NotAllowed):
        send_bundle(platform, platform.actor("hoa-west"), "east.point", "west.point", ["x"])


def test_nobody_at_neither_end_sees_a_bundle(platform) -> None:
    bundle = sent(platform, filed(platform))
    with pytest.raises(BundleUnknown):
        reads.bundle(platform, platform.actor("em"), bundle.id)


def test_the_pages_send_and_confirm_and_the_paper_goes_along(browser, platform) -> None:
    code = filed(platform)
    page = browser("binh")
    page.open("/bundles")
    page.post("/bundles", to="west.point", codes=f"{code}\n", carrier="Xe thư 12")
    id = page.place.rsplit("/", 1)[1]
    assert f"Đã gửi túi {id}." in page.text and "Xác nhận đã nhận" not in page.text
    other = browser("hoa-west")
    assert "Chờ bạn xác nhận" in other.open("/bundles")
    other.open(f"/bundles/{id}")
    assert "Đã nhận đủ túi hồ sơ." in other.post(f"/bundles/{id}", code=code)
    assert "Giấy tờ đã đến Điểm phục vụ phường Tây" in page.open(f"/cases/{code}")
    text = " ".join(" ".join(s.extract_text() for s in PdfReader(io.BytesIO(page.client.get(f"/bundles/{id}/paper").data)).pages).split())
    for said in ("BIÊN BẢN BÀN GIAO HỒ SƠ", code, "Xe thư 12", "Trần Thị Bình", "Vũ Thị Giang", "Cộng: 1 hồ sơ."):
        assert said in text, said
    assert "Nguyễn Văn An" not in text


def test_what_cannot_go_is_said_and_every_code_is_given_back(browser, platform) -> None:
    code = filed(platform)
    page = browser("binh")
    page.open("/bundles")
    text = page.post("/bundles", to="west.point", codes=f"{code} T.004-260904-0999")
    assert page.status == 422 and "Không có hồ sơ T.004-260904-0999" in text and code in text
