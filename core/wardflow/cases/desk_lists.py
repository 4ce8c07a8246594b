"""Which list of tasks is asked for, what it is narrowed to, and how its page goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wardflow.cases.records import Case, Task

Key = tuple[str, str, int, str]
"""Where a page ends: group, due date, case, task."""
FIRST: Key = ("", "", 0, "")
PAUSED, UNDATED = "9998", "9999"
"""Stand for the due date of what is paused and of what has none: after everything else."""


@dataclass(frozen=True, slots=True)
class Heap:
    """The tasks a list is about: those of a person, of (unit, role) queues, watched or done by a person."""

    view: str
    person: str = ""
    queues: tuple[tuple[str, str], ...] = ()
    since: datetime | None = None
    hidden_for: tuple[str, ...] = ()
    """the reader and their units: a case kept from any of them is in no list and no count"""


@dataclass(frozen=True, slots=True)
class Narrow:
    """What a list is narrowed to; what is empty narrows nothing."""

    dues: tuple[str, str] | None = None
    """from the first stored instant up to before the second"""
    undated: bool = False
    """what has no due date is meant too"""
    procedure: str = ""
    step: str = ""
    commune: str = ""
    words: tuple[str, ...] = ()
    """beginnings of words of the case: its code, its applicant's name, telephone or number"""
    units: tuple[str, ...] = ()
    """the units whose cases the reader may look for"""
    procedures: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    """procedures and steps whose name holds what was typed"""

    @property
    def typed(self) -> bool:
        """Whether something was typed into the search field."""
        return bool(self.words or self.procedures or self.steps)

    @property
    def plain(self) -> bool:
        """Whether the task alone says if it belongs to the list."""
        return not (self.procedure or self.step or self.commune or self.typed)


@dataclass(frozen=True, slots=True)
class Line:
    """One task of a list with the key that its page is continued by."""

    key: Key
    task: Task
    case: Case


@dataclass(frozen=True, slots=True)
class Facet:
    """How many tasks of a list there are of one procedure, step and commune."""

    procedure: str
    step: str
    commune: str
    count: int
