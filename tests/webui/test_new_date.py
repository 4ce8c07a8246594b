"""A head gives a new date on the page of a case; everybody sees it, nobody else may."""

from __future__ import annotations

from datetime import UTC, datetime

TYPED = {"to": "18/09/2026", "why_late": "Chờ trích đo lại ranh giới"}


def test_a_head_finds_the_letter_drafted_with_a_date(browser, case) -> None:
    text = browser("em").open(f"/cases/{case.code}")
    assert "Xin lỗi và hẹn lại ngày" in text
    assert 'name="to" value="15/09/2026"' in text    # two working days after the 11th, as the pack proposes
    assert "Còn hẹn lại được 1 lần." in text and "Văn bản mẫu, Điều 7" in text


def test_the_same_page_in_english(browser, case) -> None:
    text = browser("em").open(f"/cases/{case.code}?lang=en")
    for said in ("Apologise and give a new date", "Promised for 11/09/2026.", "A new date may be given 1 more time."):
        assert said in text, said


def test_signing_moves_the_date_everywhere_and_issues_the_letter(browser, case) -> None:
    page = browser("em")
    page.open(f"/cases/{case.code}")
    text = page.post(f"/cases/{case.code}/extend", **TYPED)
    assert "Đã cấp văn bản xin lỗi, hẹn lại ngày 18/09/2026." in text
    assert "Vì sao hạn là 18/09/2026?" in text
    assert "Đã xin lỗi và hẹn lại ngày 18/09/2026: Chờ trích đo lại ranh giới" in text
    assert "Văn bản xin lỗi" in text and "1/XL" in text
    assert 'id="new-date"' not in text
    tracked = browser().open(f"/track/{case.tracking}")
    assert "18/09/2026" in tracked and "Chờ trích đo lại ranh giới" in tracked
    letter = browser("em")
    letter.client.get(f"/cases/{case.code}")
    answer = letter.client.get(f"/cases/{case.code}/documents/apology-2")
    assert answer.status_code == 200 and answer.data.startswith(b"%PDF")


def test_what_cannot_be_comes_back_at_its_field_with_everything_typed(browser, case) -> None:
    page = browser("em")
    page.open(f"/cases/{case.code}")
    text = page.post(f"/cases/{case.code}/extend", to="19/09/2026", why_late=TYPED["why_late"])
    assert page.status == 422
    assert "Ngày 19/09/2026 là ngày nghỉ. Ngày làm việc kế tiếp là 21/09/2026." in text
    assert 'value="19/09/2026"' in text and TYPED["why_late"] in text and 'aria-invalid="true"' in text
    text = page.post(f"/cases/{case.code}/extend", to="mai", why_late="")
    assert "Cần một ngày có thật" in text and "Cần ghi lý do" in text and 'value="mai"' in text


def test_nobody_but_a_head_is_offered_it_or_may(browser, case) -> None:
    for person in ("chi", "binh", "an"):
        page = browser(person)
        assert 'id="new-date"' not in page.open(f"/cases/{case.code}")
        page.post(f"/cases/{case.code}/extend", **TYPED)
        assert page.status == 403


def test_once_the_time_is_up_nothing_is_offered_and_a_late_letter_says_why(platform, case) -> None:
    from wardflow_web import create_app

    then = datetime(2026, 9, 14, 2, 0, tzinfo=UTC)
    late = create_app(platform.at(then))
    client = late.test_client()
    with client.session_transaction() as session:
        session.update(person="em", began=then.timestamp(), seen=then.timestamp())
    text = client.get(f"/cases/{case.code}").get_data(as_text=True)
    assert 'id="new-date"' not in text
