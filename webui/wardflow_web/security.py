"""What protects every page: strict headers, CSRF tokens, cookie flags and a limit on what a request may carry."""

from __future__ import annotations

import hashlib

from flask import Flask, Response, g
from flask_wtf.csrf import CSRFProtect
from wardflow.settings import Settings

FORM_ROOM = 1024 * 1024
POLICY = (
    "default-src 'self'; img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(self), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def install(app: Flask, settings: Settings) -> None:
    """Sets the headers of every answer and the rules of every post."""
    https = settings.tracking_address.startswith("https://")
    app.config.update(
        SECRET_KEY=hashlib.sha256(b"wardflow pages" + settings.secret()).digest(),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=https,
        MAX_CONTENT_LENGTH=settings.upload_limit + FORM_ROOM,
        MAX_FORM_MEMORY_SIZE=FORM_ROOM,
        MAX_FORM_PARTS=2000,
        # A form may stay open over lunch: its token lasts as long as the session, or what was typed would be lost.
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
    CSRFProtect(app)

    @app.after_request
    def protect(response: Response) -> Response:
        if "form_to" in g:
            response.headers["Content-Security-Policy"] = POLICY.replace("form-action 'self'", f"form-action 'self' {g.form_to}")
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if https:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"  # pages hold personal data
        return response


def form_may_lead_to(origin: str) -> None:
    """Lets the forms of this one page lead on to another site, a payment provider's; nothing for our own."""
    if origin:
        g.form_to = origin
