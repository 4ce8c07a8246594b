"""Every hook a plugin may implement, one sentence each; `plugins.py` calls them once, when it loads the plugin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources.abc import Traversable
from typing import Any

import pluggy

from wardflow.offers import (
    Book,
    CapabilityKind,
    Choice,
    Command,
    DecisionTable,
    Derivation,
    Disclosure,
    FeeRule,
    FieldDay,
    FieldRule,
    FindingRule,
    Handler,
    Hint,
    Indicator,
    Panel,
    PaymentProvider,
    RoutingRule,
    Setting,
    SlipFiller,
    SlipTemplate,
)

GROUP = "wardflow"

hookspec = pluggy.HookspecMarker(GROUP)
hookimpl = pluggy.HookimplMarker(GROUP)


@hookspec
def packs() -> Sequence[Traversable]:
    """Folders of the process packs the plugin ships."""
    raise NotImplementedError


@hookspec
def schemas() -> Mapping[str, Mapping[str, Any]]:
    """JSON Schemas by the id under which forms and procedures name them."""
    raise NotImplementedError


@hookspec
def procedures() -> Sequence[Mapping[str, Any]]:
    """Catalogue records, as the tables of a procedure's TOML file."""
    raise NotImplementedError


@hookspec
def field_rules() -> Sequence[FieldRule]:
    """Rules that look at one field while a person types."""
    raise NotImplementedError


@hookspec
def derivations() -> Sequence[Derivation]:
    """Fields the plugin computes from the others."""
    raise NotImplementedError


@hookspec
def hints() -> Sequence[Hint]:
    """What is said at a field before anybody errs, depending on the other fields."""
    raise NotImplementedError


@hookspec
def choices() -> Sequence[Choice]:
    """Which of its values a field may hold, depending on the other fields."""
    raise NotImplementedError


@hookspec
def finding_rules() -> Sequence[FindingRule]:
    """Rules that conclude on the matter and feed the decision and the refusal letter."""
    raise NotImplementedError


@hookspec
def fee_rules() -> Sequence[FeeRule]:
    """What there is to pay."""
    raise NotImplementedError


@hookspec
def routing_rules() -> Sequence[RoutingRule]:
    """Opinions on who should do a task: proofs needed, people who keep out, who does it otherwise."""
    raise NotImplementedError


@hookspec
def capabilities() -> Sequence[CapabilityKind]:
    """Kinds of proof that tasks need and the register keeps for people."""
    raise NotImplementedError


@hookspec
def decision_tables() -> Sequence[DecisionTable]:
    """DMN files that rules ask and a department may replace by its own."""
    raise NotImplementedError


@hookspec
def disclosures() -> Sequence[Disclosure]:
    """What the plugin's cases show to rules that look at another case by its code."""
    raise NotImplementedError


@hookspec
def calendar_days() -> Sequence[FieldDay]:
    """Days on which the plugin's field is closed or works otherwise than the city."""
    raise NotImplementedError


@hookspec
def service_handlers() -> Sequence[Handler]:
    """Handlers that service tasks of diagrams name."""
    raise NotImplementedError


@hookspec
def payment_providers() -> Sequence[PaymentProvider]:
    """Banks and gateways through which citizens may pay; the installation names the one in use."""
    raise NotImplementedError


@hookspec
def slip_fillers() -> Sequence[SlipFiller]:
    """What the papers of a family of cases say beside head, dates and signer."""
    raise NotImplementedError


@hookspec
def slip_templates() -> Sequence[SlipTemplate]:
    """Papers in Typst that packs name beside those of the platform."""
    raise NotImplementedError


@hookspec
def settings() -> Sequence[Setting]:
    """Thresholds of the rules with the dates between which they hold."""
    raise NotImplementedError


@hookspec
def migrations() -> Sequence[Traversable]:
    """Folders of Alembic revisions that make the plugin's own tables, whose names begin with the plugin's."""
    raise NotImplementedError


@hookspec
def books() -> Sequence[Book]:
    """Books kept in the plugin's own tables, each entry written in the transaction of the act it belongs to."""
    raise NotImplementedError


@hookspec
def commands() -> Sequence[Command]:
    """Commands of the plugin, typed as `wardflow PLUGIN NAME`."""
    raise NotImplementedError


@hookspec
def panels() -> Sequence[Panel]:
    """Boxes on the desk of those whom the plugin has something to tell."""
    raise NotImplementedError


@hookspec
def indicators() -> Sequence[Indicator]:
    """Figures of the department on the page of its package, each with how it was computed."""
    raise NotImplementedError


@hookspec
def translations() -> Mapping[str, Mapping[str, str]]:
    """Sentences by language ("vi", "en") and then by the code of the reason or label they put into words."""
    raise NotImplementedError


def documented() -> tuple[tuple[str, str], ...]:
    """Every hook with its sentence, in order, as the guide for authors and `wardflow plugins hooks` show them."""
    return tuple((name, (hook.__doc__ or "").strip()) for name, hook in globals().items() if hasattr(hook, f"{GROUP}_spec"))
