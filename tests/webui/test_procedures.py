"""The public catalogue: found without tone marks, everything public on one page, nobody signed in."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("words", ["ban sao", "sao%20ban", "BẢN SAO", "1.000001", "certified record", ""])
def test_a_procedure_is_found_without_tone_marks_in_any_order(browser, words) -> None:
    text = browser().open(f"/procedures?q={words}")
    assert "Xin bản sao có xác nhận" in text


def test_what_is_not_there_says_what_to_do_next(browser) -> None:
    text = browser().open("/procedures?q=zzz")
    assert "Không có thủ tục nào khớp." in text and "Xem tất cả thủ tục" in text


def test_the_page_says_what_to_bring_the_fee_the_time_who_decides_and_the_basis(browser) -> None:
    text = browser().open("/procedures/1.000001").replace("\u00a0", " ")
    for said in ("Đơn đề nghị", "Giấy tờ tùy thân", "8.000 ₫", "5 ngày làm việc", "Ủy ban nhân dân xã, phường", "Văn bản mẫu, Điều 1"):
        assert said in text, said
    assert "Kiểm tra giấy tờ" in text and "Tên giấy tờ cần sao" in text


def test_with_a_place_chosen_it_says_who_decides_there_and_when_it_would_be_due(browser) -> None:
    text = browser().open("/procedures/1.000001?place=east")
    assert "UBND phường Đông" in text and "hẹn trả ngày 11/09/2026" in text


def test_a_place_that_is_none_is_no_failure(browser) -> None:
    page = browser()
    text = page.open("/procedures/1.000001?place=nowhere")
    assert page.status == 200 and "Chưa rõ ai giải quyết ở nơi này" in text


def test_a_procedure_that_is_none_says_so(browser) -> None:
    page = browser()
    assert "Không có thủ tục này" in page.open("/procedures/9.999999") and page.status == 404


def test_the_catalogue_is_in_english_beside(browser) -> None:
    page = browser()
    assert "Certified copy of a record" in page.open("/procedures?lang=en")
    text = page.open("/procedures/1.000001?lang=en")
    assert "What do I need?" in text and "Counter clerk" in text
