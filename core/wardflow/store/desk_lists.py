"""Lists of the desk, a page at a time: each queue is a branch read in the order of its index, and only as far as a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter
from typing import Any

from wardflow.cases.desk_lists import PAUSED, UNDATED, Facet, Heap, Key, Line, Narrow
from wardflow.store import rows
from wardflow.store.database import Database, Row
from wardflow.store.instants import stamp
from wardflow.store.queues import conditions

Part = tuple[str, list[Any]]
SORTS = {"due": "''", "procedure": "c.procedure", "step": "t.node", "commune": "c.authority"}
_COLUMNS = f"{', '.join('t.' + name for name in rows.TASK)}, {', '.join('c.' + name for name in rows.CASE)}"
_OF_CASE = f"CASE WHEN c.stopped_at IS NOT NULL OR c.due IS NULL THEN '{UNDATED}' ELSE c.due END"
_BORROWED = f"CASE WHEN c.paused THEN '{PAUSED}' ELSE {_OF_CASE} END"
"""The due date of a task without one of its own: that of its case."""
_DUE = f"COALESCE(t.due, {_BORROWED})"
_JOINED = "FROM task t JOIN cases c ON c.id = t.case_id"
_BEGINS = "EXISTS (SELECT 1 FROM case_word w WHERE w.case_id = t.case_id AND w.word >= ? AND w.word < ?)"
_PLACE = "/* place */"    # stands in a query for the column that `_place` chooses
LAST = "\U0010ffff"


class DeskListTable:
    """The lists of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(self, heap: Heap, narrow: Narrow, sort: str, after: Key, limit: int) -> Sequence[Line]:
        """The next tasks of a list after a key, in order; what was done comes newest first."""
        if not (branches := _branches(heap)):
            return []
        done = heap.view == "done"
        parts = [part for branch in branches for part in _found(branch, narrow, sort, after, limit, done=done)]
        place = self._place(branches)
        order = "k, at DESC, case_id DESC, task" if done else "k, at, case_id, task"
        # every branch stands in a query of its own, so that each is read by its index and stops with the page
        found = " UNION ALL ".join(f"SELECT * FROM ({sql}) b" for sql, _ in parts).replace(_PLACE, f"t.{place} AS place, " if place else "")
        sql = (
            f"SELECT f.k, f.at, {_COLUMNS} FROM (SELECT * FROM ({found}) g ORDER BY {order} LIMIT {int(limit)}) f "
            f"JOIN task t ON {f't.{place} = f.place' if place else 't.case_id = f.case_id AND t.task = f.task'} JOIN cases c ON c.id = f.case_id"
        )
        if not self._database.is_sqlite:
            sql += f" ORDER BY {', '.join('f.' + name for name in order.split(', '))}"
        with self._database.reading() as cursor:
            read = cursor.rows(sql, [value for _, values in parts for value in values])
        lines = [_line(row) for row in read]
        # SQLite would sort rows with all their columns in hand, and it orders texts as Python does
        return _in_order(lines, done=done) if self._database.is_sqlite else lines

    def _place(self, branches: Sequence[Part]) -> str:
        """The column that says where a row lies, by which it is fetched without its key; empty where finding that out costs more.

        SQLite's indexes hold it. PostgreSQL looks at the row for it, so that it pays only while no row is looked at and not shown.
        """
        return "rowid" if self._database.is_sqlite else "ctid" if len(branches) == 1 else ""

    def tally(self, heap: Heap, narrow: Narrow, bounds: Sequence[str]) -> Sequence[int]:
        """How many tasks are due before each bound (and after the one before), later, paused, and without a date."""
        branches = _branches(heap)
        if not branches:
            return [0] * (len(bounds) + 3)
        ranges = list(pairwise(["", *bounds, PAUSED, UNDATED, LAST]))
        parts = [part for branch in branches for part in _counted(branch, narrow, ranges, done=heap.view == "done")]
        sums = ", ".join(f"SUM(n{at})" for at in range(len(ranges)))
        sql = f"SELECT {sums} FROM ({' UNION ALL '.join(sql for sql, _ in parts)}) f"
        with self._database.reading() as cursor:
            found = cursor.row(sql, [value for _, values in parts for value in values])
        return [int(value) for value in found or ()]

    def counts(self, heaps: Sequence[Heap]) -> Sequence[int]:
        """How many tasks each of some lists has."""
        if not heaps:
            return []
        each = [[(f"(SELECT count(*) FROM task t WHERE {where})", values) for where, values in _branches(heap)] for heap in heaps]
        sums = ", ".join(" + ".join(sql for sql, _ in parts) or "0" for parts in each)
        with self._database.reading() as cursor:
            found = cursor.row(f"SELECT {sums}", [value for parts in each for _, values in parts for value in values])
        return [int(value) for value in found or ()]

    def facets(self, heap: Heap) -> Sequence[Facet]:
        """What a list can be narrowed to, with how many there are of each."""
        branches = _branches(heap)
        if not branches:
            return []
        sql = " UNION ALL ".join(f"SELECT c.procedure AS p, t.node AS s, c.authority AS u {_JOINED} WHERE {where}" for where, _ in branches)
        sql = f"SELECT p, s, u, count(*) FROM ({sql}) f GROUP BY p, s, u ORDER BY p, s, u"
        with self._database.reading() as cursor:
            return [Facet(*row) for row in cursor.rows(sql, [value for _, values in branches for value in values])]


