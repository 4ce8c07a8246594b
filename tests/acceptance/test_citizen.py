"""A citizen on an old phone: finds a procedure, proves an address, files without scripts, and follows the dossier."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from pressing import follow

START = "/procedures/land-use-change/file"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def prove(page: Any, address: str) -> None:
    """Proves an address with the code that the demo shows instead of sending it."""
    page.goto(START)
    page.fill("#email", address)
    follow(page.locator('button[value="mail"]'))
    code = re.search(r"\b\d{6}\b", page.locator(".flash").inner_text())
    assert code
    page.fill("#code", code[0])
    follow(page.locator('button[value="check"]'))


FORM = {
    "certificate_no": "CS 0012345", "map_sheet": "12", "plot_no": "147", "certificate_area_m2": "500", "area_m2": "120",
    "reason": "Xây nhà ở cho con trong gia đình.",
}  # fmt: skip
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def fill(page: Any) -> None:
    """Begins a sheet and fills it in, one scan attached."""
    follow(page.locator('button[value="begin"]'))
    page.fill('[name="applicant.full_name"]', "Bùi Thị Gái")
    page.fill('[name="applicant.id_number"]', "001080000099")
    for name, text in FORM.items():
        page.fill(f'[name="form.{name}"]', text)
    for name, choice in {"form.commune": "thien-loc", "form.from_type": "CLN", "form.to_type": "ONT"}.items():
        page.locator(f'[name="{name}"]:not([type=hidden])').first.select_option(choice)
        page.wait_for_function("() => !document.querySelector('.htmx-request')")    # what the choice asked for has been drawn
    page.check('[name="form.declared_true"][type=checkbox]')
    page.set_input_files('[name="papers.extract"]', {"name": "trích lục.pdf", "mimeType": "application/pdf", "buffer": PDF})
    page.locator('select[name="returning"]').select_option(index=1)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_stranger_files_without_scripts_at_the_width_of_an_old_phone(
    walked_site: Any, open_page: Callable[..., Any], language: str
) -> None:
    page = open_page(walked_site, width=360, javascript=False, language=language)
    page.goto("/procedures?q=chuyen+muc+dich")
    follow(page.locator(".catalogue a").first)
    assert page.evaluate(SIDEWAYS) <= 0
    prove(page, "gai@example.org")
    fill(page)
    assert page.evaluate(SIDEWAYS) <= 0
    follow(page.locator('button[value="send"]'))
    tracking = page.locator(".big .code").inner_text()
    follow(page.locator("main a[role=button]"))
    assert tracking in page.url
    assert page.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize("width", [1280, 360])
def test_the_public_pages_have_no_fault(walked_site: Any, open_page: Callable[..., Any], faults: Any, width: int) -> None:
    page = open_page(walked_site, width=width)
    for path in ("/procedures", "/procedures?q=zzz", "/procedures/land-use-change?place=thien-loc", START):
        page.goto(path)
        assert faults(page) == [], path
        assert page.evaluate(SIDEWAYS) <= 0, path
    prove(page, f"gai{width}@example.org")
    assert faults(page) == []
    fill(page)
    assert faults(page) == []
    follow(page.locator('button[value="send"]'))
    page.wait_for_selector(".big .code")
    assert faults(page) == []


def test_a_file_chosen_while_the_form_is_drawn_again_stays_chosen(walked_site: Any, open_page: Callable[..., Any]) -> None:
    page, waiting = open_page(walked_site), []
    prove(page, "cham@example.org")
    follow(page.locator('button[value="begin"]'))
    page.route("**/filing/*", lambda route: waiting.append(route) if route.request.method == "POST" else route.continue_())
    with page.expect_request("**/filing/*"):
        page.locator("select[hx-post]").first.select_option(index=2)
    page.set_input_files('[name="papers.extract"]', {"name": "trích lục.pdf", "mimeType": "application/pdf", "buffer": PDF})
    page.locator("#form-fields").evaluate("fields => { fields.dataset.old = 'yes' }")
    waiting[0].continue_()
    page.locator("#form-fields[data-old]").wait_for(state="detached")
    assert page.locator('[name="papers.extract"][type=file]').evaluate("each => each.files.length") == 1
