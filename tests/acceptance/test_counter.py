"""A morning at the counter, counted: how much a clerk presses and types for one dossier, and how many pages that loads."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from pressing import follow

SCAN = {"name": "ban-chinh.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF\n"}
MOST = 6
PAGES = ("/counter", "/queue", "/bundles", "/returns", "/book")
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Clerk:
    """Presses and types as a clerk does, and counts it: one for each control, whatever is typed into it."""

    def __init__(self, page: Any) -> None:
        self.page, self.count, self.loads = page, 0, 0
        page.on("framenavigated", lambda _frame: setattr(self, "loads", self.loads + 1))

    def fill(self, name: str, text: str) -> None:
        control = self.page.locator(f'[name="{name}"]:not([type=hidden])').first
        control.fill(text)
        control.press("Tab")
        self._done()

    def choose(self, name: str, value: str) -> None:
        self.page.locator(f'[name="{name}"][value="{value}"]').check()
        self._done()

    def scan(self, name: str) -> None:
        self.page.locator(f'input[type=file][name="{name}"]').set_input_files(SCAN)
        self.count += 1

    def key(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.count += 1
        self.page.wait_for_load_state("networkidle")

    def _done(self) -> None:
        self.count += 1
        self.page.wait_for_load_state("networkidle")


def begun(site: Any, page: Any, procedure: str) -> None:
    """The sheet of a procedure, with the keyboard alone."""
    page.goto(f"/counter?q={procedure}")
    page.locator(f'button[name="procedure"][value="{procedure}"]').press("Enter")
    page.wait_for_url(re.compile(r"/counter/[\w-]{12}$"))


def known(page: Any, number: str) -> None:
    """The applicant looked up, with the keyboard alone."""
    page.keyboard.press("F2")
    page.keyboard.type(number)
    with page.expect_event("load"):
        page.locator('button[name="act"][value="find"]').press("Enter")


def filed_before(site: Any) -> tuple[str, str]:
    """Somebody who filed at this counter before, with the commune they named then."""
    from wardflow.cases.open_case import open_case
    from wardflow.cases.opening import Opening

    platform = site.platform
    person = dict(platform.store.accounts.logins())["clerk"]
    unit = next(held.unit for held in platform.actor(person).holdings)
    applicant = {"full_name": "Đặng Thị Mùi", "id_number": "001190000777", "phone": "0912345677", "address": "12 ngõ Huế"}
    form = {"address": "12 ngõ Huế", "commune": "thien-loc", "condition": "none", "people": 4}
    opening = Opening("housing-confirmation", applicant, form, {"request": "given"}, unit)
    return applicant["id_number"], open_case(platform, platform.actor(person), opening, answer={"result": "complete"}).code


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_components_with_a_scan_the_fee_and_the_receipt_take_at_most_six_interactions(
    walked_site: Any, open_page: Callable[..., Any], sit: Callable[..., None], javascript: bool
) -> None:
    number, _ = filed_before(walked_site)
    page = open_page(walked_site, javascript=javascript)
    sit(walked_site, page, "clerk")
    page.goto("/counter?q=certified-copy")
    follow(page.locator('button[name="procedure"][value="certified-copy"]'))
    page.locator('input[name="_find"]').fill(number)
    follow(page.locator('button[name="act"][value="find"]'))
    page.locator('[name="form.papers[0].name"]').fill("Bằng tốt nghiệp")    # what the applicant asks for is no part of the count
    page.locator('[name="form.originals_shown"][type=checkbox]').check()

    clerk = Clerk(page)
    clerk.scan("scans.original")
    clerk.choose("first.result", "complete")
    if javascript:
        page.locator('[name="next.receipt_no"]').wait_for()
    else:
        follow(page.locator('button[name="act"][value="redraw"]').last)
        clerk.count += 1
    clerk.fill("next.receipt_no", "BL 0001")
    follow(page.locator('button[name="act"][value="receive"]'))
    clerk.count += 1
    page.wait_for_url(re.compile(r"/counter/received/"))

    assert clerk.count <= MOST, clerk.count
    code = page.url.rsplit("/", 1)[1]
    store = walked_site.platform.store
    case = store.cases.id_of(code)
    assert [paper.name for paper in store.papers.documents(case) if paper.kind == "attachment"] == ["ban-chinh.pdf"]
    assert sum(task.status == "done" for task in store.papers.tasks(case)) == 2    # the check and the fee
    assert page.locator('a[href*="/documents/"]').count() >= 1    # the receipt is there to be handed over


def test_a_dossier_of_somebody_who_filed_before_is_received_with_the_keyboard_alone(
    walked_site: Any, open_page: Callable[..., Any], sit: Callable[..., None]
) -> None:
    number, code = filed_before(walked_site)
    page = open_page(walked_site)
    sit(walked_site, page, "clerk")
    begun(walked_site, page, "housing-confirmation")
    known(page, number)
    assert f"Đã khai trong hồ sơ {code}" in page.locator("main").inner_text()
    assert page.locator('[name="form.commune"]').input_value() == "thien-loc"

    clerk = Clerk(page)
    for name, value in (("form.condition", "none"), ("components", "request"), ("first.result", "complete")):
        page.locator(f'[name="{name}"][value="{value}"]').focus()
        clerk.key("Space")
    page.locator('[name="form.people"]').focus()
    page.keyboard.type("4")
    clerk.count += 1
    page.keyboard.press("F9")
    clerk.count += 1
    page.wait_for_url(re.compile(r"/counter/received/"))

    assert clerk.count <= MOST
    assert clerk.loads <= 2    # the sheet is drawn again in place; only receiving loads a page


@pytest.mark.parametrize("width", [1440, 360])
def test_the_pages_of_the_counter_have_no_fault(
    walked_site: Any, open_page: Callable[..., Any], sit: Callable[..., None], faults: Any, width: int
) -> None:
    _, code = filed_before(walked_site)
    page = open_page(walked_site, width=width)
    sit(walked_site, page, "clerk")
    begun(walked_site, page, "housing-confirmation")
    known(page, "dang thi mui")
    assert page.locator('button[name="_choose"]').count() == 1
    assert faults(page) == []
    follow(page.locator('button[name="_choose"]'))
    page.locator('[name="way.channel"][value="assisted"]').check()
    page.locator('[name="way.helper_name"]').wait_for()
    assert faults(page) == []
    assert page.evaluate(SIDEWAYS) <= 0
    unit = next(held.unit for held in walked_site.platform.actor(dict(walked_site.platform.store.accounts.logins())["clerk"]).holdings)
    page.goto("/queue")
    page.keyboard.press("F7")
    page.wait_for_url(re.compile(r"/queue/ticket/1"))
    assert faults(page) == []
    for path in (*PAGES, f"/queue/{unit}/screen", f"/cases/{code}"):
        page.goto(path)
        assert faults(page) == [], path
        assert page.evaluate(SIDEWAYS) <= 0, path


@pytest.mark.parametrize("language", ["vi", "en"])
def test_without_javascript_on_a_telephone_a_number_is_called_and_a_bundle_sent_and_confirmed(
    walked_site: Any, open_page: Callable[..., Any], sit: Callable[..., None], language: str
) -> None:
    _, code = filed_before(walked_site)
    page = open_page(walked_site, javascript=False, language=language, width=360)
    sit(walked_site, page, "clerk")
    page.goto(f"/queue?lang={language}")
    follow(page.locator('button[value="give"]'))
    page.goto("/queue")
    page.locator("#place").fill("Quầy 3")
    follow(page.locator('button[value="call"]'))
    assert page.locator('button[value="absent"]').count() == 1
    page.goto("/bundles")
    page.locator("#to").select_option(index=1)
    page.locator("#codes").fill(code)
    follow(page.locator("form:has(#codes) button"))
    page.wait_for_url(re.compile(r"/bundles/BG"))
    assert {"vi": "Đường đi", "en": "Journey"}[language] in page.locator("main").inner_text()
