"""What cases and other systems hand one another, as plain values: work, messages, listeners, accounts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from itertools import combinations
from typing import Any

import orjson

from wardflow.domain.people import Actor

WIDEST = 6
"""Keys of a message that receivers are looked up by; one that carries more is compared by all of them at once or by none."""
ANYBODY = ""
"""The hash of no keys."""
LINKED, PARENT, CHILD, CHILDREN = "linked", "parent", "child", "children"
"""The key by which a case speaks to the case that opened it, to one that it opened, or to all of these: `wf:keys="= {linked: &quot;parent&quot;}"`."""
BEGINS = "procedure"
"""The key of a signal that is to begin a case of that procedure; one such row for each procedure that it begins."""
OWN = 0
"""Stands for the case of the act, which has no number yet while it is being opened."""


@dataclass(frozen=True, slots=True)
class ServiceAccount:
    """The account of another system: what it may touch, and the unit where what it hands in is received."""

    name: str
    unit: str
    grants: frozenset[str]
    created_at: datetime
    expires_at: datetime | None = None

    @property
    def actor(self) -> Actor:
        """Who acts when it calls."""
        return Actor(f"service:{self.name}", self.name, (), self.grants)


@dataclass(frozen=True, slots=True)
class ExternalTask:
    """A step of a case that a worker of another system does; `free_at` is when it may be fetched, or its lock ends."""

    case_id: int
    task: str
    topic: str
    node: str
    inputs: Mapping[str, Any]
    priority: int
    created_at: datetime
    free_at: datetime
    worker: str | None = None
    account: str | None = None
    retries: int | None = None
    error: str | None = None
    details: str | None = None

    @property
    def id(self) -> str:
        """What names it outside."""
        return f"{self.case_id}-{self.task}"


@dataclass(frozen=True, slots=True)
class FailedWork:
    """Work its worker gave up for good, with what it said of the cause; kept for whoever looks at the incident."""

    task: str
    worker: str
    error: str | None
    details: str | None


@dataclass(frozen=True, slots=True)
class Fetched:
    """An external task with what its worker is told about the case."""

    task: ExternalTask
    code: str
    reference: str | None
    process: str
    procedure: str
    pack: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a worker asks for of one topic; empty is any. `values` must be among the inputs of the work."""

    topic: str
    lock_until: datetime
    reference: str = ""
    processes: frozenset[str] = frozenset()
    packs: frozenset[str] = frozenset()
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Order:
    """In which order free work is handed out: by priority, larger ones first, then by age."""

    by_priority: bool = False
    newest_first: bool = False


@dataclass(frozen=True, slots=True)
class Running:
    """Which running cases another system asks for; None and nothing are any. `reference` is a code, or what it calls the case itself."""

    procedures: frozenset[str] | None = None
    processes: frozenset[str] = frozenset()
    packs: frozenset[str] = frozenset()
    reference: str = ""
    ids: frozenset[int] = frozenset()


class MessageState(StrEnum):
    """How far a message is: nobody has looked for its receiver, it waits for one, it was delivered, its time is over, a person gave it up."""

    NEW = "new"
    WAITING = "waiting"
    DELIVERED = "delivered"
    EXPIRED = "expired"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class Message:
    """A message or a signal on its way; what it says is forgotten once it is delivered or discarded, and some time after it was over."""

    id: str
    kind: str
    name: str
    keys: Mapping[str, Any]
    value: Mapping[str, Any]
    sender: str
    at: datetime
    expires_at: datetime
    state: MessageState = MessageState.NEW
    target: int | None = None
    """the one case it is for"""
    source: int | None = None
    """the case that threw it"""
    case_id: int | None = None
    """the case that received it"""
    sent_once: str | None = None
    """the sender's idempotency key, hashed together with the sender"""
    told: str = ""
    """what its sender was told of its state, so that a repeated call hears the same"""


@dataclass(frozen=True, slots=True)
class Settled:
    """What a person did about a message that found no receiver."""

    message: str
    name: str
    act: str
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Subscription:
    """One event of a case that waits for a message or a signal."""

    case_id: int
    listener: str
    kind: str
    name: str
    keys_hash: str
    node: str
    since: datetime


def beginnings(signal: Message, procedures: Iterable[str], given: Mapping[str, Any] | None = None) -> tuple[Message, ...]:
    """What is kept so that a signal begins one case of each procedure, exactly once, whatever becomes of the others."""
    return tuple(
        replace(
            signal, id=f"{signal.id}.p{place}", keys={BEGINS: code}, value={**(given or {}), **signal.value}, target=None,
            state=MessageState.NEW, sent_once=None, told="",
        )
        for place, code in enumerate(sorted(procedures))
    )


def keys_hash(keys: Mapping[str, Any]) -> str:
    """One short text for a set of keys with their values; empty for none."""
    if not keys:
        return ANYBODY
    plain = {name: _plain(value) for name, value in keys.items()}
    return hashlib.sha256(orjson.dumps(plain, option=orjson.OPT_SORT_KEYS, default=str)).hexdigest()


def _plain(value: Any) -> Any:
    """A number as it is compared: 7.0 is 7."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def fitting(keys: Mapping[str, Any]) -> Sequence[str]:
    """The hashes of everything a receiver may want of a message that carries these keys."""
    names = sorted(keys)
    if len(names) > WIDEST:
        return (ANYBODY, keys_hash(keys))
    chosen = (part for size in range(len(names) + 1) for part in combinations(names, size))
    return tuple(keys_hash({name: keys[name] for name in part}) for part in chosen)
