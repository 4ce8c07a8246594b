"""What the desk shows of time running out: the letter to sign, and the warnings of a day."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from wardflow.cases.ring_alarm import ring_alarms
from wardflow_web import create_app

DAY_BEFORE = datetime(2026, 9, 10, 2, 0, tzinfo=UTC)    # the case is due on Friday 11/09/2026


@pytest.fixture
def later(platform, case):
    """Opens a page as somebody on the day before the due date, every alarm rung."""
    moved = platform.at(DAY_BEFORE)
    ring_alarms(moved, DAY_BEFORE)
    client = create_app(moved).test_client()

    def opened(person: str, address: str) -> str:
        with client.session_transaction() as session:
            session.update(person=person, began=DAY_BEFORE.timestamp(), seen=DAY_BEFORE.timestamp())
        return client.get(address, follow_redirects=True).get_data(as_text=True)

    return opened


def test_the_head_finds_the_letter_on_the_desk_and_drafted_on_the_case(later, case) -> None:
    desk = later("em", "/desk")
    assert "Chờ bạn ký: xin lỗi và hẹn lại ngày" in desk and f"/cases/{case.code}#new-date" in desk
    page = later("em", f"/cases/{case.code}")
    assert "Văn bản đã soạn sẵn, chờ bạn đọc lại và ký." in page
    assert "Bước “Xem xét, ghi ý kiến” ở Phòng Tổng hợp phường Đông chưa xong." in page
    assert "Cảnh báo sớm" in page or "Còn 1 ngày làm việc là hết hạn." in page


def test_nobody_else_is_asked_to_sign(later) -> None:
    assert "Chờ bạn ký" not in later("chi", "/desk")


def test_the_warnings_of_a_day_are_one_page_in_both_languages(later, case) -> None:
    assert "Cảnh báo hôm nay: 1" in later("em", "/desk")
    page = later("em", "/desk/warnings")
    assert "Cảnh báo ngày 10/09/2026" in page and "Văn bản xin lỗi chờ ký" in page and case.code in page
    assert "Không có cảnh báo nào trong ngày này." in later("em", "/desk/warnings?day=09/09/2026")
    assert "Cảnh báo ngày 10/09/2026" in later("em", "/desk/warnings?day=mai")
    page = later("em", "/desk/warnings?lang=en")
    assert "Warnings of 10/09/2026" in page and "The letter waits to be signed" in page
