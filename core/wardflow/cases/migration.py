"""Cases going over to another version of their pack, as plain values: the plan, what became of each case, how far it got."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from wardflow.cases.records import AlarmRow, Case, Incident, Task
from wardflow.domain.reasons import Reason
from wardflow.errors import WardflowError
from wardflow.packs.mapping import StepMapping


class MigrationFollowed(WardflowError):
    """An act has followed on case {case} since it moved; it keeps the new version."""


class NothingToUndo(WardflowError):
    """Case {case} did not move in migration {migration}, or came back already."""


class MigrationUnknown(WardflowError):
    """There is no migration {migration}."""


class Result(StrEnum):
    """What becomes of a case: it goes over, it keeps its version on purpose, it cannot go over, or it came back."""

    MOVES = "moves"
    STAYS = "stays"
    BLOCKED = "blocked"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the live cases of a pack are to go: the target's digest and number, and the mapping."""

    pack_id: str
    target: str
    version: int
    mapping: StepMapping

    @classmethod
    def kept(cls, pack_id: str, target: str, version: int, mapping: Mapping[str, Any]) -> Plan:
        """The plan as the store keeps it, its mapping as JSON values."""
        return cls(pack_id, target, version, StepMapping.from_json(mapping))


@dataclass(frozen=True, slots=True)
class Standing:
    """A live case with what hangs on it that a new version touches."""

    case: Case
    tasks: tuple[Task, ...]
    """those that are open"""
    incidents: tuple[Incident, ...] = ()
    """those nobody has closed"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case, or would: with each reason where it stays or is blocked, and the steps it is at."""

    case_id: int
    code: str
    version: int
    """the number of the version it comes from"""
    result: Result
    reasons: tuple[Reason, ...]
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Before:
    """What of a case is put back when its migration is undone."""

    pack: str
    state: bytes
    doers: Mapping[str, str]
    tasks: tuple[Task, ...]
    alarms: tuple[AlarmRow, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """One row about one case of one migration; `version` is the case's after the act, `before` only where it moved."""

    case_id: int
    migration: int
    result: Result
    reasons: tuple[Reason, ...]
    at: datetime
    version: int = 0
    before: Before | None = None


@dataclass(frozen=True, slots=True)
class Migration:
    """One migration: a plan somebody began, and when it came to its end."""

    id: int
    plan: Plan
    begun_at: datetime
    begun_by: str
    ended_at: datetime | None


class Migrations(Protocol):
    """Migrations and what became of each case in them."""

    def begin(self, plan: Plan, at: datetime, by: str) -> Migration:
        """A new migration, with its number."""

    def all(self, pack_id: str) -> Sequence[Migration]:
        """Those of a pack, newest first."""

    def one(self, id: int) -> Migration:
        """The migration with a number."""

    def end(self, id: int, at: datetime) -> None:
        """Remembers that every case had its turn."""

    def standing(self, plan: Plan, after: int, limit: int, migration: int = 0) -> Sequence[Standing]:
        """The next live cases of other versions, by number, without those that had their turn in a migration."""

    def count(self, plan: Plan) -> int:
        """How many live cases run by other versions."""

    def note(self, row: Moved) -> None:
        """Remembers a case that was not moved."""

    def of_case(self, case_id: int, migration: int) -> Moved | None:
        """What became of a case in a migration."""

    def counts(self, migration: int) -> Mapping[Result, int]:
        """How many cases had which result."""

    def rows(self, migration: int, result: Result, after: int, limit: int) -> Sequence[tuple[Moved, str]]:
        """The next cases with a result, by number, each with its code."""


def facts(plan: Plan) -> dict[str, Any]:
    """What the timeline remembers of a plan."""
    return {"to": plan.version, "renamed": dict(plan.mapping.steps)} if plan.mapping.steps else {"to": plan.version}