def _branches(heap: Heap) -> list[Part]:
    """The conditions of a list, one for each index range that it is read from, without the cases kept from its reader."""
    hidden, who = _hidden(heap)
    return [(where + hidden, [*values, *who]) for where, values in _ranges(heap)]


def _hidden(heap: Heap) -> Part:
    """What keeps confidential cases out: all of them where a whole unit's tasks are counted, else those kept from the reader."""
    if heap.view == "unit":
        return " AND t.case_id NOT IN (SELECT case_id FROM kept_from)", []
    if not heap.hidden_for:
        return "", []
    marks = ", ".join("?" * len(heap.hidden_for))
    return f" AND t.case_id NOT IN (SELECT case_id FROM kept_from WHERE who IN ({marks}))", list(heap.hidden_for)


def _ranges(heap: Heap) -> list[Part]:
    match heap.view:
        case "mine":
            return [("t.person = ? AND t.status = 'open'", [heap.person])]
        case "watched":
            return [("t.status = 'open' AND t.case_id IN (SELECT case_id FROM watch WHERE person = ?)", [heap.person])]
        case "done":
            since = stamp(heap.since) if heap.since else ""
            return [("t.status = 'done' AND t.closed_by = ? AND t.closed_at >= ?", [heap.person, since])]
        case view:    # what nobody holds, and in the list of a unit what somebody does: an index each
            holders = ("NULL",) if view == "queue" else ("NULL", "NOT NULL")
            found = [(f"{where} AND t.status = 'open' AND t.person IS ", values) for where, values in conditions(heap.queues, "t.")]
            return [(where + holder, list(values)) for where, values in found for holder in holders]


def _found(branch: Part, narrow: Narrow, sort: str, after: Key, limit: int, *, done: bool) -> list[Part]:
    """The queries of one branch: in the order of its index where the task alone decides, else over all of it."""
    where, values = branch
    if done:
        return [_done(where, values, narrow, after, limit)]
    if sort == "due" and narrow.plain:
        low, high = narrow.dues or ("", LAST)
        own = (
            f"SELECT {_PLACE}t.case_id, t.task, '' AS k, t.due AS at FROM task t WHERE {where} AND t.due >= ? AND t.due < ? "
            f"AND (t.due, t.case_id, t.task) > (?, ?, ?) ORDER BY t.due, t.case_id, t.task LIMIT {int(limit)}"
        )
        none = _general(f"{where} AND t.due IS NULL", values, narrow, sort, after, limit)
        return [(own, [*values, max(low, after[1]), high, *after[1:]]), none]
    return [_general(where, values, narrow, sort, after, limit)]


def _general(where: str, values: list[Any], narrow: Narrow, sort: str, after: Key, limit: int) -> Part:
    more, narrowed = _narrowed(narrow)
    key = SORTS.get(sort, SORTS["due"])
    sql = (
        f"SELECT * FROM (SELECT {_PLACE}t.case_id, t.task, {key} AS k, {_DUE} AS at {_JOINED} WHERE {where}{more}) x "
        f"WHERE (k, at, case_id, task) > (?, ?, ?, ?) ORDER BY k, at, case_id, task LIMIT {int(limit)}"
    )
    return sql, [*values, *narrowed, *after]


