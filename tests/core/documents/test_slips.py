"""The official papers: one page, the right words, nothing a person typed is ever run."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader
from wardflow.documents import render, template
from wardflow.errors import SlipTemplateRefused

PAPERS = ("receipt", "supplement", "refusal", "apology", "stop", "control", "decision", "minute", "payment")
CASE: dict[str, Any] = {
    "code": "H26.001-260904-0063",
    "issuer": {"above": "Trung tâm Phục vụ hành chính công Thành phố Hà Nội", "name": "Điểm phường Cửa Nam"},
    "number": "0063/TNHS",
    "place": "Cửa Nam",
    "date": "2026-09-04",
    "receiving": "Điểm phục vụ hành chính công phường Cửa Nam",
    "applicant": {"name": "Nguyễn Đặng Hữu", "address": "thôn Đông, xã Thiên Lộc", "phone": "•••• ••• 456"},
    "procedure": {"name": "Chuyển mục đích sử dụng đất", "code": "1.012784"},
    "authority": "Ủy ban nhân dân xã Thiên Lộc",
    "components": [{"name": "Đơn đề nghị", "form": "Khai tại quầy", "count": "01"}],
    "limit": "12 ngày làm việc",
    "received_at": "2026-09-04T10:20",
    "due_at": "2026-09-22T17:00",
    "due_reasons": ["Đếm 12 ngày làm việc từ thứ Hai 07/09/2026.", "Không đếm 6 ngày nghỉ."],
    "return_place": "Điểm phục vụ hành chính công xã Thiên Lộc",
    "fees": [{"name": "phí thẩm định", "amount": 350000, "paid": True, "how": "chuyển khoản"}],
    "tracking": {"url": "https://wardflow.example.vn/track/K7M2", "address": "wardflow.example.vn", "code": "K7M2"},
    "signer": {"title": "Người tiếp nhận hồ sơ", "name": "Phạm Văn Q"},
    "items": [{"name": "Bản vẽ vị trí", "why": "Chưa có tọa độ.", "how": "Xin tại chi nhánh."}],
    "answer_by": "2026-09-25T17:00",
    "reasons": [{"text": "Thửa đất nằm trong quy hoạch trồng lúa.", "basis": "Điều 116 Luật Đất đai 2024"}],
    "previous_due_at": "2026-09-20T17:00",
    "steps": [{"from": "Điểm phường", "to": "Phòng Kinh tế", "at": "2026-09-04T10:40", "result": "early"}],
    "articles": ["Cho phép chuyển mục đích 120 m².", "Quyết định có hiệu lực từ ngày ký."],
    "subject": "Về việc cho phép chuyển mục đích sử dụng đất",
    "bases": ["Luật Đất đai ngày 18 tháng 01 năm 2024"],
    "deciding": "Chủ tịch Ủy ban nhân dân xã Thiên Lộc",
    "title": "Biên bản trông giữ",
    "lines": [{"name": "Người trông giữ", "value": "Nguyễn Văn G"}],
    "recipients": ["Như Điều 3", "Lưu: VT"],
}


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_is_one_page_with_letterhead_and_code(name: str) -> None:
    pdf = render(template(name), CASE)

    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1
    text = words(pdf)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Độc lập - Tự do - Hạnh phúc" in text
    assert "Cửa Nam, ngày 04 tháng 9 năm 2026" in text
    assert CASE["code"] in text


@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_is_pdf_a_with_only_the_typefaces_of_typst(name: str) -> None:
    pdf = render(template(name), CASE)

    reader = PdfReader(io.BytesIO(pdf))
    metadata = reader.xmp_metadata
    assert metadata is not None
    assert b"pdfaid" in pdf
    families = {str(font).split("+")[-1].split("-")[0] for page in reader.pages for font in _fonts(page)}
    assert families == {"LibertinusSerif"}


@pytest.mark.parametrize("name", PAPERS)
def test_what_is_not_known_is_left_out_of_the_paper(name: str) -> None:
    needed = ("code", "issuer", "place", "date", "procedure", "authority", "limit", "received_at", "subject")
    bare = {key: CASE[key] for key in needed}

    text = words(render(template(name), {**bare, "applicant": {"name": "Nguyễn Đặng Hữu"}}))

    assert "none" not in text
    assert "Xem hồ sơ đang ở đâu" not in text


def test_the_receipt_says_when_why_and_how_much() -> None:
    text = words(render(template("receipt"), CASE))

    assert "trước 17 giờ 00, ngày 22/09/2026 (thứ Ba)" in text
    assert "Vì sao là ngày này: Đếm 12 ngày làm việc từ thứ Hai 07/09/2026. Không đếm 6 ngày nghỉ." in text
    assert "Nhận hồ sơ: 10 giờ 20, ngày 04/09/2026." in text
    assert "Phí thẩm định: 350.000 ₫, đã nộp, chuyển khoản." in text
    assert "(ba trăm năm mươi nghìn đồng)" in text


def test_a_receipt_without_fees_says_so() -> None:
    assert "Không thu phí, lệ phí." in words(render(template("receipt"), {**CASE, "fees": []}))


def test_a_refusal_at_the_counter_is_form_03_and_one_by_the_deciding_office_a_letter() -> None:
    slip, letter = (words(render(template("refusal"), {**CASE, "form": form})) for form in ("03", ""))

    assert "PHIẾU TỪ CHỐI TIẾP NHẬN" in slip
    assert "Mẫu số 03" in slip
    assert "THÔNG BÁO TỪ CHỐI GIẢI QUYẾT HỒ SƠ" in letter
    assert "Mẫu số 03" not in letter


def test_a_paper_without_a_named_signer_is_signed_by_the_office_it_speaks_for() -> None:
    nobody = {**CASE, "signer": {"title": "", "name": ""}}

    assert "NGƯỜI TIẾP NHẬN HỒ SƠ" in words(render(template("receipt"), nobody))
    assert "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ THIÊN LỘC" in words(render(template("decision"), nobody))


def test_what_a_person_types_stays_text() -> None:
    typed = '#read("/receipt.typ") *đậm* $x^2$ \\ "]} // <nhãn> @đây'

    text = words(render(template("receipt"), {**CASE, "applicant": {"name": typed}}))

    assert '#read("/receipt.typ") *đậm* $x^2$ \\ "]} // <nhãn> @đây' in text


def test_a_word_longer_than_a_line_stays_on_the_paper() -> None:
    page = PdfReader(io.BytesIO(render(template("receipt"), {**CASE, "authority": "N" * 300}))).pages[0]

    assert page.extract_text().count("N") >= 300
    assert max(len(line) for line in page.extract_text().splitlines()) < 150


def test_a_usual_receipt_with_six_papers_and_a_signature_is_one_page() -> None:
    parts = [{"name": "Giấy chứng nhận quyền sử dụng đất đã cấp", "form": "Bản chính", "count": "01"}] * 6

    assert len(PdfReader(io.BytesIO(render(template("receipt"), {**CASE, "components": parts}))).pages) == 1


def test_a_long_list_runs_over_to_numbered_pages() -> None:
    parts = [{"name": f"Giấy tờ thứ {place}", "form": "Bản chính", "count": "01"} for place in range(60)]

    pdf = render(template("receipt"), {**CASE, "components": parts})

    assert "Trang 1 / " in words(pdf)
    assert "Giấy tờ thứ 59" in words(pdf)


def test_the_same_data_gives_the_same_bytes() -> None:
    assert render(template("receipt"), CASE) == render(template("receipt"), CASE)


@pytest.mark.parametrize(
    "markup",
    [
        b'#import "@preview/tiaoma:0.3.0": *',
        b'#read("../slips.py")',
        b'#read("/etc/hostname")',
        b"#let x = (",
    ],
)
def test_a_template_that_reaches_outside_or_is_broken_is_refused(markup: bytes) -> None:
    with pytest.raises(SlipTemplateRefused):
        render(markup, CASE)


@pytest.mark.parametrize("name", ["nothing", "../slips", "letterhead.typ"])
def test_only_shipped_templates_are_found_by_name(name: str) -> None:
    with pytest.raises(SlipTemplateRefused):
        template(name)


def _fonts(page: Any) -> list[Any]:
    return [font.get_object()["/BaseFont"] for font in page["/Resources"]["/Font"].values()]
