"""The briefing on its pages: the agenda, a conclusion that becomes an assignment, the rating of a month."""

from __future__ import annotations

import csv
import io

import pytest
from pypdf import PdfReader
from wardflow import app, packs
from wardflow.cases.complete_task import complete_task
from wardflow.cases.open_case import open_case
from wardflow.cases.opening import Opening
from wardflow.catalog import pack_folders
from wardflow.domain.register import Holding
from wardflow.families import BUILT_IN
from wardflow.plugins import Plugins

TYPED = {"notice": "12/TB-KL", "matter": "Xử lý điểm ngập phố Đông", "field": "construction", "axis": "party", "priority": "key", "key": "1"}


@pytest.fixture
def platform(platform):
    """The small city with the family, the pack of assignments and a chair."""
    plugins = Plugins.load(builtin=BUILT_IN, sources=())
    platform = app.build(platform.settings, now=platform.now, plugins=plugins)
    [folder] = [folder for folder in pack_folders() if folder.name == "assignment"]
    pack = packs.read(folder)
    platform.store.packs.publish(pack.id, pack.digest, pack.files, "an", platform.now())
    platform.store.city.save(holdings=(Holding("em", "approver", "east"), Holding("chi", "specialist", "east.office")))
    return platform


def cases(platform):
    return platform.store.worklist.decided_by(["east"], ["assignment-commune"], platform.now(), 10)


def test_the_bar_names_the_briefing_for_those_who_assign(browser) -> None:
    assert 'href="/briefing"' in browser("em").open("/desk")
    assert 'href="/briefing"' not in browser("dung").open("/desk")
    page = browser("dung")
    page.open("/briefing")
    assert page.status == 403


def test_a_conclusion_becomes_an_assignment_and_stands_on_the_agenda(platform, browser) -> None:
    page = browser("em")
    assert "Không có việc nào." in page.open("/briefing")
    page.post("/briefing/conclusions", **TYPED)
    page.post("/briefing/conclusions", **TYPED)    # the same page sent twice
    [case] = cases(platform)
    text = page.open("/briefing")
    assert "Xử lý điểm ngập phố Đông" in text and case.code in text
    english = page.open("/briefing?lang=en")
    assert "Four-axis briefing" in english and "New key assignments" in english


def test_what_was_typed_comes_back_when_something_is_missing(platform, browser) -> None:
    page = browser("em")
    page.open("/briefing")
    text = page.post("/briefing/conclusions", **{**TYPED, "notice": ""})
    assert page.status == 422 and "Xử lý điểm ngập phố Đông" in text and "Còn mục chưa điền" in text
    page.post("/briefing/conclusions", **{**TYPED, "field": "astrology"})
    assert page.status == 422
    assert cases(platform) == []


def test_a_month_without_scores_says_so_and_a_month_that_is_none_is_answered_with_this_one(browser) -> None:
    page = browser("em")
    assert "Tháng này chưa có việc nào được chấm điểm." in page.open("/briefing/ratings?month=03/2026")
    text = page.open("/briefing/ratings?month=soon")
    assert page.status == 200 and "Xếp loại tháng 09/2026" in text


STEPS = (
    ("register", {
        "title": "=Danh mục điểm ngập", "description": "Kiểm tra.", "task_class": "own_decision", "lead_unit": "east.office",
        "accountable_person": "Phạm Thị Tám", "start_date": "2026-09-04", "due_date": "2026-09-04", "product_type": "document", "product_spec": "D",
        "acceptance_criteria": [{"criterion": "Đủ"}], "authority_basis": "Luật 72/2025/QH15", "kpi_weight": 15, "objective": "O1",
    }),
    ("assign", {"verdict": "sign"}), ("acknowledge", {"verdict": "accept"}), ("break_down", {"specialist": "chi"}),
    ("work", {"percent": 100, "note": "Đã xong."}), ("submit", {"product": "D", "evidence": [{"criterion": "Đủ", "met": "Đủ"}]}),
    ("accept", {"verdict": "accept"}), ("rate", {"quality": 92, "late_through_other": False}),
)  # fmt: skip


