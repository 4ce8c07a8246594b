"""A decision model ready to be asked: what it knows, what it decides, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wardflow.dmn.explanation import Explanation, Step, Table
from wardflow.domain.findings import LintFinding
from wardflow.domain.reasons import Reason
from wardflow.errors import DecisionUnknown
from wardflow.feel import coerce
from wardflow.feel.compile_calls import deeper
from wardflow.feel.convert import to_feel, to_json
from wardflow.feel.limits import DEFAULT, Limits
from wardflow.feel.run import MISSING, Evaluator, Run, Scope
from wardflow.feel.temporal_text import read_date, read_date_time, read_duration, read_time
from wardflow.feel.types import DATE, DATE_TIME, DAYS_TIME, TIME, YEARS_MONTHS, ListOf, Restricted, Type, described
from wardflow.feel.values import Function, Nothing, kind

Key = tuple[str, str]
"""Namespace and id of an element."""
READERS: dict[Type, Callable[[str], Any]] = {
    DATE: read_date,
    TIME: read_time,
    DATE_TIME: read_date_time,
    DAYS_TIME: read_duration,
    YEARS_MONTHS: read_duration,
}


@dataclass(frozen=True, slots=True)
class Element:
    """Something with a name: `path` is how the model that needs it writes the name, import prefix first."""

    key: Key
    name: str
    type: Type | None


@dataclass(frozen=True, slots=True)
class InputData(Element):
    """A value that the host gives."""


@dataclass(frozen=True, slots=True)
class Decision(Element):
    """A value that the model works out from those it requires."""

    requires: tuple[Key, ...]
    logic: Evaluator


@dataclass(frozen=True, slots=True)
class Knowledge(Element):
    """A business knowledge model: a function that decisions call."""

    requires: tuple[Key, ...]
    logic: Evaluator


@dataclass(frozen=True, slots=True)
class Service(Element):
    """A decision service: decisions offered together as a function of their inputs."""

    outputs: tuple[Key, ...]
    inputs: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """A model and those it imports; `problems` are the texts that could not be read, for whoever publishes it."""

    namespace: str
    name: str
    elements: Mapping[Key, Element]
    imports: Mapping[tuple[str, str], str]
    problems: tuple[LintFinding, ...] = ()

    @property
    def decisions(self) -> tuple[str, ...]:
        """The names of the model's own decisions, in the order of the file."""
        return tuple(one.name for one in self._own(Decision))

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of the model's own input data."""
        return tuple(one.name for one in self._own(InputData))

    def _own(self, kind_: type[Element]) -> list[Element]:
        return [one for key, one in self.elements.items() if key[0] == self.namespace and isinstance(one, kind_)]

    def decide(
        self,
        name: str,
        inputs: Mapping[str, Any] | None = None,
        *,
        calendar: Any = None,
        now: datetime | None = None,
        warnings: list[Reason] | None = None,
        limits: Limits = DEFAULT,
    ) -> Any:
        """The value of a decision, or of a decision service or knowledge model called with the inputs as arguments."""
        run = Run(calendar, now, warnings, limits)
        return Session(self, run, inputs or {}).value(self.find(name))

    def explain(
        self,
        name: str,
        inputs: Mapping[str, Any] | None = None,
        *,
        calendar: Any = None,
        now: datetime | None = None,
        limits: Limits = DEFAULT,
    ) -> Explanation:
        """The same value with every table asked on the way: inputs, cells, matching rules."""
        warnings: list[Reason] = []
        run = Run(calendar, now, warnings, limits)
        run.trace = []
        session = Session(self, run, inputs or {})
        value = session.value(self.find(name))
        return Explanation(name, to_json(value), tuple(session.steps), tuple(warnings))

    def find(self, name: str) -> Element:
        """The decision, service or knowledge model of this name or id."""
        callable_ = (Decision, Service, Knowledge)
        own = [one for key, one in self.elements.items() if isinstance(one, callable_) and key[0] == self.namespace]
        for one in own:
            if name in (one.name, one.key[1]):
                return one
        raise DecisionUnknown(name=name, known=", ".join(one.name for one in own) or "none")


