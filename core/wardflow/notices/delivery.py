"""Sends what waits to be sent: at least once, under a key that lets the receiver drop a repeat."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime

from wardflow.jobs.retry import Backoff, cause
from wardflow.notices.channels import Channel, Message

log = logging.getLogger(__name__)


class Delivery:
    """Hands messages to a channel; one that fails waits longer each time and holds up no other."""

    def __init__(self, channel: Channel, sent: Callable[[str, datetime], object], backoff: Backoff | None = None) -> None:
        """`sent` is told the key of each message that was passed on."""
        self._channel, self._sent, self._backoff = channel, sent, backoff or Backoff()
        self._failed: dict[str, tuple[int, datetime]] = {}

    def deliver(self, waiting: Iterable[Message], now: datetime) -> int:
        """Send what waits, and say how many messages were passed on."""
        return sum(self._pass_on(message, now) for message in waiting)

    def _pass_on(self, message: Message, now: datetime) -> bool:
        tries, again = self._failed.get(message.key, (0, now))
        if now < again:
            return False
        try:
            self._channel.send(message)
        except Exception as error:  # noqa: BLE001  # a mail server may fail in any way, and the worker goes on
            log.warning("message %s was not sent: %s", message.key, cause(error))
            self._failed[message.key] = tries + 1, now + self._backoff.wait(tries + 1)
            return False
        self._failed.pop(message.key, None)
        self._sent(message.key, now)
        return True
