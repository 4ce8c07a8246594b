"""The demo city's pages as people meet them: no fault that axe knows, nothing sideways, both languages, with and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pressing import follow

PLACES = [
    ("citizen", "/track"), ("clerk", "/counter"), ("specialist", "/desk"), ("chair", "/desk"), ("head", "/desk"), ("head", "/desk/warnings"),
    ("chair", "/incidents"), ("chair", "/messages"), ("chair", "/briefing/standing"), ("designer", "/"), ("designer", "/packs/dossier/migration"),
    ("designer", "/packs/dossier/forms/forms/draft.json"), ("designer", "/alarms"), ("designer", "/register/calendar/of/"),
    ("designer", "/register/calendar/of/?kind=unit&name=thien-loc"),
]  # fmt: skip
REGISTER = [
    "/register?procedure=uq-06-001&place=cua-nam", "/register/instruments/30", "/register/units", "/register/units/thien-loc.general",
    "/register/people/general-specialist-thien-loc-1", "/register/capabilities", "/register/log", "/register/changes/grant",
    "/register/changes/leave?person=specialist-thien-loc", "/register/changes/withdraw?paper=30", "/desk/why-not",
]
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize(("login", "path"), PLACES)
def test_a_page_has_no_fault_and_does_not_scroll_sideways(
    shown_site: Any, open_page: Callable[..., Any], sit: Callable[..., None], faults: Any, login: str, path: str, width: int
) -> None:
    page = open_page(shown_site, width=width)
    sit(shown_site, page, login)
    page.goto(path)

    assert faults(page) == []
    assert page.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize("width", [1440, 360])
def test_a_case_its_step_and_its_tracking_have_no_fault(
    shown_site: Any, open_page: Callable[..., Any], sit: Callable[..., None], faults: Any, width: int
) -> None:
    page = open_page(shown_site, width=width)
    sit(shown_site, page, "specialist")
    page.goto("/desk")
    case = page.locator('a[href^="/cases/"]').first.get_attribute("href").split("/tasks/")[0]
    page.goto(case)
    page.wait_for_load_state("networkidle")
    assert faults(page) == []
    assert page.evaluate(SIDEWAYS) <= 0

    tracking = shown_site.platform.store.cases.load(shown_site.platform.store.cases.id_of(case.rpartition("/")[2])).case.tracking
    page.goto(f"/track/{tracking}")
    page.wait_for_load_state("networkidle")
    assert faults(page) == []
    assert page.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize("language", ["vi", "en"])
def test_without_javascript_a_persona_reaches_the_desk_in_both_languages(
    shown_site: Any, open_page: Callable[..., Any], sit: Callable[..., None], language: str
) -> None:
    page = open_page(shown_site, javascript=False, language=language)
    sit(shown_site, page, "specialist")
    if page.locator("html").get_attribute("lang") != language:
        follow(page.locator(f'a[hreflang="{language}"], button[lang="{language}"]').first)
    page.goto("/desk")

    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").inner_text() != ""


def test_the_receipt_of_a_case_opens_as_a_pdf(
    shown_site: Any, open_page: Callable[..., Any], sit: Callable[..., None]
) -> None:
    page = open_page(shown_site)
    sit(shown_site, page, "specialist")
    page.goto("/desk")
    case = page.locator('a[href^="/cases/"]').first.get_attribute("href").split("/tasks/")[0]
    page.goto(case)
    paper = page.locator(f'a[href^="{case}/documents/"]').first.get_attribute("href")
    answer = page.context.request.get(shown_site.url + paper)

    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-")


def test_the_counter_opens_on_both_databases(site: Any, open_page: Callable[..., Any], sit: Callable[..., None]) -> None:
    page = open_page(site)
    sit(site, page, "clerk")
    page.goto("/counter")

    assert page.locator("h1").inner_text() != ""


@pytest.mark.parametrize("width", [1440, 360])
def test_the_pages_of_the_register_have_no_fault(
    shown_site: Any, open_page: Callable[..., Any], sit: Callable[..., None], faults: Any, width: int
) -> None:
    page = open_page(shown_site, width=width)
    sit(shown_site, page, "designer")
    for path in REGISTER:
        page.goto(path)
        assert faults(page) == [], path
        assert page.evaluate(SIDEWAYS) <= 0, path


@pytest.mark.parametrize("language", ["vi", "en"])
def test_without_javascript_a_head_sees_what_an_absence_would_move_and_plans_it(
    walked_site: Any, open_page: Callable[..., Any], sit: Callable[..., None], language: str
) -> None:
    page = open_page(walked_site, javascript=False, language=language, width=360)
    sit(walked_site, page, "head")
    page.goto(f"/register/changes/leave?person=specialist-thien-loc&lang={language}")
    page.fill("#first", "01/01/2026")
    page.fill("#last", "31/12/2027")
    follow(page.locator('button[value="preview"]'))
    assert page.locator("#preview li").count() >= 1
    follow(page.locator('button[value="do"]'))
    assert page.url.endswith("/register/people/specialist-thien-loc")
    assert {"vi": "việc đã chuyển", "en": "moved"}[language] in page.locator("main").inner_text()