class Session:
    """One asking of a model: every element is worked out at most once."""

    def __init__(self, model: Model, run: Run, inputs: Mapping[str, Any], given: Mapping[Key, Any] | None = None) -> None:
        self.model = model
        self.run = run
        self.inputs = inputs
        self.values: dict[Key, Any] = dict(given or {})
        self.working: set[Key] = set()
        self.steps: list[Step] = []

    def value(self, element: Element) -> Any:
        """The value of an element; null for one that requires itself."""
        if element.key in self.values:
            return self.values[element.key]
        if element.key in self.working:
            self.run.warn("requires-itself", name=element.name)
            return None
        self.working.add(element.key)
        match element:
            case InputData():
                found = self._input(element)
            case Decision():
                found = self._decided(element)
            case Knowledge():
                found = self._called(element, self._function(element))
            case Service():
                found = self._called(element, self._service(element))
            case _:
                found = None
        self.values[element.key] = found
        return found

    def _input(self, element: InputData) -> Any:
        raw = _named(self.inputs, element.name)
        prefix = self.model.imports.get((self.model.namespace, element.key[0]))
        if raw is MISSING and prefix and isinstance(self.inputs.get(prefix), Mapping):
            raw = _named(self.inputs[prefix], element.name)
        value = None if raw is MISSING else read_as(to_feel(raw), element.type)
        fits, converted = coerce.converted(value, element.type)
        if not fits:
            self.run.warn("wrong-input", name=element.name, kind=kind(value), wanted=described(element.type))
        return converted

    def _decided(self, decision: Decision) -> Any:
        scope = Scope(self._names(decision.key, decision.requires), None, self.run)
        outer, self.run.trace = self.run.trace, None if self.run.trace is None else []
        value = decision.logic(scope)
        if outer is not None:
            tables: tuple[Table, ...] = tuple(self.run.trace or ())
            self.steps.append(Step(decision.name, to_json(value), tables))
            outer.extend(tables)
        self.run.trace = outer
        return value

    def _names(self, key: Key, requires: tuple[Key, ...]) -> dict[str, Any]:
        """The names an element sees: what it requires, things of imported models behind their prefix."""
        names: dict[str, Any] = {}
        for required in requires:
            element = self.model.elements.get(required)
            if element is None:
                continue
            prefix = self.model.imports.get((key[0], required[0]), "") if required[0] != key[0] else ""
            holder = names.setdefault(prefix, {}) if prefix else names
            holder[element.name] = self._as_name(element)
        return names

    def _as_name(self, element: Element) -> Any:
        match element:
            case Knowledge():
                return self._function(element)
            case Service():
                return self._service(element)
        return self.value(element)

    def _function(self, knowledge: Knowledge) -> Any:
        if knowledge.key in self.values:
            return self.values[knowledge.key]
        names: dict[str, Any] = {}
        function = knowledge.logic(Scope(names, None, self.run))
        self.values[knowledge.key] = function
        names.update(self._names(knowledge.key, knowledge.requires))
        names.setdefault(knowledge.name, function)
        return function

    def _service(self, service: Service) -> Function:
        return ServiceFunction(self, service)

    def _called(self, element: Element, function: Any) -> Any:
        if not isinstance(function, Function):
            return None
        arguments = [to_feel(_or_null(_named(self.inputs, name))) for name in function.parameters]
        try:
            return function.call(self.run, arguments)
        except Nothing as nothing:
            self.run.warn(nothing.code, **nothing.facts)
            return None


def _named(inputs: Mapping[str, Any], name: str) -> Any:
    return inputs.get(name, MISSING)


def _or_null(value: Any) -> Any:
    return None if value is MISSING else value


def read_as(value: Any, type_: Type | None) -> Any:
    """The value with ISO texts read as the dates or durations that the type asks for, as JSON cannot hold them."""
    base = type_.base if isinstance(type_, Restricted) else type_
    if isinstance(base, ListOf) and isinstance(value, list):
        return [read_as(item, base.item) for item in value]
    entries = getattr(base, "entries", None)
    if entries and isinstance(value, dict):
        types = dict(entries)
        return {key: read_as(item, types.get(key)) for key, item in value.items()}
    reader = READERS.get(base) if isinstance(value, str) and base is not None else None
    found = reader(value) if reader is not None else None
    return value if found is None else found


class ServiceFunction(Function):
    """A decision service called: its decisions worked out anew from the arguments alone."""

    __slots__ = ("service", "session")

    def __init__(self, session: Session, service: Service) -> None:
        elements = [session.model.elements[key] for key in service.inputs]
        super().__init__(service.name, [one.name for one in elements], [one.type for one in elements], service.type)
        self.session = session
        self.service = service

    def call(self, run: Run, arguments: Any) -> Any:
        """The one output's value, or a context of all outputs."""
        if len(arguments) != len(self.parameters):
            raise Nothing("wrong-count", name=self.name, wanted=len(self.parameters), given=len(arguments))
        given: dict[Key, Any] = {}
        for key, name, type_, value in zip(self.service.inputs, self.parameters, self.types, arguments, strict=True):
            fits, given[key] = coerce.converted(read_as(value, type_), type_)
            if not fits:
                raise Nothing("wrong-argument", name=self.name, parameter=name, kind=kind(value))
        inner = Session(self.session.model, run, {}, given)
        scope = Scope({}, None, run)
        return deeper(run, 10, lambda _: self._outputs(inner), scope)

    def _outputs(self, inner: Session) -> Any:
        elements = [self.session.model.elements[key] for key in self.service.outputs]
        values = {one.name: inner.value(one) for one in elements}
        self.session.steps.extend(inner.steps)
        return next(iter(values.values()), None) if len(values) == 1 else values

