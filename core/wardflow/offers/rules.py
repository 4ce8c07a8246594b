"""Rules: what a plugin says about fields, about the matter, and about who should do it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

from wardflow.domain.calendar import Calendar
from wardflow.domain.days import Span
from wardflow.domain.findings import Finding
from wardflow.domain.reasons import Reason
from wardflow.domain.routing import NextHolder, Question
from wardflow.offers.cases import NamedCase
from wardflow.offers.data import NO_DATA, Data

Form: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Allowed:
    """A rule looked at the value and it may be so; `None` instead says that the rule has no opinion."""


ALLOWED: Final = Allowed()

Opinion: TypeAlias = Reason | Allowed | None


WEEKDAYS: Final = Calendar(0, ZoneInfo("Asia/Ho_Chi_Minh"), dict.fromkeys(range(5), (Span(time(8), time(17)),)))
"""Monday to Friday without a day off: what a rule counts by where nobody hands it a calendar."""


def _no_table(table: str, inputs: Mapping[str, Any]) -> Any:
    raise LookupError(table)


def nobody_named(code: str) -> NamedCase | None:
    """No case is known by any code."""
    return None


def nothing_done(step: str) -> date | None:
    """No step was done yet."""
    return None


@dataclass(frozen=True, slots=True)
class RuleContext:
    """What a rule may know beside the form: the moment, the thresholds in force, what the case knows so far."""

    procedure: str
    now: datetime
    on: date
    """The local day whose law counts: today."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    case: Mapping[str, Any] = field(default_factory=dict)
    data: Data = NO_DATA
    """The plugin's own tables, for reading; an answer is remembered until somebody writes."""
    decide: Callable[[str, Mapping[str, Any]], Any] = _no_table
    """What a decision table says, by its id: the table the case began with, or the one in force."""
    filed: date | None = None
    """The local day on which the case was filed; None while its form is being filled in."""
    calendar: Calendar = WEEKDAYS
    """The days and hours of the unit that decides, in the field of the procedure."""
    named: Callable[[str], NamedCase | None] = nobody_named
    """Another case by its code, as far as its `Disclosure` shows it; None while a form is being filed, when nobody is known yet."""
    done_on: Callable[[str], date | None] = nothing_done
    """The local day on which a step of the case was last done, by the step's id; None for one that nobody did yet, and where a
    diagram asks instead of a form."""

    @property
    def filed_on(self) -> date:
        """The day of filing, which is today while the form is being filled in."""
        return self.filed or self.on


@dataclass(frozen=True, slots=True)
class FieldRule:
    """Looks at one field while a person types and answers with a `Reason` to object, `ALLOWED`, or `None` for no opinion.

    It is asked only where the field has a value; `*` in the pointer stands for every item of a list.
    """

    id: str
    procedures: tuple[str, ...]
    pointer: str
    check: Callable[[Any, Form, RuleContext], Opinion]
    severity: Literal["block", "warn"] = "block"
    basis: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    form: str = ""
    """the form of a later step, by its path in the pack; empty is the form that opens the case"""


@dataclass(frozen=True, slots=True)
class Derived:
    """A value computed for a field, with the explanation shown beside it."""

    value: Any
    reason: Reason


@dataclass(frozen=True, slots=True)
class Derivation:
    """Computes a field nobody types, or answers `None` while what it needs is missing."""

    id: str
    procedures: tuple[str, ...]
    pointer: str
    compute: Callable[[Form, RuleContext], Derived | None]
    basis: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    form: str = ""
    reads: tuple[str, ...] = ()
    """pointers of the fields it depends on: a page draws the form again when one of them changes"""


@dataclass(frozen=True, slots=True)
class Hint:
    """Says something helpful at a field before anybody errs, or answers `None`; `*` is every item, as in a rule."""

    id: str
    procedures: tuple[str, ...]
    pointer: str
    advise: Callable[[Form, RuleContext], Reason | None]
    basis: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    form: str = ""
    reads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """Narrows what a field may hold to some of its values, depending on the other fields; `None` narrows nothing.

    Another value is an objection. Where several rules narrow the same field, only what all of them allow is left.
    """

    id: str
    procedures: tuple[str, ...]
    pointer: str
    allowed: Callable[[Form, RuleContext], Sequence[Any] | None]
    basis: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    form: str = ""
    reads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RoutingOpinion:
    """What a task asks for beyond its role: proofs its doer must have, people who keep out, who does it otherwise."""

    reason: Reason
    needs: tuple[str, ...] = ()
    recused: Mapping[str, Reason] = field(default_factory=dict)
    next_holders: tuple[NextHolder, ...] = ()


@dataclass(frozen=True, slots=True)
class RoutingRule:
    """Has an opinion on who should do a task, or `None`; it adds to what the process asks and takes nothing away.

    It is handed the question as the process asks it, and the name of the step.
    """

    id: str
    procedures: tuple[str, ...]
    opine: Callable[[Question, str, Form, RuleContext], RoutingOpinion | None]
    basis: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class FindingRule:
    """Concludes on the matter itself, or answers `None` for no opinion; it never stops anybody from filing.

    A rule that fails leaves a hold in its place; with `on_failure` "incident" the case stands still until it is mended.
    """

    id: str
    procedures: tuple[str, ...]
    conclude: Callable[[Form, RuleContext], Finding | None]
    valid_from: date | None = None
    valid_to: date | None = None
    on_failure: Literal["hold", "incident"] = "hold"
    basis: str = ""


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One thing to pay: `amount` in đồng, or None where another body sets it by a notice."""

    name: Reason
    amount: int | None
    moment: Literal["filing", "notice"] = "filing"
    basis: str = ""
    rule: str = ""
    """filled in by the platform: the rule that named it"""


@dataclass(frozen=True, slots=True)
class FeeRule:
    """Says what there is to pay for a procedure."""

    id: str
    procedures: tuple[str, ...]
    compute: Callable[[Form, RuleContext], Sequence[FeeLine]]
    valid_from: date | None = None
    valid_to: date | None = None
    basis: str = ""


def in_force(valid_from: date | None, valid_to: date | None, on: date) -> bool:
    """Whether something valid between two days, both counted, holds on a day."""
    return (valid_from is None or valid_from <= on) and (valid_to is None or on <= valid_to)
