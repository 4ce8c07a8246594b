"""What a plugin may offer, as plain values: rules on fields, derived values, findings, fees, handlers, thresholds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, Literal, TypeAlias

from wardflow.domain.findings import Finding
from wardflow.domain.reasons import Reason

Form: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Allowed:
    """A rule looked at the value and it may be so; `None` instead says that the rule has no opinion."""


ALLOWED: Final = Allowed()

Opinion: TypeAlias = Reason | Allowed | None


@dataclass(frozen=True, slots=True)
class RuleContext:
    """What a rule may know beside the form: the moment, the thresholds in force, what the case knows so far."""

    procedure: str
    now: datetime
    on: date
    """The local day whose law counts."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    case: Mapping[str, Any] = field(default_factory=dict)


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


@dataclass(frozen=True, slots=True)
class FindingRule:
    """Concludes on the matter itself, or answers `None` for no opinion; it never stops anybody from filing."""

    id: str
    procedures: tuple[str, ...]
    conclude: Callable[[Form, RuleContext], Finding | None]
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One thing to pay: `amount` in đồng, or None where another body sets it by a notice."""

    name: Reason
    amount: int | None
    moment: Literal["filing", "notice"] = "filing"
    basis: str = ""


@dataclass(frozen=True, slots=True)
class FeeRule:
    """Says what there is to pay for a procedure."""

    id: str
    procedures: tuple[str, ...]
    compute: Callable[[Form, RuleContext], Sequence[FeeLine]]
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class HandlerContext:
    """What a handler may know beside its inputs; `key` stays the same when a call is repeated."""

    now: datetime
    key: str
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Handler:
    """Answers a service task of a diagram by name; what it is asked and what it answers is held against its JSON Schemas.

    `run` raises `ServiceRefused(code=…)` for a business error, which an error event of the diagram may catch; anything
    else it raises, or more than `timeout` seconds (at most 240), is a failure and tried again, `tries` times at most.
    """

    name: str
    input_schema: Mapping[str, Any]
    output_schema: Mapping[str, Any]
    run: Callable[[Mapping[str, Any], HandlerContext], Mapping[str, Any]]
    timeout: float = 60.0
    tries: int | None = None
    """None is what the installation says (WARDFLOW_JOB_TRIES)"""


@dataclass(frozen=True, slots=True)
class SlipContext:
    """What a slip is about: the data of the case when it was issued, its catalogue record, and how to say a reason."""

    slip: str
    data: Mapping[str, Any]
    record: Mapping[str, Any]
    say: Callable[[Reason], str]


@dataclass(frozen=True, slots=True)
class SlipFiller:
    """Fills the papers of a family of cases with what its forms know; the platform itself adds head, dates and signer."""

    family: str
    fill: Callable[[SlipContext], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Setting:
    """One threshold between two dates; `assumed` marks a value nobody has confirmed yet."""

    key: str
    value: Any
    valid_from: date | None = None
    valid_to: date | None = None
    assumed: bool = False
    basis: str = ""


def in_force(valid_from: date | None, valid_to: date | None, on: date) -> bool:
    """Whether something valid between two days, both counted, holds on a day."""
    return (valid_from is None or valid_from <= on) and (valid_to is None or on <= valid_to)
