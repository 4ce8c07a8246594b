"""What the acts with other systems ask of the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from wardflow.cases.exchange import (
    ExternalTask,
    Fetched,
    Message,
    Order,
    Running,
    ServiceAccount,
    Settled,
    Subscription,
    Wanted,
)
from wardflow.cases.records import Case


class ServiceAccounts(Protocol):
    """The accounts of other systems."""

    def of_token(self, token: str, now: datetime) -> ServiceAccount | None:
        """The account a token belongs to; None for one that is unknown, revoked or expired."""


class ExternalTasks(Protocol):
    """Work handed to other systems."""

    def fetch(self, wanted: Wanted, worker: str, account: str, limit: int, now: datetime, order: Order) -> Sequence[Fetched]:
        """Free work of one topic, now locked for the worker, in that order."""

    def free(self, wanted: Wanted, limit: int, now: datetime, order: Order) -> Sequence[Fetched]:
        """The same without taking it."""

    def find(self, case_id: int, task: str) -> Fetched | None:
        """One piece of work."""

    def listed(self, topics: Iterable[str] | None, filters: Mapping[str, Any], now: datetime, first: int, most: int) -> Sequence[Fetched]:
        """Work of some topics (None: of all) that fits the filters, oldest first."""

    def hold(self, task: ExternalTask, changes: Mapping[str, Any]) -> bool:
        """Writes lock, retries and error of a piece of work; False when its lock changed hands meanwhile."""


class Instances(Protocol):
    """The running cases as other systems look for them."""

    def listed(self, wanted: Running, after: int, limit: int) -> Sequence[tuple[Case, str | None]]:
        """Those above a number, in order, each with what another system calls it."""

    def reference(self, case_id: int) -> str | None:
        """What another system calls a case."""


class Links(Protocol):
    """Which case was opened by which."""

    def kin(self, case_id: int) -> tuple[int | None, tuple[int, ...]]:
        """The case that opened this one, and the cases it opened, oldest first."""


class Unheard(Protocol):
    """Messages that wait for a receiver or found none in their time, and what people did about them."""

    def listed(self, limit: int) -> Sequence[Message]:
        """Those that nobody has received, the oldest first; what they say is left out."""

    def send_again(self, settled: Settled, expires_at: datetime) -> bool:
        """The message is as good as new until then; False when it was delivered or discarded meanwhile."""

    def discard(self, settled: Settled, forget_at: datetime) -> bool:
        """The message is given up and what it said forgotten; False when it was delivered or discarded meanwhile."""

    def settled(self, limit: int) -> Sequence[Settled]:
        """What people did, the newest first."""


class Messages(Protocol):
    """Messages on their way, and who listens."""

    def find(self, id: str) -> Message | None:
        """A message."""

    def sent_once(self, key: str) -> tuple[Message, str | None] | None:
        """The message an earlier call with the same key sent, and the code of the case it reached."""

    def keep(self, message: Message) -> None:
        """Keeps a message; a key that was used already is refused by the database."""

    def spread(self, signal: Message, begins: Sequence[Message] = ()) -> int:
        """Addresses a signal to every case that listens now, says how many those are, and keeps what it begins."""

    def receivers(self, message: Message, after: tuple[str, int] = ("", 0), limit: int = 50) -> Sequence[tuple[str, int]]:
        """The cases that may listen for a message, as (since, case), those that have listened longest first."""

    def fresh(self, limit: int) -> Sequence[str]:
        """Messages whose receiver nobody has looked for yet, oldest first."""

    def waits(self, id: str) -> None:
        """Nobody listens for the message now."""

    def over(self, id: str) -> None:
        """The message has done its work: others carry it on."""

    def newly_listening(self, limit: int) -> Sequence[Subscription]:
        """Listeners for which nobody has looked among the waiting messages yet."""

    def waiting_for(self, listener: Subscription, after: tuple[str, str] = ("", ""), limit: int = 50) -> Sequence[tuple[str, str]]:
        """Messages that may be for a listener, as (at, id), oldest first."""

    def looked(self, listeners: Sequence[Subscription]) -> None:
        """Somebody has looked among the waiting messages for these."""

    def expire(self, now: datetime, forget_at: datetime) -> int:
        """Ends what has waited too long, forgets what was ended long ago, and says how many ended."""

    def remembered(self) -> bool:
        """True when the listeners of every running case stand in the table."""

    def running(self, after: int, limit: int) -> Sequence[int]:
        """The numbers of running cases above one, in order."""

    def remember(self, case_id: int, version: int, rows: Sequence[Subscription]) -> bool:
        """Writes the listeners of a case; False when it has moved since that version."""

    def all_remembered(self) -> None:
        """Nothing is left to remember."""

    def is_duplicate(self, error: Exception) -> bool:
        """True for the complaint that an idempotency key stands already."""

    def case_of(self, reference: str) -> Sequence[int]:
        """The cases with a code, or a reference that another system gave them."""
