"""The register of premises: what is in stock, narrowed and searched, with where each file stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wardflow.cases.platform import Platform
from wardflow.cases.records import Case
from wardflow.domain.names import folded
from wardflow.engine import peek
from wardflow.errors import CaseUnknown
from wardflow.families.asset.stock import ACCOUNTS, SURPLUS

PAGE = 50
MOST = 5000
"""Premises in one file for a spreadsheet."""
ALL_SURPLUS = "all_surplus"
"""Narrows to whatever counts as surplus, however far it has come."""
_ACCOUNT = "CASE " + " ".join(f"WHEN s.{name} > 0 THEN '{name}'" for name in ACCOUNTS) + " END"
_FROM = (
    " FROM asset_stock s JOIN asset_premises p ON p.case_id = s.case_id "
    "JOIN asset_stock l ON l.case_id = s.case_id AND l.measure = 'land' JOIN asset_stock f ON f.case_id = s.case_id AND f.measure = 'floor' "
    "WHERE s.measure = 'sites' AND s.live = 1 AND s.total > 0"
)


@dataclass(frozen=True, slots=True)
class Narrow:
    """What the list is narrowed to; empty is everything."""

    unit: str = ""
    account: str = ""
    destination: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Premises:
    """One line of the register; areas in dm²."""

    case_id: int
    code: str
    name: str
    address: str
    unit: str
    account: str
    destination: str
    land: int
    floor: int


@dataclass(frozen=True, slots=True)
class Filed:
    """The same with its file: where that stands and who receives the premises."""

    premises: Premises
    case: Case | None
    """None where the file was archived; the premises stay in the ledger"""
    receiver: str = ""


@dataclass(frozen=True, slots=True)
class Idle:
    """Premises that nobody uses: since when, and how many months that is."""

    filed: Filed
    since: date
    months: int


def count(platform: Platform, narrow: Narrow) -> int:
    """How many premises there are."""
    where, values = _where(narrow)
    return int(platform.store.own.fresh(f"SELECT count(*){_FROM}{where}", values)[0][0])


def listed(platform: Platform, narrow: Narrow, first: int = 0, most: int = PAGE) -> tuple[Filed, ...]:
    """The premises by their code, so many from one place on."""
    where, values = _where(narrow)
    sql = (
        f"SELECT s.case_id, p.asset_code, p.name, p.address, p.unit, {_ACCOUNT}, s.destination, l.total, f.total{_FROM}{where} "
        "ORDER BY p.asset_code LIMIT ? OFFSET ?"
    )
    return tuple(_filed(platform, Premises(*row)) for row in platform.store.own.fresh(sql, (*values, most, first)))


def idle(platform: Platform, narrow: Narrow, months: int) -> tuple[Idle, ...]:
    """Surplus premises that stand without a proposal, and handed-over ones not put into use, for so many months; longest first."""
    today = platform.snapshot().calendar.local(platform.now()).date()
    where, values = _where(narrow)
    last = (
        "(SELECT max(e.day) FROM asset_entry e WHERE e.case_id = s.case_id AND e.target IN ('surplus', 'handed_over'))"
    )
    sql = (
        f"SELECT s.case_id, p.asset_code, p.name, p.address, p.unit, {_ACCOUNT}, s.destination, l.total, f.total, {last}{_FROM}{where} "
        "AND (s.surplus > 0 OR s.handed_over > 0) ORDER BY 10, p.asset_code LIMIT ?"
    )
    found = []
    for *row, day in platform.store.own.fresh(sql, (*values, MOST)):
        since = date.fromisoformat(day)
        if (stood := _months(since, today)) >= months:
            filed = _filed(platform, Premises(*row))
            if _unused(filed):
                found.append(Idle(filed, since, stood))
    return tuple(found)


def _unused(filed: Filed) -> bool:
    if filed.case is None:    # what was archived had come to its end
        return False
    if filed.premises.account == "handed_over":
        return filed.case.business_state in ("handed_over", "idle_alert")
    return filed.case.business_state in ("in_custody", "recalled", "refused")


def _months(since: date, until: date) -> int:
    """Whole months from a day to a day."""
    return (until.year - since.year) * 12 + until.month - since.month - (until.day < since.day)


def _where(narrow: Narrow) -> tuple[str, Sequence[Any]]:
    parts, values = [], list[Any]()
    if narrow.unit:
        parts.append("p.unit = ?")
        values.append(narrow.unit)
    if narrow.account == ALL_SURPLUS:
        parts.append(f"({' + '.join('s.' + name for name in SURPLUS)}) > 0")
    elif narrow.account in ACCOUNTS:
        parts.append(f"s.{narrow.account} > 0")
    if narrow.destination:
        parts.append("s.destination = ?")
        values.append(narrow.destination)
    for word in folded(narrow.text).split()[:8]:
        parts.append("p.words LIKE ? ESCAPE '!'")
        values.append("%" + "".join(f"!{c}" if c in "!%_" else c for c in word) + "%")
    return "".join(f" AND {part}" for part in parts), values


def _filed(platform: Platform, premises: Premises) -> Filed:
    try:
        case = platform.store.cases.load(premises.case_id).case
    except CaseUnknown:
        return Filed(premises, None)
    proposed = peek(case.state).data.get("propose")
    return Filed(premises, case, str(proposed.get("receiver_unit", "")) if isinstance(proposed, dict) else "")
