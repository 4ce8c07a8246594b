"""The register and the calendar as every process holds them: immutable, read again when their revision moves."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

from wardflow.cases.ports import City
from wardflow.domain.calendar import Calendar, Span
from wardflow.domain.calendar_layers import Layer, Layers
from wardflow.domain.people import Actor
from wardflow.domain.register import Register
from wardflow.offers import FieldDay

KEPT = 4096
"""How much a process keeps of what it worked out from one revision."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The register and the calendar at one revision."""

    revision: int
    register: Register
    calendar: Calendar
    """the city's own; what a case or a task is counted by comes from `calendar_for`"""
    layers: Layers = field(default_factory=Layers)
    workload: Callable[[], Mapping[str, int]] = dict
    """how many open tasks each person had when it was last counted, with those given since"""
    _known: dict[tuple[str, str, str], Calendar] = field(default_factory=dict, init=False, repr=False, compare=False)
    _once: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, key: Any, make: Callable[[], T]) -> T:
        """What follows from the key and this revision alone, worked out once; `key` says what it is and of what."""
        found: T | None = self._once.get(key)
        if found is None:
            if len(self._once) >= KEPT:
                self._once.clear()
            found = self._once[key] = make()
        return found

    def calendar_for(self, unit: str, subject: str = "", step: str = "") -> Calendar:
        """The calendar by which a unit works in a field and at a step, worked out once; an empty word is no unit yet."""
        if not self.layers:
            return self.calendar
        key = unit, subject, step
        if key not in self._known:
            line = [above.id for above in self.register.up(unit)] if unit else []
            self._known[key] = self.layers.calendar(self.calendar, line, subject=subject, step=step)
        return self._known[key]

    def name_of(self, person: str) -> str:
        """A person's name; empty for an applicant, whom only the case knows."""
        return self.register.person(person).name if self.register.knows(person) else ""

    def actor(self, person: str) -> Actor:
        """Who a person is today, with everything they hold; an applicant holds nothing."""
        return Actor(person, self.name_of(person), self.register.holdings_of(person))


COUNTED_FOR = 60.0
"""Seconds for which a count of open tasks is good enough to share work out by."""


class Snapshots:
    """Keeps the newest snapshot; a reader that knows the revision asks no question at all."""

    def __init__(
        self, city: City, zone: ZoneInfo, week: Mapping[int, tuple[Span, ...]], days: Callable[[], Sequence[FieldDay]] = tuple
    ) -> None:
        """`days` are those that plugins bring for their fields."""
        self._city, self._zone, self._week, self._days = city, zone, week, days
        self._held: Snapshot | None = None
        self._counted, self._counts = float("-inf"), dict[str, int]()
        self._looking = threading.local()

    def current(self) -> Snapshot:
        """The snapshot of this moment, or of the moment at which this thread began to `look`."""
        looking = self._looking
        if not getattr(looking, "on", False):
            return self.at(self._city.revision())
        if looking.found is None:
            looking.found = self.at(self._city.revision())
        return cast(Snapshot, looking.found)

    def look(self) -> None:
        """From now on this thread only looks: the revision is asked for once, and all that is shown is of one register."""
        self._looking.on, self._looking.found = True, None

    def look_away(self) -> None:
        """Ends what `look` began."""
        self._looking.on, self._looking.found = False, None

    def line(self, unit: str) -> tuple[str, ...]:
        """A unit and those above it, nearest first, as this process knows them; nothing for a unit nobody knows."""
        register = self.held().register
        return tuple(above.id for above in register.up(unit)) if register.has(unit) else ()

    def held(self) -> Snapshot:
        """The snapshot this process works with; read from the database only before anything was."""
        return self._held or self.current()

    def known(self) -> int:
        """The revision this process works with; asked of the database only before anything was read."""
        return self.held().revision

    def at(self, revision: int) -> Snapshot:
        """The snapshot of a revision that was just read; a newer one when the register moved since."""
        held = self._held
        if held is None or held.revision < revision:
            register = self._city.register()
            calendar = Calendar(register.revision, self._zone, self._week, self._city.days())
            held = self._held = Snapshot(register.revision, register, calendar, _with_days(self._city.layers(), self._days()), self._workload)
        return held

    def given(self, people: Iterable[str | None]) -> None:
        """Remembers tasks that this process just gave to people, until they are counted again."""
        for person in people:
            if person in self._counts:
                self._counts[person] += 1
            elif person is not None:
                self._counts[person] = 1

    def _workload(self) -> Mapping[str, int]:
        now = time.monotonic()
        if now - self._counted > COUNTED_FOR:
            self._counted, self._counts = now, dict(self._city.workload())
        return self._counts


def _with_days(layers: Layers, days: Sequence[FieldDay]) -> Layers:
    """The layers with the days that plugins bring below what the city wrote for the same field."""
    if not days:
        return layers
    fields = dict(layers.fields)
    for each in days:
        over = fields.get(each.field, Layer())
        fields[each.field] = replace(over, days={each.on: each.day, **over.days})
    return replace(layers, fields=fields)
