"""Pages that are filled in, and the diagram: no fault that axe knows, nothing said on the console, the bpmn.io mark always in sight."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pressing import follow

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# The mark is seen where it stands when what is painted at its middle, and near its corners, is the mark itself.
SEEN = """mark => {
  const box = mark.getBoundingClientRect(), frame = mark.closest('[data-diagram]').getBoundingClientRect();
  const inside = box.left >= frame.left - 1 && box.right <= frame.right + 1 && box.bottom <= frame.bottom + 1;
  const points = [[.5, .5], [.2, .3], [.8, .3], [.2, .7], [.8, .7]];
  return inside && box.width > 20 && box.height > 8 && getComputedStyle(mark).opacity === '1' && points.every(([x, y]) =>
    mark.contains(document.elementFromPoint(box.left + box.width * x, box.top + box.height * y)));
}"""

Open, Sit, Faults = Callable[..., Any], Callable[..., None], Callable[[Any], list[str]]


@pytest.mark.parametrize("width", [1440, 360])
def test_the_home_page_has_no_fault_for_a_stranger(shown_site: Any, open_page: Open, faults: Faults, width: int) -> None:
    page = open_page(shown_site, width=width)

    assert faults(page) == []
    assert page.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("width", [1440, 360])
def test_the_intake_sheet_has_no_fault_before_and_after_it_is_refused(
    shown_site: Any, open_page: Open, sit: Sit, faults: Faults, width: int, language: str
) -> None:
    page = open_page(shown_site, width=width)
    sit(shown_site, page, "clerk")
    page.goto(f"/counter?lang={language}")
    follow(page.locator('button[value="land-use-change"]'))
    page.wait_for_url("**/counter/*")
    assert faults(page) == []
    assert page.evaluate(SIDEWAYS) <= 0

    page.locator('[name="applicant.full_name"]').fill("Lê Thị Sen")
    page.locator('button[value="receive"]').click()
    page.locator("#form-errors").wait_for()
    assert page.locator('[name="applicant.full_name"]').input_value() == "Lê Thị Sen"
    assert page.evaluate("document.activeElement.id") == "form-errors"
    assert faults(page) == []
    assert page.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize("width", [1440, 360])
def test_the_form_of_a_step_has_no_fault_before_and_after_it_is_refused(
    shown_site: Any, open_page: Open, sit: Sit, faults: Faults, width: int
) -> None:
    page = open_page(shown_site, width=width)
    sit(shown_site, page, "specialist")
    page.goto("/desk")
    follow(page.locator("li", has_text="Thẩm định hồ sơ").locator('a[href*="/tasks/"]').first)
    page.wait_for_url("**/tasks/*")
    assert faults(page) == []
    assert page.evaluate(SIDEWAYS) <= 0

    page.locator('button[value="complete"]').click()
    page.locator("#form-errors").wait_for()
    assert faults(page) == []
    assert page.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize("width", [1440, 768, 360])
def test_the_bpmn_io_mark_is_in_sight_wherever_the_diagram_is_scrolled(
    shown_site: Any, open_page: Open, sit: Sit, width: int
) -> None:
    page = open_page(shown_site, width=width)
    sit(shown_site, page, "specialist")
    page.goto("/desk")
    page.locator(".what a").first.click()
    page.locator("[data-diagram][data-drawn=yes]").wait_for()
    mark = page.locator(".bjs-powered-by")
    for place in (0, 0.5, 1):
        page.locator("[data-diagram]").evaluate(f"box => {{ box.scrollLeft = (box.scrollWidth - box.clientWidth) * {place} }}")
        mark.scroll_into_view_if_needed()
        page.wait_for_function("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))")
        assert mark.evaluate(SEEN), f"at {place} of the way"
