"""Signing in with a security key beside the password: a key of the tests' own makes real signatures."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import struct
from dataclasses import replace
from datetime import timedelta
from html import unescape

import cbor2
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from wardflow.cases.second_factor import asked_for
from wardflow.cli import main
from wardflow_web import create_app

ORIGIN = "http://localhost"
PASSWORD = "mật khẩu của Chi"
CODE = re.compile(r'<span class="code">([A-Z0-9]{5}-[A-Z0-9]{5})</span>')
OPTIONS = re.compile(r'data-options="([^"]+)"')


def text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


class Key:
    """A security key: it counts its uses, and signs what a browser on a page of `origin` would hand it."""

    def __init__(self, id: bytes = b"key of the tests", *, origin: str = ORIGIN, site: str = "localhost") -> None:
        self.id, self.origin, self.site = id, origin, site
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.uses = 0

    def create(self, options: dict[str, object]) -> dict[str, object]:
        numbers = self.private.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        known = bytes(16) + struct.pack(">H", len(self.id)) + self.id + cbor2.dumps(cose)
        made = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": self._said(0x45) + known})
        return self._credential({"clientDataJSON": text(self._client("webauthn.create", options)), "attestationObject": text(made)})

    def get(self, options: dict[str, object], *, uses: int | None = None) -> dict[str, object]:
        self.uses = self.uses + 1 if uses is None else uses
        client, said = self._client("webauthn.get", options), self._said(0x05)
        signature = self.private.sign(said + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._credential({"clientDataJSON": text(client), "authenticatorData": text(said), "signature": text(signature)})

    def _client(self, kind: str, options: dict[str, object]) -> bytes:
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": False}).encode()

    def _said(self, flags: int) -> bytes:
        return hashlib.sha256(self.site.encode()).digest() + struct.pack(">BI", flags, self.uses)

    def _credential(self, response: dict[str, str]) -> dict[str, object]:
        return {"id": text(self.id), "rawId": text(self.id), "type": "public-key", "response": response, "clientExtensionResults": {}}


def asked(page) -> dict[str, object]:
    """What the page asks of a key."""
    return dict(json.loads(unescape(OPTIONS.search(page.text)[1])))


def password(page, next: str = "") -> str:
    page.open("/sign-in")
    return page.post("/sign-in", login="chi", password=PASSWORD, next=next)


def register(page, key: Key, name: str = "Khóa ở cơ quan") -> list[str]:
    """The recovery codes that come with it."""
    page.open("/account/keys")
    page.post("/account/keys", credential=json.dumps(key.create(asked(page))), name=name)
    return CODE.findall(page.text)


@pytest.fixture
def chi(browser):
    """Chi, signed in with a password, and a key of hers that is registered."""
    page, key = browser(), Key()
    password(page)
    codes = register(page, key)
    return page, key, codes


def test_a_key_is_made_and_asked_for_from_then_on(browser, chi) -> None:
    page, key, codes = chi
    assert len(set(codes)) == 10
    assert "Khóa ở cơ quan" in page.open("/account") and "Còn 10 mã dự phòng" in page.text
    fresh = browser()
    password(fresh, next="/desk?view=queue")
    assert fresh.place == "/sign-in/key" and "Dùng khóa bảo mật" in fresh.text
    fresh.post("/sign-in/key", credential=json.dumps(key.get(asked(fresh))))
    assert fresh.place == "/desk" and "Chờ nhận" in fresh.text


def test_the_password_alone_opens_no_page(browser, chi) -> None:
    page = browser()
    password(page)
    for address in ("/desk", "/account", "/account/keys"):
        page.open(address)
        assert page.place == "/sign-in"


WRONG = {
    "another key": lambda key, options: Key().get(options),
    "a page elsewhere": lambda key, options: _as(key, origin="https://localhost.example").get(options),
    "another site": lambda key, options: _as(key, site="example.org").get(options),
    "an old challenge": lambda key, options: key.get({**options, "challenge": text(b"asked before")}),
    "a copy that counts behind": lambda key, options: key.get(options, uses=0),
    "no key at all": lambda key, options: {"id": "x"},
}


def _as(key: Key, **other: str) -> Key:
    """The same key as it would answer on a page of another name."""
    copy = Key(key.id, **{"origin": key.origin, "site": key.site, **other})
    copy.private, copy.uses = key.private, key.uses
    return copy


@pytest.mark.parametrize("how", WRONG)
def test_what_is_not_the_keys_own_answer_lets_nobody_in(browser, chi, how: str) -> None:
    _page, key, _codes = chi
    page = browser()
    password(page)
    page.post("/sign-in/key", credential=json.dumps(key.get(asked(page))))
    again = browser()
    password(again)
    again.post("/sign-in/key", credential=json.dumps(WRONG[how](key, asked(again))))
    assert again.status == 401 and "Khóa này không dùng được" in again.text
    again.open("/desk")
    assert again.place == "/sign-in"


def test_an_answer_works_once(browser, chi) -> None:
    _page, key, _codes = chi
    page = browser()
    password(page)
    answer, cookie = json.dumps(key.get(asked(page))), page.client.get_cookie("session").value
    page.post("/sign-in/key", credential=answer)
    assert page.place == "/desk"
    replayed = browser()
    replayed.client.set_cookie("session", cookie)
    replayed.text = page.text
    replayed.post("/sign-in/key", credential=answer)
    replayed.open("/desk")
    assert replayed.place == "/sign-in"


def test_a_recovery_code_stands_for_the_key_once(browser, chi) -> None:
    _page, _key, codes = chi
    page = browser()
    password(page)
    page.post("/sign-in/key/recovery", code=f" {codes[0].lower()} ")
    assert page.place == "/account" and "còn 9 mã" in page.text
    again = browser()
    password(again)
    again.post("/sign-in/key/recovery", code=codes[0])
    assert again.status == 401 and "Mã dự phòng không đúng" in again.text


def test_new_codes_end_the_old_ones(browser, chi) -> None:
    page, _key, codes = chi
    page.open("/account")
    fresh = CODE.findall(page.post("/account/codes"))
    assert len(fresh) == 10 and not set(fresh) & set(codes)
    other = browser()
    password(other)
    other.post("/sign-in/key/recovery", code=codes[1])
    assert other.status == 401
    other.post("/sign-in/key/recovery", code=fresh[0])
    assert other.place == "/account"


def test_without_the_last_key_the_password_is_enough_again(browser, platform, chi) -> None:
    page, key, _codes = chi
    page.open("/account")
    page.post("/account/keys/remove", key=text(key.id))
    assert "Đã xóa khóa." in page.text and platform.store.security_keys.codes_left("chi") == 0
    fresh = browser()
    password(fresh)
    assert fresh.place == "/desk"


def test_nobody_removes_the_key_of_somebody_else(browser, platform, chi) -> None:
    _page, key, _codes = chi
    other = browser("binh")
    other.open("/account")
    other.post("/account/keys/remove", key=text(key.id))
    assert asked_for(platform, "chi")


def test_the_same_key_is_registered_once(browser, chi) -> None:
    page, key, _codes = chi
    page.open("/account/keys")
    page.post("/account/keys", credential=json.dumps(key.create(asked(page))), name="Lần nữa")
    assert page.status == 422 and "Khóa này chưa thêm được" in page.text
    assert "Lần nữa" not in page.open("/account")


def test_keys_are_changed_only_a_moment_after_signing_in(browser, platform, chi) -> None:
    page, key, _codes = chi
    later = create_app(platform.at(platform.now() + timedelta(minutes=16))).test_client()
    later.set_cookie("session", page.client.get_cookie("session").value)
    late = type(page)(later)
    assert "cần đăng nhập lại trước" in late.open("/account")
    late.post("/account/keys/remove", key=text(key.id))
    assert late.place == "/sign-in" and asked_for(platform, "chi")


def test_a_challenge_is_too_old_after_five_minutes(browser, platform) -> None:
    page = browser()
    password(page)
    page.open("/account/keys")
    later = create_app(platform.at(platform.now() + timedelta(minutes=6))).test_client()
    later.set_cookie("session", page.client.get_cookie("session").value)
    late = type(page)(later)
    late.text = page.text
    late.post("/account/keys", credential=json.dumps(Key().create(asked(page))), name="Chậm")
    assert late.status == 422 and not asked_for(platform, "chi")


@pytest.fixture
def strict(platform):
    """The city, where specialists sign in with a key only."""
    return create_app(_with(platform, key_roles="expert other"))


def _with(platform, **settings: str):
    return replace(platform, settings=replace(platform.settings, **settings))


def test_a_role_that_must_have_a_key_makes_its_first_one_on_the_way_in(browser, strict) -> None:
    page, key = type(browser())(strict.test_client()), Key()
    password(page)
    assert page.place == "/sign-in/key" and "Tạo khóa bảo mật" in page.text
    page.open("/desk")
    assert page.place == "/sign-in"
    page.open("/sign-in/key")
    page.post("/sign-in/key", credential=json.dumps(key.create(asked(page))), name="Khóa đầu")
    assert len(CODE.findall(page.text)) == 10
    page.open("/account")
    assert "Vai của bạn phải đăng nhập bằng khóa." in page.text and "Xóa khóa" not in page.text
    page.post("/account/keys/remove", key=text(key.id))
    assert page.status == 409 and "luôn có ít nhất một khóa" in page.text


def test_the_way_in_waits_ten_minutes_for_the_key(browser, platform, chi) -> None:
    _page, key, _codes = chi
    page = browser()
    password(page)
    later = create_app(platform.at(platform.now() + timedelta(minutes=11))).test_client()
    later.set_cookie("session", page.client.get_cookie("session").value)
    late = type(page)(later)
    late.text = page.text
    late.post("/sign-in/key", credential=json.dumps(key.get(asked(page))))
    assert late.place == "/sign-in" and "Đã quá thời gian." in late.text


def test_a_key_is_tried_only_so_often(browser, chi) -> None:
    page = browser()
    password(page)
    tries = 0
    while page.status != 429 and tries < 40:
        page.post("/sign-in/key/recovery", code="AAAAA-AAAAA")
        tries += 1
    assert page.status == 429


def test_the_page_runs_one_script_file_under_the_strict_policy(browser, chi) -> None:
    page = browser()
    password(page)
    assert "/static/keys.js" in page.text and "<script>" not in page.text
    assert "script-src" not in page.headers["Content-Security-Policy"] and "unsafe" not in page.headers["Content-Security-Policy"]


def test_the_public_address_says_for_which_site_a_key_is(browser, platform) -> None:
    known = create_app(_with(platform, public_url="https://mot-cua.example.vn"))
    page = type(browser())(known.test_client())
    password(page)
    page.open("/account/keys")
    assert asked(page)["rp"]["id"] == "mot-cua.example.vn"
    page.post("/account/keys", credential=json.dumps(Key().create(asked(page))), name="Trang giả")
    assert page.status == 422
    page.open("/account/keys")
    right = Key(origin="https://mot-cua.example.vn", site="mot-cua.example.vn")
    page.post("/account/keys", credential=json.dumps(right.create(asked(page))), name="Đúng nơi")
    assert len(CODE.findall(page.text)) == 10


def test_an_operator_helps_who_lost_everything(browser, platform, chi, capsys) -> None:
    page, _key, _codes = chi
    data = ["--data", str(platform.settings.data)]
    assert main(["keys", "chi", *data]) == 0
    assert "Khóa ở cơ quan" in capsys.readouterr().out
    assert main(["keys", "nobody", *data]) == 1
    assert "Nobody signs in as nobody" in capsys.readouterr().err
    assert main(["keys", "Chi", "--remove", *data]) == 0
    assert not asked_for(platform, "chi") and platform.store.security_keys.codes_left("chi") == 0
    page.open("/desk")
    assert page.place == "/sign-in"
    fresh = browser()
    password(fresh)
    assert fresh.place != "/sign-in/key"
