"""Land for Wardflow: change of land use of an individual."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wardflow import hookimpl
from wardflow.offers import Derivation, FeeRule, FieldRule, FindingRule, Handler, Setting
from wardflow.wording import LANGUAGES, read_catalogue

from wardflow_land import fees, findings, form, handlers, law, shipped
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
def finding_rules() -> Sequence[FindingRule]:
    """Zoning, Council approval, quota, part of a plot, payment."""
    return findings.all_finding_rules()


@hookimpl
def fee_rules() -> Sequence[FeeRule]:
    """Appraisal fee and land-use fee."""
    return fees.all_fee_rules()


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
    """The sentences of wording/."""
    return {language: read_catalogue(shipped.HOME / "wording" / language) for language in LANGUAGES}
