"""Citizens' voice on its pages: duplicates, other matters, hot spots, long cases, the ledger of the areas."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from wardflow import app, packs
from wardflow.cases.open_case import open_case
from wardflow.cases.opening import Opening
from wardflow.cases.reads import open_tasks
from wardflow.catalog import pack_folders
from wardflow.domain.register import Holding
from wardflow.families import BUILT_IN
from wardflow.plugins import Plugins
from wardflow_web import create_app

REPORT = {
    "commune": "east", "where": "Đầu ngõ 12", "category": "road", "what": "Ổ gà sâu giữa đường.",
    "point": {"latitude": 21.1, "longitude": 105.8},
}
NEAR = {**REPORT, "point": {"latitude": 21.10036, "longitude": 105.8}}    # 40 m north
PETITION = {"place": "east", "subject": "Thu phí vệ sinh", "content": "Cán bộ thu tiền không có biên lai.", "object": "Chợ  Đông"}
DENIED = ("binh",)    # a clerk of another family


@pytest.fixture
def platform(platform):
    """The small city with the families, their packs, and people who hold the roles."""
    platform = app.build(platform.settings, now=platform.now, plugins=Plugins.load(builtin=BUILT_IN, sources=()))
    for folder in pack_folders():
        if folder.name in ("voice", "assignment"):
            pack = packs.read(folder)
            platform.store.packs.publish(pack.id, pack.digest, pack.files, "an", platform.now())
    platform.store.city.save(holdings=(
        Holding("em", "approver", "east"), Holding("chi", "specialist", "east.office"), Holding("chi", "reception_clerk", "east"),
        Holding("dung", "denunciation_officer", "east.office"), Holding("em", "approver", "city"), Holding("chi", "specialist", "city"),
    ))
    return platform


def sent(platform, procedure="field-report", form=REPORT, **sender):
    opening = Opening(procedure, sender or {"full_name": "Trần Bình"}, form, {}, "east")
    return open_case(platform, platform.actor("chi"), opening)


def test_the_page_of_a_report_proposes_the_open_one_near_by_and_merges_with_a_reason(platform, browser) -> None:
    first, second, far = sent(platform), sent(platform, form=NEAR), sent(platform, form={**REPORT, "category": "waste"})
    page = browser("chi")
    assert "Có thể trùng" not in page.open(f"/cases/{first.code}") and "Có thể trùng" not in page.open(f"/cases/{far.code}")
    text = page.open(f"/cases/{second.code}")
    assert "cách đây 40 m" in text and first.code in text
    text = page.post(f"/cases/{second.code}/merge", main=first.code, reason="")
    assert page.status == 422 and "Cần ghi lý do" in text
    text = page.post(f"/cases/{second.code}/merge", main=first.code, reason="Cùng một ổ gà.")
    assert page.status == 200 and "Đã gộp vào hồ sơ này" in text and "Hồ sơ liên quan" in text and "Cùng một ổ gà." in text
    assert open_tasks(platform, second.case_id) == ()
    assert "Hồ sơ đã gộp" in page.open(f"/cases/{first.code}")


def test_a_report_too_far_or_too_old_is_not_proposed(platform, browser) -> None:
    sent(platform.at(platform.now() - timedelta(hours=25)))
    second = sent(platform, form={**REPORT, "point": {"latitude": 21.1006, "longitude": 105.8}})    # 67 m from the third
    sent(platform, form=REPORT)
    assert "Có thể trùng" not in browser("chi").open(f"/cases/{second.code}")


def test_a_petition_becomes_a_complaint_on_a_page_that_keeps_what_was_typed(platform, browser) -> None:
    case = sent(platform, "petition", PETITION, full_name="Vũ Thị Kín")
    page = browser("chi")
    assert f"/cases/{case.code}/convert/complaint-first" in page.open(f"/cases/{case.code}")
    text = page.open(f"/cases/{case.code}/convert/complaint-first")
    assert "Thu phí vệ sinh" in text and "không có biên lai" in text
    typed = {
        "/place": "east", "/decision": "Thu phí vệ sinh", "/learned_on": "20/08/2026", "/lodged_on": "04/09/2026",
        "/request": "Trả lại tiền đã thu.", "/signed": "true", "key": "1",
    }
    names = {name.lstrip("/"): name for name in typed}
    fields = {_posted(text, plain): typed[name] for plain, name in names.items()}
    text = page.post(f"/cases/{case.code}/convert/complaint-first", act="send", reason="", **fields)
    assert page.status == 422 and "Trả lại tiền đã thu." in text and "Cần ghi lý do" in text
    text = page.post(f"/cases/{case.code}/convert/complaint-first", act="send", reason="Phản đối việc thu.", **fields)
    assert page.status == 200 and "Hồ sơ gốc" in text and "Vũ Thị Kín" in text
    assert "Lập từ hồ sơ này" in page.open(f"/cases/{case.code}")


def _posted(text: str, name: str) -> str:
    """The name under which the page posts a field of the form."""
    found = re.search(rf'name="([^"]*{name})"', text)
    return found[1] if found else name


def test_the_page_of_a_conversion_into_a_denunciation_says_what_becomes_secret(platform, browser) -> None:
    case = sent(platform, "petition", PETITION, full_name="Vũ Thị Kín")
    text = browser("chi").open(f"/cases/{case.code}/convert/denunciation")
    assert "Hồ sơ mới là hồ sơ mật" in text and "không có biên lai" in text and "Vũ Thị Kín" not in text
    stranger = browser("binh")
    stranger.open(f"/cases/{case.code}/convert/denunciation")
    assert stranger.status in (403, 404)


def test_three_letters_on_one_object_are_a_hot_spot_on_the_page_the_desk_and_the_digest(platform, browser) -> None:
    for name in ("Chợ Đông", "chợ đông", "Chợ  Đông"):
        sent(platform, "petition", {**PETITION, "object": name})
    sent(platform, "petition", {key: value for key, value in PETITION.items() if key != "object"})
    page = browser("em")
    text = page.open("/hot-spots")
    assert "Chợ đông" in text and "nhiều đơn về một đối tượng" in text and text.count("Điểm nóng</span>") == 1
    assert "Chợ đông: 3 việc, 3 người trong 30 ngày" in page.open("/desk")
    assert "Chợ đông: 3 việc" in page.open("/desk/warnings")
    assert "Hot spots" in page.open("/hot-spots?lang=en")
    for person in DENIED:
        refused = browser(person)
        refused.open("/hot-spots")
        assert refused.status == 403
    assert 'id="hot"' not in browser("binh").open("/desk")


def test_few_letters_of_many_persons_are_one_too_and_reports_count_by_kind(platform, browser) -> None:
    sent(platform, "petition", {**PETITION, "persons": 6})
    for _ in range(10):
        sent(platform)
    text = browser("em").open("/hot-spots")
    assert "nhiều người về một đối tượng" in text and "nhiều phản ánh cùng loại" in text and "Đường, vỉa hè" in text


def test_what_is_open_past_every_limit_is_listed_and_the_register_is_a_file(platform, browser) -> None:
    old = sent(platform.at(platform.now() - timedelta(days=120)), "petition", PETITION)
    sent(platform.at(platform.now() - timedelta(days=10)), "petition", PETITION)
    form = {
        "place": "east", "subject": "=Đền bù khu chợ cũ", "parties": "Ba mươi hộ và Ủy ban.", "history": "Từ năm 2019.", "instances": "second",
        "about": old.code,
    }
    sent(platform, "long-case", form)
    page = browser("em")
    text = page.open("/long-cases")
    assert "Đền bù khu chợ cũ" in text and f'href="/cases/{old.code}"' in text and ">có<" in text and text.count('href="/cases/') == 2
    assert "Không có hồ sơ nào" not in text
    lines = page.open("/long-cases.csv").splitlines()
    assert page.headers["Content-Type"].startswith("text/csv") and "'=Đền bù khu chợ cũ" in lines[1]
    assert old.code in page.open("/long-cases/open.csv")
    assert "Complex, long cases" in page.open("/long-cases?lang=en")


def test_the_ledger_of_the_areas_is_a_page_of_the_briefing(platform, browser) -> None:
    note = {"area_commune": "east", "leader": "Phó Chủ tịch N", "topic": "letters", "source": "Giao ban", "finding": "Ba đơn về chợ.", "level": "red"}
    sent(platform, "area-entry", note)
    page = browser("em")
    assert 'href="/areas"' in page.open("/briefing")
    text = page.open("/areas")
    assert "Ba đơn về chợ." in text and "Đỏ" in text
    assert "Area ledger" in page.open("/areas?lang=en")


def test_every_new_page_works_for_a_fresh_application(platform) -> None:
    rules = {rule.rule for rule in create_app(platform).url_map.iter_rules()}
    assert {"/hot-spots", "/long-cases", "/long-cases.csv", "/areas", "/cases/<code>/merge", "/cases/<code>/convert/<to>"} <= rules
