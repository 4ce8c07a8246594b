"""Cases: loaded with one query, changed by one act in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Any

from wardflow.cases.ports import Applicant, Filing, Loaded
from wardflow.cases.records import NEW_APPLICANT, AlarmRow, Case, Change, Document, Entry, Incident, Notice, Task
from wardflow.domain import audit
from wardflow.domain.words_of_case import words_of_case
from wardflow.errors import CaseMoved, CaseUnknown, FormRefused
from wardflow.store import desk_notes, exchange, jobs, payments, rows
from wardflow.store.applicants import keep
from wardflow.store.database import Cursor, Database
from wardflow.store.finding import keep_words, move_words
from wardflow.store.instants import dumps, stamp
from wardflow.store.links import link
from wardflow.store.migrated import remember
from wardflow.store.numbering import take
from wardflow.store.sealed import Seal

_LOAD = (
    f"SELECT {', '.join('c.' + name for name in rows.CASE)}, {', '.join('t.' + name for name in rows.TASK)}, "
    "(SELECT number FROM revision WHERE name = 'register') "
    "FROM cases c LEFT JOIN task t ON t.case_id = c.id AND t.task = ? WHERE c.id = ?"
)


@cache
def _update(columns: tuple[str, ...]) -> str:
    return f"UPDATE cases SET {', '.join(name + ' = ?' for name in columns)} WHERE id = ? AND version = ?"


def _insert(table: str, columns: Iterable[str]) -> str:
    names = tuple(columns)
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"


_OPEN = _insert("cases", (*(name for name in rows.CASE if name != "id"), "opening_key", "authority")) + " RETURNING id"
_HOLD = "UPDATE task SET person = ? WHERE case_id = ? AND task = ?"
# one statement for the tasks a step opens and those it closes: a closed one is there already and is only marked
_TASK = _insert("task", rows.TASK) + (
    " ON CONFLICT (case_id, task) DO UPDATE SET status = excluded.status, closed_at = excluded.closed_at, "
    "closed_by = excluded.closed_by, draft = NULL"
)
_FOLLOWED = ("node", "role", "unit", "person", "title", "title_en", "due", "excluded", "reasons", "clears")
_FOLLOW = f"UPDATE task SET {', '.join(name + ' = ?' for name in _FOLLOWED)} WHERE case_id = ? AND task = ?"
_ENTRY = _insert("entry", rows.ENTRY)
# the alarm of the next warning is there already whenever the legal clock moves again
_ALARM = _insert("alarm", ("case_id", "alarm", "node", "fire_at")) + (
    " ON CONFLICT (case_id, alarm) DO UPDATE SET node = excluded.node, fire_at = excluded.fire_at"
)
_CLEAR = "DELETE FROM alarm WHERE case_id = ? AND alarm = ?"
_DOCUMENT = _insert("document", rows.DOCUMENT)
_JOINT = _insert("joint_paper", ("case_id", "document", "joint"))
_NOTICE = _insert("notice", ("case_id", *rows.NOTICE))
_SEALED = _insert("sealed", ("case_id", "reference", "role", "cipher"))
_INCIDENT = _insert("incident", ("case_id", "seq", "place", "code", "node", "facts", "at"))
_CLOSE = "UPDATE incident SET closed_at = ? WHERE case_id = ? AND seq = ? AND place = ?"


class CaseStore:
    """The cases of one database."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database, self._seal = database, seal

    def load(self, case_id: int, task: str = "") -> Loaded:
        """A case, one of its tasks and the register's revision, in one query; CaseUnknown where there is none."""
        with self._database.reading() as cursor:
            found = cursor.row(_LOAD, (task, case_id))
        if found is None:
            raise CaseUnknown(case=case_id)
        cut = len(rows.CASE)
        held = found[cut : cut + len(rows.TASK)]
        return Loaded(rows.case(found[:cut]), rows.task(held) if held[0] is not None else None, found[-1] or 0)

    def id_of(self, code: str) -> int:
        """The number of the case with a code; CaseUnknown where there is none."""
        with self._database.reading() as cursor:
            found = cursor.row("SELECT id FROM cases WHERE code = ?", (code,))
        if found is None:
            raise CaseUnknown(case=code)
        return int(found[0])

    def opened_with(self, key: str) -> Case | None:
        """The case that an earlier call with the same key opened, so that a double click opens one case."""
        with self._database.reading() as cursor:
            found = cursor.row(f"SELECT {', '.join(rows.CASE)} FROM cases WHERE opening_key = ?", (key,))
        return None if found is None else rows.case(found)

    def open(self, change: Change, filing: Filing) -> Case:
        """The case as written, with its number, its code and its applicant, all in one transaction."""
        with self._database.writing() as cursor:
            applicant = keep(cursor, filing)
            change = _filed_by(change, applicant)
            code = filing.pattern.format(number=take(cursor, filing.series))
            label = code if filing.sealed else change.case.applicant_label
            named = replace(change.case, code=code, tracking=change.case.tracking.format(code=code), applicant_label=label)
            case = chained(named, change.entry)
            found = cursor.row(_OPEN, (*rows.case_values(case, rows.CASE[1:]), filing.key, case.places.authority))
            assert found is not None    # INSERT … RETURNING always answers
            case = replace(case, id=int(found[0]))
            exchange.refer(cursor, case.id, filing.reference)
            link(cursor, case.id, filing.parent)
            phone = str(filing.facts.get("phone") or "")
            keep_words(cursor, case.id, filing.finders, words_of_case(case.code, case.applicant_label, filing.id_number, phone))
            self._write(cursor, case, change)
            return case

    def apply(self, change: Change) -> Case:
        """The case after the act; CaseMoved where another act came first and nothing was written."""
        case = chained(change.case, change.entry)
        # what the act left alone is not written again, and no index over it is touched
        columns = tuple(name for name in rows.CASE if getattr(case, name) is not getattr(change.before, name))
        changed = (*rows.case_values(case, columns), case.id, change.before.version)
        with self._database.writing() as cursor:
            if not cursor.run(_update(columns), changed):
                raise CaseMoved(case=case.code)
            if case.places != change.before.places:    # never in a step: the register moved the case to another unit
                cursor.run("UPDATE cases SET authority = ? WHERE id = ?", (case.places.authority, case.id))
                move_words(cursor, case)
            self._write(cursor, case, change)
            return case

    def _write(self, cursor: Cursor, case: Case, change: Change) -> None:
        case_id = case.id
        _write_tasks(cursor, case_id, change)
        cursor.run(_ENTRY, rows.entry_values(case_id, change.entry, case.audit_hash))
        cursor.run_many(_CLEAR, [(case_id, alarm) for alarm in change.alarms_cleared])
        cursor.run_many(_ALARM, [_alarm(case_id, row) for row in change.alarms_set])
        self._write_papers(cursor, case_id, change)
        cursor.run_many(_NOTICE, [_notice(case_id, row) for row in change.notices])
        jobs.cancel(cursor, case_id, change.jobs_dropped)
        jobs.enqueue(cursor, case_id, change.jobs)
        cursor.run_many(_INCIDENT, [incident_values(case_id, row) for row in change.incidents])
        if change.moved is not None:
            remember(cursor, change.moved)
        cursor.run_many(_CLOSE, [(stamp(change.entry.at), case_id, *row) for row in change.incidents_closed])
        exchange.write(cursor, case_id, change)
        self._enter(cursor, case_id, change)
        payments.end(cursor, change.payments, case.code)
        desk_notes.write(cursor, change.notes, change.delegated, [(case_id, task) for task in change.given_back])

    def _enter(self, cursor: Cursor, case_id: int, change: Change) -> None:
        """Writes into the books of plugins; FormRefused with what the entry says where a constraint does not take it."""
        for writing in change.entered:
            try:
                cursor.run_many(writing.sql, writing.rows_of(case_id))
            except Exception as error:
                if not self._database.is_duplicate(error):
                    raise
                raise FormRefused(count=1, objections=(writing.refused,), typed=change.entry.value) from error

    def _write_papers(self, cursor: Cursor, case_id: int, change: Change) -> None:
        numbered = [(row, _number(cursor, row, change.series.get(row.document))) for row in change.documents]
        cursor.run_many(_DOCUMENT, [rows.document_values(case_id, row, number) for row, number in numbered])
        together = [(case_id, row.document, row.facts["joint"]) for row, _ in numbered if "joint" in row.facts]
        cursor.run_many(_JOINT, together)
        cursor.run_many(
            _SEALED, [(case_id, row.reference, row.role, self._seal.close(row.value)) for row in change.sealed]
        )


