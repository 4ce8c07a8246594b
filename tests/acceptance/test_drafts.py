"""A form is left and opened again: what was typed is still there, with scripts by itself, without them by its button."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pressing import follow

Open, Sit, Faults = Callable[..., Any], Callable[..., None], Callable[[Any], list[str]]
LINE = "#form-fields textarea, #form-fields input[type=text]"


@pytest.mark.parametrize("javascript", [True, False])
def test_what_was_typed_is_there_when_the_form_is_opened_again(
    walked_site: Any, open_page: Open, sit: Sit, faults: Faults, javascript: bool
) -> None:
    page = open_page(walked_site, javascript=javascript)
    sit(walked_site, page, "specialist")
    page.goto("/desk")
    follow(page.locator('a[href*="/tasks/"]').first)
    page.wait_for_url("**/tasks/*")
    address, line = page.url, page.locator(LINE).first
    line.fill("Đang ghi dở")
    if javascript:
        line.blur()
        page.locator("[data-saved]:not(:empty)").wait_for()
        assert faults(page) == []
    else:
        follow(page.locator('button[value="draft"]'))
    page.goto("/desk")
    page.goto(address)
    assert page.locator(LINE).first.input_value() == "Đang ghi dở"
