"""The leases a worker holds: renewed as long as it lives, so that a dead one's jobs are soon another's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Lock


class Leases:
    """What the threads of one worker hold just now."""

    def __init__(self) -> None:
        self._held: set[str] = set()
        self._lock = Lock()

    @contextmanager
    def kept(self, holds: Iterable[str]) -> Iterator[None]:
        """While these are worked on they are renewed; afterwards no more, whatever happened."""
        with self._lock:
            self._held.update(holds)
        try:
            yield
        finally:
            with self._lock:
                self._held.difference_update(holds)

    def renew(self, extend: Callable[[str], object]) -> int:
        """Extend each lease held now, and say how many there were."""
        with self._lock:
            held = sorted(self._held)
        for hold in held:
            extend(hold)
        return len(held)
