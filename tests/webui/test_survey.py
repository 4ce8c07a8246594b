"""A step that its applicant answers on the tracking page, without an account, and nobody in their name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from wardflow.cases.claim_task import claim_task
from wardflow.cases.complete_task import complete_task
from wardflow.cases.open_case import Opened, Opening, open_case
from wardflow.cases.platform import Platform
from wardflow.cases.reads import case as case_view
from wardflow.packs import Pack

PACK = Path(__file__).parent / "pack"
STEP = (
    '<bpmn:userTask id="Rate" name="Đánh giá" wf:nameEn="Rate us" wf:role="applicant" wf:unit="applicant" wf:byCode="yes" '
    'wf:form="forms/rate.json" wf:due="10 wd" wf:product="Mức hài lòng" wf:responsibility="Người nộp" wf:authority="Văn bản mẫu">'
    "<bpmn:incoming>f4</bpmn:incoming><bpmn:outgoing>f8</bpmn:outgoing></bpmn:userTask>"
    '<bpmn:sequenceFlow id="f8" sourceRef="Rate" targetRef="Done"/>'
)
FORM = {
    "type": "object",
    "required": ["rating"],
    "additionalProperties": False,
    "properties": {
        "rating": {"type": "string", "title": "Hài lòng?", "enum": ["yes", "no"], "x-enum": {"yes": "Có", "no": "Không"}},
        "comment": {"type": "string", "title": "Góp ý"},
    },
}
COMPLAINT = '\n[complaint]\naddress = "https://example.org/complain"\nvi = "Gửi khiếu nại"\nen = "Complain"\n'


@pytest.fixture
def rated(platform: Platform) -> Opened:
    """A case that asks its applicant, who has no account, how it was."""
    files = {p.relative_to(PACK).as_posix(): p.read_bytes() for p in PACK.rglob("*") if p.is_file()}
    drawn = files["sample.bpmn"].decode().replace('sourceRef="Review" targetRef="Done"', 'sourceRef="Review" targetRef="Rate"')
    drawn = drawn.replace("</bpmn:process>", STEP + "</bpmn:process>")
    drawn = drawn.replace("<bpmn:incoming>f4</bpmn:incoming></bpmn:endEvent>", "<bpmn:incoming>f8</bpmn:incoming></bpmn:endEvent>")
    changed = {
        "sample.bpmn": drawn.encode(),
        "forms/rate.json": json.dumps(FORM).encode(),
        "pack.toml": files["pack.toml"] + COMPLAINT.encode(),
    }
    pack = Pack({**files, **changed})
    platform.store.packs.publish(pack.id, pack.digest, pack.files, "", platform.now())
    opening = Opening(
        procedure="1.000001",
        applicant={"full_name": "Bùi Thị Gái", "id_number": "001080000099"},
        form={"record": "Giấy khai sinh", "copies": 1},
        components={"request": "original"},
        receiving="east.point",
    )
    opened = open_case(platform, platform.actor("binh"), opening, answer={"result": "complete"})
    chi = platform.actor("chi")
    review = case_view(platform, chi, opened.code).waiting[0].task
    claim_task(platform, chi, opened.case_id, review)
    complete_task(platform, chi, opened.case_id, review, {"opinion": "Đúng với sổ gốc", "pages": 2})
    return opened


def address(platform: Platform, opened: Opened) -> str:
    task = case_view(platform, platform.actor("chi"), opened.code).waiting[0].task
    return f"/track/{opened.tracking}/tasks/{task}"


def test_whoever_holds_the_code_answers_and_the_case_ends(browser, platform, rated) -> None:
    page = browser()
    text = page.open(f"/track/{rated.tracking}")
    assert "Đánh giá" in text and "Hài lòng?" in text and "Trả lời được đến hết ngày 18/09/2026." in text
    assert 'href="https://example.org/complain"' in text and "Gửi khiếu nại" in text
    assert "Xin làm trước hết ngày" not in text
    text = page.post(address(platform, rated), act="send", rating="yes", comment="Nhanh")
    assert "Đã nhận. Cảm ơn ông/bà." in text and "Hài lòng?" not in text
    case = platform.store.cases.load(rated.case_id).case
    assert case.ended_at is not None
    entry = platform.store.papers.entries(rated.case_id)[-1]
    assert (entry.by, entry.value) == (case.applicant_person, {"rating": "yes", "comment": "Nhanh"})


def test_the_page_is_in_english_too(browser, rated) -> None:
    text = browser().open(f"/track/{rated.tracking}?lang=en")
    assert "Rate us" in text and "Complain" in text and "It can be answered until 18/09/2026." in text


def test_what_cannot_be_comes_back_with_everything_typed(browser, platform, rated) -> None:
    page = browser()
    page.open(f"/track/{rated.tracking}")
    text = page.post(address(platform, rated), act="send", comment="Nhanh")
    assert page.status == 422
    assert "Còn 1 chỗ cần sửa" in text and "Nhanh" in text
    assert platform.store.cases.load(rated.case_id).case.ended_at is None


def test_an_answer_that_comes_too_late_is_told_so(browser, platform, rated) -> None:
    first, second, place = browser(), browser(), address(platform, rated)
    for page in (first, second):
        page.open(f"/track/{rated.tracking}")
    first.post(place, act="send", rating="no")
    text = second.post(place, act="send", rating="yes")
    assert "Phần này đã được trả lời hoặc đã hết thời gian." in text


def test_a_wrong_code_answers_nothing(browser, platform, rated) -> None:
    page = browser()
    page.open(f"/track/{rated.tracking}")
    page.post(address(platform, rated).replace(rated.tracking, "T.004-260904-0001-XXXX"), act="send", rating="yes")
    assert page.status == 404


def test_no_official_answers_in_the_applicants_name(browser, platform, rated) -> None:
    for person in ("binh", "chi", "em"):
        page = browser(person)
        text = page.open(f"/cases/{rated.code}")
        assert "Việc tiếp theo" not in text
        page.post(address(platform, rated).replace(f"/track/{rated.tracking}", f"/cases/{rated.code}"), act="complete", rating="yes")
        assert page.status == 403


def test_a_step_without_that_word_is_not_answered_by_code(browser, platform, case) -> None:
    task = case_view(platform, platform.actor("chi"), case.code).waiting[0].task
    page = browser()
    page.open("/sign-in")
    text = page.post(f"/track/{case.tracking}/tasks/{task}", act="send", opinion="Đúng", pages="2")
    assert "Phần này đã được trả lời hoặc đã hết thời gian." in text
