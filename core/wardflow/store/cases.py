"""Cases: loaded with one query, changed by one act in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from wardflow.cases.applicant_ports import Applicant
from wardflow.cases.ports import Filing, Loaded
from wardflow.cases.records import NEW_APPLICANT, Case, CaseStatus, Change, Entry
from wardflow.domain import audit
from wardflow.domain.words_of_case import words_of_case
from wardflow.errors import CaseMoved, CaseUnknown, FormRefused
from wardflow.store import exchange, payments, rows, spots
from wardflow.store.applicants import keep
from wardflow.store.canonical import canonical
from wardflow.store.changes import Written, insert, write
from wardflow.store.channels import keep_channel
from wardflow.store.database import Cursor, Database
from wardflow.store.finding import keep_words, move_words
from wardflow.store.links import link
from wardflow.store.numbering import take
from wardflow.store.sealed import Seal
from wardflow.store.unnaming import unnamed

_LOAD = (
    f"SELECT {', '.join('c.' + name for name in rows.CASE)}, {', '.join('t.' + name for name in rows.TASK)}, "
    "(SELECT number FROM revision WHERE name = 'register') "
    "FROM cases c LEFT JOIN task t ON t.case_id = c.id AND t.task = ? WHERE c.id = ?"
)


@cache
def _update(columns: tuple[str, ...]) -> str:
    return f"UPDATE cases SET {', '.join(name + ' = ?' for name in columns)} WHERE id = ? AND version = ?"


_OPEN = insert("cases", (*(name for name in rows.CASE if name != "id"), "opening_key", "authority")) + " RETURNING id"


REMEMBERED = 256
"""ended cases that rules asked for by their code, held in a process"""


class CaseStore:
    """The cases of one database."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database, self._seal = database, seal
        self._ended: dict[str, Case] = {}

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

    def named(self, code: str) -> Case | None:
        """The case with a code, in one query; None where there is none.

        One that has ended stands still, so it is remembered, and a rule that asks again costs the step no statement.
        """
        if (known := self._ended.get(code)) is not None:
            return known
        with self._database.reading() as cursor:
            found = cursor.row(f"SELECT {', '.join(rows.CASE)} FROM cases WHERE code = ?", (code,))
        case = None if found is None else rows.case(found)
        if case is not None and case.status is CaseStatus.ENDED:
            if len(self._ended) >= REMEMBERED:
                self._ended.clear()
            self._ended[code] = case
        return case

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
            keep_channel(cursor, case.id, filing)
            spots.keep(cursor, case, filing.spot)
            phone = str(filing.facts.get("phone") or "")
            keep_words(cursor, case.id, filing.finders, words_of_case(case.code, case.applicant_label, filing.id_number, phone))
            self._write(cursor, [(case, change)])
            return case

    def apply(self, change: Change) -> Case:
        """The case after the act; CaseMoved where another act came first and nothing was written."""
        case = chained(change.case, change.entry)
        columns, changed = _changed(case, change)
        with self._database.writing() as cursor:
            if not cursor.run(_update(columns), changed):
                raise CaseMoved(case=case.code)
            if case.places != change.before.places:    # never in a step: the register moved the case to another unit
                cursor.run("UPDATE cases SET authority = ? WHERE id = ?", (case.places.authority, case.id))
                move_words(cursor, case)
            link(cursor, case.id, change.follows)
            self._write(cursor, [(case, change)])
            return unnamed(cursor, case) if change.unnamed else case

    def apply_together(self, changes: Sequence[Change]) -> Collection[int]:
        """The cases written, each after an act of its own, in one transaction.

        Left out is a case that another act moved, or holds just now: nothing of it is written. None of the acts may
        number a paper, end work of another system or receive a message, which are for `apply`.
        """
        with self._database.writing() as cursor:
            free = free_cases(cursor, self._database, [change.case.id for change in changes])
            kept = [change for change in changes if free.get(change.case.id) == change.before.version]
            written = sorted(((chained(each.case, each.entry), each) for each in kept), key=lambda pair: pair[0].id)
            updates = defaultdict[tuple[str, ...], list[tuple[Any, ...]]](list)
            for case, change in written:
                columns, changed = _changed(case, change)
                updates[columns].append(changed)
            for columns, values in updates.items():
                cursor.run_many(_update(columns), values)
            self._write(cursor, written)
        return {case.id for case, _ in written}

    def _write(self, cursor: Cursor, written: Written) -> None:
        write(cursor, written, self._seal)
        for case, change in written:
            self._enter(cursor, case.id, change)
            payments.end(cursor, change.payments, case.code)

    def _enter(self, cursor: Cursor, case_id: int, change: Change) -> None:
        """Writes into the books of plugins; FormRefused with what the entry says where a constraint does not take it."""
        for writing in change.entered:
            try:
                cursor.run_many(writing.sql, writing.rows_of(case_id))
            except Exception as error:
                if not self._database.is_duplicate(error):
                    raise
                raise FormRefused(count=1, objections=(writing.refused,), typed=change.entry.value) from error


def free_cases(cursor: Cursor, database: Database, cases: Sequence[int]) -> dict[int, int]:
    """The versions of those cases that nobody else is writing, held until the end of the transaction."""
    sql = f"SELECT id, version FROM cases WHERE id IN ({', '.join('?' * len(cases))}) ORDER BY id"
    # who completes a step just now is not waited for; SQLite has one writer, and this is it
    sql += "" if database.is_sqlite else " FOR UPDATE SKIP LOCKED"
    return {int(row[0]): int(row[1]) for row in cursor.rows(sql, tuple(cases))} if cases else {}


def _changed(case: Case, change: Change) -> tuple[tuple[str, ...], tuple[Any, ...]]:
    """What the act left alone is not written again, and no index over it is touched."""
    now, before = vars(case), vars(change.before)
    columns = tuple([name for name in rows.CASE if now[name] is not before[name]])
    return columns, (*rows.case_values(case, columns), case.id, change.before.version)


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
    head = audit.linked(case.audit_hash, canonical(rows.audited(case.code, entry)))
    return case.but(audit_seq=entry.seq, audit_hash=head)
