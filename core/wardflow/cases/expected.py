"""What the engine's state says must stand in the tables: open tasks, alarms, stopped steps, the business state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from wardflow.engine import Definition, peek
from wardflow.engine.state import load

SHORTEST = 0.002
"""Seconds that an alarm's row, which is kept in milliseconds, may differ from the state."""
FOR_PEOPLE = frozenset(("userTask", "manualTask"))


@dataclass(frozen=True, slots=True)
class Expected:
    """The projections of a state, made anew."""

    tasks: Mapping[str, str]
    """open task → its node"""
    alarms: Mapping[str, tuple[str, datetime]]
    """alarm → its node and the moment it fires"""
    work: Mapping[str, str]
    """task of another system → its node"""
    stopped: frozenset[str]
    """the incidents at which steps wait"""
    business_state: str
    ended: bool


def expected(definition: Definition, state: bytes) -> Expected:
    """What must stand for a state; KeyError or StateUnreadable when it is not one of this diagram."""
    held, view = load(state), peek(state)
    tasks = {task: node for node, task in view.tokens if task and definition.node(node).kind in FOR_PEOPLE}
    alarms = {f"a{alarm.id}": (alarm.node, moment_of(alarm.at)) for alarm in held.alarms.values()}
    stopped = frozenset(f"i{token.id}" for token in held.tokens.values() if token.kind == "stuck")
    work = {task: node for node, task in view.tokens if task and "topic" in definition.node(node).attributes}
    return Expected(tasks, alarms, work, stopped, held.business, view.ended)


def moment_of(at: float) -> datetime:
    """The instant that the state of an alarm says in seconds."""
    return datetime.fromtimestamp(at, UTC)


def same_moment(one: datetime, other: datetime) -> bool:
    """True for two instants that are one to the millisecond."""
    return abs((one - other).total_seconds()) < SHORTEST
