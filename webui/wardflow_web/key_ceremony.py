"""The two ceremonies of a security key: it is registered, and it is used; the one place that knows the protocol.

The site a key is for is the public address of the installation, and without one whatever name the request called us by: a
browser signs the name of the page it is on, so an answer from any other page is refused.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from flask import request, session
from wardflow.cases.key_ports import SecurityKey
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from wardflow_web.visitor import platform

CHALLENGE = "key_challenge"
LASTS = timedelta(minutes=5)
"""How long a challenge is good."""
LONGEST_ID = 1400


def registering(person: str, name: str, keys: Iterable[SecurityKey]) -> str:
    """What the browser is asked in order to make a key, as JSON; the challenge is remembered in the session."""
    options = generate_registration_options(
        rp_id=_site(), rp_name="Wardflow", user_name=name or person, user_id=_handle(person), challenge=_challenge("create"),
        exclude_credentials=_known(keys),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED, user_verification=UserVerificationRequirement.PREFERRED
        ),
    )
    return options_to_json(options)


def registered(person: str, name: str, credential: str) -> SecurityKey | None:
    """The new key; None where the answer is not one to our question."""
    challenge = _asked("create")
    if challenge is None:
        return None
    try:
        made = verify_registration_response(
            credential=credential, expected_challenge=challenge, expected_rp_id=_site(), expected_origin=_origin()
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return None
    id = bytes_to_base64url(made.credential_id)
    if len(id) > LONGEST_ID:
        return None
    return SecurityKey(id, person, name, bytes_to_base64url(made.credential_public_key), made.sign_count, platform().now())


def using(keys: Iterable[SecurityKey]) -> str:
    """What the browser is asked in order to use one of these keys, as JSON."""
    options = generate_authentication_options(
        rp_id=_site(), challenge=_challenge("get"), allow_credentials=_known(keys),
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return options_to_json(options)


def used(keys: Iterable[SecurityKey], credential: str) -> tuple[SecurityKey, int] | None:
    """The key that answered, and its own count; None where none of these keys did."""
    challenge = _asked("get")
    if challenge is None:
        return None
    try:
        id = json.loads(credential)["id"]
        key = next(each for each in keys if each.id == id)
        proved = verify_authentication_response(
            credential=credential, expected_challenge=challenge, expected_rp_id=_site(), expected_origin=_origin(),
            credential_public_key=base64url_to_bytes(key.public_key), credential_current_sign_count=key.uses,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError, StopIteration):
        return None
    return key, proved.new_sign_count


def possible() -> bool:
    """False where browsers let no key work: over plain http anywhere but on localhost, or on a bare address of the network."""
    host, scheme = _site(), urlsplit(_origin()).scheme
    return host == "localhost" or (scheme == "https" and not host.replace(".", "").isdigit() and ":" not in host)


def _challenge(kind: str) -> bytes:
    made = secrets.token_bytes(32)
    session[CHALLENGE] = {"kind": kind, "value": bytes_to_base64url(made), "at": platform().now().timestamp()}
    return made


def _asked(kind: str) -> bytes | None:
    """The challenge that was asked, once and not too long ago."""
    held = session.pop(CHALLENGE, None)
    if not isinstance(held, dict) or held.get("kind") != kind:
        return None
    if platform().now() - datetime.fromtimestamp(held["at"], UTC) > LASTS:
        return None
    return base64url_to_bytes(held["value"])


def _known(keys: Iterable[SecurityKey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(key.id)) for key in keys]


def _origin() -> str:
    told = urlsplit(platform().settings.public_url)
    return f"{told.scheme}://{told.netloc}" if told.hostname else request.host_url.rstrip("/")


def _site() -> str:
    return urlsplit(_origin()).hostname or ""


def _handle(person: str) -> bytes:
    """What a key knows its owner by: the same for all keys of a person, and telling nobody who it is."""
    return hashlib.sha256(b"wardflow key owner\n" + platform().settings.secret() + person.encode()).digest()
