"""Every hook a plugin may implement, one sentence each; `plugins.py` calls them once, when it loads the plugin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources.abc import Traversable
from typing import Any

import pluggy

from wardflow.offers import Derivation, FeeRule, FieldRule, FindingRule, Handler, Setting, SlipFiller

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
def finding_rules() -> Sequence[FindingRule]:
    """Rules that conclude on the matter and feed the decision and the refusal letter."""
    raise NotImplementedError


@hookspec
def fee_rules() -> Sequence[FeeRule]:
    """What there is to pay."""
    raise NotImplementedError


@hookspec
def service_handlers() -> Sequence[Handler]:
    """Handlers that service tasks of diagrams name."""
    raise NotImplementedError


@hookspec
def slip_fillers() -> Sequence[SlipFiller]:
    """What the papers of a family of cases say beside head, dates and signer."""
    raise NotImplementedError


@hookspec
def settings() -> Sequence[Setting]:
    """Thresholds of the rules with the dates between which they hold."""
    raise NotImplementedError


@hookspec
def translations() -> Mapping[str, Mapping[str, str]]:
    """Sentences by language ("vi", "en") and then by the code of the reason or label they put into words."""
    raise NotImplementedError
