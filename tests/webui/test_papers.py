"""The papers of a case."""

from __future__ import annotations

import re
from io import BytesIO

SAVE = re.compile(r'href="([^"]+/documents/file-\d+)"')
LOOK = re.compile(r'href="([^"]+/documents/file-\d+/look)"')
STEP = re.compile(r'/cases/[^"]+/tasks/[^"/]+')
PNG = b"\x89PNG\r\n\x1a\n" + bytes(24)
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def test_a_file_sent_is_listed_and_is_saved_rather_than_shown(browser, case) -> None:
    page = browser("chi")
    page.open(f"/cases/{case.code}")
    text = page.post(f"/cases/{case.code}/documents", paper=(BytesIO(PDF), "giấy khai sinh.pdf"))
    assert "Đã nhận tệp “giấy khai sinh.pdf”." in text
    page.open(SAVE.findall(text)[-1])
    assert page.status == 200
    assert page.headers["Content-Disposition"].startswith("attachment")


def test_a_file_of_another_kind_is_refused_with_what_would_be_right(browser, case) -> None:
    page = browser("chi")
    page.open(f"/cases/{case.code}")
    text = page.post(f"/cases/{case.code}/documents", paper=(BytesIO(b"<script>alert(1)</script>"), "anh.png"))
    assert page.status == 422
    assert "Gửi tệp PDF hoặc ảnh" in text


def test_a_picture_and_a_pdf_are_looked_at_beside_the_form_without_saving_them(browser, case) -> None:
    page = browser("chi")
    page.open(f"/cases/{case.code}")
    for content, name in ((PNG, "ảnh giấy tờ.png"), (PDF, "giấy khai sinh.pdf")):
        page.post(f"/cases/{case.code}/documents", paper=(BytesIO(content), name))
    step = page.open(STEP.search(page.text)[0])
    looks = LOOK.findall(step)
    assert len(set(looks)) == 2
    picture = looks[0]
    assert f'<img src="{picture}" alt="ảnh giấy tờ.png" loading="lazy">' in step
    answer = page.client.get(picture)
    assert answer.data == PNG and answer.mimetype == "image/png" and answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["X-Content-Type-Options"] == "nosniff" and "default-src 'self'" in answer.headers["Content-Security-Policy"]
    page.open(looks[-1])
    assert page.headers["Content-Type"] == "application/pdf" and page.headers["Content-Disposition"].startswith("inline")


def test_what_a_browser_cannot_show_without_risk_is_saved_only(browser, case) -> None:
    page = browser("chi")
    page.open(f"/cases/{case.code}")
    text = page.post(f"/cases/{case.code}/documents", paper=(BytesIO(b"II*\x00" + bytes(16)), "bản đồ.tif"))
    assert "bản đồ.tif" in text and not LOOK.findall(text)
    page.open(f"{SAVE.findall(text)[-1]}/look")
    assert page.status == 404


def test_a_stranger_gets_no_paper(browser, case) -> None:
    page = browser("nobody")
    for address in ("slip-1", "slip-1/look"):
        page.open(f"/cases/{case.code}/documents/{address}")
        assert page.status == 403
