"""The pages of the desk: narrowing, kept filters, and a refresh that costs nothing while nothing moves."""

from __future__ import annotations

from wardflow.domain.register import Holding


def test_a_list_is_narrowed_sorted_and_kept_under_a_name(browser, case) -> None:
    page = browser("chi")
    assert "Sắp xếp theo" in page.open("/desk?view=queue&panel=1")
    text = page.open("/desk?view=queue&sort=procedure&step=appraise&panel=1")
    assert "Lưu bộ lọc" in text
    text = page.post("/desk/filters", name="Việc thẩm định", view="queue", sort="procedure")
    assert "Đã lưu bộ lọc." in text and "Việc thẩm định" in text and case.code in text
    page.open("/desk")
    assert "Đặt tên cho bộ lọc" in page.post("/desk/filters", name="", view="queue", sort="procedure")


def test_a_page_that_did_not_change_is_not_sent_again(browser, platform, case) -> None:
    page = browser("chi")
    page.open("/desk?view=queue")
    mark = page.headers["ETag"]
    assert page.client.get("/desk?view=queue", headers={"If-None-Match": mark}).status_code == 304
    page.post("/desk", claim=f"{case.case_id}/{platform.store.papers.tasks(case.case_id)[-1].task}")
    assert page.client.get("/desk?view=queue", headers={"If-None-Match": mark}).status_code == 200


def test_the_search_field_finds_cases_that_wait_for_somebody_else(browser, case) -> None:
    text = browser("em").open("/desk?q=nguyen van an")
    assert "Hồ sơ tìm thấy" in text and f"/cases/{case.code}" in text
    assert "Hồ sơ tìm thấy" not in browser("").open("/desk?q=nguyen van an")


def test_without_scripts_the_desk_has_a_link_to_refresh(browser, case) -> None:
    assert 'data-refresh="30">Làm mới</a>' in browser("chi").open("/desk?view=queue")


def test_a_task_is_handed_over_and_taken_back_on_the_case(browser, platform, case) -> None:
    chi, task = browser("chi"), platform.store.papers.tasks(case.case_id)[-1].task
    chi.open("/desk?view=queue")
    chi.post("/desk", claim=f"{case.case_id}/{task}")
    assert "Phạm Văn Dũng" in chi.open(f"/cases/{case.code}")
    text = chi.post(f"/cases/{case.code}/tasks/{task}/hand", act="delegate", to="dung", reason="")
    assert chi.status == 422 and "Cần ghi nội dung, lý do" in text
    chi.post(f"/cases/{case.code}/tasks/{task}/hand", act="delegate", to="dung", reason="Đi họp")
    assert "Đã nhờ Phạm Văn Dũng làm thay: Đi họp" in chi.open(f"/cases/{case.code}")
    text = chi.post(f"/cases/{case.code}/tasks/{task}/hand", act="take_back")
    assert "Việc đã chuyển tay." in text and "Đã lấy lại việc từ Phạm Văn Dũng" in text


def test_a_note_is_written_and_read_by_colleagues_and_never_by_the_applicant(browser, case) -> None:
    chi = browser("chi")
    chi.open(f"/cases/{case.code}")
    text = chi.post(f"/cases/{case.code}/notes", text="Hỏi lại <b>diện tích</b>", mention="dung")
    assert "Hỏi lại &lt;b&gt;diện tích" in text
    assert "Lê Thị Chi nhắc đến bạn" in browser("dung").open("/desk")
    assert "Hỏi lại" not in browser("an").open(f"/cases/{case.code}") and "Ghi chú nội bộ" not in browser("an").open(f"/cases/{case.code}")
    assert chi.post(f"/cases/{case.code}/notes", text=" ") and chi.status == 422


def test_a_watched_case_is_a_list_of_its_own(browser, case) -> None:
    em = browser("em")
    em.open(f"/cases/{case.code}")
    assert "Hồ sơ nằm trong mục Đang theo dõi." in em.post(f"/cases/{case.code}/watch", on="1")
    assert case.code in em.open("/desk?view=watched")


def test_a_head_gives_several_tasks_at_once_and_is_told_what_is_missing(browser, platform, case) -> None:
    task = platform.store.papers.tasks(case.case_id)[-1].task
    em = browser("em")
    assert "Giao các việc đã chọn" in em.open("/desk?view=unit")
    chosen = f"{case.case_id}/{task}"
    assert "Chọn người nhận và ghi lý do" in em.post("/desk", task=chosen, act="assign", to="dung", reason="", view="unit")
    assert "Người này không nhận được việc" in em.post("/desk", task=chosen, act="assign", to="binh", reason="Chia việc", view="unit")
    assert "Đã giao 1 việc." in em.post("/desk", task=chosen, act="assign", to="dung", reason="Chia việc", view="unit")
    assert case.code in browser("dung").open("/desk")
    assert "Giao các việc đã chọn" not in browser("chi").open("/desk?view=unit")


def test_what_is_prepared_is_completed_several_at_once_and_what_is_not_says_so(browser, platform, case) -> None:
    task = platform.store.papers.tasks(case.case_id)[-1].task
    chi, chosen = browser("chi"), f"{case.case_id}/{task}"
    chi.open("/desk?view=queue")
    chi.post("/desk", claim=chosen)
    assert "Hoàn thành các việc đã chọn" not in chi.open("/desk")
    platform.store.papers.save_draft(case.case_id, task, {})
    assert "Hoàn thành các việc đã chọn" in chi.open("/desk")
    assert "Mở việc này, điền nốt rồi hoàn thành." in chi.post("/desk", task=chosen, act="complete", view="mine")
    platform.store.papers.save_draft(case.case_id, task, {"opinion": "Đủ căn cứ", "pages": 2})
    text = chi.post("/desk", task=chosen, act="complete", view="mine")
    assert "Đã hoàn thành 1 việc." in text


def test_enter_in_a_field_of_the_list_does_nothing_to_a_task(browser, platform, case) -> None:
    task = platform.store.papers.tasks(case.case_id)[-1]
    em = browser("em")
    em.open("/desk?view=unit")
    em.post("/desk", task=f"{case.case_id}/{task.task}", act="none", to="dung", reason="x", view="unit")
    assert platform.store.papers.tasks(case.case_id)[-1] == task


def test_a_page_is_of_one_register_that_is_asked_for_once_and_the_next_page_of_the_next(browser, platform, case) -> None:
    page, asked = browser("chi"), []
    page.open("/desk?view=queue")
    platform.store.database.observer = asked.append
    assert 'href="/counter"' not in page.open("/desk?view=queue")
    platform.store.database.observer = None
    assert sum("FROM revision" in sql for sql in asked) == 1
    assert len(asked) <= 12
    platform.store.city.save(holdings=[Holding("chi", "clerk", "east.point")])
    assert 'href="/counter"' in page.open("/desk?view=queue")
