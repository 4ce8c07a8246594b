"""The city's calendar as a unit, a field or a step changes it: a few rows laid over the common table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from wardflow.domain.calendar import Calendar
from wardflow.domain.days import Day, Span


@dataclass(frozen=True, slots=True)
class Layer:
    """What differs: weekdays with other hours, days with another row; a day without a row is again what its weekday is."""

    week: Mapping[int, tuple[Span, ...]] = field(default_factory=dict)
    days: Mapping[date, Day | None] = field(default_factory=dict)

    def over(self, calendar: Calendar) -> Calendar:
        """The calendar with this layer on top of it."""
        changed = {**calendar.days, **self.days}
        days = {day: row for day, row in changed.items() if row is not None}
        return Calendar(calendar.revision, calendar.zone, {**calendar.week, **self.week}, days)

    def to_json(self) -> dict[str, Any]:
        """The layer as JSON values."""
        return {
            "week": {str(day): [span.to_json() for span in spans] for day, spans in sorted(self.week.items())},
            "days": {day.isoformat(): None if row is None else row.to_json() for day, row in sorted(self.days.items())},
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Layer:
        """The layer that `to_json` wrote; what is missing changes nothing."""
        week = {int(day): tuple(map(Span.from_json, spans)) for day, spans in stored.get("week", {}).items()}
        rows = stored.get("days", {}).items()
        days = {date.fromisoformat(day): None if row is None else Day.from_json(row) for day, row in rows}
        return cls(week, days)


Row = Day | tuple[Span, ...] | None
"""What a layer says of one day (None: again what its weekday is), or the hours of one weekday."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose layer it is: a unit by its id, a field of work by its name, a step by its pack and id ("pack/step")."""

    kind: str
    name: str

    KINDS: ClassVar[tuple[str, ...]] = ("unit", "field", "step")


@dataclass(frozen=True, slots=True)
class Layers:
    """Every layer of a city: by unit, by field of work and by step; the closer to the work, the later it is laid."""

    units: Mapping[str, Layer] = field(default_factory=dict)
    fields: Mapping[str, Layer] = field(default_factory=dict)
    steps: Mapping[str, Layer] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """True when anything differs from the city's calendar anywhere."""
        return bool(self.units or self.fields or self.steps)

    def of(self, scope: Scope) -> Layer:
        """The layer of one unit, field or step; an empty one where nothing differs."""
        group = {"unit": self.units, "field": self.fields, "step": self.steps}[scope.kind]
        return group.get(scope.name, Layer())

    def calendar(self, city: Calendar, line: Iterable[str] = (), *, subject: str = "", step: str = "") -> Calendar:
        """The calendar for a unit, given by its line from itself up to the top, and for a field and a step."""
        above = (self.units.get(unit) for unit in reversed(tuple(line)))
        for layer in (*above, self.fields.get(subject), self.steps.get(step)):
            city = city if layer is None else layer.over(city)
        return city

    def to_json(self) -> dict[str, Any]:
        """The layers as JSON values."""
        return {
            "units": {name: layer.to_json() for name, layer in sorted(self.units.items())},
            "fields": {name: layer.to_json() for name, layer in sorted(self.fields.items())},
            "steps": {name: layer.to_json() for name, layer in sorted(self.steps.items())},
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Layers:
        """The layers that `to_json` wrote."""
        groups = (stored.get(name, {}) for name in ("units", "fields", "steps"))
        return cls(*({name: Layer.from_json(layer) for name, layer in group.items()} for group in groups))
