"""What a department may replace without Python: thresholds, decision tables, and the days of its field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wardflow.domain.days import Day


@dataclass(frozen=True, slots=True)
class Setting:
    """One threshold between two dates; `assumed` marks a value nobody has confirmed yet.

    `schema` is the JSON Schema a value must keep to; its `title` and `description` are what the settings page says.
    """

    key: str
    value: Any
    valid_from: date | None = None
    valid_to: date | None = None
    assumed: bool = False
    basis: str = ""
    schema: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """A DMN file that rules ask by its id; a department may put a file of its own in its place.

    `decision` is the name a rule's question is put to. A file put in its place must have a decision of that name.
    """

    id: str
    model: bytes
    decision: str
    basis: str = ""
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class FieldDay:
    """A day on which a field of work is closed or works otherwise than the city; a row the city itself wrote for the field counts more.

    `field` is the name that catalogue records have in `field`.
    """

    field: str
    on: date
    day: Day
    basis: str = ""
    assumed: bool = False
