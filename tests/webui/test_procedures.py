"""The public catalogue: found without tone marks, everything public on one page, nobody signed in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from wardflow.cases.back_entry import Real
from wardflow.cases.open_case import open_case
from wardflow.cases.opening import Opening
from wardflow.errors import ProcedureOver
from wardflow.packs import Pack


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


def over(platform, **more: str) -> None:
    """The record of the small pack, over since the day before; another one may take its place."""
    (version,) = platform.store.packs.versions()
    files = dict(platform.store.packs.files(version.digest))
    name = "procedures/copy.toml"
    written = files[name].decode()
    new = written.replace('code = "1.000001"', 'code = "1.000002"').replace("Xin bản sao có xác nhận", "Xin bản sao điện tử")
    ended = written.replace("valid_from = 2025-01-01", 'valid_from = 2025-01-01\nvalid_to = 2026-09-03\nreplaced_by = "1.000002"')
    pack = Pack({**files, name: ended.encode(), "procedures/new.toml": new.encode()}, version.pack_id)
    platform.store.packs.publish(pack.id, pack.digest, pack.files, "", platform.now())


def test_a_record_that_is_over_takes_no_cases_and_names_what_replaced_it(browser, platform) -> None:
    over(platform)
    page = browser()
    assert "Xin bản sao có xác nhận" not in page.open("/procedures")
    text = page.open("/procedures/1.000001")
    assert page.status == 410 and "không nhận hồ sơ mới" in text
    assert 'href="/procedures/1.000002"' in text and "Xin bản sao điện tử" in text


def test_a_case_is_opened_only_within_the_days_of_its_record_also_when_it_is_entered_afterwards(platform) -> None:
    over(platform)
    opening = Opening("1.000001", {"full_name": "An Văn", "id_number": "001080000012"}, {"record": "Giấy khai sinh", "copies": 2}, {}, "east.point")
    with pytest.raises(ProcedureOver):
        open_case(platform, platform.actor("binh"), opening)
    then = Real(platform.now() - timedelta(days=1), "Tổ lưu động nhận trên giấy")
    assert open_case(platform, platform.actor("binh"), opening, real=then).code


def test_the_page_says_when_the_record_ends_who_receives_and_what_a_fee_is_counted_by(browser, platform) -> None:
    (version,) = platform.store.packs.versions()
    files = dict(platform.store.packs.files(version.digest))
    name = "procedures/copy.toml"
    more = files[name].decode().replace("valid_from = 2025-01-01", 'valid_from = 2025-01-01\nvalid_to = 2027-12-31\nhotline = "19001009"')
    more = more.replace("amount = 8000", 'amount = 8000\nunit = "bản"\ncap = 80000\nexemption = "người có công"')
    pack = Pack({**files, name: more.encode()}, version.pack_id)
    platform.store.packs.publish(pack.id, pack.digest, pack.files, "", platform.now())
    text = browser().open("/procedures/1.000001?place=east").replace("\u00a0", " ")
    for said in (
        "Áp dụng từ 01/01/2025 đến hết 31/12/2027.", "Người tiếp nhận: Trần Thị Bình.", "tính theo bản", "nhiều nhất 80.000 ₫",
        "miễn, giảm: người có công", "Gọi 19001009",
    ):
        assert said in text, said
