"""What other systems tell us: messages and signals, each with one effect under its key, kept until somebody listens."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, jsonify, request
from wardflow.cases.send_message import DELIVERED, Sending, send_message
from wardflow.exchange_errors import RequestUnreadable

from wardflow_web.callers import account, body, guard, number, text
from wardflow_web.visitor import platform

calls = Blueprint("api", __name__, url_prefix="/api")
guard(calls)
HOURS = 24 * 366


@calls.post("/messages")
def message() -> tuple[Response, int]:
    """200 with the case that received it, or 202 while nobody listens yet; the same key again gets the same answer."""
    sent = body()
    wait = timedelta(hours=number(sent, "wait_hours", HOURS, HOURS))
    return _told(Sending(
        text(sent, "name", needed=True, longest=120), _table(sent, "keys"), _table(sent, "value"), text(sent, "case"), wait=wait,
    ))


@calls.post("/signals")
def signal() -> tuple[Response, int]:
    """200; every case that listens at this moment will hear it."""
    sent = body()
    return _told(Sending(text(sent, "name", needed=True, longest=120), value=_table(sent, "value"), signal=True))


def _told(sending: Sending) -> tuple[Response, int]:
    key = request.headers.get("Idempotency-Key", "")
    found = send_message(platform(), account(), sending, key[:500])
    return jsonify(id=found.id, state=found.state, case=found.case), 200 if found.state == DELIVERED else 202


def _table(sent: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    given = sent.get(name)
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise RequestUnreadable(why=f"{name} is not an object")
    return given
