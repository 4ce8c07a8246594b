"""Taking a case in at the counter."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from wardflow.cases import reads
from wardflow.cases.back_entry import Real
from wardflow.cases.complete_task import complete_task
from wardflow.cases.open_case import open_case
from wardflow.cases.opening import Opening
from wardflow.counter_errors import BackEntryRefused
from wardflow.domain.channels import Channel, Helper
from wardflow.errors import NotAllowed
from wardflow.packs import Pack

SHEET = {
    "applicant.full_name": "Nguyễn Văn An",
    "applicant.id_number": "001080000012",
    "form.record": "Giấy khai sinh",
    "form.copies": "2",
    "components": "request",
    "first.result": "complete",
    "returning": "east.point",
}


def sheet(browser):
    page = browser("binh")
    page.open("/counter")
    page.post("/counter", procedure="1.000001")
    return page


def test_the_counter_offers_what_can_be_filed_today(browser) -> None:
    page = browser("binh")
    assert "Xin bản sao có xác nhận" in page.open("/counter")
    assert "Xin bản sao có xác nhận" in page.open("/counter?q=ban sao")
    assert "Không có thủ tục nào khớp." in page.open("/counter?q=zzz")


def test_only_somebody_who_receives_has_a_counter(browser) -> None:
    page = browser("chi")
    page.open("/counter")
    assert page.status == 403


def test_the_sheet_shows_fees_places_and_the_date_before_anything_is_received(browser) -> None:
    text = sheet(browser).text
    for said in (
        "8.000 ₫",
        "Điểm phục vụ phường Đông",
        "UBND phường Đông",
        "11/09/2026",
        "1. Người nộp",
        "4. Kiểm tra giấy tờ",
    ):
        assert said in text.replace("\u00a0", " "), said


def test_receiving_opens_the_case_and_hands_out_the_code(browser, platform) -> None:
    page = sheet(browser)
    text = page.post(page.place, act="receive", **SHEET)
    assert page.status == 200
    code = re.search(r"Đã nhận hồ sơ (T\.\S+)</h1>", text)
    assert code and platform.store.cases.id_of(code[1])


def test_receiving_twice_opens_one_case(browser) -> None:
    page = sheet(browser)
    address = page.place
    page.post(address, act="receive", **SHEET)
    received = page.place
    page.open("/counter")
    page.post(address, act="receive", **SHEET)
    assert page.place == received


def test_a_wrong_value_at_the_counter_keeps_everything_typed(browser) -> None:
    page = sheet(browser)
    text = page.post(page.place, act="receive", **{**SHEET, "form.copies": "nhiều", "applicant.id_number": "12"})
    assert page.status == 422
    assert "Còn 2 chỗ cần sửa" in text
    assert 'value="nhiều"' in text and "Nguyễn Văn An" in text


def test_the_sheet_is_kept_on_the_server(browser) -> None:
    page = sheet(browser)
    address = page.place
    page.post(address, act="redraw", **{**SHEET, "form.record": "Giấy kết hôn"})
    assert "Giấy kết hôn" in page.open(address)


def test_a_value_decides_what_else_is_asked(browser) -> None:
    page = sheet(browser)
    assert "Vì sao cần gấp" not in page.text
    assert "Vì sao cần gấp" in page.post(page.place, **{**SHEET, "form.urgent": "true"})


def test_a_missing_paper_is_named_and_does_not_block(browser) -> None:
    page = sheet(browser)
    text = page.post(page.place, act="redraw", **{name: value for name, value in SHEET.items() if name != "components"})
    assert "Chưa có: Đơn đề nghị." in text


def test_somebody_who_filed_before_need_not_say_it_all_again(browser, case) -> None:
    page = sheet(browser)
    text = page.post(page.place, act="find", _find="0010 8000 0012")
    assert "Đã tìm thấy Nguyễn Văn An." in text
    assert 'value="Nguyễn Văn An"' in text


def test_nobody_else_sees_the_sheet(browser) -> None:
    page = sheet(browser)
    other = browser("binh")
    with other.client.session_transaction() as session:
        session["person"] = "chi"
    other.open(page.place)
    assert other.status in (403, 404)


AN = {"full_name": "Nguyễn Văn An", "id_number": "001080000012", "phone": "0912345678", "address": "thôn Đông"}


def filed(platform, applicant=AN, **form) -> str:
    form = {"record": "Giấy khai sinh", "copies": 2, **form}
    opening = Opening("1.000001", applicant, form, {"request": "original"}, "east.point")
    return open_case(platform, platform.actor("binh"), opening, answer={"result": "complete"}).code


@pytest.mark.parametrize("typed", ["001080000012", "0912 345 678"])
def test_a_whole_number_finds_who_filed_before_at_once(browser, platform, typed) -> None:
    filed(platform)
    page = sheet(browser)
    text = page.post(page.place, act="find", _find=typed)
    assert "Đã tìm thấy Nguyễn Văn An." in text and 'value="thôn Đông"' in text


def test_a_name_without_tone_marks_offers_who_may_be_meant_with_masked_numbers(browser, platform) -> None:
    filed(platform)
    page = sheet(browser)
    text = page.post(page.place, act="find", _find="nguyen van an")
    assert "••••••••0012" in text and "001080000012" not in text
    (key,) = re.findall(r'name="_choose" value="(\d+)"', text)
    text = page.post(page.place, _find="nguyen van an", _choose=key)
    assert "Đã tìm thấy Nguyễn Văn An." in text and 'value="001080000012"' in text


def test_nobody_is_browsed(browser, platform) -> None:
    filed(platform)
    page = sheet(browser)
    for typed in ("nguyen", "0010", "an"):
        text = page.post(page.place, act="find", _find=typed)
        assert "Cần cả số định danh" in text and "_choose" not in text, typed
    text = page.post(page.place, _find="tran van khac", _choose="1")    # a number that no search of theirs found
    assert "001080000012" not in text


def test_a_name_shared_by_many_is_told_apart_by_a_number(browser, platform) -> None:
    for place in range(9):
        filed(platform, {"full_name": "Nguyễn Văn An", "id_number": f"0010800000{place:02}"})
    page = sheet(browser)
    text = page.post(page.place, act="find", _find="Nguyễn Văn An")
    assert "Nhiều người trùng tên." in text and "_choose" not in text


def test_only_who_receives_looks_people_up(platform) -> None:
    filed(platform)
    for person in ("chi", "an"):
        with pytest.raises(NotAllowed):
            reads.look_up(platform, platform.actor(person), "001080000012")


def test_somebody_new_is_not_typed_twice(browser) -> None:
    page = sheet(browser)
    assert 'value="Đỗ Thị Mới"' in page.post(page.place, act="find", _find="Đỗ Thị Mới")
    assert 'value="0987654321"' in page.post(page.place, act="find", _find="0987654321")


def test_what_was_declared_before_is_filled_in_marked_and_may_be_changed(browser, platform) -> None:
    code = filed(platform, commune="east")
    page = sheet(browser)
    text = page.post(page.place, act="find", _find="001080000012")
    assert f"Đã khai trong hồ sơ {code} ngày 04/09/2026." in text
    assert re.search(r'<option value="east" selected>', text)
    assert 'value="Giấy khai sinh"' not in text    # nobody said that two dossiers ask for the same paper
    text = page.post(page.place, act="redraw", **{**SHEET, "form.commune": "city"})
    assert "Đã khai trong hồ sơ" not in text and re.search(r'<option value="city" selected>', text)


def test_what_is_typed_already_is_not_written_over(browser, platform) -> None:
    filed(platform, commune="east")
    page = sheet(browser)
    page.post(page.place, act="redraw", **{"form.commune": "city"})
    text = page.post(page.place, act="find", _find="001080000012", **{"form.commune": "city"})
    assert re.search(r'<option value="city" selected>', text) and "Đã khai trong hồ sơ" not in text


def test_a_scan_becomes_a_paper_of_the_case_and_ticks_its_component(browser, platform) -> None:
    page = sheet(browser)
    scan = (io.BytesIO(b"%PDF-1.7\n%%EOF\n"), "don.pdf")
    value = {name: text for name, text in SHEET.items() if name != "components"}
    text = page.post(page.place, act="redraw", **{"scans.request": scan, **value})
    assert "don.pdf" in text and "Chưa có: Đơn đề nghị." not in text and 'capture="environment"' in text
    kept = re.search(r'name="scans.request" value="([^"]+)"', text)
    assert kept
    page.post(page.place, act="receive", **value, **{"scans.request": kept[1].replace("&#34;", '"')})
    code = re.search(r"T\.\S+$", page.place)
    assert code
    case = platform.store.cases.id_of(code[0])
    assert [paper.name for paper in platform.store.papers.documents(case) if paper.kind == "attachment"] == ["don.pdf"]


def test_a_file_of_somebody_else_is_not_taken_in_by_its_name(browser) -> None:
    page = sheet(browser)
    other = '{"attachment": "0000", "name": "x.pdf", "size": 1, "type": "application/pdf", "sha256": "' + "0" * 64 + '"}'
    assert "x.pdf" not in page.post(page.place, act="redraw", **{**SHEET, "scans.request": other})


POSTED = {"way.channel": "counter", "way.back": "desk"}


def received(browser, platform, **way):
    page = sheet(browser)
    text = page.post(page.place, act="receive", **{**SHEET, **POSTED, **{f"way.{name}": said for name, said in way.items()}})
    found = re.search(r"T\.\S+$", page.place)
    return text, platform.store.cases.id_of(found[0]) if found else 0


def test_who_helped_and_on_whose_behalf_is_kept_and_the_applicant_stays_the_applicant(browser, platform) -> None:
    _, case = received(browser, platform, channel="assisted", helper="authorised", helper_name="Lê Văn Giúp", authorisation="Số 12, 01/09/2026")
    came = platform.store.channels.of(case).way
    assert (came.channel, came.helper, came.helper_name) == (Channel.ASSISTED, Helper.AUTHORISED, "Lê Văn Giúp")
    assert platform.store.cases.load(case).case.applicant_label == "Nguyễn Văn An"
    assert "Lê Văn Giúp" in browser("binh").open(f"/cases/{platform.store.cases.load(case).case.code}")


def test_an_authorised_person_shows_their_paper_and_a_parcel_its_number(browser, platform) -> None:
    text, case = received(browser, platform, channel="assisted", helper="authorised", helper_name="Lê Văn Giúp")
    assert not case and "Giấy ủy quyền" in text
    text, case = received(browser, platform, channel="post")
    assert not case and "Mã bưu gửi" in text
    _, case = received(browser, platform, channel="post", parcel="EB123VN", back="post", back_address="12 phố Huế, Hà Nội")
    came = platform.store.channels.of(case).way
    assert (came.parcel, came.back_address) == ("EB123VN", "12 phố Huế, Hà Nội")


PAPER = {"channel": "mobile", "late": "true", "received_on": "03/09/2026", "received_time": "09:30", "late_why": "Tổ lưu động nhận trên giấy"}
REAL = datetime(2026, 9, 3, 2, 30, tzinfo=UTC)


def test_what_was_received_on_paper_counts_from_then_and_says_who_entered_it_when_and_why(browser, platform) -> None:
    _, case = received(browser, platform, **PAPER)
    kept = platform.store.cases.load(case).case
    assert kept.opened_at == REAL and kept.clock[0].at == REAL
    assert "-260903-" in kept.code
    entry = platform.store.papers.entries(case)[0]
    assert entry.at == REAL and entry.by == "binh"
    assert entry.facts["entered_at"] == platform.now().isoformat() and entry.facts["reason"] == "Tổ lưu động nhận trên giấy"
    assert "Nhập sau, lúc 04/09/2026, 09:40: Tổ lưu động nhận trên giấy" in browser("binh").open(f"/cases/{kept.code}")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"received_on": "05/09/2026"}, "không thể sau lúc này"),
        ({"received_on": "28/08/2026"}, "Chỉ nhập sau được trong 3 ngày làm việc."),
        ({"received_on": "28/08/2026", "late_why": ""}, "Vì sao nay mới nhập"),
    ],
)
def test_a_real_time_that_cannot_be_opens_nothing_and_loses_nothing(browser, platform, told, said) -> None:
    text, case = received(browser, platform, **{**PAPER, **told})
    assert not case and said in text and "Nguyễn Văn An" in text


def test_a_step_done_on_paper_is_entered_afterwards_only_in_a_case_that_was(platform) -> None:
    binh, opening = platform.actor("binh"), Opening("1.000001", AN, {"record": "Giấy khai sinh", "copies": 2}, {}, "east.point")
    at_once = open_case(platform, binh, opening).case_id
    afterwards = open_case(platform, binh, opening, real=Real(REAL, "mất mạng")).case_id
    then = Real(REAL + timedelta(minutes=20), "mất mạng")
    with pytest.raises(BackEntryRefused):
        complete_task(platform, binh, at_once, reads.open_tasks(platform, at_once)[0].task, {"result": "complete"}, real=then)
    check = reads.open_tasks(platform, afterwards)[0].task
    with pytest.raises(BackEntryRefused):
        complete_task(platform, binh, afterwards, check, {"result": "complete"}, real=Real(REAL - timedelta(minutes=1), "mất mạng"))
    case = complete_task(platform, binh, afterwards, check, {"result": "complete"}, real=then)
    assert case.clock[0].at == then.at
    with pytest.raises(NotAllowed):
        open_case(platform, platform.actor("chi"), opening, real=then)


def test_the_page_of_a_step_takes_its_real_time_and_says_what_cannot_be(browser, platform) -> None:
    opening = Opening("1.000001", AN, {"record": "Giấy khai sinh", "copies": 2}, {}, "east.point")
    opened = open_case(platform, platform.actor("binh"), opening, real=Real(REAL, "mất mạng"))
    task = reads.open_tasks(platform, opened.case_id)[0].task
    page = browser("binh")
    page.open(f"/cases/{opened.code}")
    page.post(f"/cases/{opened.code}/tasks/{task}/claim")
    told = {"result": "complete", "_real_on": "03/09/2026", "_real_why": "mất mạng"}
    text = page.post(f"/cases/{opened.code}/tasks/{task}", act="complete", _real_time="9 giờ", **told)
    assert page.status == 422 and "Ghi ngày như 04/09/2026" in text and 'value="9 giờ"' in text
    page.post(f"/cases/{opened.code}/tasks/{task}", act="complete", _real_time="10:15", **told)
    entry = platform.store.papers.entries(opened.case_id)[-1]
    assert entry.at == datetime(2026, 9, 3, 3, 15, tzinfo=UTC) and entry.facts["reason"] == "mất mạng"


def test_a_case_received_at_once_asks_nothing_about_a_real_time(browser, platform) -> None:
    opening = Opening("1.000001", AN, {"record": "Giấy khai sinh", "copies": 2}, {}, "east.point")
    opened = open_case(platform, platform.actor("binh"), opening)
    task = reads.open_tasks(platform, opened.case_id)[0].task
    page = browser("binh")
    page.open(f"/cases/{opened.code}")
    assert "_real_on" not in page.post(f"/cases/{opened.code}/tasks/{task}/claim")


@pytest.mark.parametrize("kept", ["confidential = true", 'sealed_for = "head"'])
def test_confidential_and_sealed_cases_offer_nothing_and_are_found_by_no_name(browser, platform, kept) -> None:
    (version,) = platform.store.packs.versions()
    files = dict(platform.store.packs.files(version.digest))
    secret = files["procedures/copy.toml"].decode().replace("1.000001", "1.000009").replace("time_limit", f"{kept}\ntime_limit", 1)
    pack = Pack({**files, "procedures/secret.toml": secret.encode()}, version.pack_id)
    platform.store.packs.publish(pack.id, pack.digest, pack.files, "", platform.now())
    opening = Opening("1.000009", AN, {"record": "Giấy khai sinh", "copies": 2, "commune": "east"}, {}, "east.point")
    open_case(platform, platform.actor("binh"), opening)
    page = sheet(browser)
    text = page.post(page.place, act="find", _find="001080000012")
    assert "Đã khai trong hồ sơ" not in text and not re.search(r'<option value="east" selected>', text)
    assert "_choose" not in page.post(page.place, act="find", _find="nguyen van an")
