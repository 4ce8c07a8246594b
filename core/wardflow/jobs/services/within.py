"""No service is waited for without end."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from wardflow.errors import ServiceTimedOut

Answer = TypeVar("Answer")


def within(seconds: float, name: str, work: Callable[[], Answer]) -> Answer:
    """What the work answers, or ServiceTimedOut; its thread may go on unheard, and its repeat carries the same key."""
    answers: list[Answer] = []
    failures: list[BaseException] = []

    def run() -> None:
        try:
            answers.append(work())
        except BaseException as failed:  # noqa: BLE001  # handed on to who waits
            failures.append(failed)

    thread = threading.Thread(target=run, name=f"service {name}", daemon=True)
    thread.start()
    thread.join(seconds)
    if failures:
        raise failures[0]
    if not answers:
        raise ServiceTimedOut(name=name, seconds=seconds)
    return answers[0]
