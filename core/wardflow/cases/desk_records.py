"""What belongs to the desk: notes on a case, kept filters, tasks handed over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Note:
    """What an official wrote on a case for colleagues; no part of its papers, and never shown to the applicant."""

    case_id: int
    seq: int
    by: str
    at: datetime
    text: str
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptFilter:
    """A filter that somebody keeps, for themselves or for everybody in a unit."""

    id: str
    person: str
    unit: str
    name: str
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Delegation:
    """A task that its holder handed to a colleague and gets back."""

    case_id: int
    task: str
    owner: str
    holder: str
