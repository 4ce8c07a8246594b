"""The service `http.call`: asks another system over HTTP, at an address that was checked, and follows nobody elsewhere."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import SplitResult, urlencode, urlsplit

import urllib3

from wardflow.errors import ServiceRefused, WardflowError
from wardflow.jobs.services.hosts import Host, Resolve, checked, resolve
from wardflow.offers import Handler, HandlerContext

TEXTS = {"type": "object", "additionalProperties": {"type": "string", "maxLength": 4000, "pattern": "^[^\\r\\n]*$"}}
ASKED = {
    "type": "object",
    "required": ["url"],
    "additionalProperties": False,
    "properties": {
        "url": {"type": "string", "maxLength": 2000},
        "method": {"enum": ["GET", "POST", "PUT", "PATCH", "DELETE"]},
        "query": TEXTS,
        "headers": TEXTS,
        "body": {},
        "expect": {"type": "array", "items": {"type": "integer"}},
    },
}
ANSWERED = {
    "type": "object",
    "required": ["status", "body"],
    "properties": {"status": {"type": "integer"}, "body": {}, "location": {"type": "string"}},
}
CONNECT, ANSWER, WHOLE = 10.0, 30.0, 60.0
"""Seconds to connect, between two parts of the answer, and for all of it."""
LATER = (408, 425, 429)
"""Statuses that say: again later."""


class NotNow(WardflowError):
    """The service answered {status}; it is asked again later."""


class TooSlow(WardflowError):
    """The service took longer than {seconds} seconds."""


def http_call(hosts: Sequence[Host], headers: Mapping[str, Mapping[str, str]], limit: int, find: Resolve = resolve) -> Handler:
    """The handler; `headers` are added by host, such as credentials, and `limit` is the largest answer in bytes.

    An answer of 2xx, or one of `expect`, is the result; 408, 425, 429 and 5xx are tried again; any other is the business
    error http.STATUS. Redirects are answers like any other: nothing is followed.
    """

    def run(inputs: Mapping[str, Any], context: HandlerContext) -> Mapping[str, Any]:
        at = urlsplit(inputs["url"])
        address = checked(hosts, at.hostname or "", _port(at), at.scheme, find)
        sent = _headers(at, inputs, headers.get((at.hostname or "").lower(), {}), context.key)
        return _asked(at, address, inputs, sent, limit)

    return Handler("http.call", ASKED, ANSWERED, run, timeout=WHOLE + CONNECT)


def _port(at: SplitResult) -> int:
    try:
        return at.port or (443 if at.scheme == "https" else 80)
    except ValueError as wrong:
        raise ServiceRefused(code="http.url") from wrong


def _headers(at: SplitResult, inputs: Mapping[str, Any], own: Mapping[str, str], key: str) -> dict[str, str]:
    """What is sent along: the diagram's, then the installation's, which a diagram cannot change, then ours."""
    given = {name.lower(): value for name, value in {**inputs.get("headers", {}), **own}.items()}
    fixed = {"host": at.netloc.rpartition("@")[2], "idempotency-key": key, "accept-encoding": "identity", "user-agent": "wardflow"}
    kind = {"content-type": "application/json"} if "body" in inputs else {}
    return {**kind, **given, **fixed}


def _asked(at: SplitResult, address: str, inputs: Mapping[str, Any], sent: dict[str, str], limit: int) -> Mapping[str, Any]:
    target = (at.path or "/") + ("?" + query if (query := _query(at, inputs)) else "")
    body = json.dumps(inputs["body"], ensure_ascii=False).encode() if "body" in inputs else None
    until = time.monotonic() + WHOLE
    with _connected(at, address) as pool:
        answer = pool.urlopen(
            inputs.get("method", "POST" if body else "GET"), target, body=body, headers=sent, redirect=False, retries=False,
            preload_content=False, assert_same_host=False,
        )
        try:
            _judge(answer.status, inputs.get("expect", ()))
            return _read(answer, limit, until)
        finally:
            answer.close()


def _connected(at: SplitResult, address: str) -> urllib3.HTTPConnectionPool:
    """A connection to the address that was checked, and to no other that the name may have by now; TLS is for the name."""
    limits = urllib3.Timeout(connect=CONNECT, read=ANSWER)
    if at.scheme == "https":
        return urllib3.HTTPSConnectionPool(
            address, _port(at), timeout=limits, maxsize=1, server_hostname=at.hostname, assert_hostname=at.hostname
        )
    return urllib3.HTTPConnectionPool(address, _port(at), timeout=limits, maxsize=1)


def _query(at: SplitResult, inputs: Mapping[str, Any]) -> str:
    return "&".join(part for part in (at.query, urlencode(inputs.get("query", {}))) if part)


def _judge(status: int, expect: Sequence[int]) -> None:
    if 200 <= status < 300 or status in expect:
        return
    if status in LATER or status >= 500:
        raise NotNow(status=status)
    raise ServiceRefused(code=f"http.{status}")


def _read(answer: urllib3.BaseHTTPResponse, limit: int, until: float) -> Mapping[str, Any]:
    read = bytearray()
    if answer.headers.get("content-encoding", "identity") != "identity":    # nobody asked for it, and it could unpack without end
        raise ServiceRefused(code="http.answer")
    for part in answer.stream(65536, decode_content=False):
        read += part
        if len(read) > limit:
            raise ServiceRefused(code="http.too-large")
        if time.monotonic() > until:
            raise TooSlow(seconds=WHOLE)
    found = {"status": answer.status, "body": _body(bytes(read), answer.headers.get("content-type", ""))}
    return found | ({"location": answer.headers["location"]} if "location" in answer.headers else {})


def _body(content: bytes, kind: str) -> Any:
    if not content:
        return None
    try:
        text = content.decode("utf-8")
        return json.loads(text) if "json" in kind.partition(";")[0] else text
    except ValueError as wrong:
        raise ServiceRefused(code="http.answer") from wrong
