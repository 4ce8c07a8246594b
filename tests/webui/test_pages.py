"""What each page shows, and what it does with what was typed."""

from __future__ import annotations

import re

from wardflow.cases.claim_task import claim_task
from wardflow.cases.complete_task import complete_task
from wardflow.cases.open_case import open_case
from wardflow.cases.opening import Opening
from wardflow.cases.reads import case as case_view
from wardflow_web import static_files


def task_of(platform, case):
    return case_view(platform, platform.actor("chi"), case.code).waiting[0].task


def test_a_stranger_is_shown_the_way_in(browser) -> None:
    page = browser()
    for address in ("/", "/desk", "/cases/x", "/counter"):
        page.open(address)
        assert page.place == "/sign-in"


def test_the_desk_shows_work_to_claim_and_its_due_date(browser, case) -> None:
    text = browser("chi").open("/desk?view=queue")
    assert "Xem xét, ghi ý kiến" in text
    assert case.code in text
    assert "09/09/2026" in text


def test_a_broken_plugin_is_listed_and_the_desk_stays_up(browser) -> None:
    page = browser("chi")
    assert "Người viết gói cần xem lại." in page.open("/desk")
    assert page.status == 200


def test_claiming_from_the_desk_moves_the_task_to_mine(browser, platform, case) -> None:
    page = browser("chi")
    page.open("/desk?view=queue")
    text = page.post("/desk", claim=f"{case.case_id}/{task_of(platform, case)}")
    assert "Đã nhận 1 việc." in text
    assert "Mở, làm tiếp" in text


def test_what_cannot_be_claimed_is_told_and_the_rest_is_done(browser, platform, case) -> None:
    page = browser("chi")
    page.open("/desk?view=queue")
    claim_task(platform, platform.actor("dung"), case.case_id, task_of(platform, case))
    text = page.post("/desk", task=[f"{case.case_id}/{task_of(platform, case)}", "nonsense"])
    assert "Việc này đang có người giữ" in text


def test_searching_the_desk_needs_no_tone_marks(browser, case) -> None:
    page = browser("chi")
    assert case.code in page.open("/desk?view=queue&q=nguyen van")
    assert "Không tìm thấy việc nào" in page.open("/desk?view=queue&q=zzz")


def test_the_case_page_says_who_when_and_why(browser, case) -> None:
    text = browser("chi").open(f"/cases/{case.code}")
    for said in (
        "Nguyễn Văn An",
        "Đang xem xét",
        "Vì sao hạn là 11/09/2026?",
        "Vì sao việc này ở tôi?",
        "Sổ đồng hồ",
        "Giấy khai sinh",
    ):
        assert said in text, said


def test_the_case_page_hands_the_diagram_what_passed_and_what_waits(browser, case) -> None:
    page = browser("chi")
    text = page.open(f"/cases/{case.code}")
    assert 'data-live="[&#34;Review&#34;]"' in text
    assert "Check" in text.split("data-passed=")[1].split(">")[0]
    assert "<bpmn:definitions" in page.open(f"/cases/{case.code}/diagram.bpmn")


def test_somebody_without_a_part_in_the_case_may_not_see_it(browser, platform, case) -> None:
    page = browser("nobody")
    page.open(f"/cases/{case.code}")
    assert page.status == 403
    page.open(f"/cases/{case.code}/diagram.bpmn")
    assert page.status == 403


def test_a_wrong_value_comes_back_with_everything_typed_and_nothing_saved(browser, platform, case) -> None:
    task = task_of(platform, case)
    claim_task(platform, platform.actor("chi"), case.case_id, task)
    page = browser("chi")
    page.open(f"/cases/{case.code}/tasks/{task}")
    text = page.post(f"/cases/{case.code}/tasks/{task}", act="complete", opinion="Đúng với sổ gốc", pages="không")
    assert page.status == 422
    assert "Còn 1 chỗ cần sửa" in text
    assert 'value="không"' in text and "Đúng với sổ gốc" in text
    assert 'aria-invalid="true"' in text
    assert task_of(platform, case) == task


def test_pressing_enter_in_a_form_never_completes_the_step(browser, platform, case) -> None:
    task = task_of(platform, case)
    claim_task(platform, platform.actor("chi"), case.case_id, task)
    page = browser("chi")
    text = page.open(f"/cases/{case.code}/tasks/{task}")
    first = text.split("<button", 2)[1 if "Đăng xuất" not in text else 2]
    assert 'value="redraw"' in first
    page.post(f"/cases/{case.code}/tasks/{task}", opinion="Đúng với sổ gốc", pages="2")
    assert task_of(platform, case) == task


def test_a_draft_is_there_when_the_form_is_opened_again(browser, platform, case) -> None:
    task = task_of(platform, case)
    claim_task(platform, platform.actor("chi"), case.case_id, task)
    page = browser("chi")
    page.open(f"/cases/{case.code}/tasks/{task}")
    text = page.post(f"/cases/{case.code}/tasks/{task}", act="draft", opinion="Mới viết được nửa", pages="")
    assert "Đã lưu nháp." in text
    assert "Mới viết được nửa" in text


def test_completing_a_step_moves_the_case_on(browser, platform, case) -> None:
    task = task_of(platform, case)
    claim_task(platform, platform.actor("chi"), case.case_id, task)
    page = browser("chi")
    page.open(f"/cases/{case.code}/tasks/{task}")
    text = page.post(f"/cases/{case.code}/tasks/{task}", act="complete", opinion="Đúng với sổ gốc", pages="2")
    assert page.status == 200
    assert "Đã hoàn thành bước “Xem xét, ghi ý kiến”." in text
    assert "Đã trả kết quả" in text