def _done(where: str, values: list[Any], narrow: Narrow, after: Key, limit: int) -> Part:
    more, narrowed = _narrowed(replace(narrow, dues=None))
    until = after[1:3] if after[1] else (LAST, 0)
    sql = (
        f"SELECT {_PLACE}t.case_id, t.task, '' AS k, t.closed_at AS at {_JOINED} WHERE {where}{more} "
        f"AND (t.closed_at, t.case_id) < (?, ?) ORDER BY t.closed_at DESC, t.case_id DESC LIMIT {int(limit)}"
    )
    return sql, [*values, *narrowed, *until]


def _counted(branch: Part, narrow: Narrow, ranges: Sequence[tuple[str, str]], *, done: bool) -> list[Part]:
    """How many tasks of a branch are due in each range: where the task alone decides, each is a stretch of the branch's index."""
    where, values = branch
    if not narrow.plain or narrow.dues is not None or done:
        return [_summed(branch, narrow, ranges)]
    own = ", ".join(f"(SELECT count(*) FROM task t WHERE {where} AND t.due >= ? AND t.due < ?) AS n{at}" for at in range(len(ranges)))
    return [
        (f"SELECT {own}", [value for each in ranges for value in (*values, *each)]),
        _summed((f"{where} AND t.due IS NULL", values), narrow, ranges),
    ]


def _summed(branch: Part, narrow: Narrow, ranges: Sequence[tuple[str, str]]) -> Part:
    where, values = branch
    more, narrowed = _narrowed(narrow)
    sums = ", ".join(f"COUNT(CASE WHEN at >= ? AND at < ? THEN 1 END) AS n{at}" for at in range(len(ranges)))
    sql = f"SELECT {sums} FROM (SELECT {_DUE} AS at {_JOINED} WHERE {where}{more}) x"
    return sql, [*(end for each in ranges for end in each), *values, *narrowed]


def _narrowed(narrow: Narrow) -> Part:
    said: list[tuple[str, list[Any]]] = []
    if narrow.dues is not None:
        undated = f" OR {_DUE} = '{UNDATED}'" if narrow.undated else ""
        said.append((f"(({_DUE} >= ? AND {_DUE} < ?){undated})", list(narrow.dues)))
    for column, wanted in (("c.procedure", narrow.procedure), ("t.node", narrow.step), ("c.authority", narrow.commune)):
        if wanted:
            said.append((f"{column} = ?", [wanted]))
    if narrow.typed:
        said.append(_typed(narrow))
    return "".join(f" AND {sql}" for sql, _ in said), [value for _, values in said for value in values]


def _typed(narrow: Narrow) -> Part:
    ways: list[Part] = []
    if narrow.words:
        ways += _worded(narrow)
    for column, names in (("c.procedure", narrow.procedures), ("t.node", narrow.steps)):
        if names:
            ways.append((f"{column} IN ({', '.join('?' * len(names))})", list(names)))
    return f"({' OR '.join(f'({sql})' for sql, _ in ways)})", [value for _, values in ways for value in values]


def _worded(narrow: Narrow) -> list[Part]:
    """By the words kept for the reader's units, read at once; case by case only where a task comes from another authority."""
    ends = [end for word in narrow.words for end in (word, word + LAST)]
    units = list(narrow.units)
    if not units:
        return [(" AND ".join([_BEGINS] * len(narrow.words)), ends)]
    marks = ", ".join("?" * len(units))
    kept = f"t.case_id IN (SELECT case_id FROM case_word WHERE unit IN ({marks}) AND word >= ? AND word < ?)"
    own = [value for word in narrow.words for value in (*units, word, word + LAST)]
    others = " AND ".join([f"c.authority NOT IN ({marks})", *[_BEGINS] * len(narrow.words)])
    return [(" AND ".join([kept] * len(narrow.words)), own), (others, [*units, *ends])]


def _in_order(lines: Sequence[Line], *, done: bool) -> Sequence[Line]:
    if not done:
        return sorted(lines, key=attrgetter("key"))
    return sorted(sorted(lines, key=lambda line: line.key[3]), key=lambda line: line.key[1:3], reverse=True)


def _line(row: Row) -> Line:
    cut = 2 + len(rows.TASK)
    task, case = rows.task(row[2:cut]), rows.case(row[cut:])
    return Line((row[0], row[1], case.id, task.task), task, case)
