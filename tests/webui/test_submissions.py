"""What was written in a step can be read and printed as its form, and a draft keeps what was typed."""

from __future__ import annotations

import re

from wardflow.cases.claim_task import claim_task
from wardflow.cases.reads import case as case_view
from wardflow.cases.reads import task as task_view

LINK = re.compile(r'href="(/cases/[^"]+/answers/\d+)"')


def open_task(platform, case):
    key = case_view(platform, platform.actor("chi"), case.code).waiting[0].task
    claim_task(platform, platform.actor("chi"), case.case_id, key)
    return f"/cases/{case.code}/tasks/{key}", key


def test_a_form_keeps_itself_without_leaving_the_page(browser, platform, case) -> None:
    address, key = open_task(platform, case)
    page = browser("chi")
    assert "data-autosave" in page.open(address)
    kept = page.post(address, act="autosave", opinion="Đang ghi dở")
    assert page.status == 200 and kept.startswith("Đã tự lưu lúc 09:40")
    assert task_view(platform, platform.actor("chi"), case.code, key).value["opinion"] == "Đang ghi dở"
    assert "Đang ghi dở" in page.open(address)


def test_answers_are_read_again_before_they_are_sent(browser, platform, case) -> None:
    address, _ = open_task(platform, case)
    page = browser("chi")
    page.open(address)
    refused = page.post(address, act="review")
    assert page.status == 422 and "form-errors" in refused
    shown = page.post(address, act="review", opinion="Đủ điều kiện", pages="3")
    assert page.status == 200 and "Xem lại trước khi gửi" in shown
    assert "<output" in shown and 'type="text"' not in shown.split('id="form-fields"')[1].split("</form>")[0]
    assert '<input type="hidden" name="opinion" value="Đủ điều kiện">' in shown
    back = page.post(address, act="redraw", opinion="Đủ điều kiện", pages="3")
    assert "Đủ điều kiện" in back and "<textarea" in back or 'value="Đủ điều kiện"' in back


def test_what_was_written_opens_as_its_form_for_officials_alone(browser, platform, case) -> None:
    page = browser("chi")
    found = LINK.search(page.open(f"/cases/{case.code}"))
    assert found is not None
    text = page.open(found[1])
    assert page.status == 200 and "<output" in text and "<input" not in text.split('id="form-fields"')[1].split("</main>")[0]
    applicant = browser("an")
    assert "/answers/" not in applicant.open(f"/cases/{case.code}")
    applicant.open(found[1])
    assert applicant.status == 404


def test_the_six_lights_of_a_step_are_english_on_an_english_page_where_the_pack_has_the_words(browser, platform, case) -> None:
    address, _ = open_task(platform, case)
    lights = browser("chi").open(f"{address}?lang=en").split('class="six"')[1].split("</ul>")[0]
    assert "Review" in lights and "Xem xét, ghi ý kiến" not in lights
    assert "Xem xét, ghi ý kiến" in browser("chi").open(address).split('class="six"')[1].split("</ul>")[0]
