"""Connections and transactions: SQLAlchemy holds them, statements run on the driver's own cursor.

Core text costs three to six times the raw statement and the ORM thirty times, so the step path goes through `Cursor`,
one small helper that covers the parameter styles of both drivers; a connection comes straight from SQLAlchemy's pool and
is kept at hand, because wrapping it for each query and each transaction costs as much as the statements of a step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DisconnectionError, IntegrityError
from sqlalchemy.pool import PoolProxiedConnection, StaticPool

from wardflow.errors import StorageTrouble
from wardflow.store.trouble import trouble

Row = tuple[Any, ...]
Observer = Callable[[str], None]
COMMIT = "COMMIT"
"""What an observer is told when a transaction was committed."""
_BEGIN = "BEGIN IMMEDIATE"    # the writer's place is taken at once: a later upgrade from reader to writer could fail half way


class Cursor:
    """Runs statements written with `?` on the driver's cursor of one connection."""

    __slots__ = ("_anew", "_cursor", "_observer", "_style")

    def __init__(self, cursor: Any, style: Callable[[str], str], observer: Observer | None, anew: dict[str, Any] | None = None) -> None:
        self._cursor, self._style, self._observer, self._anew = cursor, style, observer, anew or {}

    def run(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """The number of rows that one statement changed."""
        self._note(sql)
        self._cursor.execute(self._style(sql), parameters)
        return int(self._cursor.rowcount)

    def run_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """One batched statement over many rows; nothing for no rows."""
        if not rows:
            return
        self._note(sql)
        if len(rows) == 1:    # a batch of one costs PostgreSQL's driver a pipeline of its own
            self._cursor.execute(self._style(sql), rows[0])
        else:
            self._cursor.executemany(self._style(sql), rows)

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """All rows of a query."""
        self._note(sql)
        self._cursor.execute(self._style(sql), parameters)
        found: list[Row] = self._cursor.fetchall()
        return found

    def rows_planned(self, sql: str, parameters: Sequence[Any]) -> list[Row]:
        """All rows of a query that PostgreSQL plans for these very values, and not once for all.

        It costs half a millisecond, and pays where a value says everything: a word that stands in every case, or in none.
        """
        self._note(sql)
        self._cursor.execute(self._style(sql), parameters, **self._anew)
        return list(self._cursor.fetchall())

    def row(self, sql: str, parameters: Sequence[Any] = ()) -> Row | None:
        """The first row of a query, or None."""
        found = self.rows(sql, parameters)
        return found[0] if found else None

    @property
    def driver(self) -> Any:
        """The driver's own cursor, for what only one kind of database can do."""
        return self._cursor

    def _note(self, sql: str) -> None:
        if self._observer is not None:
            self._observer(sql)


Hand = tuple[PoolProxiedConnection, Any]
"""A connection of the pool, and the driver's own behind it, which takes the pool a while to say."""


class Lent:
    """A connection of a database for the length of a `with`, as a cursor; a generator for it would cost as much as a small query."""

    __slots__ = ("_alone", "_database", "_hand")

    def __init__(self, database: Database, *, alone: bool) -> None:
        self._database, self._alone = database, alone
        self._hand: Hand | None = None

    def __enter__(self) -> Cursor:
        try:
            self._hand = self._database._lend(alone=self._alone)
            return self._database._begin(self._hand, alone=self._alone)
        except BaseException as error:
            self._database._give_up(self._hand, error)
            raise

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        assert self._hand is not None    # without one, nothing was entered
        if error is not None:
            self._database._give_up(self._hand, error)
            return
        try:
            self._database._end(self._hand, alone=self._alone)
        except BaseException as late:
            self._database._give_up(self._hand, late)
            raise


class Database:
    """One database by its URL; SQLite runs in WAL with full synchronisation, so a committed act survives power loss."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.observer: Observer | None = None
        self.engine = _sqlite_engine(url) if self.is_sqlite else create_engine(url, pool_size=10, max_overflow=10)
        self._generation, self._troubled = 0, False
        self._spare: list[Hand] = []
        """Connections of the pool that nobody uses just now, kept at hand."""
        if not self.is_sqlite:
            event.listen(self.engine, "connect", self._born)
            event.listen(self.engine, "checkout", self._renew)
        self._styled: dict[str, str] = {}
        self._anew: dict[str, Any] = {} if self.is_sqlite else {"prepare": False}

    def reading(self) -> Lent:
        """A cursor for queries, outside any transaction; StorageTrouble where none can be asked."""
        return Lent(self, alone=True)

    def writing(self) -> Lent:
        """A cursor inside one transaction: committed at the end, rolled back on any error; StorageTrouble where it cannot be."""
        return Lent(self, alone=False)

    def _lend(self, *, alone: bool) -> Hand:
        """A connection whose queries stand `alone`, outside a transaction, or one for a transaction.

        The one that was used last is lent again: asking the pool and giving back to it costs as much as a query.
        """
        if self._troubled:
            self._generation += not alone
            self._forget_spare()
        try:
            hand = self._spare.pop()
        except IndexError:
            lent = self.engine.raw_connection()
            hand = lent, lent.driver_connection
        # SQLite opens no transaction for a query unless it is told to
        if not self.is_sqlite and hand[1].autocommit is not alone:
            hand[1].autocommit = alone
        return hand

    def _begin(self, hand: Hand, *, alone: bool) -> Cursor:
        if self.is_sqlite and not alone:
            hand[1].execute(_BEGIN)
        return self._cursor(hand[1])

    def _end(self, hand: Hand, *, alone: bool) -> None:
        if alone:
            self._spare.append(hand)
            return
        if self.is_sqlite:
            hand[1].execute(COMMIT)    # kept ready like every statement; `commit` has it parsed each time
        else:
            hand[1].commit()
        self._spare.append(hand)
        self._troubled = False
        if self.observer is not None:
            self.observer(COMMIT)

    def _give_up(self, hand: Hand | None, error: BaseException) -> None:
        """Gives a connection back to the pool, which undoes what was not committed, and raises the trouble that an error means."""
        found = self._told(error) if isinstance(error, Exception) else None
        if hand is not None:
            self._return(hand)
        if found is not None:
            raise found from error

    def _return(self, hand: Hand) -> None:
        lent, connection = hand
        if not self.is_sqlite and connection.autocommit and not connection.closed:    # one that broke is thrown away by the pool
            connection.autocommit = False
        lent.close()

    def _forget_spare(self) -> None:
        with suppress(IndexError):    # another thread may take the last one
            while True:
                self._return(self._spare.pop())

    @contextmanager
    def unmoving(self) -> Iterator[Cursor]:
        """A cursor whose queries all see the database of one moment, whatever is committed meanwhile."""
        if self.is_sqlite:
            with self.reading() as cursor:
                cursor.run("BEGIN")
                try:
                    yield cursor
                finally:
                    cursor.run("ROLLBACK")
        else:
            with self.engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
                yield self.on(connection)

    def on(self, connection: Connection) -> Cursor:
        """A cursor in the transaction of a connection, beside what SQLAlchemy does there."""
        return self._cursor(connection.connection)

    def is_duplicate(self, error: Exception) -> bool:
        """True for the driver's complaint that a constraint does not hold, such as a unique value that stands already."""
        return isinstance(error, IntegrityError | self.engine.dialect.loaded_dbapi.IntegrityError)

    def close(self) -> None:
        """Gives every connection back."""
        self._forget_spare()
        self.engine.dispose()

    def _told(self, error: Exception) -> StorageTrouble | None:
        """The trouble that an error means, if any; until something is written again, each try has a connection of its own.

        A server that was set to reading, or another one that took its place, says so to new connections alone.
        """
        found = trouble(error)
        self._troubled = self._troubled or found is not None
        return found

    def _born(self, _connection: Any, record: Any) -> None:
        record.info["generation"] = self._generation

    def _renew(self, _connection: Any, record: Any, _proxy: Any) -> None:
        if record.info["generation"] != self._generation:
            raise DisconnectionError    # the pool's word for: make it anew

    def _cursor(self, connection: Any) -> Cursor:
        return Cursor(connection.cursor(), self._style, self.observer, self._anew)

    def _style(self, sql: str) -> str:
        if self.is_sqlite:
            return sql
        styled = self._styled.get(sql)
        if styled is None:
            styled = self._styled[sql] = sql.replace("%", "%%").replace("?", "%s")
        return styled


def _sqlite_engine(url: str) -> Engine:
    memory = make_url(url).database in (None, "", ":memory:")
    shared: dict[str, Any] = {"poolclass": StaticPool, "connect_args": {"check_same_thread": False}} if memory else {}
    engine = create_engine(url, **shared)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None    # the begin listener opens transactions, not the driver
    # 16 MB of pages keep the upper levels of every index of a million cases at hand
    # the worker checkpoints off the request path; 20000 pages is the net under a missing worker
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000", "wal_autocheckpoint=20000", "cache_size=-16384"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:
    if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
        connection.exec_driver_sql(_BEGIN)
