"""A served city that is killed while people work in it: what tests/acceptance and tests/endurance share.

Every act that was answered with success is written down here, outside the city, and looked for in it afterwards.
"""

from __future__ import annotations

import http.client
import http.cookiejar
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

KINDS = ("web", "worker", "web", "server", "worker", "web")
PATIENCE = 60.0    # seconds until something that must happen counts as not happening
OVERDUE = 6    # cases with an alarm already due, filed between two kills
POINT, CLERK = "cua-nam.point", "clerk-cua-nam"
APPLICANT = {"full_name": "Lê Văn Tám", "id_number": "001080000779"}
PAPERS = [{"name": "Căn cước công dân", "pages": 1, "copies": 2}]
MISSING = [{"name": "Bản chính", "why": "Chỉ chứng thực khi có bản chính", "how": "Mang bản chính đến quầy"}]


class Server:
    """`wardflow serve` over one database, in processes of its own, started again as often as it is killed."""

    def __init__(self, settings: Any) -> None:
        self._settings = settings
        self.process: subprocess.Popen[str] | None = None
        self.log = settings.data / "server.log"

    def start(self) -> None:
        """Starts it; what an earlier one left behind has a moment to see that it is alone and go."""
        from wardflow.serve import environment

        command = [sys.executable, "-m", "wardflow.cli", "serve"]
        given = {**os.environ, **environment(self._settings)}
        for _ in range(20):
            with self.log.open("ab") as log:
                process = subprocess.Popen(command, env=given, stdout=subprocess.PIPE, stderr=log, text=True)
            assert process.stdout is not None
            if self._settings.address in process.stdout.readline():
                self.process = process
                return
            process.wait()
            process.stdout.close()
        raise AssertionError("the port stayed busy after the server was killed")

    def kill(self, kind: str) -> bool:
        """Kills one of its processes, or the one above them all; False when there is none of that kind just now."""
        assert self.process is not None
        if kind == "server":
            self.process.kill()
            self._gone()
            return True
        found = [pid for pid in children(self.process.pid) if is_worker(pid) == (kind == "worker")]
        if found:
            os.kill(random.choice(found), signal.SIGKILL)
        return bool(found)

    def stop(self) -> list[int]:
        """Ends it as Ctrl-C does; gives what still runs afterwards."""
        assert self.process is not None
        family = [self.process.pid, *children(self.process.pid)]
        self.process.send_signal(signal.SIGINT)
        assert self._gone() == 0
        return [pid for pid in family if is_running(pid)]

    def _gone(self) -> int:
        assert self.process is not None and self.process.stdout is not None
        code = self.process.wait(30)
        self.process.stdout.close()
        return code


def children(pid: int) -> list[int]:
    """The processes that a process started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_running(pid: int) -> bool:
    """True while there is such a process and it has not ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def is_worker(pid: int) -> bool:
    """True for the child that rings alarms, False for one that serves pages."""
    try:
        return b"worker" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except FileNotFoundError:
        return False


