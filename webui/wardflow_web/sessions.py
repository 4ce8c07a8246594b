"""How long a session lasts: so many hours in all, so many minutes without a page, and never past signing out everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import session
from wardflow.cases.platform import Platform

FRESH = 60
"""Seconds for which the last use is not written anew: not every page needs a new cookie."""
HALF, HALF_LASTS = "half", timedelta(minutes=10)
"""The password was right and the key is still asked for; how long one may look for it."""
JUST_NOW = timedelta(minutes=15)
"""How long after signing in one may change what one signs in with."""


@dataclass(frozen=True, slots=True)
class Half:
    """Who has given the password and not yet the key, and where they wanted to go."""

    person: str
    back: str


def begin_half(platform: Platform, person: str, back: str) -> None:
    """A session in which nobody is signed in: it only remembers whose password was right."""
    walked = session.get("walked", [])
    session.clear()
    session.update(walked=walked)
    session[HALF] = {"person": person, "back": back, "at": platform.now().timestamp()}


def half(platform: Platform) -> Half | None:
    """Who is on the way in; None for anybody else, and when it took too long."""
    held = session.get(HALF)
    if not isinstance(held, dict):
        return None
    began = datetime.fromtimestamp(held["at"], UTC)
    ended = platform.store.accounts.signed_out(held["person"])
    if platform.now() - began > HALF_LASTS or (ended is not None and began <= ended):
        session.pop(HALF)
        return None
    return Half(held["person"], held["back"])


def fresh(platform: Platform) -> bool:
    """True for who signed in a moment ago."""
    return platform.now() - datetime.fromtimestamp(session.get("began", 0), UTC) <= JUST_NOW


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
