"""What a plugin answers beside rules: service tasks of diagrams, and what papers say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from wardflow.domain.reasons import Reason
from wardflow.offers.data import NO_DATA, Data


@dataclass(frozen=True, slots=True)
class HandlerContext:
    """What a handler may know beside its inputs; `key` stays the same when a call is repeated."""

    now: datetime
    key: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    data: Data = NO_DATA


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
class SlipTemplate:
    """A paper of a pack in Typst; `name` is what the pack calls it, beginning with the plugin's name and a dot."""

    name: str
    source: bytes
