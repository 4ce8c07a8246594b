"""One asking of a model: requirements worked out first, each once, and the steps noted for whoever asks why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from wardflow.dmn.elements import Decision, Element, InputData, Key, Knowledge, Service
from wardflow.dmn.explanation import Step, Table
from wardflow.dmn.inputs import read_as
from wardflow.errors import FeelLimit
from wardflow.feel import coerce
from wardflow.feel.compile_calls import deeper
from wardflow.feel.convert import to_feel, to_json
from wardflow.feel.run import MISSING, Run, Scope
from wardflow.feel.types import described
from wardflow.feel.values import Function, Nothing, kind

if TYPE_CHECKING:
    from wardflow.dmn.model import Model


class Session:
    """One asking of a model: every element is worked out at most once."""

    def __init__(self, model: Model, run: Run, inputs: Mapping[str, Any], given: Mapping[Key, Any] | None = None) -> None:
        self.model = model
        self.run = run
        self.inputs = inputs
        self.values: dict[Key, Any] = dict(given or {})
        self.working: set[Key] = set()
        self.steps: list[Step] = []
        self.outer = self._outer()

    def _outer(self) -> Scope | None:
        """What the host gives beyond the inputs that the model declares: tools that draw no inputs write tables on these."""
        declared = {element.name for element in self.model.elements.values()}
        undeclared = {name: value for name, value in self.inputs.items() if name not in declared}
        return Scope(undeclared, None, self.run, raw=True) if undeclared else None

    def asked(self, element: Element) -> Any:
        """The value of the element that the host asked for."""
        try:
            return self.value(element)
        except RecursionError as error:
            raise FeelLimit(limit=self.run.limits.height, what="levels in one evaluation") from error

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
        if raw is MISSING:
            self.run.warn_unknown("no-input", element.name, lambda: [str(name) for name in self.inputs])
        value = None if raw is MISSING else read_as(to_feel(raw), element.type)
        fits, converted = coerce.converted(value, element.type)
        if not fits:
            self.run.warn("wrong-input", name=element.name, kind=kind(value), wanted=described(element.type))
        return converted

    def _decided(self, decision: Decision) -> Any:
        scope = Scope(self._names(decision.key, decision.requires), self.outer, self.run)
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


class ServiceFunction(Function):
    """A decision service called: its decisions worked out anew from the arguments alone."""

    __slots__ = ("inputs", "service", "session")

    def __init__(self, session: Session, service: Service) -> None:
        self.inputs = [key for key in service.inputs if key in session.model.elements]
        elements = [session.model.elements[key] for key in self.inputs]
        super().__init__(service.name, [one.name for one in elements], [one.type for one in elements], service.type)
        self.session = session
        self.service = service

    def call(self, run: Run, arguments: Any) -> Any:
        """The one output's value, or a context of all outputs."""
        if len(arguments) != len(self.parameters):
            raise Nothing("wrong-count", name=self.name, wanted=len(self.parameters), given=len(arguments))
        given: dict[Key, Any] = {}
        for key, name, type_, value in zip(self.inputs, self.parameters, self.types, arguments, strict=True):
            fits, given[key] = coerce.converted(read_as(value, type_), type_)
            if not fits:
                raise Nothing("wrong-argument", name=self.name, parameter=name, kind=kind(value))
        inner = Session(self.session.model, run, {}, given)
        scope = Scope({}, None, run)
        return deeper(run, 10, lambda _: self._outputs(inner), scope)

    def _outputs(self, inner: Session) -> Any:
        known = self.session.model.elements
        elements = [known[key] for key in self.service.outputs if key in known]
        values = {one.name: inner.value(one) for one in elements}
        self.session.steps.extend(inner.steps)
        return next(iter(values.values()), None) if len(values) == 1 else values
