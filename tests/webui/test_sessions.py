"""How long one stays signed in: hours in all, minutes without a page, and not past signing out everywhere."""

from __future__ import annotations

from datetime import timedelta

import pytest
from wardflow_web import create_app

PASSWORD = "mật khẩu của Chi"


@pytest.fixture
def later(platform, browser):
    """Opens a signed-in browser's cookie some time later."""

    def at(page, wait: timedelta):
        client = create_app(platform.at(platform.now() + wait)).test_client()
        cookie = page.client.get_cookie("session")
        client.set_cookie("session", cookie.value)
        return type(page)(client)

    return at


def signed_in(browser):
    page = browser()
    page.open("/sign-in")
    page.post("/sign-in", login="chi", password=PASSWORD)
    assert page.place == "/desk"
    return page


def test_a_session_ends_after_minutes_without_a_page(browser, later) -> None:
    page = signed_in(browser)
    assert later(page, timedelta(minutes=119)).open("/desk") and "Đăng nhập</button>" not in later(page, timedelta(minutes=119)).text
    over = later(page, timedelta(minutes=121))
    over.open("/desk")
    assert over.place == "/sign-in"


def test_a_session_in_use_goes_on_and_ends_after_its_hours(browser, later) -> None:
    page, passed = signed_in(browser), timedelta()
    for _ in range(6):
        passed += timedelta(minutes=119)
        page = later(page, passed)
        page.open("/desk")
        assert page.place == "/desk"
    page = later(page, timedelta(hours=12, minutes=1))
    page.open("/desk")
    assert page.place == "/sign-in"


def test_what_is_sent_after_the_end_is_given_back(browser, later, case) -> None:
    page = signed_in(browser)
    page.open("/sign-in")
    over = later(page, timedelta(hours=3))
    over.text = page.text
    text = over.post(f"/cases/{case.code}/tasks/t1", act="complete", opinion="Đã gõ rất dài")
    assert over.status == 400 and "Phiên làm việc đã hết" in text and "Đã gõ rất dài" in text


def test_signing_out_everywhere_ends_the_sessions_of_other_machines_and_nobody_elses(browser) -> None:
    one, two, other = signed_in(browser), signed_in(browser), browser("binh")
    one.open("/account")
    assert "Đã đăng xuất khỏi mọi máy." in one.post("/sign-out/everywhere")
    for page in (one, two):
        page.open("/desk")
        assert page.place == "/sign-in"
    other.open("/desk")
    assert other.place == "/desk"


def test_a_cookie_from_before_there_were_limits_is_worth_nothing(browser) -> None:
    page = browser()
    with page.client.session_transaction() as session:
        session["person"] = "chi"
    page.open("/desk")
    assert page.place == "/sign-in"
