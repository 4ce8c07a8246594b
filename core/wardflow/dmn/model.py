"""A decision model ready to be asked: what it knows, what it decides, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wardflow.dmn.elements import Decision, Element, InputData, Key, Knowledge, Service
from wardflow.dmn.explanation import Explanation
from wardflow.dmn.sessions import Session
from wardflow.domain.findings import LintFinding
from wardflow.domain.reasons import Reason
from wardflow.errors import DecisionUnknown
from wardflow.feel.convert import to_json
from wardflow.feel.limits import DEFAULT, Limits
from wardflow.feel.run import Run


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
        return Session(self, run, inputs or {}).asked(self.find(name))

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
        value = session.asked(self.find(name))
        return Explanation(name, to_json(value), tuple(session.steps), tuple(warnings))

    def find(self, name: str) -> Element:
        """The decision, service or knowledge model of this name or id."""
        callable_ = (Decision, Service, Knowledge)
        own = [one for key, one in self.elements.items() if isinstance(one, callable_) and key[0] == self.namespace]
        for one in own:
            if name in (one.name, one.key[1]):
                return one
        raise DecisionUnknown(name=name, known=", ".join(one.name for one in own) or "none")
