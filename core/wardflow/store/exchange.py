"""What an act writes of work for other systems, of messages and of listeners: part of the transaction of the case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from wardflow.cases.exchange import OWN, ExternalTask, Message, MessageState, Subscription, keys_hash
from wardflow.cases.records import Change
from wardflow.exchange_errors import MessageSpent, WorkGone
from wardflow.store.database import Cursor
from wardflow.store.instants import dumps, stamp

TASK = (
    "case_id", "task", "topic", "node", "inputs", "priority", "created_at", "free_at", "worker", "account", "retries", "error",
    "details",
)
MESSAGE = (
    "id", "kind", "name", "keys", "keys_hash", "width", "value", "target", "source", "sender", "at", "expires_at", "state",
    "case_id", "sent_once", "told",
)
SUBSCRIPTION = ("case_id", "listener", "kind", "name", "keys_hash", "node", "since", "fresh")
_REFERENCE = "INSERT INTO case_reference (case_id, reference) VALUES (?, ?)"


def _insert(table: str, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


# a step that is tried again hands out its work anew
_OPEN = _insert("external_task", TASK) + (
    " ON CONFLICT (case_id, task) DO UPDATE SET inputs = excluded.inputs, free_at = excluded.free_at, worker = NULL, "
    "account = NULL, retries = NULL, error = NULL, details = NULL"
)
_CLOSE = "DELETE FROM external_task WHERE case_id = ? AND task = ?"
_DONE = _CLOSE + " AND worker = ?"
_FAIL = (
    "UPDATE external_task SET worker = NULL, account = NULL, retries = 0, error = ?, details = ? "
    "WHERE case_id = ? AND task = ? AND worker = ?"
)
LISTEN = _insert("subscription", SUBSCRIPTION) + (
    " ON CONFLICT (case_id, listener) DO UPDATE SET keys_hash = excluded.keys_hash, since = excluded.since, fresh = excluded.fresh"
)
_UNHEAR = "DELETE FROM subscription WHERE case_id = ? AND listener = ?"
KEEP = _insert("message", MESSAGE)
SPREAD = (
    f"INSERT INTO message ({', '.join(MESSAGE)}) SELECT CAST(? AS TEXT) || ':' || CAST(s.case_id AS TEXT), 'signal', s.name, "
    "'{}', '', 0, CAST(? AS TEXT), s.case_id, CAST(? AS INTEGER), CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), "
    "'new', NULL, NULL, '' FROM (SELECT DISTINCT case_id, name FROM subscription "
    "WHERE kind = 'signal' AND name = ? AND case_id <> ?) s"
)
KINDS = ("work_opened", "work_closed", "work_done", "work_failed", "listening", "listened", "messages", "signals", "messages_taken")
"""what `write` writes of a change"""
TAKE = "UPDATE message SET state = 'delivered', value = NULL, case_id = ? WHERE id = ? AND state IN ('new', 'waiting')"


def refer(cursor: Cursor, case_id: int, reference: str) -> None:
    """Writes what another system calls a new case."""
    if reference:
        cursor.run(_REFERENCE, (case_id, reference))


def write(cursor: Cursor, written: Sequence[tuple[int, Change]]) -> None:
    """Nothing is run for cases that have nothing to do with other systems; WorkGone or MessageSpent undo everything."""
    for case_id, change in written:
        _end_work(cursor, case_id, change)
    cursor.run_many(_CLOSE, [(case_id, task) for case_id, change in written for task in change.work_closed])
    cursor.run_many(_OPEN, [_task(case_id, row) for case_id, change in written for row in change.work_opened])
    cursor.run_many(_UNHEAR, [(case_id, listener) for case_id, change in written for listener in sorted(change.listened)])
    cursor.run_many(LISTEN, [subscription_values(case_id, row) for case_id, change in written for row in change.listening])
    for case_id, change in written:
        for id in change.messages_taken:
            if not cursor.run(TAKE, (case_id, id)):
                raise MessageSpent(id=id)
    thrown = [(case_id, _thrown(row, case_id)) for case_id, change in written for row in change.messages]
    cursor.run_many(KEEP, [message_values(row, case_id) for case_id, row in thrown])
    for case_id, change in written:
        for signal in change.signals:
            cursor.run(SPREAD, spread_values(_thrown(signal, case_id), case_id))


def _end_work(cursor: Cursor, case_id: int, change: Change) -> None:
    for row in change.work_failed:
        if not cursor.run(_FAIL, (row.error, row.details, case_id, row.task, row.worker)):
            raise WorkGone(id=f"{case_id}-{row.task}")
    for task, worker in change.work_done:
        if not cursor.run(_DONE, (case_id, task, worker)):
            raise WorkGone(id=f"{case_id}-{task}")


def _thrown(row: Message, case_id: int) -> Message:
    """A message of the case itself, named after it."""
    return replace(row, id=row.id.format(case=case_id), source=case_id) if row.source == OWN else row


def message_values(row: Message, case_id: int | None = None, said: str = "") -> tuple[Any, ...]:
    """The values of a message in the order of MESSAGE; one that is delivered with the act keeps nothing of what it said."""
    delivered = row.state is MessageState.DELIVERED
    return (
        row.id, row.kind, row.name, dumps(dict(row.keys)), keys_hash(row.keys), len(row.keys),
        None if delivered else said or dumps(dict(row.value)), row.target, row.source, row.sender, stamp(row.at), stamp(row.expires_at),
        str(row.state), case_id if delivered else None, row.sent_once, row.told,
    )


def spread_values(signal: Message, source: int, said: str = "") -> tuple[Any, ...]:
    """The values that SPREAD takes; the case that raised the signal has heard it already."""
    return signal.id, said or dumps(dict(signal.value)), signal.source, signal.sender, stamp(signal.at), stamp(signal.expires_at), signal.name, source


def _task(case_id: int, row: ExternalTask) -> tuple[Any, ...]:
    return (
        case_id, row.task, row.topic, row.node, dumps(dict(row.inputs)), row.priority, stamp(row.created_at), stamp(row.free_at),
        None, None, row.retries, None, None,
    )


def subscription_values(case_id: int, row: Subscription) -> tuple[Any, ...]:
    """The values of a listener in the order of SUBSCRIPTION; for a signal nothing ever waits."""
    return case_id, row.listener, row.kind, row.name, row.keys_hash, row.node, stamp(row.since), row.kind == "message"
