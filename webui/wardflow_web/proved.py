"""Who files without an account: an e-mail address proved by a code, or nobody at all where that is enough; kept in the session for a while."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from flask import session
from wardflow.cases.prove_address import address_key, normal

from wardflow_web.visitor import actor, platform

LASTS = 2 * 3600
"""Seconds after its last use for which a proof holds."""
PROVED, WAITING, GUEST = "proved", "proving", "guest"


@dataclass(frozen=True, slots=True)
class Filer:
    """Whoever fills in a sheet: an account, or a proved address; `owner` is whose drafts they see."""

    owner: str
    address: str = ""
    guest: bool = False
    """said nothing of themselves: only for what is open to anybody"""
    helps: str = ""
    """the unit in which the account helps the citizen whose sheet it is; empty for a sheet of one's own"""


def filer() -> Filer | None:
    """The account signed in, else the address proved not too long ago, else a guest of this browser; None for anybody else."""
    who = actor()
    if who is not None:
        return Filer(who.person)
    held = session.get(PROVED)
    now = platform().now().timestamp()
    if not isinstance(held, dict) or now - held.get("at", 0) > LASTS:
        session.pop(PROVED, None)
        return Filer(f"guest:{session[GUEST]}", guest=True) if GUEST in session else None
    session[PROVED] = {**held, "at": now}
    return _of(held["address"])


def be_guest() -> Filer:
    """The filer of whom nothing is known but this browser."""
    session.setdefault(GUEST, secrets.token_urlsafe(18))
    return Filer(f"guest:{session[GUEST]}", guest=True)


def wait_for(address: str) -> None:
    """Remembers which address the code on the next page is for."""
    session[WAITING] = normal(address)


def waiting() -> str:
    """The address for which a code was asked; empty for none."""
    return str(session.get(WAITING, ""))


def begin(address: str) -> Filer:
    """The filer whose address is proved from now on."""
    session.pop(WAITING, None)
    session[PROVED] = {"address": normal(address), "at": platform().now().timestamp()}
    return _of(normal(address))


def _of(address: str) -> Filer:
    return Filer(f"mail:{address_key(platform(), address)}", address)
