"""The first page of the desk on a machine that has never seen it: few requests, and few bytes on the line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

REQUESTS, BYTES = 8, 150_000


@pytest.mark.parametrize("login", ["specialist", "chair"])
def test_the_desk_comes_in_at_most_eight_requests_and_150_kb(
    shown_site: Any, open_page: Callable[..., Any], sit: Callable[..., None], login: str
) -> None:
    page = open_page(shown_site)
    sit(shown_site, page, login)
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.clearBrowserCache")
    asked, sizes = dict[str, str](), dict[str, float]()
    line.on("Network.requestWillBeSent", lambda event: _note(asked, event))
    line.on("Network.loadingFinished", lambda event: sizes.__setitem__(event["requestId"], event["encodedDataLength"]))
    page.goto("/desk")
    page.wait_for_load_state("networkidle")

    weighed = {asked[request]: sizes[request] for request in asked}    # headers included, as they travelled
    print(f"\n{login}: {len(weighed)} requests, {sum(weighed.values()) / 1000:.0f} kB, {page.locator('.row').count()} tasks")
    assert page.locator(".row").count() > 0
    assert page.evaluate("document.fonts.check('600 16px \"Be Vietnam Pro\"')")
    assert len(weighed) <= REQUESTS, weighed
    assert sum(weighed.values()) <= BYTES, weighed

    sizes.clear()
    asked.clear()
    page.goto("/desk?view=queue")
    page.wait_for_load_state("networkidle")
    assert sum(sizes.get(request, 0) > 0 for request in asked) == 1, "the next page comes alone"


def _note(asked: dict[str, str], event: Any) -> None:
    if not event["request"]["url"].startswith("data:"):    # what the page holds already is not fetched
        asked[event["requestId"]] = event["request"]["url"]
