"""The judged morning: 100,000 alarms are due at once, swept in at most 15 minutes while the desk goes on answering.

Beside it the floor: the statements of some rounds of the sweep run bare, so that a busy machine is told from a slow sweep.
"""

from __future__ import annotations

import http.cookiejar
import os
import threading
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from killing import CLERK, Server, _token, file_overdue, settings_for
from steps import Bare, Statement, counted, recorded, timed
from wardflow import app, demo
from wardflow.jobs import Sweep
from wardflow.settings import Settings
from wardflow.store import rows

ALARMS = int(os.environ.get("WARDFLOW_TEST_ALARMS", "100000"))    # fewer for a first look; the judged number is the default
MINUTES, SLOWEST = 15, 0.5
PATIENCE = 4 * MINUTES * 60
ROUNDS, BATCH, MOST = 20, 50, 12
TASK = ", ".join(rows.TASK[1:])


def clone(database: Any, number: int) -> None:
    """So many copies of a case that acts made, each with its alarm that is due, its open task and its timeline."""
    with database.writing() as cursor:
        first = cursor.rows("SELECT min(case_id) FROM alarm WHERE fire_at <= ?", (f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S}",))[0][0]
        last = cursor.rows("SELECT max(id) FROM cases")[0][0]
        copied = ", ".join(name for name in rows.CASE if name not in ("id", "code", "tracking"))
        ids = f"WITH RECURSIVE n(i) AS (SELECT {last + 1} UNION ALL SELECT i + 1 FROM n WHERE i < {last + number})"
        text = "CAST(n.i AS VARCHAR(12))"
        cursor.run(f"{ids} INSERT INTO cases (id, code, tracking, authority, {copied}) SELECT n.i, 'X-' || {text}, 'Y-' || {text}, authority, {copied} FROM cases, n WHERE id = {first}")
        for table, columns in (("task", TASK), ("entry", ", ".join(f'"{name}"' for name in rows.ENTRY[1:])), ("alarm", "alarm, node, fire_at")):
            cursor.run(f"{ids} INSERT INTO {table} (case_id, {columns}) SELECT n.i, {columns} FROM {table}, n WHERE case_id = {first}")


class Reader(threading.Thread):
    """Opens the desk again and again, and writes down how long each answer took."""

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        self._url, self.enough, self.took = url, threading.Event(), list[float]()
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())).open

    def run(self) -> None:
        """Reads until there is enough."""
        with self._open(self._url + "/", timeout=60) as answer:
            sitting = {"csrf_token": _token(answer.read().decode()), "persona": CLERK}
        with self._open(self._url + "/sit", urllib.parse.urlencode(sitting).encode(), timeout=60) as answer:
            answer.read()
        while not self.enough.wait(0.25):
            began = perf_counter()
            with self._open(self._url + "/desk", timeout=60) as answer:
                answer.read()
            self.took.append(perf_counter() - began)

    @property
    def p95(self) -> float:
        """Seconds within which nineteen of twenty answers came."""
        return sorted(self.took)[int(len(self.took) * 0.95)]


@contextmanager
def reading(url: str) -> Iterator[Reader]:
    """While somebody opens the desk."""
    reader = Reader(url)
    reader.start()
    try:
        yield reader
    finally:
        reader.enough.set()
        reader.join(90)


def test_100000_alarms_are_swept_while_the_desk_answers(databases: Any, database_kind: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a secret for tests, 32 bytes long")
    address = databases.empty(database_kind)
    demo.create(Settings(data=tmp_path, database_url=address, secret_file=secret, demo=True))
    settings = settings_for(address, tmp_path, secret)
    platform = app.build(settings)
    file_overdue(platform, 1)
    database = platform.store.database    # type: ignore[attr-defined]    # acts see less of the store
    clone(database, ALARMS)
    server = Server(settings)
    server.start()
    began, pause = perf_counter(), threading.Event()
    try:
        with reading(settings.address) as reader:
            while platform.store.alarms.due(datetime.now(UTC), 1) and perf_counter() - began < PATIENCE:
                pause.wait(1)
            took = perf_counter() - began
    finally:
        server.stop()

    with database.reading() as cursor:
        rung = cursor.rows("SELECT count(*), count(DISTINCT case_id) FROM entry WHERE kind = 'alarm' AND case_id IN (SELECT id FROM cases WHERE code LIKE 'X-%')")
    print(f"{database_kind}: {ALARMS} alarms in {took:.0f} s, {ALARMS / took:.0f} a second; desk p95 {reader.p95 * 1000:.0f} ms of {len(reader.took)} answers")
    assert rung == [(ALARMS, ALARMS)]
    assert reader.p95 <= SLOWEST
    assert took <= MINUTES * 60
    platform.store.close()
    databases.drop(address)


def test_a_round_of_the_sweep_beside_the_same_statements_run_bare(databases: Any, database_kind: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a secret for tests, 32 bytes long")
    address = databases.empty(database_kind)
    settings = Settings(data=tmp_path, database_url=address, secret_file=secret, demo=True)
    demo.create(settings)
    platform = app.build(settings)
    file_overdue(platform, 1)
    clone(platform.store.database, (ROUNDS + 2) * BATCH)    # type: ignore[attr-defined]    # as above
    work = app.workplace(platform, platform.store)    # type: ignore[arg-type]    # as above
    sweep, now = Sweep(work.alarms, work.ring, work.ring_together), datetime.now(UTC)
    sweep.ring_due(now)    # the first one fills what a process holds
    platform.store.close()
    copy = databases.copy(database_kind, address)
    whole, written = 0.0, list[list[Statement]]()
    for _ in range(ROUNDS):
        statements: list[Statement] = []
        with recorded(statements):
            whole += timed(lambda: sweep.ring_due(now))
        written.append(statements)
    bare = Bare(copy)
    floor = sum(timed(lambda each=each: bare.run(each)) for each in written)
    bare.close()

    each, rung = counted(written[0]), ROUNDS * BATCH
    print(f"{database_kind}: {rung / whole * 1000:.0f} alarms a second, {rung / floor * 1000:.0f} bare, ratio {whole / floor:.1f}; {each[0]} statements and {each[1]} commit for {BATCH} alarms")
    assert each[0] <= MOST
    assert each[1] == 1
    platform.store.close()
    for database in (copy, address):
        databases.drop(database)
