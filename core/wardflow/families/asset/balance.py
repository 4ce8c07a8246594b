"""The weekly balance of premises: opening + added − processed = closing, by commune and by destination, from the entries alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from wardflow.cases.platform import Platform
from wardflow.families.asset.stock import ACCOUNTS, MEASURES, SURPLUS

OPEN = ("surplus", "planned")
"""Surplus premises that wait for a decision: what the weekly balance is about (Letter 8400/BTC-QLCS)."""
DONE = ("decided", "handed_over")
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Sum:
    """All entries of one kind before a week and in it."""

    unit: str
    source: str
    target: str
    destination: str
    before: int
    within: int


@dataclass(slots=True)
class Line:
    """One line of the balance: `opening + added + recalled − taken_out − all of processed = closing`."""

    opening: int = 0
    added: int = 0
    recalled: int = 0
    """decided or handed over before, and surplus again"""
    taken_out: int = 0
    """found to be kept after all, or a mistake of the record"""
    processed: dict[str, int] = field(default_factory=dict)
    """decided in the week, by destination"""

    @property
    def closing(self) -> int:
        """What is left at the end of the week."""
        return self.opening + self.added + self.recalled - self.taken_out - sum(self.processed.values())

    def add(self, each: Sum) -> None:
        """Takes a sum of entries in."""
        into, out = each.target in OPEN, each.source in OPEN
        if into == out:
            return
        self.opening += each.before if into else -each.before
        if into and each.source in DONE:
            self.recalled += each.within
        elif into:
            self.added += each.within
        elif each.target in DONE:
            self.processed[each.destination] = self.processed.get(each.destination, 0) + each.within
        else:
            self.taken_out += each.within


@dataclass(frozen=True, slots=True)
class Balance:
    """The balance of the week that begins on `first`, a Monday; amounts in premises, or dm² of land or floor."""

    first: date
    measure: str
    whole: Line
    units: Mapping[str, Line]
    accounts: Mapping[str, int]
    """what stands in each account when the week ends"""
    destinations: Mapping[str, Mapping[str, int]]
    """destination → account → what stands there when the week ends"""

    @property
    def last(self) -> date:
        """The Sunday on which it ends."""
        return self.first + WEEK - timedelta(days=1)

    @property
    def surplus(self) -> int:
        """Everything that counts as surplus."""
        return sum(self.accounts[name] for name in SURPLUS)

    @property
    def total(self) -> int:
        """kept + surplus + large, with what is still under review or was referred as a violation."""
        return sum(self.accounts.values())


def monday(day: date) -> date:
    """The first day of a day's week."""
    return day - timedelta(days=day.weekday())


def week(platform: Platform, first: date, measure: str = MEASURES[0], unit: str = "") -> Balance:
    """The balance of a week, of one commune or of all."""
    assert measure in MEASURES    # it becomes part of a statement
    inside = "day >= ? AND day <= ?"
    begin, end = first.isoformat(), (first + WEEK - timedelta(days=1)).isoformat()
    sql = (
        f"SELECT unit, source, target, destination, sum(CASE WHEN day < ? THEN {measure} ELSE 0 END), "
        f"sum(CASE WHEN {inside} THEN {measure} ELSE 0 END) FROM asset_entry WHERE day <= ?{' AND unit = ?' if unit else ''} "
        "GROUP BY unit, source, target, destination"
    )
    asked = (begin, begin, end, end, *((unit,) if unit else ()))
    rows = platform.store.own.fresh(sql, asked)
    return made(first, measure, (_sum(*row) for row in rows))


def _sum(unit: str, source: str, target: str, destination: str, before: object, within: object) -> Sum:
    return Sum(unit, source, target, destination, int(str(before)), int(str(within)))    # PostgreSQL sums into decimals


def made(first: date, measure: str, sums: Iterable[Sum]) -> Balance:
    """The balance of sums that were read already."""
    whole, units = Line(), dict[str, Line]()
    accounts = dict.fromkeys(ACCOUNTS, 0)
    destinations: dict[str, dict[str, int]] = {}
    for each in sums:
        whole.add(each)
        units.setdefault(each.unit, Line()).add(each)
        for account, sign in ((each.source, -1), (each.target, 1)):
            if account not in accounts:
                continue
            amount = sign * (each.before + each.within)
            accounts[account] += amount
            if account in ("planned", *DONE):
                placed = destinations.setdefault(each.destination, dict.fromkeys(("planned", *DONE), 0))
                placed[account] += amount
    kept = {unit: line for unit, line in sorted(units.items()) if line != Line()}
    return Balance(first, measure, whole, kept, accounts, {name: row for name, row in sorted(destinations.items()) if any(row.values())})
