"""What the desk is asked for, as the address of a page says it, and the bounds that sort due dates into groups."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from wardflow.cases.desk_lists import FIRST, PAUSED, UNDATED, Key
from wardflow.domain.calendar import Calendar
from wardflow.domain.standing import SOON

VIEWS = ("mine", "queue", "unit", "watched", "done")
SORTS = ("due", "procedure", "step", "commune")
STANDINGS = ("late", "today", "soon")
NAMES = ("view", "q", "standing", "procedure", "step", "commune", "sort")
"""What a kept filter keeps."""
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """One list of the desk: which view, what was typed, what it is narrowed to, how it is sorted, and where the page begins."""

    view: str = "mine"
    q: str = ""
    standing: str = ""
    procedure: str = ""
    step: str = ""
    commune: str = ""
    sort: str = "due"
    after: str = ""

    @classmethod
    def of(cls, said: Mapping[str, str]) -> Asked:
        """What an address asks for; what cannot be is as if it were not said."""
        found = {name: str(said.get(name, "")).strip()[:LONGEST] for name in (*NAMES, "after")}
        asked = cls(**found)
        return replace(
            asked,
            view=asked.view if asked.view in VIEWS else "mine",
            sort=asked.sort if asked.sort in SORTS else "due",
            standing=asked.standing if asked.standing in STANDINGS and asked.view != "done" else "",
        )

    def query(self) -> dict[str, str]:
        """What a link to this list says, its first page."""
        said = {name: getattr(self, name) for name in NAMES}
        return {name: text for name, text in said.items() if text and text != ("due" if name == "sort" else "")}

    @property
    def narrowed(self) -> bool:
        """Whether anything beside the view was chosen."""
        return bool(self.query().keys() - {"view"})

    @property
    def key(self) -> Key:
        """Where the page begins; the first page where nothing readable is said."""
        try:
            found = json.loads(base64.urlsafe_b64decode(self.after.encode() + b"==="))
            group, at, case_id, task = found
            return str(group), str(at), int(case_id), str(task)
        except (ValueError, TypeError, binascii.Error, OverflowError):
            return FIRST


def token(key: Key) -> str:
    """A key as an address carries it."""
    return base64.urlsafe_b64encode(json.dumps(key, separators=(",", ":")).encode()).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class Bounds:
    """The instants at which a due date becomes late, due today, near and early."""

    now: str
    tomorrow: str
    early: str

    @classmethod
    def at(cls, now: datetime, calendar: Calendar) -> Bounds:
        """The bounds of a moment by the city's calendar."""
        today = calendar.day_of(now)
        day = today
        while calendar.working_days_between(now, calendar.at(day + timedelta(days=1), time.min)) <= SOON:
            day += timedelta(days=1)
        return cls(*(_stored(each) for each in (now, calendar.at(today + timedelta(days=1), time.min), calendar.at(day + timedelta(days=1), time.min))))

    def of(self, standing: str) -> tuple[str, str] | None:
        """From which stored instant up to before which a due date stands so."""
        return {"late": ("", self.now), "today": (self.now, self.tomorrow), "soon": (self.tomorrow, self.early)}.get(standing)

    @property
    def edges(self) -> tuple[str, str, str]:
        """All of them, earliest first."""
        return self.now, self.tomorrow, self.early


def _stored(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


__all__ = ["NAMES", "PAUSED", "SORTS", "STANDINGS", "UNDATED", "VIEWS", "Asked", "Bounds", "token"]
