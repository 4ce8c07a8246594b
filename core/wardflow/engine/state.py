"""The stored state of one running case: plain JSON with a format number, read and written whole.

Keys of format 1: f format, n last number given, d data, w business state, o outcome, x how it ended,
t tokens [id, node, scope, kind, extra], s scopes [id, process, owner, variables, flags],
j joins {scope|node: {flow: count}}, m alarms [id, at, token, scope, node, trigger, left, every],
k compensations {scope: [[node, inner]]}, c conditions that hold, g triggers of a parallel-multiple event heard so far.
What is empty is left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import orjson

from wardflow.errors import StateUnreadable

FORMAT = 1


@dataclass(slots=True)
class Token:
    """Something the case is at. Kinds: task, wait, start, sub, loop, many, undo, hold, stuck."""

    id: int
    node: str
    scope: int
    kind: str
    extra: Any = None


@dataclass(slots=True)
class Scope:
    """A running process, sub-process or instance of an activity (`process` is then "@" and the node)."""

    id: int
    process: str
    owner: int = 0
    vars: dict[str, Any] | None = None
    flags: int = 0


CLOSED, ISOLATED = 1, 2
"""Flags of a scope: an interrupting event sub-process took over; a called process that sees only its own variables."""


@dataclass(slots=True)
class Alarm:
    """A timer that is set, for a token or, with token 0, for an event sub-process of the scope."""

    id: int
    at: float
    token: int
    scope: int
    node: str
    trigger: int = 0
    left: int = 0
    every: str = ""


@dataclass(slots=True)
class State:
    """The whole of a running case, as one step sees it."""

    last: int = 0
    data: dict[str, Any] = field(default_factory=dict)
    business: str = ""
    outcome: str = ""
    end: str = ""
    tokens: dict[int, Token] = field(default_factory=dict)
    scopes: dict[int, Scope] = field(default_factory=dict)
    joins: dict[str, dict[str, int]] = field(default_factory=dict)
    alarms: dict[int, Alarm] = field(default_factory=dict)
    compensations: dict[int, list[Any]] = field(default_factory=dict)
    conditions: list[str] = field(default_factory=list)
    heard: dict[str, list[int]] = field(default_factory=dict)

    def number(self) -> int:
        """The next number; the same case gives the same numbers in every replay."""
        self.last += 1
        return self.last


def load(stored: bytes) -> State:
    """The state that `dump` wrote, whichever format it was written in."""
    try:
        raw = orjson.loads(stored)
        number = raw["f"]
    except (ValueError, TypeError, KeyError) as error:
        raise StateUnreadable(why="it is not a state of the engine") from error
    reader = READERS.get(number) if isinstance(number, int) else None
    if reader is None:
        raise StateUnreadable(why=f"format {number!r} is not known to this version")
    try:
        return reader(raw)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise StateUnreadable(why="parts of it are missing or damaged") from error


def _format_1(raw: dict[str, Any]) -> State:
    get = raw.get
    last, data = raw["n"], raw["d"]
    if not isinstance(last, int) or not isinstance(data, dict):
        raise TypeError
    tokens: dict[int, Token] = {}
    scopes: dict[int, Scope] = {}
    for row in get("s", ()):
        scopes[row[0]] = Scope(*row)
    for row in get("t", ()):
        token = tokens[row[0]] = Token(*row)
        if token.scope not in scopes:
            raise KeyError(token.scope)
    return State(
        last,
        data,
        get("w", ""),
        get("o", ""),
        get("x", ""),
        tokens,
        scopes,
        get("j") or {},
        {row[0]: Alarm(*row) for row in raw["m"]} if "m" in raw else {},
        {int(scope): kept for scope, kept in raw["k"].items()} if "k" in raw else {},
        get("c") or [],
        get("g") or {},
    )


READERS = {1: _format_1}
"""One reader for each format ever written; none is ever taken out."""


def dump(state: State) -> bytes:
    """The bytes to store; the same state gives the same bytes."""
    raw: dict[str, Any] = {"f": FORMAT, "n": state.last, "d": state.data}
    if state.business:
        raw["w"] = state.business
    if state.outcome:
        raw["o"] = state.outcome
    if state.end:
        raw["x"] = state.end
    if state.joins:
        raw["j"] = state.joins
    if state.conditions:
        raw["c"] = state.conditions
    if state.heard:
        raw["g"] = state.heard
    if state.tokens:
        raw["t"] = [
            [t.id, t.node, t.scope, t.kind] if t.extra is None else [t.id, t.node, t.scope, t.kind, t.extra]
            for t in state.tokens.values()
        ]
    if state.scopes:
        raw["s"] = [_scope_row(s) for s in state.scopes.values()]
    if state.alarms:
        raw["m"] = [_alarm_row(a) for a in state.alarms.values()]
    if state.compensations:
        raw["k"] = {str(scope): kept for scope, kept in state.compensations.items()}
    return orjson.dumps(raw, default=_number)


def _number(value: Any) -> Any:
    """Decimals that a host hands in become JSON numbers; anything else that is no JSON is a mistake of the caller."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"{type(value).__name__} cannot be kept in the data of a case")


def _scope_row(scope: Scope) -> list[Any]:
    if scope.flags or scope.vars is not None:
        return [scope.id, scope.process, scope.owner, scope.vars, scope.flags]
    return [scope.id, scope.process, scope.owner] if scope.owner else [scope.id, scope.process]


def _alarm_row(alarm: Alarm) -> list[Any]:
    row: list[Any] = [alarm.id, alarm.at, alarm.token, alarm.scope, alarm.node]
    return [*row, alarm.trigger, alarm.left, alarm.every] if alarm.trigger or alarm.every else row
