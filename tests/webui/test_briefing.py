"""The briefing on its pages: the agenda, a conclusion that becomes an assignment, the rating of a month."""

from __future__ import annotations

import pytest
from wardflow import app, packs
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
