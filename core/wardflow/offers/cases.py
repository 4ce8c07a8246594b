"""What a rule sees of another case that somebody names by its code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What the cases of a procedure show to the rules of others: how they stand, and these fields by pointer into their data.

    Only the plugin that brings the procedure may say so. A case is shown to rules of a case in its own unit, or in one
    above or below it; never a confidential one, never a sealed value.
    """

    procedure: str
    to: tuple[str, ...]
    """procedures whose rules may look"""
    facts: tuple[str, ...] = ()
    """such as `/form/plot_ref`"""


@dataclass(frozen=True, slots=True)
class NamedCase:
    """Another case as it stands at this moment."""

    code: str
    procedure: str
    unit: str
    """the unit that decides it"""
    state: str
    """its business state, as its pack names it"""
    outcome: str = ""
    """how it ended; empty while it runs"""
    filed_on: date | None = None
    ended_on: date | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    """what was disclosed, by pointer; a field without a value is left out"""
