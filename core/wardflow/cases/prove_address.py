"""Proves that somebody reads an e-mail address: a code is sent there, valid for ten minutes and once.

Every answer is the same whether the address is known, was sent too many codes, or never existed.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta

from wardflow.cases.address_ports import AddressCode
from wardflow.cases.platform import Platform
from wardflow.domain.people import Actor
from wardflow.domain.reasons import Reason
from wardflow.permissions import Question, require

VALID = timedelta(minutes=10)
AGAIN = timedelta(minutes=1)
HOUR = timedelta(hours=1)
IN_AN_HOUR = 5
TRIES = 5
DIGITS = 6


def send_code(platform: Platform, actor: Actor, address: str, language: str = "vi") -> str | None:
    """The code that was sent, None where the address had too many; a page shows it in the demo and nowhere else.

    What the channel raises goes on: without the mail there is no code.
    """
    require(actor, "prove_address", Question())
    now, key = platform.now(), address_key(platform, address)
    last = platform.store.address_codes.last(key)
    if last is not None and (now - last.sent_at < AGAIN or (now - last.since < HOUR and last.sent >= IN_AN_HOUR)):
        return None
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    fresh = last is None or now - last.since >= HOUR
    row = AddressCode(now, now if fresh or last is None else last.since, 1 if fresh or last is None else last.sent + 1)
    platform.store.address_codes.keep(key, _signed(platform, key, code), row)
    said = {"code": code, "minutes": int(VALID.total_seconds() // 60)}
    subject, text = (platform.wording(language).say(Reason(part, said)) for part in ("notice.code-subject", "notice.code-body"))
    platform.send(f"code:{secrets.token_hex(8)}", normal(address), subject, text)
    return code


def proves(platform: Platform, actor: Actor, address: str, code: str) -> bool:
    """True when the code is the one sent to the address; it cannot be used again."""
    require(actor, "prove_address", Question())
    key = address_key(platform, address)
    signed = _signed(platform, key, "".join(code.split()))
    return platform.store.address_codes.spend(key, signed, platform.now() - VALID, TRIES)


def normal(address: str) -> str:
    """An address as it is compared: without spaces around it, in lower case."""
    return address.strip().lower()


def address_key(platform: Platform, address: str) -> str:
    """What stands for an address in tables and sessions, so that it is written nowhere in the open."""
    return _keyed(platform, b"address", normal(address))


def _signed(platform: Platform, key: str, code: str) -> str:
    # a code has a million values: without the installation's secret the hash of one could be tried out
    return _keyed(platform, b"code", f"{key}\n{code}")


def _keyed(platform: Platform, what: bytes, text: str) -> str:
    return hmac.new(b"wardflow " + what + b"\n" + platform.settings.secret(), text.encode(), hashlib.sha256).hexdigest()
