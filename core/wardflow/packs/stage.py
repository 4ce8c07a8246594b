"""A case on a rehearsal stage: moved by the pure engine, with its tasks, its alarms and its legal clock, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from wardflow.domain.legal_clock import Clock, ClockEvent, ClockMove
from wardflow.domain.limits import Limit
from wardflow.domain.reasons import Reason
from wardflow.engine import (
    AlarmCleared,
    AlarmFired,
    AlarmSet,
    CaseEnded,
    ClockMoved,
    Effect,
    Event,
    Host,
    IncidentRaised,
    NoticeDue,
    ServiceAnswered,
    ServiceCalled,
    SlipIssued,
    StateEntered,
    Step,
    TaskOpened,
    TaskWithdrawn,
    advance,
    peek,
    start,
)
from wardflow.engine.second_opinion import Done, Other
from wardflow.packs.answers import NO_OPINION
from wardflow.packs.pack import Pack
from wardflow.packs.procedure import Procedure
from wardflow.packs.scenario import Given
from wardflow.packs.time_rules import due_day, time_rules

WRITTEN = {"document.issue": "slip", "notice.send": "notice"}
"""Services that are rows of the case, by the input that names the row."""


class Unplayable(Exception):
    """The scenario cannot go on."""

    def __init__(self, code: str, **facts: Any) -> None:
        """Keeps why, as a reason."""
        super().__init__(code)
        self.reason = Reason(f"scenario.{code}", facts)


class Stage:
    """One case from its start; everything it did since the last `turn` lies in `slips` and `notices`."""

    def __init__(self, pack: Pack, given: Given) -> None:
        """Starts the case."""
        self.pack, self.given, self.now = pack, given, given.at.astimezone(UTC)
        self.procedure = _procedure(pack, given)
        self.process = self.procedure.process if self.procedure else given.process
        self.file, self.definition = pack.definition_of(self.process)
        self.answers = dict(given.answers)
        self.host = Host(calendar=given.calendar, decide=pack.decide)
        self.tasks: dict[str, str] = {}
        self.opened: dict[str, datetime] = {}
        self.alarms: dict[str, datetime] = {}
        self.clock_events: list[ClockEvent] = []
        self.doers: dict[str, str] = {}
        self.slips: list[str] = []
        self.notices: list[str] = []
        self.trail: list[tuple[str, ...]] = []
        self.business_state, self.outcome = "", ""
        self.happenings: list[Done | Other] = []
        self.seen: list[frozenset[str]] = []
        self.begun = _beginning(given, self.procedure)
        self.state = b""
        self._take(start(self.definition, self.process, self.begun, self.now, self.host))

    @property
    def clock(self) -> Clock:
        """The legal clock as it stands."""
        limit = self.given.time_limit or (self.procedure.time_limit if self.procedure else Limit.parse("0 wd"))
        rules = time_rules(self.pack, self.procedure)
        rules = replace(rules, cutoff=self.given.cutoff or rules.cutoff)
        return Clock(limit, tuple(self.clock_events), self.given.calendar, rules)

    @property
    def data(self) -> Mapping[str, Any]:
        """What the case knows."""
        return peek(self.state).data

    @property
    def passed(self) -> frozenset[str]:
        """Every element and flow the case went through."""
        return frozenset(name for passed in self.trail for name in passed)

    def open(self) -> list[str]:
        """The ids of the steps that wait, in the order of the alphabet."""
        return sorted(self.definition.node(node).element for node in self.tasks.values())

    def task_of(self, step: str) -> str:
        """The key of an open step."""
        for key, node in self.tasks.items():
            if self.definition.node(node).element == step:
                return key
        raise Unplayable("not-open", step=step, open=", ".join(self.open()) or "-")

    def turn(self) -> None:
        """Forget the papers and notices of the last step."""
        self.slips, self.notices = [], []

    def go_to(self, moment: datetime) -> None:
        """Let time pass, alarms ringing on the way, each at its own moment."""
        moment = moment.astimezone(UTC)
        if moment < self.now:
            raise Unplayable("back-in-time", at=moment.isoformat(), now=self.now.isoformat())
        while due := [(at, alarm) for alarm, at in self.alarms.items() if at <= moment]:
            at, alarm = min(due)
            self.now = max(self.now, at)
            del self.alarms[alarm]
            self.happen(AlarmFired(alarm), Other("alarm"))
        self.now = moment

    def happen(self, event: Event, told: Done | Other) -> None:
        """Move the case."""
        self.happenings.append(told)
        self._take(advance(self.definition, self.state, event, self.now, self.host))

    def _take(self, step: Step) -> None:
        self.state = step.state
        self.trail.append(step.passed)
        calls = [self._apply(effect) for effect in step.effects]
        self.seen.append(frozenset(self.tasks.values()))
        for call in calls:
            if call is not None:
                self._answer(call)

    def _apply(self, effect: Effect) -> ServiceCalled | None:
        match effect:
            case TaskOpened(task, node):
                self.tasks[task], self.opened[task] = node, self.now
            case AlarmSet(alarm, _, _, at):
                self.alarms[alarm] = at
            case AlarmCleared(alarm):
                self.alarms.pop(alarm, None)
            case ServiceCalled():
                return effect
            case StateEntered(state):
                self.business_state = state
            case ClockMoved():
                self._move(effect)
            case SlipIssued(slip):
                self.slips.append(slip)
            case NoticeDue(notice):
                self.notices.append(notice)
            case CaseEnded(outcome):
                self.outcome = outcome or self.business_state
            case IncidentRaised(code, node):
                raise Unplayable("incident", incident=code, step=node)
            case _:
                self._close(effect)
        return None

    def _move(self, effect: ClockMoved) -> None:
        """The clock moves, to the day that the diagram names where it names one."""
        move, written = ClockMove(effect.move), self.definition.node(effect.node).attributes.get("until")
        day = due_day(written, self.data, self.given.calendar, self.now) if written else None
        limit = None if day is None else self.clock.length_of(move, self.now, day)
        self.clock_events.append(ClockEvent(move, self.now, "", effect.basis, limit=limit))

    def _close(self, effect: Effect) -> None:
        if isinstance(effect, TaskWithdrawn):
            self.tasks.pop(effect.task, None)

    def _answer(self, call: ServiceCalled) -> None:
        if call.handler in WRITTEN:
            self._written(call)
            return
        answer = self.answers.get(call.handler)
        if answer is None:
            answer = _own(call.handler, self.procedure)
        self.happen(ServiceAnswered(call.task, answer), Done(call.node, answer))


    def _written(self, call: ServiceCalled) -> None:
        """A paper or a notice that is chosen while the case runs."""
        name = WRITTEN[call.handler]
        chosen = str(call.inputs.get(name))
        if chosen not in (self.pack.slips if name == "slip" else self.pack.notices):
            raise Unplayable("incident", incident="service.input", step=call.node)
        (self.slips if name == "slip" else self.notices).append(chosen)
        self.happen(ServiceAnswered(call.task, {name: chosen}), Done(call.node, {name: chosen}))


def _procedure(pack: Pack, given: Given) -> Procedure | None:
    if not given.procedure:
        return None
    if given.procedure not in pack.procedures:
        raise Unplayable("procedure-unknown", procedure=given.procedure)
    return pack.procedures[given.procedure]


def _beginning(given: Given, procedure: Procedure | None) -> dict[str, Any]:
    """What a new case knows; the scenario's own data wins."""
    options = {**(procedure.record.get("options", {}) if procedure else {}), **given.options}
    code = procedure.code if procedure else ""
    return {"procedure": code, "applicant": {}, "form": {}, "components": {}, "places": {}, "options": options, **given.data}


def _own(handler: str, procedure: Procedure | None) -> Mapping[str, Any]:
    """What the platform answers itself where no package has an opinion."""
    if handler == "rules.findings":
        return NO_OPINION
    if handler != "rules.fees":
        raise Unplayable("service-unanswered", handler=handler)
    lines = procedure.fee_lines() if procedure else []
    due = [line["amount"] for line in lines if line["moment"] == "filing"]
    return {"lines": lines, "total": sum(due), "by_notice": any(line["moment"] == "notice" for line in lines)}
