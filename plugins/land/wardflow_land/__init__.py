"""Land for Wardflow: change of land use of an individual."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources.abc import Traversable
from typing import Any

from wardflow import hookimpl
from wardflow.offers import (
    Choice,
    Command,
    DecisionTable,
    Derivation,
    FeeRule,
    FieldRule,
    FindingRule,
    Handler,
    Hint,
    Panel,
    RoutingRule,
    Setting,
)
from wardflow.wording import LANGUAGES, read_catalogue

from wardflow_land import fees, findings, form, handlers, importing, law, panel, routing, shipped
from wardflow_land import field_rules as fields


@hookimpl
def schemas() -> Mapping[str, Mapping[str, Any]]:
    """The form of the procedure."""
    return {"land-use-change": form.land_use_change()}


@hookimpl
def procedures() -> Sequence[Mapping[str, Any]]:
    """Change of land use of an individual."""
    return (shipped.table("procedures/land-use-change.toml"),)


@hookimpl
def field_rules() -> Sequence[FieldRule]:
    """Areas, uses, certificate number, year of the plan."""
    return fields.all_field_rules()


@hookimpl
def derivations() -> Sequence[Derivation]:
    """What the zoning layer says about the plot."""
    return fields.all_derivations()


@hookimpl
def hints() -> Sequence[Hint]:
    """How much may change."""
    return fields.all_hints()


@hookimpl
def choices() -> Sequence[Choice]:
    """Urban or rural residential land."""
    return fields.all_choices()


@hookimpl
def finding_rules() -> Sequence[FindingRule]:
    """Zoning, Council approval, quota, part of a plot, payment."""
    return findings.all_finding_rules()


@hookimpl
def fee_rules() -> Sequence[FeeRule]:
    """Appraisal fee and land-use fee."""
    return fees.all_fee_rules()


@hookimpl
def routing_rules() -> Sequence[RoutingRule]:
    """The department helps where the quota is used up."""
    return routing.all_routing_rules()


@hookimpl
def decision_tables() -> Sequence[DecisionTable]:
    """Which land waits for the People's Council."""
    return law.tables()


@hookimpl
def migrations() -> Sequence[Traversable]:
    """The zoning layer."""
    return (shipped.HOME / "migrations",)


@hookimpl
def commands() -> Sequence[Command]:
    """Import of the zoning layer."""
    return importing.all_commands()


@hookimpl
def panels() -> Sequence[Panel]:
    """How complete the zoning layer is."""
    return panel.all_panels()


@hookimpl
def service_handlers() -> Sequence[Handler]:
    """The zoning check for diagrams."""
    return handlers.all_handlers()


@hookimpl
def settings() -> Sequence[Setting]:
    """The thresholds of data/thresholds.toml."""
    return law.thresholds()


@hookimpl
def translations() -> Mapping[str, Mapping[str, str]]:
    """The sentences of wording/, and the names of the communes."""
    return {
        language: {**read_catalogue(shipped.HOME / "wording" / language), **form.commune_names(language)}
        for language in LANGUAGES
    }
