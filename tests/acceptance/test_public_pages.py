"""A citizen pays a fee and sends a field report, on an old phone, without scripts, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pressing import follow
from wardflow.cases.open_case import open_case
from wardflow.cases.opening import Opening

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PHOTO = b"\xff\xd8\xff\xda\x00\x04go\x01\x02\xff\xd9"


def unpaid(site: Any) -> str:
    """The tracking code of a dossier whose fee waits."""
    platform = site.platform
    point = next(held for held in platform.snapshot().register.holdings if held.role == "intake_clerk")
    opening = Opening(
        procedure="marriage-status", applicant={"full_name": "Bùi Thị Gái", "id_number": "001080000099", "email": "gai@example.org"},
        form=FORM, components={}, receiving=point.unit,
    )
    return str(open_case(platform, platform.actor(point.person), opening, answer={"result": "complete", "digitised": "filed_electronically"}).tracking)


FORM = {"commune": "thien-loc", "status": "single", "purpose": "marry", "partner_name": "Trần Văn B"}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_fee_is_paid_without_scripts(walked_site: Any, open_page: Callable[..., Any], faults: Any, language: str) -> None:
    page = open_page(walked_site, f"/track/{unpaid(walked_site)}", width=360, javascript=False, language=language)
    assert page.evaluate(SIDEWAYS) <= 0
    follow(page.locator('form[action$="/pay"] button'))
    page.wait_for_url("**/sandbox-bank**")
    assert page.evaluate(SIDEWAYS) <= 0
    follow(page.locator('button[value="pay"]'))
    assert page.locator(".flash.good").count() == 1
    assert page.locator('a[href*="/receipts/"]').count() == 1
    assert page.locator('form[action$="/pay"]').count() == 0


def test_the_pages_of_a_payment_have_no_fault(walked_site: Any, open_page: Callable[..., Any], faults: Any) -> None:
    page = open_page(walked_site, f"/track/{unpaid(walked_site)}", width=360)
    assert faults(page) == []
    follow(page.locator('form[action$="/pay"] button'))
    assert faults(page) == []
    follow(page.locator('button[value="pay"]'))
    assert faults(page) == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_report_is_sent_without_scripts(walked_site: Any, open_page: Callable[..., Any], language: str) -> None:
    page = open_page(walked_site, "/", width=360, javascript=False, language=language)
    follow(page.locator('main a[href="/report"]'))
    page.wait_for_url("**/report")
    assert page.evaluate(SIDEWAYS) <= 0
    follow(page.locator('button[value="begin"]').first)
    assert page.evaluate(SIDEWAYS) <= 0
    page.locator('[name="form.commune"]:not([type=hidden])').first.select_option("thien-loc")
    page.fill('[name="form.where"]', "Trước số 12")
    page.fill('[name="form.point.latitude"]', "21,1423")
    page.fill('[name="form.point.longitude"]', "105,7812")
    page.locator('[name="form.category"]:not([type=hidden])').first.select_option("road")
    page.fill('[name="form.what"]', "Ổ gà sâu, xe máy ngã hai lần.")
    page.set_input_files('[name="form.photos"]', {"name": "ổ gà.jpg", "mimeType": "image/jpeg", "buffer": PHOTO})
    follow(page.locator('button[value="send"]'))
    tracking = page.locator(".big .code").inner_text()
    page.goto(f"/track/{tracking}")
    assert page.evaluate(SIDEWAYS) <= 0
    case = walked_site.platform.store.worklist.by_tracking(tracking)
    assert case.places.authority == "thien-loc"


def test_the_pages_of_a_report_have_no_fault(walked_site: Any, open_page: Callable[..., Any], faults: Any) -> None:
    page = open_page(walked_site, "/report", width=360)
    assert faults(page) == []
    follow(page.locator('button[value="begin"]').first)
    assert faults(page) == []
