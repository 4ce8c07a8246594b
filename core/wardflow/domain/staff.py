"""Who works where: people, the roles they hold, who is away, who must keep out, and who does it when nobody can."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can hold a role or be given a task."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Holding:
    """One person holds one role in one unit."""

    person: str
    role: str
    unit: str


@dataclass(frozen=True, slots=True)
class Absence:
    """A person is away from the first to the last day, both included, and somebody may stand in."""

    person: str
    first: date
    last: date
    substitute: str | None = None


@dataclass(frozen=True, slots=True)
class Interest:
    """A person has to do with an applicant, named by identity or tax number, and keeps out of their matters.

    `kind` says how, as a word of the topic `interest` (works-for, family, owns, advised); the last day is included.
    """

    person: str
    applicant: str
    kind: str
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, on: date) -> bool:
        """True on the days between; without a day it is not bounded on that side."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Fallback:
    """The unit that does a task needing this capability where nobody else can prove it; the owner keeps the matter.

    Without `role` it is asked for holders of the role that the task names.
    """

    needs: str
    unit: str
    role: str = ""
