"""The papers of a case."""

from __future__ import annotations

from io import BytesIO

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def test_a_file_sent_is_listed_and_is_saved_rather_than_shown(browser, case) -> None:
    page = browser("chi")
    page.open(f"/cases/{case.code}")
    text = page.post(f"/cases/{case.code}/documents", paper=(BytesIO(PDF), "giấy khai sinh.pdf"))
    assert "Đã nhận tệp “giấy khai sinh.pdf”." in text
    address = text.split(f'href="/cases/{case.code}/documents/')[-1].split('"')[0]
    page.open(f"/cases/{case.code}/documents/{address}")
    assert page.status == 200
    assert page.headers["Content-Disposition"].startswith("attachment")


def test_a_file_of_another_kind_is_refused_with_what_would_be_right(browser, case) -> None:
    page = browser("chi")
    page.open(f"/cases/{case.code}")
    text = page.post(f"/cases/{case.code}/documents", paper=(BytesIO(b"<script>alert(1)</script>"), "anh.png"))
    assert page.status == 422
    assert "Gửi tệp PDF hoặc ảnh" in text


def test_a_stranger_gets_no_paper(browser, case) -> None:
    page = browser("nobody")
    page.open(f"/cases/{case.code}/documents/slip-1")
    assert page.status == 403
