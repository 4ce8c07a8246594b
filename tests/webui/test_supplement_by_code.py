"""A supplement handed in on the tracking page, with the code alone; a counter may do it too."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from wardflow.cases.claim_task import claim_task
from wardflow.cases.complete_task import complete_task
from wardflow.cases.open_case import Opened, Opening, open_case
from wardflow.cases.platform import Platform
from wardflow.cases.reads import case as case_view
from wardflow.packs import Pack

PACK = Path(__file__).parent / "pack"
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
STEP = (
    '<bpmn:userTask id="Add" name="Bổ sung giấy tờ" wf:nameEn="Add papers" wf:role="applicant" wf:unit="applicant" wf:byCode="also" '
    'wf:form="forms/add.json" wf:due="10 wd" wf:product="Giấy tờ" wf:responsibility="Người nộp" wf:authority="Văn bản mẫu">'
    "<bpmn:incoming>f4</bpmn:incoming><bpmn:outgoing>f8</bpmn:outgoing></bpmn:userTask>"
    '<bpmn:sequenceFlow id="f8" sourceRef="Add" targetRef="Done"/>'
)
FORM = {
    "type": "object",
    "required": ["note"],
    "properties": {
        "note": {"type": "string", "title": "Nói thêm", "minLength": 3},
        "scan": {"$ref": "attachment", "title": "Bản quét"},
    },
}


@pytest.fixture
def asked(platform: Platform) -> Opened:
    """A case that waits for papers from its applicant, who has no account."""
    files = {p.relative_to(PACK).as_posix(): p.read_bytes() for p in PACK.rglob("*") if p.is_file()}
    drawn = files["sample.bpmn"].decode().replace('sourceRef="Review" targetRef="Done"', 'sourceRef="Review" targetRef="Add"')
    drawn = drawn.replace("</bpmn:process>", STEP + "</bpmn:process>")
    drawn = drawn.replace("<bpmn:incoming>f4</bpmn:incoming></bpmn:endEvent>", "<bpmn:incoming>f8</bpmn:incoming></bpmn:endEvent>")
    pack = Pack({**files, "sample.bpmn": drawn.encode(), "forms/add.json": json.dumps(FORM).encode()})
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


def papers(platform: Platform, opened: Opened) -> list[tuple[str, str]]:
    return [(each.name, each.by) for each in platform.store.papers.documents(opened.case_id) if each.kind == "attachment"]


def test_what_is_asked_until_when_and_why_stands_there_with_the_form(browser, asked) -> None:
    text = browser().open(f"/track/{asked.tracking}")
    assert "Đang chờ ông/bà" in text and "Xin làm trước hết ngày 18/09/2026." in text and "Vì sao là ngày này?" in text
    assert "Nói thêm" in text and 'type="file"' in text and "Không bắt buộc. Trả lời" not in text


def test_the_paper_and_the_answer_are_handed_in_with_the_code_alone(browser, platform, asked) -> None:
    page = browser()
    page.open(f"/track/{asked.tracking}")
    text = page.post(address(platform, asked), act="send", note="Đã có giấy", scan=(io.BytesIO(PDF), "giấy.pdf"))
    assert "Đã nhận. Cảm ơn ông/bà." in text
    case = platform.store.cases.load(asked.case_id).case
    assert case.ended_at is not None
    assert papers(platform, asked) == [("giấy.pdf", case.applicant_person)]
    entry = platform.store.papers.entries(asked.case_id)[-1]
    assert entry.by == case.applicant_person and entry.value["scan"]["name"] == "giấy.pdf"


def test_a_refused_answer_keeps_the_paper_and_what_was_typed(browser, platform, asked) -> None:
    page = browser()
    page.open(f"/track/{asked.tracking}")
    text = page.post(address(platform, asked), act="send", note="a", scan=(io.BytesIO(PDF), "giấy.pdf"))
    assert page.status == 422 and "giấy.pdf" in text and 'value="a"' in text
    again = browser().open(f"/track/{asked.tracking}")
    assert "giấy.pdf" in again and "Đang mở bản nháp đã lưu" in again


def test_a_draft_is_kept_and_found_again(browser, platform, asked) -> None:
    page = browser()
    page.open(f"/track/{asked.tracking}")
    assert re.search(r"Đã tự lưu lúc \d\d:\d\d", page.post(address(platform, asked), act="autosave", note="Nửa chừng"))
    assert "Nửa chừng" in browser().open(f"/track/{asked.tracking}")
    assert platform.store.cases.load(asked.case_id).case.ended_at is None


def test_a_reference_to_a_file_of_another_case_is_worth_nothing(browser, platform, asked) -> None:
    sha = platform.blobs.put(PDF)
    made_up = {"attachment": sha, "name": "của ai.pdf", "size": 1, "type": "text/html", "sha256": sha}
    page = browser()
    page.open(f"/track/{asked.tracking}")
    page.post(address(platform, asked), act="send", note="Đã có giấy", scan=json.dumps(made_up))
    assert "scan" not in platform.store.papers.entries(asked.case_id)[-1].value


def test_a_file_of_another_kind_is_refused_and_nothing_moves(browser, platform, asked) -> None:
    page = browser()
    page.open(f"/track/{asked.tracking}")
    page.post(address(platform, asked), act="send", note="Đã có giấy", scan=(io.BytesIO(b"MZ"), "a.exe"))
    assert page.status == 422 and papers(platform, asked) == []
    assert platform.store.cases.load(asked.case_id).case.ended_at is None


def test_the_counter_may_do_it_for_whoever_stands_there(browser, platform, asked) -> None:
    page = browser("binh")
    task = address(platform, asked).rpartition("/")[2]
    page.open(f"/cases/{asked.code}/tasks/{task}")
    page.post(f"/cases/{asked.code}/tasks/{task}", act="complete", note="Mang giấy tới quầy")
    assert platform.store.cases.load(asked.case_id).case.ended_at is not None
