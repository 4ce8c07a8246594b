"""The parts an act works with, handed over by `app.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from wardflow.cases.library import Library
from wardflow.cases.ports import Blobs, Store, Timeliness
from wardflow.cases.snapshots import Snapshot, Snapshots
from wardflow.domain.people import Actor
from wardflow.domain.register import Register
from wardflow.offers import CaseCount
from wardflow.plugins import Plugins
from wardflow.settings import Settings
from wardflow.wording import Wording


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
    press: Callable[[str, Mapping[str, Any]], bytes]
    """makes the PDF of a paper from the name of its template and its data"""
    timeliness: Callable[[datetime], tuple[Timeliness, ...]]
    """how every deciding unit keeps its dates, at a moment"""
    counts: Callable[[Sequence[str]], tuple[CaseCount, ...]]
    """how many cases of some procedures stand where"""
    judge: Callable[[bytes], str]
    """says what kind of file some bytes are, or why it is refused"""
    send: Callable[[str, str, str, str], object]
    """writes to an address at once: a key, the address, a subject and a text"""
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

    def wording(self, language: str) -> Wording:
        """The sentences of a language, those of the plugins among them."""
        return Wording(language, self.plugins.translations(language), zone=self.settings.zone)

    def actor(self, person: str) -> Actor:
        """Who a person is, with what they hold today."""
        return self.snapshot().actor(person)
