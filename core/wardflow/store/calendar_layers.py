"""The calendars of units, fields and steps: rows laid over the city's, one a day or a weekday."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from wardflow.domain.calendar_layers import Layer, Layers, Row, Scope
from wardflow.domain.days import Day, Span
from wardflow.store.database import Cursor
from wardflow.store.instants import dumps, loads

_SET = (
    "INSERT INTO calendar_layer (kind, name, day, value) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (kind, name, day) DO UPDATE SET value = excluded.value"
)
_DROP = "DELETE FROM calendar_layer WHERE kind = ? AND name = ? AND day = ?"


def read_layers(cursor: Cursor) -> Layers:
    """Every layer as it stands."""
    found: dict[Scope, tuple[dict[int, tuple[Span, ...]], dict[date, Day | None]]] = {}
    for kind, name, day, value in cursor.rows("SELECT kind, name, day, value FROM calendar_layer ORDER BY kind, name, day"):
        week, days = found.setdefault(Scope(kind, name), ({}, {}))
        stored = loads(value)
        if day.isdecimal():
            week[int(day)] = tuple(map(Span.from_json, stored or ()))
        else:
            days[date.fromisoformat(day)] = None if stored is None else Day.from_json(stored)
    layers = {scope: Layer(*rows) for scope, rows in found.items()}
    return Layers(*({scope.name: layer for scope, layer in layers.items() if scope.kind == kind} for kind in Scope.KINDS))


def set_row(cursor: Cursor, scope: Scope, at: date | int, row: Row) -> None:
    """Writes one row: a day with its exception, or a weekday with its hours."""
    cursor.run(_SET, (scope.kind, scope.name, _key(at), dumps(_value(row))))


def drop_row(cursor: Cursor, scope: Scope, at: date | int) -> None:
    """Takes a row away; the day is then what it is without this layer."""
    cursor.run(_DROP, (scope.kind, scope.name, _key(at)))


def _key(at: date | int) -> str:
    return str(at) if isinstance(at, int) else at.isoformat()


def _value(row: Row) -> Mapping[str, Any] | list[list[str]] | None:
    if row is None or isinstance(row, Day):
        return None if row is None else row.to_json()
    return [span.to_json() for span in row]
