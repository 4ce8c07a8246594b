"""What a reader may choose about the pages, kept in two cookies: the language and the theme."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, g, request, url_for
from wardflow.wording import LANGUAGES

THEMES = ("auto", "light", "dark")
YEAR = 365 * 24 * 3600


def install(app: Flask) -> None:
    """A choice in the address holds at once and is remembered, so a plain link is enough to choose."""

    @app.before_request
    def read() -> None:
        asked = request.args.get("theme") or request.cookies.get("theme", "")
        g.theme = asked if asked in THEMES else "auto"

    @app.after_request
    def keep(response: Response) -> Response:
        for name, allowed in (("lang", LANGUAGES), ("theme", THEMES)):
            value = request.args.get(name)
            if value is not None and value in allowed:
                secure = app.config["SESSION_COOKIE_SECURE"]
                response.set_cookie(name, value, max_age=YEAR, httponly=True, samesite="Lax", secure=secure)
        return response

    app.jinja_env.globals.update(here=here, next_theme=next_theme)


def here(**changes: Any) -> str:
    """The address of this page with a part of its query changed; home, when this page answers no GET."""
    if request.method != "GET" or request.endpoint is None:
        return url_for("home.show", **changes)
    query: dict[str, Any] = {**(request.view_args or {}), **request.args.to_dict(), **changes}
    return url_for(request.endpoint, **query)


def next_theme() -> str:
    """The theme the next press of the switch chooses."""
    return THEMES[(THEMES.index(g.theme) + 1) % len(THEMES)]
