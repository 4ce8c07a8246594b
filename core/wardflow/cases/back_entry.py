"""What happened on paper or without a network is entered afterwards with its real time: who enters it when, and why, stays in the chain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wardflow.cases.library import Matter
from wardflow.cases.platform import Platform
from wardflow.counter_errors import BackEntryRefused
from wardflow.domain.reasons import Reason
from wardflow.packs.back_entry import BackEntry


@dataclass(frozen=True, slots=True)
class Real:
    """When something really happened, and why it is entered only now."""

    at: datetime
    why: str

    def facts(self, now: datetime) -> dict[str, Any]:
        """What the chain keeps beside the real time: when it was entered, and why so late."""
        return {"entered_at": now.isoformat(), "reason": self.why.strip()}


def longest(matter: Matter) -> BackEntry | None:
    """How long afterwards the cases of a matter may be entered; None where they may not."""
    return BackEntry.read(matter.pack.settings.get("back_entry"))


def as_it_was(platform: Platform, matter: Matter, real: Real, *, after: datetime | None = None) -> Platform:
    """The platform at the real moment; BackEntryRefused where that cannot be so. `after` is when the step before it was done."""
    rule, now = longest(matter), platform.now()
    why: Reason | None = None
    if rule is None:
        why = Reason("back-entry.never")
    elif not real.why.strip():
        why = Reason("back-entry.reason")
    elif real.at > now:
        why = Reason("back-entry.future")
    elif after is not None and real.at < after:
        why = Reason("back-entry.before", {"last": after.isoformat()})
    elif platform.snapshot().calendar.end(real.at, rule.longest) < now:
        why = Reason("back-entry.too-late", {"longest": str(rule.longest)})
    if why is not None:
        raise BackEntryRefused(why=why)
    return platform.at(real.at)
