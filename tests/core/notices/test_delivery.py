"""What waits to be sent is sent once, and one that fails holds up no other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from wardflow.jobs import Backoff
from wardflow.notices import Delivery, Message

NOW = datetime(2026, 9, 4, tzinfo=UTC)
ONE, TWO = Message("1:1", "a@example.vn", "Một", "Một"), Message("2:1", "b@example.vn", "Hai", "Hai")


class Carrier:
    """A channel that fails for one address as long as it is told to."""

    def __init__(self) -> None:
        self.carried: list[str] = []
        self.closed_to = ""

    def send(self, message: Message) -> None:
        if message.to == self.closed_to:
            raise ConnectionError("closed")
        self.carried.append(message.key)


def test_a_message_that_fails_waits_longer_each_time_and_holds_up_no_other() -> None:
    carrier, sent = Carrier(), list[str]()
    delivery = Delivery(carrier, lambda key, _: sent.append(key), Backoff(first=timedelta(minutes=1), chance=lambda: 0.5))
    carrier.closed_to = ONE.to
    assert delivery.deliver([ONE, TWO], NOW) == 1
    assert sent == ["2:1"]
    carrier.closed_to = ""
    assert delivery.deliver([ONE], NOW + timedelta(seconds=30)) == 0
    assert delivery.deliver([ONE], NOW + timedelta(minutes=2)) == 1
    assert sent == ["2:1", "1:1"]