def test_a_completed_step_reads_no_page_of_its_case(browser, platform, case) -> None:
    task = task_of(platform, case)
    claim_task(platform, platform.actor("chi"), case.case_id, task)
    page = browser("chi")
    address = f"/cases/{case.code}/tasks/{task}"
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.open(address))
    seen: list[str] = []
    platform.store.database.observer = seen.append
    answer = page.client.post(address, data={"csrf_token": token[1], "act": "complete", "opinion": "Đúng với sổ gốc", "pages": "2"})
    platform.store.database.observer = None
    assert answer.status_code == 302
    assert not [sql for sql in seen if "FROM entry" in sql or "FROM document" in sql], seen
    assert len(seen) <= 8 + 1 + 7, "\n".join(seen)    # the act, its commit, and who asks, which case and which task


def test_a_stale_form_says_who_was_faster_and_gives_the_text_back(browser, platform, case) -> None:
    task = task_of(platform, case)
    chi = platform.actor("chi")
    claim_task(platform, chi, case.case_id, task)
    page = browser("chi")
    page.open(f"/cases/{case.code}/tasks/{task}")
    complete_task(platform, chi, case.case_id, task, {"opinion": "Ý kiến gửi trước", "pages": 1})
    text = page.post(f"/cases/{case.code}/tasks/{task}", act="complete", opinion="Ý kiến gửi sau", pages="3")
    assert page.status == 409
    assert "Lê Thị Chi đã hoàn thành “Xem xét, ghi ý kiến” lúc 04/09/2026, 09:40." in text
    assert "Ý kiến gửi sau" in text


def test_giving_a_task_back_needs_a_reason(browser, platform, case) -> None:
    task = task_of(platform, case)
    claim_task(platform, platform.actor("chi"), case.case_id, task)
    page = browser("chi")
    page.open(f"/cases/{case.code}")
    assert "Cần ghi lý do để lưu vào hồ sơ." in page.post(f"/cases/{case.code}/tasks/{task}/release", reason=" ")
    assert page.status == 422
    page.open(f"/cases/{case.code}")
    assert "Đã trả lại việc." in page.post(f"/cases/{case.code}/tasks/{task}/release", reason="Tôi quen người nộp")


def test_the_applicant_may_stop_the_case(browser, platform, case) -> None:
    page = browser("an")
    page.open(f"/cases/{case.code}")
    assert "Cần ghi lý do" in page.post(f"/cases/{case.code}/withdraw", reason="")
    page.open(f"/cases/{case.code}")
    assert "Đã dừng hồ sơ." in page.post(f"/cases/{case.code}/withdraw", reason="Không cần nữa")


def test_a_tracking_code_needs_no_account_and_shows_no_full_name(browser, case) -> None:
    page = browser()
    text = page.open(f"/track?code={case.tracking}")
    assert page.status == 200
    assert "11/09/2026" in text
    assert "Nguyễn Văn An" not in text


def test_an_unknown_and_a_mistyped_code_get_the_same_answer(browser, case) -> None:
    page = browser()
    unknown = page.open("/track/KHONG-CO").replace("KHONG-CO", "…")
    status = page.status
    wrong = f"{case.tracking[:-1]}0"
    assert page.open(f"/track/{wrong}").replace(wrong, "…") == unknown
    assert page.status == status == 404


def test_every_page_speaks_english_on_request_and_remembers_it(browser, case) -> None:
    page = browser("chi")
    assert '<html lang="en">' in page.open("/desk?view=queue&lang=en")
    text = page.open(f"/cases/{case.code}")
    assert "Certified copy of a record" in text
    assert "Why is it due on 11/09/2026?" in text


def test_the_theme_is_remembered(browser) -> None:
    page = browser()
    page.open("/track?theme=dark")
    assert 'data-theme="dark"' in page.open("/track")


def test_a_missing_page_says_so_in_words(browser) -> None:
    page = browser()
    assert "Không có trang này" in page.open("/nowhere")
    assert page.status == 404


def test_officials_see_what_was_written_before_and_applicants_do_not(browser, platform, case) -> None:
    text = browser("chi").open(f"/cases/{case.code}")
    assert "Đã ghi gì?" in text and "<dt>Kết quả kiểm tra</dt><dd>Đủ</dd>" in text
    claim_task(platform, platform.actor("chi"), case.case_id, task_of(platform, case))
    assert "<dd>Đủ</dd>" in browser("chi").open(f"/cases/{case.code}/tasks/{task_of(platform, case)}")
    assert "Đã ghi gì?" not in browser("an").open(f"/cases/{case.code}")


def test_without_bundles_the_diagram_is_a_list(browser, case, monkeypatch) -> None:
    read = static_files.read
    monkeypatch.setattr(static_files, "read", lambda name: None if name.startswith("bundles/") else read(name))
    text = browser("chi").open(f"/cases/{case.code}")
    assert "viewer.js" not in text and "pico.min.css" not in text
    words = text.split("<ol data-words>")[1].split("</ol>")[0]
    assert "Kiểm tra giấy tờ" in words and "Xem xét, ghi ý kiến" in words


def test_a_citizen_sees_the_step_that_waits_for_them(browser, platform) -> None:
    page = browser("an")
    opening = Opening(
        procedure="1.000001",
        applicant={"full_name": "Nguyễn Văn An", "id_number": "001080000012"},
        form={"record": "Giấy khai sinh", "copies": 1},
        components={},
        receiving="east.point",
        applicant_person="an",
    )
    opened = open_case(platform, platform.actor("binh"), opening, answer={"result": "incomplete"})
    assert "Đang chờ ông/bà" in page.open(f"/track/{opened.tracking}")
    assert "Bước của ông/bà" in page.open(f"/cases/{opened.code}")
    assert ">Nộp</button>" in page.open(f"/cases/{opened.code}/tasks/{task_of(platform, opened)}")
