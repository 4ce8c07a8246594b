"""What a package says lives in the form: at once with scripts, at the next press of a button without them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pressing import follow

SHEET = "/counter?q=chuyển mục đích"
LEFT = "còn được chuyển 300 m²"
USES = "[...document.querySelectorAll('[name=\"form.to_type\"] option, [name=\"form.to_type\"]')].map(one => one.value)"


def begun(page: Any) -> None:
    page.goto(SHEET)
    follow(page.locator(".row button"))


def test_with_scripts_hints_and_lists_follow_what_is_chosen(
    shown_site: Any, open_page: Callable[..., Any], sit: Callable[..., None]
) -> None:
    page = open_page(shown_site)
    sit(shown_site, page, "clerk")
    begun(page)
    assert "ONT" in page.evaluate(USES)

    page.select_option("[name='form.commune']", "cua-nam")
    page.wait_for_selector(f"text={LEFT}")

    assert "ODT" in page.evaluate(USES) and "ONT" not in page.evaluate(USES)


def test_without_scripts_they_follow_at_the_next_post(
    shown_site: Any, open_page: Callable[..., Any], sit: Callable[..., None]
) -> None:
    page = open_page(shown_site, javascript=False)
    sit(shown_site, page, "clerk")
    begun(page)
    page.select_option("[name='form.commune']", "cua-nam")
    assert LEFT not in page.content()
    follow(page.locator("aside button[value=redraw]"))
    assert LEFT in page.content()


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize(
    "path", ["/plugins", "/plugins/land", "/plugins/land/settings/land.remaining_quota_m2", "/procedures/land-use-change/rules"]
)
def test_the_pages_of_packages_have_no_fault_and_do_not_scroll_sideways(
    shown_site: Any, open_page: Callable[..., Any], sit: Callable[..., None], faults: Any, path: str, width: int
) -> None:
    page = open_page(shown_site, width=width)
    sit(shown_site, page, "designer")
    page.goto(path)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
