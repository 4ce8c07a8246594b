"""What stands still is shown by cause, ended on its own page in one of five ways, and alarms are fired or moved there too."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from wardflow.cases import reads
from wardflow.cases.answer_service import fail_service
from wardflow.cases.open_case import Opening, open_case
from wardflow.catalog import files_of
from wardflow.domain.register import Authority, Holding, Person, Unit
from wardflow.packs import Pack
from wardflow.permissions import DESIGNER, OPERATOR

PERMIT = Path(__file__).parents[1] / "fixtures" / "permit"
CALL = (
    '<bpmn:serviceTask id="ask" name="Hỏi thuế" wf:nameEn="Ask the tax office" wf:handler="outside"><bpmn:incoming>g7</bpmn:incoming>'
    '<bpmn:outgoing>g77</bpmn:outgoing></bpmn:serviceTask><bpmn:sequenceFlow id="g77" sourceRef="ask" targetRef="review" />'
)


@pytest.fixture
def platform(platform):
    """The small city with a procedure that calls a service, a head, an operator and a designer."""
    platform.store.city.save(
        units=(
            Unit("south", "UBND phường Nam", "South ward", "ward", "commune", "city"),
            Unit("south.office", "Phòng phường Nam", "Office of South", "office", "commune", "south"),
        ),
        people=(Person("huong", "Vũ Thị Hương"), Person("khoa", "Đỗ Văn Khoa"), Person("lam", "Mai Văn Lâm")),
        holdings=(
            Holding("binh", "counter", "east.point"), Holding("huong", "signer", "south"), Holding("khoa", OPERATOR, "city"),
            Holding("lam", DESIGNER, "city"), Holding("dung", "reviewer", "south.office"),
        ),
        authorities=(Authority("permit", "commune", None, "Nghị định thử, Điều 1", date(2025, 7, 1)),),
    )
    files = dict(files_of(PERMIT))
    diagram = files["permit.bpmn"].decode()
    for was, becomes in (
        ('id="g7" sourceRef="accepted" targetRef="review"', 'id="g7" sourceRef="accepted" targetRef="ask"'),
        ("<bpmn:incoming>g7</bpmn:incoming><bpmn:outgoing>g8", "<bpmn:incoming>g77</bpmn:incoming><bpmn:outgoing>g8"),
        ('<bpmn:endEvent id="ready">', CALL + '<bpmn:endEvent id="ready">'),
    ):
        assert was in diagram
        diagram = diagram.replace(was, becomes)
    pack = Pack(files | {"permit.bpmn": diagram.encode()}, "permit")
    platform.store.packs.publish(pack.id, pack.digest, pack.files, "lam", platform.now())
    return platform


def file(platform):
    """A new case that has called the service."""
    opening = Opening(
        procedure="permit", applicant={"full_name": "Nguyễn Văn An", "id_number": "001080000012", "phone": "0900000456"},
        form={"commune": "south", "purpose": "Sửa nhà"}, components={"request": {"state": "received"}}, receiving="east.point",
    )
    return open_case(platform, platform.actor("binh"), opening, answer={"complete": True})


@pytest.fixture
def stopped(platform) -> str:
    """The address of a case that stands still."""
    for _ in range(2):
        file(platform)
    for job in platform.store.jobs.take(platform.now(), 10, timedelta(minutes=1)):
        platform.store.jobs.failed(job, "ConnectionError at send:12", None)
        fail_service(platform, job.case, job.payload["task"], "service.failed")
    row = reads.incidents(platform, platform.actor("huong"))[0]
    return f"/incidents/{row.case_id}/{row.incident}"


def left(platform) -> int:
    return len(reads.incidents(platform, platform.actor("huong")))


def test_the_bar_names_incidents_for_heads_and_operators_alone(browser, stopped) -> None:
    for who, named in (("huong", True), ("khoa", True), ("dung", False), ("lam", False)):
        assert ('href="/incidents"' in browser(who).open("/desk")) is named


def test_a_cause_is_shown_once_with_its_cases_in_both_languages(browser, stopped) -> None:
    text = browser("huong").open("/incidents")
    assert text.count("Dịch vụ kết thúc với lỗi") == 1
    assert len(re.findall(r'href="/incidents/\d+/', text)) == 2
    english = browser("huong").open("/incidents?lang=en")
    assert "Ask the tax office" in english and "Try all again" in english


def test_others_see_an_empty_list_and_are_not_let_in(browser, stopped) -> None:
    page = browser("dung")
    assert "Không có hồ sơ nào đứng yên" in page.open("/incidents")
    page.open(stopped)
    assert page.status == 403


def test_an_operator_sees_the_calls_and_no_data_and_tries_again(browser, platform, stopped) -> None:
    page = browser("khoa")
    assert "outside" in page.open("/incidents") and "hỏng hẳn" in page.text
    text = page.open(stopped)
    assert "ConnectionError at send:12" in text
    assert "Sửa nhà" not in text and "Bỏ qua bước này" not in text
    assert "Đã cho chạy lại." in page.post(f"{stopped}/retry", reason="Cổng thuế đã chạy")
    assert left(platform) == 1


def test_all_of_a_cause_are_tried_again_with_one_reason(browser, platform, stopped) -> None:
    page = browser("huong")
    cause = re.search(r'name="cause" value="(\w+)"', page.open("/incidents"))
    assert cause is not None
    assert "Cần ghi lý do" in page.post("/incidents/retry", cause=cause[1], reason=" ")
    assert page.status == 422
    assert "Đã cho chạy lại 2" in page.post("/incidents/retry", cause=cause[1], reason="Cổng thuế đã chạy")
    assert left(platform) == 0


def test_a_step_is_skipped_or_the_case_taken_elsewhere(browser, platform, stopped) -> None:
    page = browser("huong")
    page.open(stopped)
    assert "Đã bỏ qua bước bị dừng." in page.post(f"{stopped}/skip", reason="Đã trả lời bằng giấy", data='{"tax": 12}')
    other = reads.incidents(platform, platform.actor("huong"))[0]
    address = f"/incidents/{other.case_id}/{other.incident}"
    assert '<option value="review"' in page.open(address)
    page.post(f"{address}/move", reason="Thử", to="nowhere")
    assert (page.status, "Không chuyển được tới bước này" in page.text, "Thử</textarea>" in page.text) == (422, True, True)
    assert "Đã chuyển hồ sơ sang bước khác." in page.post(f"{address}/move", reason="Làm bằng giấy", to="review")
    assert left(platform) == 0


def test_data_is_changed_and_what_cannot_be_read_is_given_back(browser, platform, stopped) -> None:
    page = browser("huong")
    text = page.open(stopped)
    assert "Sửa nhà" in text and "001080000012" not in text    # what was filed about the person is not for changing
    page.post(f"{stopped}/mend", reason="Sai", data='{"note": ')
    assert (page.status, "cần một đối tượng JSON" in page.text, "note" in page.text) == (422, True, True)
    page.post(f"{stopped}/mend", reason="Sai", data='{"applicant": {}}')
    assert (page.status, "phần đã nộp" in page.text) == (422, True)
    assert "Đã sửa dữ liệu" in page.post(f"{stopped}/mend", reason="Sai", data='{"note": 1}')
    assert left(platform) == 1


def test_a_case_is_called_off_and_a_reason_is_asked_for(browser, platform, stopped) -> None:
    page = browser("huong")
    page.open(stopped)
    page.post(f"{stopped}/cancel", reason="")
    assert (page.status, "Cần ghi lý do" in page.text, left(platform)) == (422, True, 2)
    assert "Đã hủy hồ sơ." in page.post(f"{stopped}/cancel", reason="Nộp nhầm")
    page.open(stopped)
    assert (page.status, "Sự cố này không còn" in page.text) == (409, True)


def test_a_way_that_does_not_exist_is_no_page(browser, stopped) -> None:
    page = browser("huong")
    page.open(stopped)
    page.post(f"{stopped}/forget", reason="Thử")
    assert page.status == 404


@pytest.fixture
def reviewed(platform):
    """A case with an alarm: its call was answered."""
    from wardflow.cases.answer_service import answer_service

    opened = file(platform)
    (job,) = platform.store.jobs.take(platform.now(), 10, timedelta(minutes=1))
    answer_service(platform, opened.case_id, job.payload["task"], {})
    return opened


def test_a_designer_finds_the_alarms_of_a_case_by_its_code(browser, reviewed) -> None:
    page = browser("lam")
    page.open("/alarms?code=unknown")
    assert (page.status, "Không có hồ sơ nào mang mã này." in page.text) == (404, True)
    text = page.open(f"/alarms?code={reviewed.code}")
    assert page.place == f"/cases/{reviewed.code}/alarms"
    assert "Canh bước" in text and "Dời mốc hẹn" not in text and "Nguyễn Văn An" not in text


def test_a_head_moves_an_alarm_or_lets_it_fire_and_mistakes_are_said_at_their_field(browser, platform, reviewed) -> None:
    page, address = browser("huong"), f"/cases/{reviewed.code}/alarms"
    page.open(address)
    (row,) = platform.store.alarms.of_case(reviewed.case_id)
    for to, reason, said in (("mai", "Chờ", "Viết như"), ("01/01/2020 08:00", "Chờ", "Lúc này đã qua"), ("01/12/2026 08:30", "", "Cần ghi lý do")):
        page.post(f"{address}/{row.alarm}/move", to=to, reason=reason)
        assert (page.status, said in page.text, to in page.text) == (422, True, True)
    assert "Đã dời mốc hẹn." in page.post(f"{address}/{row.alarm}/move", to="01/12/2026 08:30", reason="Chờ thêm")
    assert "01/12/2026, 08:30" in page.text
    assert "Mốc hẹn đã đến hạn." in page.post(f"{address}/{row.alarm}/fire", reason="Nhắc ngay")
    page.post(f"{address}/{row.alarm}/fire", reason="Lần nữa")
    assert (page.status, "Mốc hẹn này không còn" in page.text) == (409, True)


def test_the_page_of_a_case_leads_its_heads_to_its_alarms(browser, reviewed) -> None:
    link = f'href="/cases/{reviewed.code}/alarms"'
    assert link in browser("huong").open(f"/cases/{reviewed.code}")
    assert link not in browser("dung").open(f"/cases/{reviewed.code}")