@dataclass
class Book:
    """What was answered with success, by all clerks together."""

    opened: list[str] = field(default_factory=list)
    done: list[tuple[str, str]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    more: threading.Condition = field(default_factory=threading.Condition)

    def write(self, line: list[Any], what: Any) -> None:
        """Writes one answer down."""
        with self.more:
            line.append(what)
            self.more.notify_all()

    def wait_for(self, number: int) -> None:
        """Waits until this many more acts were answered."""
        with self.more:
            until = len(self.opened) + len(self.done) + number
            seen = self.more.wait_for(lambda: len(self.opened) + len(self.done) >= until, PATIENCE)
        assert seen, f"no act was answered for {PATIENCE} s; refused: {self.refused[:3]}"


class Clerk(threading.Thread):
    """Takes in one case after the other through the pages, and the fee of each."""

    def __init__(self, url: str, book: Book, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self._url, self._book, self._enough = url, book, stop
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())).open
        self._token = self._intake = ""

    def run(self) -> None:
        """Works until asked to stop; where the line breaks, goes on once somebody answers again."""
        while not self._enough.is_set():
            try:
                self._one_case()
            except urllib.error.HTTPError as refused:
                self._book.write(self._book.refused, f"{refused.code} {refused.url}")
                return
            except (OSError, http.client.HTTPException):
                self._enough.wait(0.1)

    def _one_case(self) -> None:
        if not self._token:    # known once one sits: where the line breaks on the way, the page before knows nothing of it
            before = _token(self._ask("/")[1])
            self._token = _token(self._post("/sit", persona=CLERK, csrf_token=before)[1])
        if not self._intake:
            self._intake = self._post("/counter", procedure="certified-copy")[0]
        # After a broken line the same sheet is posted again: it must become one case, not two.
        address, page = self._post(self._intake, **_sheet())
        self._intake = ""
        code = address.rpartition("/")[2]
        self._book.write(self._book.opened, code)
        task = self._post(re.search(r'action="([^"]+/claim)"', page)[1])[0]    # type: ignore[index]    # asserted by the page
        self._post(task, receipt_no="BL-1", amount="4000", paid_at="02/01/2026", method="cash", act="complete")
        self._book.write(self._book.done, (code, task.rpartition("/")[2]))

    def _ask(self, path: str, data: bytes | None = None) -> tuple[str, str]:
        with self._open(self._url + path, data, timeout=30) as answer:
            return answer.geturl().removeprefix(self._url), answer.read().decode()

    def _post(self, path: str, **fields: str) -> tuple[str, str]:
        return self._ask(path, urllib.parse.urlencode({"csrf_token": self._token, **fields}).encode())


def _token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def _sheet() -> dict[str, str]:
    applicant = {f"applicant.{name}": text for name, text in APPLICANT.items()}
    papers = {f"form.papers[0].{name}": str(value) for name, value in PAPERS[0].items()}
    return {
        **applicant, **papers, "form.originals_shown": "true", "components": "original", "first.result": "complete",
        "returning": POINT, "act": "receive",
    }


def settings_for(address: str, folder: Path, secret: Path) -> Any:
    """The settings of a server on a port that is free now."""
    from wardflow.settings import Settings

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return Settings(
        data=folder, database_url=address, secret_file=secret, demo=True, port=port, web_workers=2, worker_poll=0.1
    )


def file_overdue(platform: Any, number: int) -> None:
    """Files cases whose alarm is due already, by the acts, a while ago."""
    from wardflow.cases.open_case import Opening, open_case

    past = platform.at(datetime.now(UTC) - timedelta(days=60))
    opening = Opening("certified-copy", APPLICANT, {"papers": PAPERS, "originals_shown": True}, {}, POINT)
    for _ in range(number):
        open_case(past, past.actor(CLERK), opening, answer={"result": "incomplete", "missing": MISSING})


@contextmanager
def working(url: str, book: Book, clerks: int) -> Iterator[None]:
    """While clerks work."""
    stop = threading.Event()
    team = [Clerk(url, book, stop) for _ in range(clerks)]
    for clerk in team:
        clerk.start()
    try:
        yield
    finally:
        stop.set()
        for clerk in team:
            clerk.join(PATIENCE)


def killed_while_working(settings: Any, platform: Any, kills: int, *, clerks: int = 3, seed: int = 1) -> Book:
    """What was answered while processes were killed at random moments, and the alarms they were ringing all rung."""
    chance, book, server = random.Random(seed), Book(), Server(settings)
    server.start()
    try:
        with working(settings.address, book, clerks):
            for number in range(kills):
                file_overdue(platform, OVERDUE)
                book.wait_for(chance.randint(1, 12))
                if server.kill(KINDS[number % len(KINDS)]) and KINDS[number % len(KINDS)] == "server":
                    server.start()
            book.wait_for(10)
        _let_ring(platform)
    finally:
        left = server.stop()
    assert left == []
    return book


def _let_ring(platform: Any) -> None:
    """Waits for the worker to ring what is due."""
    wait = threading.Event()
    for _ in range(int(PATIENCE / 0.2)):
        if not platform.store.alarms.due(datetime.now(UTC), 1):
            return
        wait.wait(0.2)
    raise AssertionError(f"alarms that were due did not ring for {PATIENCE} s")
