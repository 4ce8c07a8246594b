"""Officials at work over HTTP: each has a browser line of their own, thinks, opens a page, completes a step, and thinks again."""

from __future__ import annotations

import gzip
import http.client
import random
import re
import threading
from collections.abc import Iterator
from time import perf_counter
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
TASK = re.compile(r'href="(/cases/[^"/]+/tasks/[^"]+)"')
CASE = re.compile(r'<div class="what"><a href="(/cases/[^"/#]+)"')
FREE = re.compile(r'name="claim" value="([^"]+)"')
ROOM = 60
"""Seconds an answer may take before it counts as none."""


class Official(threading.Thread):
    """One person; `took` has what each page cost in milliseconds, `wrong` every answer that was none."""

    def __init__(self, port: int, number: int, cookie: str, think: float, until: float) -> None:
        super().__init__(name=f"official {number}")
        self.took: list[tuple[str, float]] = []
        self.wrong: list[str] = []
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=ROOM)
        self._cookies = dict([cookie.split("=", 1)])
        self._number, self._think, self._until = number, think, until
        self._chance, self._rest, self._page = random.Random(number), threading.Event(), ""

    def run(self) -> None:
        """Works until the time is up."""
        self._rest.wait(self._chance.uniform(0, self._think))    # they did not all come through the door at once
        for what, path, fields in self._day():
            began = perf_counter()
            try:
                self._open(what, path, fields)
            except (OSError, http.client.HTTPException) as error:
                self.wrong.append(f"{what}: {error!r}")
            self.took.append((what, 1000 * (perf_counter() - began)))
            self._line.close()    # the server hangs up on who thinks; a browser dials again
            self._rest.wait(self._chance.uniform(0.5, 1.5) * self._think)
            if perf_counter() > self._until:
                break

    def _day(self) -> Iterator[tuple[str, str, dict[str, str]]]:
        while True:
            yield "the desk", "/desk", {}
            if found := TASK.findall(self._page):
                place = self._chance.choice(found)
                yield "a case", place.rpartition("/tasks/")[0], {}
                yield "the form of a step", place, {}
                yield "a completed step", place, {"csrf_token": self._token(), "opinion": "good", "act": "complete"}
            yield "what waits to be claimed", "/desk?view=queue", {}
            if found := FREE.findall(self._page):
                chosen = found[self._number % len(found)]    # colleagues of a unit do not all reach for the same one
                yield "a claimed task", "/desk", {"csrf_token": self._token(), "view": "queue", "claim": chosen}
            yield "a search", f"/desk?q={self._chance.choice(('nguyen+van', 'tran+th', 'h26', 'le+thi+hoa'))}", {}
            if found := CASE.findall(self._page):
                yield "a case", self._chance.choice(found), {}
            yield "everything of the unit", "/desk?view=unit", {}

    def _open(self, what: str, path: str, fields: dict[str, str]) -> None:
        status, place = self._ask(path, fields)
        if status in (302, 303):
            status, _ = self._ask(place, {})
        if status != 200 or "</html>" not in self._page:
            self.wrong.append(f"{what}: {status} at {path}")

    def _ask(self, path: str, fields: dict[str, str]) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{name}={text}" for name, text in self._cookies.items()), "Accept-Encoding": "gzip"}
        if fields:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._line.request("POST" if fields else "GET", path, urlencode(fields) or None, headers)
        answer = self._line.getresponse()
        content = answer.read()
        self._page = (gzip.decompress(content) if answer.headers["Content-Encoding"] == "gzip" else content).decode()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, text = cookie.partition(";")[0].partition("=")
            self._cookies[name] = text
        return answer.status, answer.headers["Location"] or ""

    def _token(self) -> str:
        found = TOKEN.search(self._page)
        return found[1] if found else ""
