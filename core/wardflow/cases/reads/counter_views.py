"""What the counter shows, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wardflow.cases.fielded import NOTHING_SAID, Said
from wardflow.cases.reads.views import ClockView, Offer, Place, Words
from wardflow.domain.reasons import Reason


@dataclass(frozen=True, slots=True)
class FeeRow:
    """One thing to pay; without an amount another body sets it by a notice."""

    name: Reason
    amount: int | None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class CounterView:
    """What the counter shows of the procedure chosen: its papers, its form, what it costs, when it would be due."""

    offer: Offer
    components: tuple[tuple[str, Words, bool], ...]
    schema: Mapping[str, Any] | None
    schemas: Any
    first_schema: Mapping[str, Any] | None
    first_title: Words
    first_node: str
    fees: tuple[FeeRow, ...]
    places: tuple[Place, ...]
    clock: ClockView
    said: Said = NOTHING_SAID
    """what the rules of the field say so far"""


@dataclass(frozen=True, slots=True)
class NextStep:
    """The step that the same counter does right after the first one, such as taking the fee: its form and what it begins with."""

    node: str
    title: Words
    schema: Mapping[str, Any]
    value: Mapping[str, Any]
