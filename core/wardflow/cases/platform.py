"""The parts an act works with, handed over by `app.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from wardflow.cases.library import Library
from wardflow.cases.ports import Blobs, Store
from wardflow.cases.snapshots import Snapshot, Snapshots
from wardflow.domain.people import Actor
from wardflow.domain.register import Register
from wardflow.plugins import Plugins
from wardflow.settings import Settings


def present() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Platform:
    """Everything an act or a page needs; `now` is the present moment, and the only way to ask for it."""

    settings: Settings
    store: Store
    plugins: Plugins
    blobs: Blobs
    library: Library
    snapshots: Snapshots
    now: Callable[[], datetime] = present

    def at(self, moment: datetime) -> Platform:
        """The same platform at another present: for scenarios, for the demo's history, and for tests."""
        return replace(self, now=lambda: moment)

    def snapshot(self) -> Snapshot:
        """The register and the calendar of this moment."""
        return self.snapshots.current()

    def register(self) -> Register:
        """The register of this moment."""
        return self.snapshot().register

    def actor(self, person: str) -> Actor:
        """Who a person is, with what they hold today."""
        return self.snapshot().actor(person)
