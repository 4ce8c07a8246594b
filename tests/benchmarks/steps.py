"""What the benchmarks share: many cases that wait for the same step, and the statements a step runs, to be run again bare."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import psycopg
from sqlalchemy.engine import make_url
from wardflow import app, demo
from wardflow.cases.open_case import Opened, Opening, open_case
from wardflow.settings import Settings
from wardflow.store.database import Cursor, Database

SECRET = "a secret for benchmarks, 32 bytes"
POINT, CLERK = "cua-nam.point", "clerk-cua-nam"
PAPERS = [{"name": "Căn cước công dân", "pages": 1, "copies": 2}]
STEP = {"receipt_no": "BL-1", "amount": 4000, "paid_at": date(2026, 1, 2).isoformat(), "method": "cash"}
Statement = tuple[str, str, Sequence[Any]]    # what to do with it, its text, its values


def make_city(address: str, folder: Path) -> Settings:
    """The demo city in an empty database, and the settings to open it with."""
    secret = folder / "secret"
    secret.write_text(SECRET)
    settings = Settings(data=folder, database_url=address, secret_file=secret, demo=True, web_workers=1)
    demo.create(settings)
    return settings


def open_one(platform: Any) -> Opened:
    """A case that waits for its fee."""
    opening = Opening(
        "certified-copy", {"full_name": "Lê Văn Tám", "id_number": "001080000779"},
        {"papers": PAPERS, "originals_shown": True}, {"original": {"state": "given"}}, POINT,
    )
    return open_case(platform, platform.actor(CLERK), opening, answer={"result": "complete"})


def waiting(platform: Any, number: int) -> list[tuple[Opened, str]]:
    """Cases that wait for the same step, each with its task."""
    opened = [open_one(platform) for _ in range(number)]
    return [(case, next(t.task for t in platform.store.papers.tasks(case.case_id) if t.status == "open")) for case in opened]


@contextmanager
def recorded(into: list[Statement]) -> Iterator[None]:
    """While every statement, with its values, and every begin and commit is written down."""
    run, run_many, rows, writing = Cursor.run, Cursor.run_many, Cursor.rows, Database.writing

    def noted_run(self: Cursor, sql: str, parameters: Sequence[Any] = ()) -> int:
        into.append(("run", sql, parameters))
        return run(self, sql, parameters)

    def noted_many(self: Cursor, sql: str, many: Sequence[Sequence[Any]]) -> None:
        if many:
            into.append(("many", sql, many))
        run_many(self, sql, many)

    def noted_rows(self: Cursor, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        into.append(("rows", sql, parameters))
        return rows(self, sql, parameters)

    @contextmanager
    def noted_writing(self: Database) -> Iterator[Cursor]:
        into.append(("begin", "", ()))
        with writing(self) as cursor:
            yield cursor
        into.append(("commit", "", ()))

    Cursor.run, Cursor.run_many, Cursor.rows = noted_run, noted_many, noted_rows    # type: ignore[method-assign]    # put back below
    Database.writing = noted_writing    # type: ignore[assignment, method-assign]    # as above
    try:
        yield
    finally:
        Cursor.run, Cursor.run_many, Cursor.rows, Database.writing = run, run_many, rows, writing    # type: ignore[method-assign]    # as they were


def counted(statements: Sequence[Statement]) -> tuple[int, int]:
    """How many statements and how many commits there were."""
    kinds = [kind for kind, _, _ in statements]
    return sum(kind in ("run", "many", "rows") for kind in kinds), kinds.count("commit")


class Bare:
    """The driver alone over one database, as careful with the disk as the platform is."""

    def __init__(self, address: str) -> None:
        url = make_url(address)
        self._is_sqlite = url.get_backend_name() == "sqlite"
        self._connection: Any
        if self._is_sqlite:
            self._connection = sqlite3.connect(url.database or "", isolation_level=None)
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "wal_autocheckpoint=20000"):
                self._connection.execute(f"PRAGMA {pragma}")
        else:
            plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
            self._connection = psycopg.connect(plain, autocommit=True)
        self._cursor = self._connection.cursor()

    def run(self, statements: Sequence[Statement]) -> None:
        """Runs what was written down."""
        for kind, sql, values in statements:
            if kind in ("begin", "commit"):
                self._cursor.execute("BEGIN IMMEDIATE" if kind == "begin" and self._is_sqlite else kind.upper())
            elif kind == "many":
                self._cursor.executemany(self._styled(sql), values)
            else:
                self._cursor.execute(self._styled(sql), values)
                if kind == "rows":
                    self._cursor.fetchall()

    def close(self) -> None:
        """Leaves the database."""
        self._connection.close()

    def _styled(self, sql: str) -> str:
        return sql if self._is_sqlite else sql.replace("%", "%%").replace("?", "%s")


def timed(work: Callable[[], object]) -> float:
    """The milliseconds some work takes."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def busy(work: Callable[[], object]) -> float:
    """The milliseconds of CPU that this process spends on some work, waiting for the disk not counted."""
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def told(label: str, taken: Sequence[float]) -> str:
    """Two figures in words."""
    return f"{label}: p50 {median(taken):.2f} ms, p95 {quantiles(taken, n=20)[-1]:.2f} ms"


def built(settings: Settings) -> Any:
    """The platform over a city."""
    return app.build(settings)
