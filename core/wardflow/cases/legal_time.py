"""The legal clock of a case, made from its ledger, its limit, the rules of its procedure and the calendar."""

from __future__ import annotations

from wardflow.cases.records import Case
from wardflow.domain.calendar import Calendar
from wardflow.domain.legal_clock import Clock, ClockRules
from wardflow.domain.limits import Limit


def clock_of(case: Case, rules: ClockRules, calendar: Calendar) -> Clock:
    """The clock that knows the case's due date and why it is that date."""
    return Clock(Limit.parse(case.time_limit), case.clock, calendar, rules)
