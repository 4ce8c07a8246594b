"""An official makes a security key in a real browser and signs in with it; the browser's own software key plays the device."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pressing import follow

PASSWORD = "một mật khẩu dài"
DEVICE = {
    "protocol": "ctap2", "transport": "usb", "hasResidentKey": False, "hasUserVerification": True, "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def sign_in(page: Any) -> None:
    page.goto("/sign-in")
    page.fill("#login", "khoa")
    page.fill("#password", PASSWORD)
    follow(page.locator("main form button"))


def test_an_official_makes_a_key_and_signs_in_with_it(walked_site: Any, open_page: Callable[..., Any], faults: Any) -> None:
    logins = dict(walked_site.platform.store.accounts.logins())
    walked_site.platform.store.accounts.set("khoa", next(iter(logins.values())), PASSWORD)
    named = replace(walked_site, url=walked_site.url.replace("127.0.0.1", "localhost"))    # keys are for names, not for addresses
    page = open_page(named, "/sign-in", width=360)
    page.context.set_default_timeout(30_000)    # a password is slow to check by design, slower still on a busy machine
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    sign_in(page)
    page.goto("/account")
    assert faults(page) == []
    follow(page.get_by_role("button", name="Thêm khóa"))
    page.fill("#key-name", "Khóa USB")
    assert faults(page) == []
    page.get_by_role("button", name="Tạo khóa").click()
    page.wait_for_selector(".codes")
    assert page.locator(".codes li").count() == 10
    assert faults(page) == []
    page.context.clear_cookies()
    sign_in(page)
    page.wait_for_url("**/sign-in/key")
    assert faults(page) == []
    page.get_by_role("button", name="Dùng khóa").click()
    page.wait_for_url("**/desk")
    page.goto("/account")
    assert "Khóa USB" in page.locator("main").inner_text()
