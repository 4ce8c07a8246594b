"""Land for Wardflow: plots split and merged, disputes, change of land use, first certificates."""

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
    Disclosure,
    FeeRule,
    FieldRule,
    FindingRule,
    Handler,
    Hint,
    Indicator,
    Panel,
    RoutingRule,
    Setting,
    SlipTemplate,
)

from wardflow_land import (
    disputes,
    fees,
    figures,
    findings,
    first_certificate,
    form,
    handlers,
    importing,
    law,
    linked,
    panel,
    routing,
    shipped,
    splitting,
)
from wardflow_land import field_rules as fields


@hookimpl
def packs() -> Sequence[Traversable]:
    """The process of a conciliation."""
    return (shipped.HOME / "packs" / "conciliation",)


@hookimpl
def schemas() -> Mapping[str, Mapping[str, Any]]:
    """The form of each procedure."""
    return form.all_forms()


@hookimpl
def procedures() -> Sequence[Mapping[str, Any]]:
    """The catalogue record of each procedure."""
    return shipped.FILES.records()


@hookimpl
def field_rules() -> Sequence[FieldRule]:
    """Areas, uses, days, minutes of a conciliation."""
    return (*fields.all_field_rules(), *splitting.all_field_rules(), *disputes.all_field_rules(), *first_certificate.all_field_rules())


@hookimpl
def derivations() -> Sequence[Derivation]:
    """What the zoning layer says about the plot, and the period in which its use began."""
    return (*fields.all_derivations(), *first_certificate.all_derivations())


@hookimpl
def hints() -> Sequence[Hint]:
    """How much may change, the least plot, when a decision is in force."""
    return (*fields.all_hints(), *splitting.all_hints(), *disputes.all_hints())


@hookimpl
def choices() -> Sequence[Choice]:
    """Urban or rural residential land; communes near or remote."""
    return (*fields.all_choices(), *splitting.all_choices())


@hookimpl
def finding_rules() -> Sequence[FindingRule]:
    """What the rules conclude on the matter of each procedure."""
    return (
        *findings.all_finding_rules(), *splitting.all_finding_rules(), *disputes.all_finding_rules(),
        *first_certificate.all_finding_rules(),
    )


@hookimpl
def fee_rules() -> Sequence[FeeRule]:
    """What there is to pay for each procedure."""
    return fees.all_fee_rules()


@hookimpl
def routing_rules() -> Sequence[RoutingRule]:
    """The department helps where the quota is used up."""
    return routing.all_routing_rules()


@hookimpl
def decision_tables() -> Sequence[DecisionTable]:
    """What decides on the Council's approval, on a split or merge, and on the period of a use."""
    return law.tables()


@hookimpl
def disclosures() -> Sequence[Disclosure]:
    """A conciliation to those who settle its dispute."""
    return linked.all_disclosures()


@hookimpl
def slip_templates() -> Sequence[SlipTemplate]:
    """The minutes of a conciliation."""
    return shipped.FILES.papers()


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
def indicators() -> Sequence[Indicator]:
    """Conciliations that agreed, communes with a layer."""
    return figures.all_indicators()


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
    return {language: {**words, **form.commune_names(language)} for language, words in shipped.FILES.words().items()}
