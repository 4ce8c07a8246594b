"""A field report from somebody who says nothing of themselves: sent with a photo, followed by its code, reopened once."""

from __future__ import annotations

import io
import re
import struct
from typing import Any

import pytest
from wardflow.cases.reads import open_tasks
from wardflow_web import create_app

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
PLACE = b"21.0285 N 105.8048 E"
NOTES = b"Exif\x00\x00MM\x00*" + struct.pack(">IH", 8, 0) + PLACE
PICTURE = b"\xff\xda\x00\x04go\x01\x02\xff\xd9"
PHOTO = b"\xff\xd8\xff\xe1" + struct.pack(">H", len(NOTES) + 2) + NOTES + PICTURE
REPORT = {
    "form.commune": "thien-loc", "form.where": "Trước số 12 đường Trục", "form.point.latitude": "21,142300",
    "form.point.longitude": "105,781200", "form.category": "road", "form.what": "Ổ gà sâu, xe máy ngã hai lần.",
}  # fmt: skip


class Stranger:
    """A browser nobody knows."""

    def __init__(self, city: Any) -> None:
        self.client, self.text, self.place, self.status = create_app(city).test_client(), "", "", 0

    def open(self, address: str) -> str:
        return self._shown(self.client.get(address, follow_redirects=True))

    def post(self, address: str, **values: Any) -> str:
        token = TOKEN.search(self.text)
        assert token
        return self._shown(self.client.post(address, data={"csrf_token": token[1], **values}, follow_redirects=True))

    def _shown(self, answer: Any) -> str:
        self.text, self.place, self.status = answer.get_data(as_text=True), answer.request.path, answer.status_code
        answer.close()
        return str(self.text)


def sent(city: Any, **changes: Any) -> tuple[Stranger, Any]:
    """A stranger who has sent a report, and the case it became."""
    page = Stranger(city)
    assert "Phản ánh hiện trường" in page.open("/report")
    page.post("/procedures/field-report/file", act="begin")
    photo = {"form.photos": (io.BytesIO(PHOTO), "ổ gà.jpg")}
    text = page.post(page.place, act="send", **{**REPORT, **photo, **changes})
    assert page.place.endswith("/received"), text
    code = re.search(r'<span class="code">([^<]+)</span>', text)
    assert code
    case = city.store.worklist.by_tracking(code[1])
    return page, case


@pytest.fixture
def city(office: Any) -> Any:
    """The platform of the demo city."""
    return office.platform


def handled(office: Any, case: int, *, taken: bool = True) -> None:
    """The unit takes the report, fixes it and shows the result."""
    if taken:
        office.do(case, "receive", {"verdict": "take", "level": "normal", "site": "Đã kiểm tra."})
    office.do(case, "handle_normal", {"result": "fixed", "done": "Đã vá mặt đường."})
    office.do(case, "publish_result", {"blurred": True, "text": "Đã vá ổ gà."})


def test_a_report_needs_no_name_and_goes_to_the_commune_it_names(city: Any) -> None:
    page, case = sent(city)
    assert (case.applicant_label, case.places.authority, case.places.receiving) == ("", "thien-loc", "thien-loc")
    text = page.open(f"/track/{case.tracking}")
    assert "Người nộp" not in text and "Đã báo tin cho ông/bà" in text


def test_the_photo_lies_there_without_what_the_camera_wrote(city: Any) -> None:
    _page, case = sent(city)
    [paper] = [each for each in city.store.papers.documents(case.id) if each.kind == "attachment"]
    kept = city.blobs.get(paper.sha256)
    assert PLACE not in kept and kept == b"\xff\xd8" + PICTURE


@pytest.mark.parametrize("photo", [b"\x00\x00\x00\x18ftypheic" + PLACE, PHOTO[:-3]], ids=["HEIC", "cut off"])
def test_a_photo_that_cannot_be_cleaned_is_not_taken_and_nothing_typed_is_lost(city: Any, photo: bytes) -> None:
    page = Stranger(city)
    page.open("/report")
    page.post("/procedures/field-report/file", act="begin")
    text = page.post(page.place, act="send", **{**REPORT, "form.photos": (io.BytesIO(photo), "ảnh.jpg")})
    assert page.status == 422 and "Ổ gà sâu, xe máy ngã hai lần." in text


def test_somebody_may_say_whom_to_call_back(city: Any) -> None:
    _page, case = sent(city, **{"applicant.full_name": "Lý Thị Sáu", "applicant.phone": "0912345678"})
    assert case.applicant_label == "Lý Thị Sáu"


def test_the_sender_says_that_it_is_not_solved_once_and_rates_it(city: Any, office: Any) -> None:
    page, case = sent(city)
    handled(office, case.id)
    address = f"/track/{case.tracking}"
    text = page.open(address)
    assert "Gửi phản ánh, kiến nghị, khiếu nại" in text
    for solved in ("false", "false"):
        task = next(row.task for row in open_tasks(city, case.id) if row.node == "confirm")
        page.open(address)
        page.post(f"{address}/tasks/{task}", act="send", solved=solved, rating="2", comment="Vẫn còn")
        states = [row.node for row in open_tasks(city, case.id)]
        if "handle_normal" in states:
            handled(office, case.id, taken=False)
    assert city.store.cases.load(case.id).case.outcome == "closed"
    values = [entry.value for entry in city.store.papers.entries(case.id) if entry.node == "confirm"]
    assert [value["rating"] for value in values] == ["2", "2"]


def test_nobody_sees_the_draft_of_another_browser(city: Any) -> None:
    page = Stranger(city)
    page.open("/report")
    page.post("/procedures/field-report/file", act="begin")
    other = Stranger(city)
    other.open("/report")
    other.post("/procedures/field-report/file", act="begin")
    assert other.open(page.place) and other.status == 404


def test_reports_of_nobody_known_come_only_so_often(city: Any) -> None:
    page = Stranger(city)
    page.open("/report")
    tries = 0
    while page.status != 429 and tries < 40:
        page.open("/report")
        page.post("/procedures/field-report/file", act="begin")
        tries += 1
    assert page.status == 429