def _filed_by(change: Change, applicant: Applicant) -> Change:
    """The change with the applicant's number; one without an account is called by it wherever a person is named."""
    case = replace(change.case, applicant_id=applicant.id)
    if case.applicant_person != NEW_APPLICANT:
        return replace(change, case=case)
    person = applicant.person or f"applicant:{applicant.id}"

    def named(who: str | None) -> str | None:
        return person if who == NEW_APPLICANT else who

    return replace(
        change,
        case=replace(case, applicant_person=person),
        tasks_opened=tuple(
            replace(task, person=named(task.person), excluded=frozenset(filter(None, map(named, task.excluded))))
            for task in change.tasks_opened
        ),
        notices=tuple(replace(notice, person=named(notice.person)) for notice in change.notices),
        entry=replace(change.entry, by=named(change.entry.by) or ""),
        documents=tuple(replace(paper, by=named(paper.by) or "") for paper in change.documents),
    )


def chained(case: Case, entry: Entry) -> Case:
    """The case that remembers the entry's place in its audit chain, the chain's head from now on."""
    head = audit.chained(case.audit_hash, rows.audited(case.code, entry))
    return replace(case, audit_seq=entry.seq, audit_hash=head)


def _write_tasks(cursor: Cursor, case_id: int, change: Change) -> None:
    entry = change.entry
    # opened before closed: a case may be opened with its first task already done
    opened = [rows.task_values(case_id, row) for row in change.tasks_opened]
    closed = [rows.task_ended(case_id, task, status, entry.at, entry.by) for task, status in change.tasks_closed]
    cursor.run_many(_TASK, [*opened, *closed])
    cursor.run_many(_HOLD, [(person, case_id, task) for task, person in change.tasks_held])
    cursor.run_many(_FOLLOW, [_follow(case_id, row) for row in change.tasks_followed])


def _follow(case_id: int, task: Task) -> tuple[Any, ...]:
    values = dict(zip(rows.TASK, rows.task_values(case_id, task), strict=True))
    return (*(values[name] for name in _FOLLOWED), case_id, task.task)


def _number(cursor: Cursor, document: Document, series: str | None) -> str:
    return document.number if series is None else document.number.format(number=take(cursor, series))


def _alarm(case_id: int, row: AlarmRow) -> tuple[Any, ...]:
    return case_id, row.alarm, row.node, stamp(row.fire_at)


def _notice(case_id: int, row: Notice) -> tuple[Any, ...]:
    return case_id, row.seq, row.notice, row.person, row.role, row.unit, stamp(row.at), dumps(dict(row.facts)), row.address


def incident_values(case_id: int, row: Incident) -> tuple[Any, ...]:
    """The values of an incident, as they are inserted."""
    return case_id, row.seq, row.place, row.code, row.node, dumps(dict(row.facts)), stamp(row.at)
