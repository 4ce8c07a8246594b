"""Health for Wardflow: pharmacies, food safety, disability."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources.abc import Traversable
from typing import Any

from wardflow import hookimpl
from wardflow.offers import (
    CapabilityKind,
    DecisionTable,
    Derivation,
    FeeRule,
    FieldDay,
    FieldRule,
    FindingRule,
    Hint,
    RoutingRule,
    Setting,
)

from wardflow_health import disability, fees, food, law, pharmacy, routing, shipped, team, times


@hookimpl
def packs() -> Sequence[Traversable]:
    """Inspection by a team, and the council on disability."""
    return tuple(shipped.HOME / "packs" / name for name in ("inspection", "disability"))


@hookimpl
def schemas() -> Mapping[str, Mapping[str, Any]]:
    """The form of each procedure."""
    return {code: shipped.schema(f"forms/{code}.json") for code in law.PROCEDURES}


@hookimpl
def procedures() -> Sequence[Mapping[str, Any]]:
    """The six procedures of this package."""
    return tuple(shipped.table(f"procedures/{code}.toml") for code in law.PROCEDURES)


@hookimpl
def field_rules() -> Sequence[FieldRule]:
    """Dates, numbers, and the minutes of an inspection."""
    return (*pharmacy.all_field_rules(), *food.all_field_rules(), *disability.all_field_rules(), *team.all_field_rules(), *times.all_field_rules())


@hookimpl
def derivations() -> Sequence[Derivation]:
    """Whether a place needs a certificate; the level that scores suggest."""
    return (*food.all_derivations(), *disability.all_derivations())


@hookimpl
def hints() -> Sequence[Hint]:
    """Months of practice, visits at home, the last day for a certificate."""
    return (*pharmacy.all_hints(), *disability.all_hints(), *times.all_hints())


@hookimpl
def finding_rules() -> Sequence[FindingRule]:
    """Outlets, food, disability, and the validity of inspection teams."""
    return (
        *pharmacy.all_finding_rules(), *food.all_finding_rules(), *disability.all_finding_rules(), *team.all_finding_rules(),
    )  # fmt: skip


@hookimpl
def fee_rules() -> Sequence[FeeRule]:
    """Fees of the two inspections."""
    return fees.all_fee_rules()


@hookimpl
def routing_rules() -> Sequence[RoutingRule]:
    """A qualified pharmacist leads, and nobody inspects where they have interests."""
    return routing.all_routing_rules()


@hookimpl
def capabilities() -> Sequence[CapabilityKind]:
    """The proofs of the head of a team."""
    return routing.all_capabilities()


@hookimpl
def decision_tables() -> Sequence[DecisionTable]:
    """Degrees, heads of teams, exemption, and who decides on caterers."""
    return law.tables()


@hookimpl
def calendar_days() -> Sequence[FieldDay]:
    """Saturday mornings of the month of action for food safety."""
    return law.field_days()


@hookimpl
def settings() -> Sequence[Setting]:
    """The thresholds of data/thresholds.toml."""
    return law.thresholds()


@hookimpl
def translations() -> Mapping[str, Mapping[str, str]]:
    """The sentences of wording/."""
    return shipped.FILES.words()
