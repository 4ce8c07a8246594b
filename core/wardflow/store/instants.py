"""How instants and JSON stand in the tables: text that sorts as it reads."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import orjson


@lru_cache(maxsize=256)
def stamp(at: datetime) -> str:
    """The instant as stored: ISO text in UTC with milliseconds; an act writes its own moment into many rows."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")[:-len("+00:00")] + "Z"


def stamp_or_none(at: datetime | None) -> str | None:
    """The stored form of an instant that may be missing."""
    return None if at is None else stamp(at)


def moment(text: str) -> datetime:
    """The aware instant that `stamp` wrote."""
    return datetime.fromisoformat(text)


def moment_or_none(text: str | None) -> datetime | None:
    """The aware instant, or None where none is stored."""
    return None if text is None else moment(text)


def dumps(value: Any) -> str:
    """A value as JSON text."""
    return orjson.dumps(value).decode()


def loads(text: str | None) -> Any:
    """The value of JSON text; None where none is stored."""
    return None if text is None else orjson.loads(text)

