"""What a person signs in with beside the password: their keys, or a recovery code; and who must have a key."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from wardflow.cases.key_ports import SecurityKey
from wardflow.cases.open_case import ALPHABET
from wardflow.cases.platform import Platform

CODES, LENGTH = 10, 10


def asked_for(platform: Platform, person: str) -> bool:
    """True for who has a key: the password alone does not let them in."""
    return bool(platform.store.security_keys.of(person))


def must_have(platform: Platform, person: str) -> bool:
    """True for who holds one of the roles that the installation lets in with a key only."""
    return bool(platform.actor(person).roles & set(platform.settings.key_roles.split()))


def accept_use(platform: Platform, key: SecurityKey, uses: int) -> bool:
    """True for a use of a key whose own count has grown, or which counts nothing."""
    return platform.store.security_keys.used(key, uses, platform.now())


def spend_code(platform: Platform, person: str, typed: str) -> bool:
    """True for a recovery code of the person, which is worth nothing from then on."""
    return platform.store.security_keys.spend_code(person, _hashed(platform, person, typed))


def new_codes(platform: Platform, person: str) -> tuple[str, ...]:
    """Fresh recovery codes, in the place of all before; they are kept as hashes and can be read this once."""
    codes = tuple("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(CODES))
    platform.store.security_keys.keep_codes(person, [_hashed(platform, person, code) for code in codes])
    return tuple(f"{code[:5]}-{code[5:]}" for code in codes)


def _hashed(platform: Platform, person: str, code: str) -> str:
    bare = "".join(letter for letter in code.upper() if letter in ALPHABET)
    key = b"wardflow recovery\n" + platform.settings.secret()
    return hmac.new(key, f"{person}\n{bare}".encode(), hashlib.sha256).hexdigest()
