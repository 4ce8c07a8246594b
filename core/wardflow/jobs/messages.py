"""Messages on their way: each handed to its receiver, one that fails waiting longer each time and holding up no other."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from wardflow.jobs.retry import Backoff, cause

log = logging.getLogger(__name__)

BATCH = 50


class MessageStore(Protocol):
    """Where messages are kept; many workers may deliver from the same one."""

    def fresh(self, limit: int) -> Sequence[str]:
        """Messages whose receiver nobody has looked for yet, oldest first."""

    def again(self, id: str) -> None:
        """Its receiver is looked for again."""


class Messages:
    """Delivers through the acts given.

    The act takes the message in its own transaction and does nothing when another worker was first, so a message may
    come late but never twice.
    """

    def __init__(
        self, store: MessageStore, deliver: Callable[[str], bool], seek: Callable[[Callable[[str], bool]], int], expire: Callable[[], int],
        backoff: Backoff | None = None,
    ) -> None:
        """`seek` looks for what waited longer, on behalf of cases that listen since; `expire` ends what waited too long."""
        self._store, self._deliver, self._seek, self._expire = store, deliver, seek, expire
        self._backoff = backoff or Backoff()
        self._failed: dict[str, tuple[int, datetime]] = {}

    def deliver_due(self, now: datetime) -> int:
        """Deliver what can be delivered and say how many messages were."""
        standing = self._store.fresh(BATCH + len(self._failed))
        self._failed = {id: seen for id, seen in self._failed.items() if id in standing}
        delivered = sum(self._delivered(id, now) for id in standing) + self._seek(lambda id: self._delivered(id, now))
        if ended := self._expire():
            log.warning("%s messages found no receiver in their time", ended)
        return delivered

    def _delivered(self, id: str, now: datetime) -> bool:
        if self._failed.get(id, (0, now))[1] > now:
            return False
        try:
            return self._deliver(id)
        except Exception as error:  # noqa: BLE001  # one bad message must not stop the others
            tries = self._failed.get(id, (0, now))[0] + 1
            self._failed[id] = tries, self._backoff.again(now, tries)
            self._store.again(id)
            log.error("message %s failed for the %s. time: %s", id, tries, cause(error))
            return False
