"""How long a session lasts: so many hours in all, so many minutes without a page, and never past signing out everywhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import session
from wardflow.cases.platform import Platform

FRESH = 60
"""Seconds for which the last use is not written anew: not every page needs a new cookie."""


def begin(platform: Platform, person: str) -> None:
    """A new session, so that nothing a stranger put into the old one goes on."""
    walked, now = session.get("walked", []), platform.now().timestamp()
    session.clear()
    session.update(person=person, walked=walked, began=now, seen=now)


def person(platform: Platform) -> tuple[str | None, bool]:
    """The person whose session this is, and whether one was there that is over."""
    known = session.get("person")
    if not isinstance(known, str):
        return None, False
    now = platform.now()
    if _over(platform, known, now):
        walked = session.get("walked", [])
        session.clear()
        session["walked"] = walked
        return None, True
    if now.timestamp() - session["seen"] > FRESH:
        session["seen"] = now.timestamp()
    return known, False


def _over(platform: Platform, person: str, now: datetime) -> bool:
    settings = platform.settings
    try:
        began, seen = (datetime.fromtimestamp(session[name], UTC) for name in ("began", "seen"))
    except (KeyError, TypeError, ValueError):    # a cookie of a version that knew no limits
        return True
    if now - began > timedelta(hours=settings.session_hours) or now - seen > timedelta(minutes=settings.session_idle):
        return True
    ended = platform.store.accounts.signed_out(person)
    return ended is not None and began <= ended