@pytest.fixture
def rated(platform):
    """One assignment of the ward that was done on its day and scored."""
    platform.store.city.save(holdings=(Holding("chi", "specialist", "east"), Holding("dung", "office_head", "east.office")))
    form = {name: TYPED[name] for name in ("matter", "field", "axis", "priority")}
    form |= {"source": "meeting", "source_document": "12/TB-KL", "area_commune": "east"}
    case = open_case(platform, platform.actor("chi"), Opening("assignment-commune", {"full_name": "Phường Đông"}, form, {}, "east")).case_id
    for node, value in STEPS:
        [task] = [task for task in platform.store.papers.tasks(case) if task.node == node]
        holders = platform.register().holders(task.role, task.unit)
        complete_task(platform, platform.actor(task.person or holders[0].id), case, task.task, value)
    return platform


def test_a_rated_month_shows_shares_and_what_each_score_is_made_of(rated, browser) -> None:
    text = browser("em").open("/briefing/ratings?month=2026-09")
    assert "Đã xếp loại 1 người" in text and "1 (100 %)" in text and "chất lượng 92 × hệ số 1 × trọng số 15" in text
    assert "quality 92 × factor 1 × weight 15" in browser("em").open("/briefing/ratings?month=2026-09&lang=en")


def test_a_rated_month_is_taken_away_as_a_file_and_printed_as_the_sheet(rated, browser) -> None:
    page = browser("em")
    head, line = csv.reader(io.StringIO(page.open("/briefing/ratings.csv?month=2026-09").lstrip("\N{ZERO WIDTH NO-BREAK SPACE}")))
    row = dict(zip(head, line, strict=True))
    assert (row["Người chịu trách nhiệm"], row["Việc"], row["Mục tiêu OKR"]) == ("Phạm Thị Tám", "'=Danh mục điểm ngập", "O1")
    assert (row["Trọng số"], row["Điểm nhân trọng số"], row["Điểm tháng"], row["Xếp loại"]) == ("15.0", "1380.0", "92.0", "Xuất sắc")
    answer = page.client.get("/briefing/ratings.pdf?month=2026-09")
    text = " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(answer.data)).pages).split())
    assert "BẢNG XẾP LOẠI THÁNG" in text and "Xuất sắc 1 (100 %)" in text and answer.headers["Cache-Control"] == "no-store"


def test_nobody_else_takes_the_ratings_away(rated, browser) -> None:
    for address in ("/briefing/ratings.csv", "/briefing/ratings.pdf"):
        assert browser("binh").client.get(address).status_code == 403


def test_how_assignments_stand_is_said_by_state_axis_field_and_commune(rated, browser) -> None:
    text = browser("em").open("/briefing/standing")
    assert "Tình hình nhiệm vụ" in text and "Theo trục" in text and "Đã chấm điểm: 1" in text
    english = browser("em").open("/briefing/standing?lang=en")
    assert "How assignments stand" in english and "By axis" in english and "Scored: 1" in english


def test_nothing_is_counted_where_there_is_nothing(browser) -> None:
    assert "Không có nhiệm vụ nào từ 01/2026." in browser("em").open("/briefing/standing")


def test_a_month_that_is_none_is_marked_and_answered_with_this_year(rated, browser) -> None:
    text = browser("em").open("/briefing/standing?since=soon")
    assert 'value="soon"' in text and "Không đọc được tháng này; dưới đây là 01/2026." in text
    assert "Không có nhiệm vụ nào" not in browser("em").open("/briefing/standing?since=09/2026")


def test_how_assignments_stand_is_taken_away_as_a_file(rated, browser) -> None:
    page = browser("em")
    head, *lines = csv.reader(io.StringIO(page.open("/briefing/standing.csv").lstrip("\N{ZERO WIDTH NO-BREAK SPACE}")))
    assert [line[0] for line in lines] == ["Tất cả", "Theo trục", "Theo lĩnh vực", "Theo xã, phường"]
    row = dict(zip(head, lines[0], strict=True))
    assert (row["Tổng số"], row["Đang làm"], row["Đã xong"], row["Đúng hạn (%)"], row["Chậm bình quân (ngày)"]) == ("1", "0", "1", "100.0", "")


def test_nobody_else_reads_how_assignments_stand(rated, browser) -> None:
    for address in ("/briefing/standing", "/briefing/standing.csv"):
        assert browser("binh").client.get(address).status_code == 403
