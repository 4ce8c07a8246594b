"""Signing in at the city's OpenID Connect provider, beside local accounts: state, nonce and PKCE, and an account found by a claim."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Blueprint, Flask, current_app, flash, redirect, request, session, url_for
from joserfc.errors import JoseError
from requests import RequestException
from wardflow.settings import Settings
from werkzeug.wrappers import Response

from wardflow_web import rates, sessions
from wardflow_web.language import phrase
from wardflow_web.sign_in import inside
from wardflow_web.visitor import platform

pages = Blueprint("single_sign_on", __name__)
log = logging.getLogger("wardflow.web")

NAME = "city"
BACK = "sso_next"
TIMEOUT = 10
"""Seconds the provider has for an answer."""


def install(app: Flask, settings: Settings) -> None:
    """Makes the provider known to the application; only called where one is set."""
    app.jinja_env.globals.update(single_sign_on=True)
    OAuth(app).register(
        NAME,
        client_id=settings.oidc_client,
        client_secret=settings.oidc_secret,
        server_metadata_url=f"{settings.oidc_issuer}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email profile", "code_challenge_method": "S256", "default_timeout": TIMEOUT},
    )


@pages.get("/sign-in/elsewhere")
def go() -> Response:
    """On to the provider."""
    rates.check("sign-in anywhere")
    client = _client()
    session[BACK] = inside(request.args.get("next")) or ""
    try:
        answer: Response = client.authorize_redirect(_address())
    except (AuthlibBaseError, RequestException) as failed:
        return _refused(failed)
    return answer


@pages.get("/sign-in/elsewhere/back")
def back() -> Response:
    """Back from the provider: the account its verified claim names, or a refusal that says nothing of who is known."""
    rates.check("sign-in anywhere")
    try:
        claims = _client().authorize_access_token().get("userinfo") or {}
    except (AuthlibBaseError, JoseError, RequestException, ValueError) as failed:
        return _refused(failed)
    settings, subject = platform().settings, str(claims.get("sub") or "")
    if claims.get("iss") != settings.oidc_issuer or not subject:
        return _refused(None)
    login = verified(claims, settings.oidc_claim)
    person = platform().store.accounts.person_of_identity(settings.oidc_issuer, subject, login)
    if person is None:
        return _refused(None)
    after = inside(session.pop(BACK, "")) or url_for("desk.show")
    sessions.begin(platform(), person)
    return redirect(after)


def verified(claims: Mapping[str, Any], name: str) -> str | None:
    """The claim that names an account; an e-mail address that the provider did not verify names none."""
    if name == "email" and claims.get("email_verified") is not True:
        return None
    value = claims.get(name)
    return value if isinstance(value, str) and value.strip() else None


def _refused(failed: Exception | None) -> Response:
    if failed is not None:    # the class alone: an answer of the provider may carry personal data
        log.warning("sign-in elsewhere refused: %s", type(failed).__name__)
    flash(phrase("Chưa đăng nhập được bằng tài khoản của Thành phố. Thử lại, hoặc dùng tên và mật khẩu."), "warn")
    return redirect(url_for("sign_in.show"))


def _client() -> Any:
    return current_app.extensions["authlib.integrations.flask_client"].create_client(NAME)


def _address() -> str:
    """Where the provider sends the reader back to: the public address, whatever the request called us."""
    return platform().settings.tracking_address + url_for("single_sign_on.back")
