"""A case tried on another version of its pack, in memory: what an act would write, or why the case does not go over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from wardflow.cases.commit import changes
from wardflow.cases.exchange import Subscription
from wardflow.cases.expected import moment_of
from wardflow.cases.library import Matter
from wardflow.cases.migration import Before, Outcome, Plan, Result, Standing, facts
from wardflow.cases.platform import Platform
from wardflow.cases.projections import listening
from wardflow.cases.projections import tasks as task_rows
from wardflow.cases.records import AlarmRow, Case, Change, Task
from wardflow.cases.situation import Happening, Situation
from wardflow.cases.snapshots import Snapshot
from wardflow.cases.stepping import host, step_on
from wardflow.domain.people import Actor
from wardflow.domain.reasons import Reason
from wardflow.engine import Migrated, MigrationBlocked, Passage, peek
from wardflow.engine.state import load
from wardflow.errors import WardflowError

NOBODY_FOUND = "routing.nobody"


@dataclass(frozen=True, slots=True)
class Trial:
    """What would become of a case, with what the act would write where it moves."""

    outcome: Outcome
    change: Change | None = None
    before: Before | None = None


@dataclass(slots=True)
class Trials:
    """Tries cases of one plan one after the other; what two versions have in common is compared once."""

    platform: Platform
    actor: Actor
    plan: Plan
    _passages: dict[tuple[str, str], Passage] = field(default_factory=dict)

    def tried(self, standing: Standing) -> Trial:
        """The case on the target; a case that cannot even be read is blocked with that reason."""
        case = standing.case
        try:
            if (why := self._stays(standing)) is not None:
                return Trial(self._outcome(standing, Result.STAYS, (why,)))
            change = self._moved(standing, self.platform.snapshot())
        except MigrationBlocked as blocked:
            return Trial(self._outcome(standing, Result.BLOCKED, blocked.reasons))
        except (WardflowError, KeyError) as wrong:
            said = str(wrong) if isinstance(wrong, WardflowError) else type(wrong).__name__
            return Trial(self._outcome(standing, Result.BLOCKED, (Reason("migration.unreadable", {"why": said}),)))
        before = Before(case.pack, case.state, case.doers, standing.tasks, alarms_of(case.state))
        return Trial(self._outcome(standing, Result.MOVES, ()), change, before)

    def _stays(self, standing: Standing) -> Reason | None:
        case, plan = standing.case, self.plan
        if case.pack == plan.target:
            return Reason("migration.there-already", {"version": plan.version})
        at = self._elements(case)
        held = sorted(plan.mapping.stay & set(at))
        return Reason("migration.stays-at", {"step": held[0]}) if held else None

    def _elements(self, case: Case) -> tuple[str, ...]:
        nodes = self.platform.library.matter_of(case).definition.nodes
        return tuple(dict.fromkeys(nodes[node].element for node, _ in peek(case.state).tokens))

    def _outcome(self, standing: Standing, result: Result, reasons: tuple[Reason, ...]) -> Outcome:
        case = standing.case
        try:
            steps, version = self._elements(case), self.platform.library.version(case.pack)
        except (WardflowError, KeyError):
            steps, version = (), 0    # a case that cannot be read is listed with its reason all the same
        return Outcome(case.id, case.code, version, result, reasons, steps)

    def _moved(self, standing: Standing, snapshot: Snapshot) -> Change:
        platform, case, plan = self.platform, standing.case, self.plan
        old = platform.library.matter_of(case)
        new = platform.library.matter_of(replace(case, pack=plan.target))
        passage = self._passage(old, new)
        step = step_on(platform, new, snapshot, case, Migrated(passage))
        case = replace(case, doers=_renamed(passage, case.doers))
        came = {"from": platform.library.version(case.pack), **facts(plan)}
        still = replace(case, state=step.state)    # what listens is held against the version it began with, below
        change = changes(platform, still, step, Happening("migrated", "", came), self.actor, new, snapshot)
        begun, ended = listening_between(platform, snapshot, replace(case, state=standing.case.state), old, change.case, new)
        situation = Situation(new.pack, new.procedure, new.definition, snapshot, platform.now(), self.actor, step.data)
        followed = tuple(
            task_rows.followed(change.case, task, passage.source.nodes[task.node], passage.target.nodes[passage.name(task.node)], situation)
            for task in standing.tasks
        )
        if reasons := [*_missing(platform, case, old, new), *_of_tasks(standing, followed, old, new), *_of_incidents(standing, passage), *_of_work(standing, passage)]:
            raise MigrationBlocked(count=len(reasons), reasons=tuple(reasons))
        return replace(
            change, before=standing.case, case=replace(change.case, pack=plan.target), tasks_followed=followed, listening=begun,
            listened=ended,
        )

    def _passage(self, old: Matter, new: Matter) -> Passage:
        key = old.definition.digest, new.definition.digest
        if key not in self._passages:
            mapping = self.plan.mapping
            self._passages[key] = Passage(old.definition, new.definition, mapping.steps, mapping.events)
        return self._passages[key]


def alarms_of(state: bytes) -> tuple[AlarmRow, ...]:
    """The alarms that a state says are set."""
    return tuple(AlarmRow(f"a{alarm.id}", alarm.node, moment_of(alarm.at)) for alarm in load(state).alarms.values())


def _renamed(passage: Passage, doers: Mapping[str, str]) -> dict[str, str]:
    """Who did which step last, by the names of the target, so that four eyes stay four."""
    return {passage.name(node): person for node, person in doers.items()}


def _missing(platform: Platform, case: Case, old: Matter, new: Matter) -> Iterator[Reason]:
    """Words of the case that the new pack no longer knows: its state, a paper it has, a notice it was sent."""
    if case.business_state and case.business_state not in new.pack.states:
        yield Reason("migration.state-removed", {"state": case.business_state})
    if gone := old.pack.slips.keys() - new.pack.slips.keys():
        for paper in platform.store.papers.documents(case.id):
            if paper.kind == "slip" and (slip := str(paper.facts.get("slip", paper.name))) in gone:
                yield Reason("migration.slip-removed", {"slip": slip})
    if lost := old.pack.notices.keys() - new.pack.notices.keys():
        for notice in {each.notice for each in platform.store.papers.notices(case.id)} & lost:
            yield Reason("migration.notice-removed", {"notice": notice})


def _of_tasks(standing: Standing, followed: tuple[Task, ...], old: Matter, new: Matter) -> Iterator[Reason]:
    """Open tasks that nobody could do any more, or whose new form has no place for what was typed."""
    for before, after in zip(standing.tasks, followed, strict=True):
        newly = {reason.code for reason in after.reasons} - {reason.code for reason in before.reasons}
        if NOBODY_FOUND in newly:
            yield Reason("migration.nobody", {"step": after.node, "role": after.role})
        form = new.definition.nodes[after.node].attributes.get("form", "")
        if form and form not in new.pack.forms:
            yield Reason("migration.form-missing", {"step": after.node, "form": form})
            continue
        asked = _fields(new.pack.forms.get(form, {}))
        known = _fields(old.pack.forms.get(old.definition.nodes[before.node].attributes.get("form", ""), {}))
        typed = before.draft if isinstance(before.draft, Mapping) else {}
        if lost := sorted(name for name, value in typed.items() if value not in (None, "", [], {}) and name in known - asked):
            yield Reason("migration.typed-lost", {"step": after.node, "fields": ", ".join(lost)})


def _of_work(standing: Standing, passage: Passage) -> Iterator[Reason]:
    """Work that another system has in hand under the name of a step that loses it."""
    for node, task in peek(standing.case.state).tokens:
        name = passage.name(node)
        if task and name != node and "topic" in passage.source.nodes[node].attributes:
            yield Reason("migration.service-changed", {"step": name, "before": node, "after": name})


def listening_between(
    platform: Platform, snapshot: Snapshot, was: Case, by: Matter, now: Case, then: Matter
) -> tuple[tuple[Subscription, ...], tuple[str, ...]]:
    """The listeners to write and the keys of those to remove when a case goes from one version to another."""
    moment = platform.now()
    before = listening.standing(was.id, by.pack, by.definition, was.state, moment, host(platform, by, snapshot))
    after = listening.standing(now.id, then.pack, then.definition, now.state, moment, host(platform, then, snapshot))
    same = {key for key, row in after.items() if key in before and replace(row, since=before[key].since) == before[key]}
    return tuple(row for key, row in after.items() if key not in same), tuple(key for key in before if key not in after)


def _of_incidents(standing: Standing, passage: Passage) -> Iterator[Reason]:
    """Incidents that call an element by a name it loses: they could not be tried again."""
    for incident in standing.incidents:
        key = str(incident.facts.get("incident", ""))
        names = [part for part in key[1:].split("|") if key[:1] in ("w", "j") and part in passage.source.nodes]
        for name in names:
            if passage.name(name) != name:
                yield Reason("migration.incident", {"step": name})


def _fields(schema: Any) -> frozenset[str]:
    """Every field that a form may ask for, wherever in its schema it stands."""
    if isinstance(schema, list):
        return frozenset().union(*map(_fields, schema)) if schema else frozenset()
    if not isinstance(schema, Mapping):
        return frozenset()
    own = schema.get("properties")
    found = frozenset(own) if isinstance(own, Mapping) else frozenset()
    return found.union(*(_fields(value) for value in schema.values()))
