"""Security keys: asked for when signing in, made and removed on the account page, with recovery codes for a lost one."""

from __future__ import annotations

from types import ModuleType

from flask import Blueprint, flash, redirect, render_template, request, url_for
from wardflow.cases.add_key import add_key
from wardflow.cases.key_ports import SecurityKey
from wardflow.cases.remove_key import remove_key
from wardflow.cases.renew_codes import renew_codes
from wardflow.cases.second_factor import accept_use, asked_for, must_have, spend_code
from wardflow.domain.people import Actor
from wardflow.key_errors import KeyRefused
from werkzeug.wrappers import Response

from wardflow_web import rates, sessions
from wardflow_web.language import phrase
from wardflow_web.visitor import name_of, platform, required, someone

pages = Blueprint("security_keys", __name__)
Page = str | Response | tuple[str, int]
LONGEST = 60


def needs_key(person: str) -> bool:
    """True for who is not in yet with a password alone."""
    return asked_for(platform(), person) or must_have(platform(), person)


@pages.get("/sign-in/key")
def ask() -> Page:
    """Asks for the key after the password; where one must have a key and has none, makes the first."""
    half = sessions.half(platform())
    if half is None:
        return redirect(url_for("sign_in.show"))
    return _asking(half.person)


@pages.post("/sign-in/key")
def prove() -> Page:
    """Lets in whoever used one of their keys, or made the first one they must have."""
    half = sessions.half(platform())
    if half is None:
        return _too_late()
    rates.check("key", half.person)
    credential = request.form.get("credential", "")
    if not asked_for(platform(), half.person):
        return _first(half, credential)
    found = _ceremony().used(platform().store.security_keys.of(half.person), credential)
    if found is None or not accept_use(platform(), *found):
        return _asking(half.person, wrong="key"), 401
    return _let_in(half)


@pages.post("/sign-in/key/recovery")
def recover() -> Page:
    """Lets in whoever has a recovery code; it is used up."""
    half = sessions.half(platform())
    if half is None:
        return _too_late()
    rates.check("key", half.person)
    if not spend_code(platform(), half.person, request.form.get("code", "")[:40]):
        return _asking(half.person, wrong="code"), 401
    sessions.begin(platform(), half.person)
    left = platform().store.security_keys.codes_left(half.person)
    flash(phrase("Đã dùng một mã dự phòng, còn {left} mã. Nếu mất khóa, hãy xóa khóa đó ở trang này.", left=left), "warn")
    return redirect(url_for("sign_in.account"))


@pages.get("/account/keys")
@required
def make() -> Page:
    """The page on which a key is made, for who signed in a moment ago."""
    return _making() if sessions.fresh(platform()) else _again()


@pages.post("/account/keys")
@required
def keep() -> Page:
    """Keeps the new key; with the first come recovery codes, shown once."""
    if not sessions.fresh(platform()):
        return _again()
    who = someone()
    key = _ceremony().registered(who.person, _called(), request.form.get("credential", ""))
    if key is None:
        return _making(wrong=True), 422
    return _kept(who, key)


@pages.post("/account/keys/remove")
@required
def remove() -> Page:
    """Removes one of the reader's own keys."""
    if not sessions.fresh(platform()):
        return _again()
    remove_key(platform(), someone(), request.form.get("key", ""))
    flash(phrase("Đã xóa khóa."), "good")
    return redirect(url_for("sign_in.account"))


@pages.post("/account/codes")
@required
def codes() -> Page:
    """New recovery codes, shown once."""
    if not sessions.fresh(platform()):
        return _again()
    return render_template("key_codes.html", codes=renew_codes(platform(), someone()), after=url_for("sign_in.account"))


def _asking(person: str, wrong: str = "") -> str:
    ceremony, keys = _ceremony(), platform().store.security_keys.of(person)
    options = ceremony.using(keys) if keys else ceremony.registering(person, name_of(person), ())
    return render_template("key_ask.html", options=options, first=not keys, wrong=wrong, possible=ceremony.possible())


def _making(*, wrong: bool = False) -> str:
    who, ceremony = someone(), _ceremony()
    options = ceremony.registering(who.person, who.name, platform().store.security_keys.of(who.person))
    return render_template("key_make.html", options=options, wrong=wrong, possible=ceremony.possible(), called=_called())


def _first(half: sessions.Half, credential: str) -> Page:
    key = _ceremony().registered(half.person, _called(), credential)
    if key is None:
        return _asking(half.person, wrong="key"), 422
    sessions.begin(platform(), half.person)
    return _kept(platform().actor(half.person), key, half.back)


def _kept(who: Actor, key: SecurityKey, back: str = "") -> Page:
    try:
        made = add_key(platform(), who, key)
    except KeyRefused:
        return _making(wrong=True), 422
    flash(phrase("Đã thêm khóa “{name}”. Từ nay đăng nhập cần mật khẩu và khóa.", name=key.name), "good")
    after = back or url_for("sign_in.account")
    return render_template("key_codes.html", codes=made, after=after) if made else redirect(after)


def _let_in(half: sessions.Half) -> Response:
    sessions.begin(platform(), half.person)
    return redirect(half.back or url_for("desk.show"))


def _too_late() -> Response:
    flash(phrase("Đã quá thời gian. Xin đăng nhập lại."), "warn")
    return redirect(url_for("sign_in.show"))


def _again() -> Response:
    """Only a moment after signing in: an unattended screen must not be worth a key."""
    flash(phrase("Để thay đổi khóa, hãy đăng nhập lại."), "warn")
    return redirect(url_for("sign_in.show", next=url_for("sign_in.account")))


def _called() -> str:
    return request.form.get("name", "").strip()[:LONGEST] or phrase("Khóa bảo mật")


def _ceremony() -> ModuleType:
    from wardflow_web import (
        key_ceremony,  # its libraries cost a process a quarter of a second, which only its users pay
    )

    return key_ceremony
