"""What protects every page."""

from __future__ import annotations

import pytest
from wardflow import counter_errors, errors, key_errors, payment_errors
from wardflow_web import create_app
from wardflow_web.errors import PAGES, page_for
from wardflow_web.sign_in import inside


@pytest.mark.parametrize("address", ["/track", "/nowhere", "/static/wardflow.css"])
def test_every_answer_carries_the_strict_headers(browser, address) -> None:
    page = browser()
    page.open(address)
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Referrer-Policy"] == "same-origin"


def test_pages_with_personal_data_are_kept_nowhere(browser, case) -> None:
    page = browser("chi")
    page.open(f"/cases/{case.code}")
    assert page.headers["Cache-Control"] == "no-store"


def test_a_post_without_a_token_changes_nothing_and_gives_the_text_back(platform) -> None:
    client = create_app(platform).test_client()
    answer = client.post("/sign-in", data={"login": "tên của tôi", "password": "bí mật"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert "Phiên làm việc đã hết" in text
    assert "tên của tôi" in text
    assert "bí mật" not in text


def test_the_session_cookie_is_out_of_reach_of_scripts(platform) -> None:
    answer = create_app(platform).test_client().get("/sign-in")
    cookie = next(value for name, value in answer.headers if name == "Set-Cookie")
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie


def test_signing_in_with_a_password(browser) -> None:
    page = browser()
    page.open("/sign-in?next=/desk?view=queue")
    assert "Chờ nhận" in page.post("/sign-in", login="Chi", password="mật khẩu của Chi", next="/desk?view=queue")
    assert page.place == "/desk"


def test_a_wrong_name_and_a_wrong_password_look_the_same(browser) -> None:
    page = browser()
    page.open("/sign-in")
    wrong_password = page.post("/sign-in", login="chi", password="sai")
    assert page.status == 401
    wrong_name = page.post("/sign-in", login="khong-ai", password="sai")
    assert wrong_name.replace("khong-ai", "chi").count("không đúng") == wrong_password.count("không đúng")
    assert page.status == 401


@pytest.mark.parametrize("address", ["//evil.example", "/\\evil.example", "https://evil.example", "desk", "", None])
def test_nobody_is_sent_elsewhere_after_signing_in(address) -> None:
    assert inside(address) is None


def test_the_switch_of_persona_exists_in_a_demo_only(browser) -> None:
    page = browser()
    page.open("/sign-in")
    page.post("/sit", persona="chi")
    assert page.status == 404


def test_tracking_answers_only_so_often(browser) -> None:
    page = browser()
    tries = 0
    while page.status != 429 and tries < 100:
        page.open("/track/X")
        tries += 1
    assert page.status == 429
    assert "Retry-After" in page.headers
    assert tries > 1


def test_every_error_of_ours_has_a_page() -> None:
    assert PAGES[errors.WardflowError].status == 500
    assert page_for(errors.TaskGone(task="t", case="c")).status == 409
    assert page_for(errors.NotAllowed(person="p", act="a")).status == 403
    named = {name for module in (errors, payment_errors, counter_errors, key_errors) for name, known in vars(module).items() if isinstance(known, type)}
    assert {known.__name__ for known in PAGES} <= named


def test_a_fault_of_ours_gets_a_page_too(browser, platform, monkeypatch) -> None:
    def fall(*_args: object) -> None:
        raise ZeroDivisionError

    page = browser("chi")
    monkeypatch.setattr(type(platform.snapshots), "current", fall)
    text = page.open("/desk")
    assert page.status == 500
    assert "Chưa làm được việc này" in text
    assert "ZeroDivisionError" not in text


def test_a_database_that_can_only_be_read_is_said_with_what_was_typed_and_later_the_same_post_works(browser, platform, case) -> None:
    page = browser("an")
    page.open(f"/cases/{case.code}")
    with platform.store.database.reading() as cursor:
        cursor.run("PRAGMA query_only = ON")    # the one connection of the pool, which the pages use too
    page.post(f"/cases/{case.code}/withdraw", reason="Không cần nữa")
    assert page.status == 503
    assert "Hệ thống tạm thời chỉ đọc được" in page.text and "Không cần nữa" in page.text
    with platform.store.database.reading() as cursor:
        cursor.run("PRAGMA query_only = OFF")
    page.open(f"/cases/{case.code}")
    assert "Đã dừng hồ sơ." in page.post(f"/cases/{case.code}/withdraw", reason="Không cần nữa")
