"""The register of dossiers of a counter: what was received there, on a page and as a file."""

from __future__ import annotations

import csv
import io

import pytest
from pypdf import PdfReader
from wardflow.cases.open_case import open_case
from wardflow.cases.opening import Opening
from wardflow.packs import Pack

BOOK = b'\n[book]\nform = "07"\ntitle = "S"\ntitle_en = "B"\n'


@pytest.fixture
def kept(platform):
    """The small city, whose pack keeps the register."""
    (version,) = platform.store.packs.versions()
    files = dict(platform.store.packs.files(version.digest))
    pack = Pack({**files, "pack.toml": files["pack.toml"] + BOOK}, version.pack_id)
    platform.store.packs.publish(pack.id, pack.digest, pack.files, "", platform.now())
    return platform


def filed(platform, name: str) -> str:
    opening = Opening("1.000001", {"full_name": name, "id_number": "001080000012"}, {"record": "Giấy khai sinh", "copies": 2}, {"request": "original"}, "east.point")
    return open_case(platform, platform.actor("binh"), opening, answer={"result": "complete"}).code


def lines(browser, address: str) -> list[list[str]]:
    page = browser("binh")
    text = page.open(address)
    assert page.headers["Content-Type"].startswith("text/csv")
    return list(csv.reader(io.StringIO(text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"))))


def test_the_page_shows_the_day_with_its_cases_in_the_order_of_receipt(kept, browser) -> None:
    first, second = filed(kept, "Nguyễn Văn An"), filed(kept, "Trần Thị Bích")
    text = browser("binh").open("/book")
    assert text.index(first) < text.index(second)
    assert "Trần Thị Bích" in text and "Mẫu 07" in text


def test_another_day_is_empty(kept, browser) -> None:
    code = filed(kept, "Nguyễn Văn An")
    text = browser("binh").open("/book?day=01/01/2026")
    assert code not in text and "Ngày này chưa nhận hồ sơ nào." in text


def test_the_file_has_receipt_processing_and_result_of_each(kept, browser) -> None:
    code = filed(kept, "Nguyễn Văn An")
    head, line = lines(browser, "/book.csv")
    row = dict(zip(head, line, strict=True))
    assert (row["Số thứ tự"], row["Mã hồ sơ"], row["Người nộp"]) == ("1", code, "Nguyễn Văn An")
    assert row["Hồ sơ đến"] == "Nộp tại quầy"
    assert row["Cơ quan giải quyết"] == "UBND phường Đông" and row["Hẹn trả"] and row["Ngày có kết quả"] == ""


def test_a_name_that_a_spreadsheet_would_run_is_only_text(kept, browser) -> None:
    filed(kept, "=1+1 Công ty")
    assert lines(browser, "/book.csv")[1][3] == "'=1+1 Công ty"


def test_cases_of_a_pack_that_keeps_no_register_are_not_in_it(platform, browser) -> None:
    code = filed(platform, "Nguyễn Văn An")
    assert code not in browser("binh").open("/book")


def test_nobody_but_a_counter_has_one(kept, browser) -> None:
    page = browser("chi")
    page.open("/book")
    assert page.status == 403


def test_the_register_is_printed_as_slip_07(kept, browser) -> None:
    code = filed(kept, "Nguyễn Văn An")
    page = browser("binh")
    answer = page.client.get("/book.pdf")
    text = " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(answer.data)).pages).split())
    assert answer.headers["Content-Type"] == "application/pdf" and answer.headers["Cache-Control"] == "no-store"
    assert "SỔ THEO DÕI HỒ SƠ" in text and "Mẫu số 07" in text and "Cộng: 1 hồ sơ." in text
    assert code.replace("-", "") in text.replace("-", "").replace(" ", "") and "Trần Thị Bình" in text


def test_nobody_else_prints_the_register(kept, browser) -> None:
    answer = browser("chi").client.get("/book.pdf")
    assert answer.status_code == 403
