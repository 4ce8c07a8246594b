"""How often one caller may try something: a bounded count in the memory of each server process."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from flask import Flask, current_app, request
from werkzeug.exceptions import TooManyRequests

LIMITS = {
    "track": (30, 60),  # codes from one address: plenty for a family at a shared phone, useless for guessing
    "pay": (20, 600),  # orders to pay from one address
    "paid": (120, 60),  # answers of a payment provider from one address: its server answers for everybody
    "sign-in": (10, 60),  # passwords for one name from one address
    "sign-in anywhere": (60, 60),  # passwords from one address, whatever the names
    "key": (20, 600),  # keys and recovery codes of one person from one address
    "sheet": (300, 600),  # sheets sent, kept or drawn again from one address, their files with them
    "catalogue": (120, 60),  # searches and pages of procedures from one address
    "report": (20, 600),  # sheets begun by nobody known, from one address
    "reported": (10, 600),  # reports sent by nobody known, from one address: a phone on the way through a street sends fewer
    "code": (20, 600),  # codes asked for from one address of the network, whatever the letters go to
    "code to": (5, 600),  # codes asked for to one e-mail address
    "code tried": (20, 600),  # codes tried from one address of the network; each code also ends after five tries
    "calls": (1200, 60),  # calls of one service account from one address: twenty a second, a busy worker makes fewer
    "token refused": (30, 60),  # tokens that are none, from one address
}


class Rate:
    """At most `count` tries in `seconds` for each caller; every server process counts its own.

    The database is not asked, so guessing costs nobody else; with N processes a caller has at most N times the tries.
    """

    def __init__(
        self, count: int, seconds: float, *, callers: int = 4096, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._count, self._seconds, self._callers, self._now = count, seconds, callers, now
        self._seen: OrderedDict[str, tuple[float, int]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, caller: str) -> float:
        """Counts one try of `caller` and gives the seconds it has to wait, 0 when it may go on."""
        with self._lock:
            now = self._now()
            began, tries = self._seen.pop(caller, (now, 0))
            if now - began >= self._seconds:
                began, tries = now, 0
            self._seen[caller] = (began, tries + 1)
            if len(self._seen) > self._callers:
                self._seen.popitem(last=False)  # the one that was quiet for longest
            return began + self._seconds - now if tries >= self._count else 0.0


def install(app: Flask) -> None:
    """Gives the application counts of its own."""
    app.extensions["wardflow.rates"] = {name: Rate(count, seconds) for name, (count, seconds) in LIMITS.items()}


def check(name: str, what: str = "") -> None:
    """Answers 429 with the time to wait when the caller of this request has tried too often."""
    seconds = current_app.extensions["wardflow.rates"][name].wait(f"{request.remote_addr} {what}")
    if seconds:
        raise TooManyRequests(retry_after=int(seconds) + 1)
