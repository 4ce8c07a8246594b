"""Messages and signals that a step threw: kept with the act, delivered by the worker."""

from __future__ import annotations

from datetime import timedelta

from wardflow.cases.exchange import OWN, Message
from wardflow.cases.records import Case
from wardflow.cases.situation import Situation
from wardflow.engine import MessageThrown, SignalThrown, Step


def thrown(case: Case, step: Step, situation: Situation, days: int) -> tuple[Message, ...]:
    """The messages, in the order in which they were thrown."""
    found = step.of(MessageThrown)
    return tuple(
        Message(
            f"{{case}}:{case.audit_seq}.{place}", "message", effect.name, effect.keys, effect.values, "", situation.now,
            situation.now + timedelta(days=days), source=OWN,
        )
        for place, effect in enumerate(found)
    )


def raised(case: Case, step: Step, situation: Situation, days: int) -> tuple[Message, ...]:
    """The signals, to be addressed to every other case that listens while the act is written."""
    found = step.of(SignalThrown)
    return tuple(
        Message(
            f"{{case}}:{case.audit_seq}.s{place}", "signal", effect.name, {}, effect.values, "", situation.now,
            situation.now + timedelta(days=days), source=OWN,
        )
        for place, effect in enumerate(found)
    )
