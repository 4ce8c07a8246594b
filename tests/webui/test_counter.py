"""Taking a case in at the counter."""

from __future__ import annotations

import re

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
