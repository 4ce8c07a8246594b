"""Culture for Wardflow: festivals, karaoke and discotheques, works on relics, performances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources.abc import Traversable
from typing import Any

from wardflow import hookimpl
from wardflow.offers import (
    Choice,
    DecisionTable,
    Derivation,
    FeeRule,
    FieldRule,
    FindingRule,
    Hint,
    Setting,
    SlipTemplate,
)

from wardflow_culture import fees, festivals, karaoke, law, noise, notice, performances, relics, shipped

FORMS = ("festival", "karaoke", "karaoke_adjust", "relic", "performance", "noise")


@hookimpl
def packs() -> Sequence[Traversable]:
    """Notices of events, where silence may agree, and inspections after complaints about noise."""
    return tuple(shipped.HOME / "packs" / name for name in ("culture-notice", "culture-inspection"))


@hookimpl
def schemas() -> Mapping[str, Mapping[str, Any]]:
    """The forms of the procedures, as `culture-festival` and so on."""
    return {f"culture-{name.replace('_', '-')}": shipped.schema(f"forms/{name}.json") for name in FORMS}


@hookimpl
def procedures() -> Sequence[Mapping[str, Any]]:
    """Every catalogue record of procedures/."""
    return tuple(shipped.table(f"procedures/{code}.toml") for code in law.PROCEDURES)


@hookimpl
def field_rules() -> Sequence[FieldRule]:
    """What cannot be so, or should be looked at again."""
    return (
        *festivals.all_field_rules(), *karaoke.all_field_rules(), *relics.all_field_rules(),
        *performances.all_field_rules(), *noise.all_field_rules(),
    )  # fmt: skip


@hookimpl
def derivations() -> Sequence[Derivation]:
    """Days of notice."""
    return notice.all_derivations()


@hookimpl
def hints() -> Sequence[Hint]:
    """Earliest days, plans, fees, whose opinion."""
    return (*festivals.all_hints(), *fees.all_hints(), *relics.all_hints(), *performances.all_hints())


@hookimpl
def choices() -> Sequence[Choice]:
    """Ranks of relics by procedure."""
    return relics.all_choices()


@hookimpl
def finding_rules() -> Sequence[FindingRule]:
    """What follows for the matter."""
    return (
        *festivals.all_finding_rules(), *karaoke.all_finding_rules(), *relics.all_finding_rules(),
        *performances.all_finding_rules(), *noise.all_finding_rules(),
    )  # fmt: skip


@hookimpl
def fee_rules() -> Sequence[FeeRule]:
    """Licences by rooms, changes of owner, discotheques."""
    return fees.all_fee_rules()


@hookimpl
def decision_tables() -> Sequence[DecisionTable]:
    """Which procedure a festival takes; whose opinion works on a relic need."""
    return law.tables()


@hookimpl
def slip_templates() -> Sequence[SlipTemplate]:
    """The papers of the department's own."""
    return shipped.FILES.papers()


@hookimpl
def settings() -> Sequence[Setting]:
    """The thresholds of data/thresholds.toml."""
    return law.thresholds()


@hookimpl
def translations() -> Mapping[str, Mapping[str, str]]:
    """The sentences of wording/."""
    return shipped.FILES.words()
