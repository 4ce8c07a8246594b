"""Instruments of delegation: by which paper a unit was given the power for which procedures, from when to when.

Law 72/2025/QH15, Article 14(1): in writing, for named tasks, for a fixed period, with stated conditions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from wardflow.domain.authority import Authority
from wardflow.errors import InstrumentUnusable

FORMS = range(1, 12)
"""The eleven forms in which power is delegated; their words are in the topic `instrument`."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Item:
    """One procedure or task that an instrument lists."""

    procedure: str
    name: str = ""
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Instrument:
    """One paper: the delegates are units by id, and with `level` every unit of that level as well.

    The last day is included. A withdrawal ends it before its last day: on the day `withdrawn_from` it holds no more.
    """

    id: int
    number: str
    signed_on: date
    form: int
    delegator: str
    items: tuple[Item, ...]
    valid_from: date
    valid_to: date | None = None
    delegates: tuple[str, ...] = ()
    level: str = ""
    conditions: str = ""
    withdrawn_from: date | None = None
    withdrawn_by: str = ""
    generated: bool = False
    """made up for a demo: no such paper exists"""

    def __post_init__(self) -> None:
        for why, problem, wrong in (
            ("form", f"there is no form {self.form}", self.form not in FORMS),
            ("number", "it has no number", not self.number),
            ("delegates", "it names nobody who receives the power", not self.delegates and not self.level),
            ("procedures", "it lists no procedure", not self.items),
            ("own-delegate", "who gives the power also receives it", self.delegator in self.delegates),
            ("days-turned", "its last day is before its first", self.valid_to is not None and self.valid_to < self.valid_from),
        ):
            if wrong:
                raise InstrumentUnusable(number=self.number, why=why, problem=problem)

    @property
    def last(self) -> date | None:
        """The last day on which it holds, withdrawal included; None while it has none."""
        if self.withdrawn_from is None:
            return self.valid_to
        ended = self.withdrawn_from - DAY
        return ended if self.valid_to is None else min(ended, self.valid_to)

    def holds_on(self, on: date) -> bool:
        """True when it is in force that day."""
        return self.valid_from <= on and (self.last is None or on <= self.last)

    def powers(self) -> Iterator[Authority]:
        """Who may what by this paper, one row a procedure and delegate."""
        for item in self.items:
            for unit in (*self.delegates, *((None,) if self.level else ())):
                yield Authority(
                    item.procedure, self.level, unit, self.number, self.valid_from, self.last, self.id, self.delegator
                )
