"""Takes the state of a case over to another version of its diagram; nothing moves and nothing is done again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from wardflow.domain.reasons import Reason
from wardflow.engine.definition import Definition, Node
from wardflow.engine.passage import PEOPLE, Passage
from wardflow.engine.state import Scope, Token
from wardflow.engine.stepper import gateways
from wardflow.engine.stepper.migrating_alarms import move_alarms, watchers
from wardflow.engine.stepper.migrating_names import (
    Blocked,
    moved_compensations,
    moved_joins,
    moved_marks,
    rename_answers,
    there,
    undone,
)
from wardflow.engine.stepper.run import SERVICES, Run
from wardflow.errors import MigrationBlocked

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Before:
    """Where everything stood in the source: a step renames tokens and scopes one after the other."""

    nodes: dict[int, Node]
    processes: dict[int, str]
    events: list[tuple[Token | Scope, tuple[str, ...]]]
    doomed: frozenset[str]

    @classmethod
    def of(cls, run: Run, source: Definition) -> Before:
        """The case as the source sees it."""
        state = run.state
        owners: list[Token | Scope] = [*state.tokens.values(), *state.scopes.values()]
        return cls(
            {token.id: source.nodes[token.node] for token in state.tokens.values()},
            {scope.id: scope.process for scope in state.scopes.values()},
            [(owner, watchers(run, source, owner)) for owner in owners],
            gateways.doomed(Run(source, state, run.now, run.host)),
        )


def migrate(run: Run, passage: Passage) -> None:
    """Rename everything the state holds; set and clear the alarms of events that came and went.

    `MigrationBlocked` says every reason why the case cannot go on by the target, and then the run is not to be kept.
    """
    state = run.state
    if state.end:
        return
    before = Before.of(run, passage.source)
    reasons = _each(state.scopes.values(), lambda scope: _move_scope(run, passage, before, scope))
    reasons += _each(state.tokens.values(), lambda token: _move_token(passage, before, token))
    reasons += _each([state], lambda _: moved_compensations(run, passage))
    if not reasons:
        reasons += _each(list(state.joins), lambda key: moved_joins(run, passage, key))
    if not reasons:
        reasons += _stuck(run, passage, before)
        reasons += _each(before.events, lambda watched: move_alarms(run, passage, *watched))
    if reasons:
        raise MigrationBlocked(count=len(reasons), reasons=tuple({repr(reason): reason for reason in reasons}.values()))
    moved_marks(run, passage)
    rename_answers(run, passage)


def _each(things: Iterable[T], move: Callable[[T], None]) -> list[Reason]:
    reasons = []
    for thing in things:
        try:
            move(thing)
        except Blocked as blocked:
            reasons.append(blocked.reason)
    return reasons


def _stuck(run: Run, passage: Passage, before: Before) -> list[Reason]:
    """Joins at which the case would wait for ever, or that would fire without an event, only because of the new version."""
    known = {passage.name(join) for join in before.doomed}
    waits = [Reason("migration.join-waits", {"step": join}) for join in sorted(gateways.doomed(run) - known)]
    late = gateways.late(run)
    return waits if late is None else [*waits, Reason("migration.join-changed", {"step": late[1].id})]


def _move_token(passage: Passage, before: Before, token: Token) -> None:
    old, new = before.nodes[token.id], there(passage, token.node)
    process = before.processes[token.scope]
    if not process.startswith("@") and passage.name(process) != new.scope:
        raise Blocked("place-changed", step=new.id)
    if token.kind != "stuck":
        _still(passage, token, old, new)
    token.extra = _extra(passage, token)
    token.node = new.id


def _still(passage: Passage, token: Token, old: Node, new: Node) -> None:
    """Nothing where the element the case is at is still the same work."""
    if old.kind != new.kind and not {old.kind, new.kind} <= PEOPLE:
        raise Blocked("kind-changed", step=new.id, before=old.kind, after=new.kind)
    if not passage.same_loop(old, new):
        raise Blocked("loop-changed", step=new.id)
    if token.kind in ("task", "many") and old.kind in SERVICES and not passage.same_service(old, new):
        asked = {"before": old.handler or old.decision, "after": new.handler or new.decision}
        raise Blocked("service-changed", step=new.id, **asked)


def _extra(passage: Passage, token: Token) -> Any:
    """What a token remembers, in the words of the target."""
    extra = token.extra
    if token.kind == "sub" and isinstance(extra, list):
        return [there(passage, id).id for id in extra]
    if token.kind == "undo":
        return [extra[0], [undone(passage, entry) for entry in extra[1]], extra[2]]
    if token.kind == "stuck" and extra[0] == "enter" and extra[1]:
        flow = passage.flow(passage.source.nodes[token.node], extra[1])
        if flow is None:
            raise Blocked("flow-removed", step=passage.name(token.node), flow=extra[1])
        return ["enter", flow]
    return extra


def _move_scope(run: Run, passage: Passage, before: Before, scope: Scope) -> None:
    if scope.process.startswith("@"):
        scope.process = "@" + there(passage, scope.process[1:]).id
        return
    name = passage.name(scope.process)
    if name not in passage.target.containers:
        raise Blocked("step-removed", step=name)
    if scope.owner:
        old = before.nodes[scope.owner]
        new = there(passage, old.id)
        if new.inner != name or new.isolated != old.isolated:
            raise Blocked("call-changed", step=new.id)
    scope.process = name
