"""What a person waits for: a completed step, the desk and a case over HTTP, from one gunicorn worker on SQLite."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

import pytest
from steps import CLERK, built, make_city, timed, told, waiting
from wardflow.serve import environment

TIMES = 200
MOST_MS = 25
POSTED = {"receipt_no": "BL-1", "amount": "4000", "paid_at": "02/01/2026", "method": "cash", "act": "complete"}


class Reader:
    """A browser that keeps its line open and its cookies, and draws nothing."""

    def __init__(self, port: int) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._cookies: dict[str, str] = {}
        self.status, self.page = 0, ""

    def ask(self, path: str, **fields: str) -> None:
        """Reads a page, or posts when there is something to post."""
        body = urlencode(fields) if fields else None
        headers = {"Cookie": "; ".join(f"{name}={text}" for name, text in self._cookies.items())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._line.request("POST" if body else "GET", path, body, headers)
        answer = self._line.getresponse()
        self.status, self.page = answer.status, answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _equals, text = cookie.partition(";")[0].partition("=")
            self._cookies[name] = text

    def token(self) -> str:
        """The token of the page, without which nothing may be posted."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.page)
        assert found is not None
        return found[1]

    def sit(self, person: str) -> None:
        """Sits down as a persona."""
        self.ask("/")
        self.ask("/sit", csrf_token=self.token(), persona=person)
        self.ask("/")

    def close(self) -> None:
        """Hangs up."""
        self._line.close()


@pytest.fixture
def city(databases: Any, tmp_path: Path) -> Iterator[tuple[Any, int]]:
    """A platform over the demo city, and the port where one gunicorn worker serves it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = make_city(databases.empty("sqlite"), tmp_path).but(port=port)
    command = [sys.executable, "-m", "wardflow.cli", "serve"]
    serving = subprocess.Popen(command, env={**os.environ, **environment(settings)}, stdout=subprocess.PIPE, text=True)
    assert serving.stdout is not None and settings.address in serving.stdout.readline()
    platform = built(settings)
    yield platform, port
    platform.store.close()
    serving.terminate()
    assert serving.wait(30) == 0
    serving.stdout.close()


def test_a_completed_step_over_http_takes_at_most_25_ms(city: tuple[Any, int]) -> None:
    platform, port = city
    cases = waiting(platform, TIMES + 20)
    clerk = Reader(port)
    clerk.sit(CLERK)
    token = clerk.token()
    taken = []
    for case, task in cases:
        taken.append(timed(lambda c=case, t=task: clerk.ask(f"/cases/{c.code}/tasks/{t}", csrf_token=token, **POSTED)))
        assert clerk.status == 302, clerk.page
    clerk.close()

    print(f"\n{told('a completed step over HTTP, one gunicorn worker on SQLite', taken[20:])}")
    assert median(taken[20:]) <= MOST_MS


def test_pages_that_are_looked_at(city: tuple[Any, int]) -> None:
    platform, port = city
    case = waiting(platform, 1)[0][0]
    reader = Reader(port)
    for person, path, what in (
        ("specialist-thien-loc", "/desk", "the desk of a specialist"),
        (CLERK, "/desk?view=queue", "the queue of a counter"),
        (CLERK, f"/cases/{case.code}", "the page of a case"),
    ):
        reader.sit(person)
        taken = [timed(lambda p=path: reader.ask(p)) for _ in range(60)][10:]
        assert reader.status == 200
        print(f"\n{told(what, taken)}, {len(reader.page) / 1024:.0f} kB")
    reader.close()
