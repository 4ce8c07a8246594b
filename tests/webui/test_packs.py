"""The published packs, as the designer who holds that duty reads them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from wardflow import packs
from wardflow.domain.register import Holding, Person
from wardflow.permissions import DESIGNER

PACK = Path(__file__).parent / "pack"
SCENARIO = """title: Đủ giấy tờ
title_en: All papers there
given: {procedure: "1.000001", at: 2026-08-20 09:00, data: {form: {record: Giấy khai sinh, copies: 3}}}
steps:
  - {task: Check, by: clerk, at: 2026-08-20 09:30, value: {result: complete}}
  - {task: Review, by: expert, at: 2026-08-20 10:00, value: {opinion: Đúng với sổ gốc, pages: 7}}
"""
SECOND = datetime(2026, 9, 1, 3, 30, tzinfo=UTC)


@pytest.fixture
def platform(platform):
    """The small city with a designer, who published a second version without a product in one step."""
    platform.store.city.save(people=(Person("hoa", "Vũ Thị Hoa"),), holdings=(Holding("hoa", DESIGNER, "city"),))
    files = {path.relative_to(PACK).as_posix(): path.read_bytes() for path in PACK.rglob("*") if path.is_file()}
    files["sample.bpmn"] = files["sample.bpmn"].replace('wf:product="Ý kiến"'.encode(), b"")
    files["scenarios/whole.yaml"] = SCENARIO.encode()
    changed = packs.Pack(files)
    platform.store.packs.publish(changed.id, changed.digest, changed.files, "hoa", SECOND)
    return platform


def test_the_list_shows_the_newest_version_when_and_by_whom(browser) -> None:
    text = browser("hoa").open("/packs")
    for said in (
        "Quy trình mẫu của bài kiểm thử",
        "01/09/2026, 10:30",
        "Vũ Thị Hoa",
        "1 quy trình",
        "3 bước do người làm",
    ):
        assert said in text, said
    assert "3 steps done by people" in browser("hoa").open("/packs?lang=en")


def test_the_bar_names_the_processes_for_their_designer_alone(browser) -> None:
    assert 'href="/packs"' in browser("hoa").open("/desk")
    assert 'href="/packs"' not in browser("chi").open("/desk")


def test_nobody_else_reads_a_pack(browser) -> None:
    page = browser("chi")
    for address in ("/packs", "/packs/sample", "/packs/sample/diagrams/sample.bpmn"):
        page.open(address)
        assert page.status == 403, address
    stranger = browser()
    stranger.open("/packs/sample")
    assert stranger.place == "/sign-in"


def test_the_steps_say_who_where_by_when_and_what_comes_of_them(browser) -> None:
    text = browser("hoa").open("/packs/sample")
    row = text.split("Kiểm tra giấy tờ</b>")[1].split("</tr>")[0]
    for said in ("Công chức tiếp nhận", "nơi tiếp nhận", "8 wh", "Giấy tiếp nhận", "Rõ cả sáu"):
        assert said in row, said
    english = browser("hoa").open("/packs/sample?lang=en").split("Check the papers</b>")[1].split("</tr>")[0]
    assert "Counter clerk" in english


def test_an_unclear_step_is_named_and_found_by_the_check(browser) -> None:
    text = browser("hoa").open("/packs/sample")
    assert "Chưa rõ: sản phẩm" in text.split("Xem xét, ghi ý kiến</b>")[1].split("</tr>")[0]
    findings = text.split('id="findings"')[1].split("</section>")[0]
    assert "Bước Review chưa rõ: sản phẩm." in findings
    assert "clear.missing" in findings
    assert "sample.bpmn:8:" in findings


def test_the_diagram_is_drawn_with_nothing_past_and_nothing_live(browser) -> None:
    page = browser("hoa")
    text = page.open("/packs/sample")
    assert 'data-passed="[]" data-live="[]"' in text or "data-diagram" not in text
    assert "<bpmn:definitions" in page.open("/packs/sample/diagrams/sample.bpmn")
    assert page.headers["Content-Type"].startswith("application/xml")


def test_a_pack_or_a_file_that_is_not_there_is_no_page(browser) -> None:
    page = browser("hoa")
    for address in ("/packs/none", "/packs/sample/diagrams/pack.toml", "/packs/sample/diagrams/../pack.toml"):
        page.open(address)
        assert page.status == 404, address


def test_procedures_and_versions_stand_beside(browser) -> None:
    text = browser("hoa").open("/packs/sample")
    aside = text.split("<aside")[1]
    for said in ("Xin bản sao có xác nhận", "5 ngày làm việc", "Bản 2", "Bản 1", "đang chạy"):
        assert said in aside, said
    assert aside.index("Bản 2") < aside.index("Bản 1")


def test_a_form_is_seen_filled_by_the_scenarios_beside_it_before_any_case_is_filed(browser) -> None:
    page = browser("hoa")
    assert 'href="/packs/sample/forms/forms/review.json"' in page.open("/packs/sample")
    text = page.open("/packs/sample/forms/forms/review.json")
    assert "Đúng với sổ gốc</textarea>" in text and 'value="7"' in text
    assert "Đủ giấy tờ" in text and "scenarios/whole.yaml" in text and "Xem xét, ghi ý kiến" in text
    assert 'value="3"' in page.open("/packs/sample/forms/forms/opening.json")
    empty = page.open("/packs/sample/forms/forms/review.json?sample=0")
    assert "Đúng với sổ gốc" not in empty and "All papers there" in page.open("/packs/sample/forms/forms/review.json?lang=en")


def test_a_form_that_is_tried_says_what_is_wrong_and_keeps_nothing(browser) -> None:
    page = browser("hoa")
    address = "/packs/sample/forms/forms/review.json?sample=0"
    page.open(address)
    assert "form-errors" in page.post(address, act="check", opinion="ừ", pages="0")
    assert "Không còn chỗ nào cần sửa" in page.post(address, act="check", opinion="Đúng với sổ gốc", pages="2")
    assert "Đúng với sổ gốc" not in page.open(address)


def test_a_form_is_shown_to_designers_alone_and_one_that_is_not_there_is_no_page(browser) -> None:
    page = browser("chi")
    page.open("/packs/sample/forms/forms/review.json")
    assert page.status == 403
    designer = browser("hoa")
    designer.open("/packs/sample/forms/forms/none.json")
    assert designer.status == 404
