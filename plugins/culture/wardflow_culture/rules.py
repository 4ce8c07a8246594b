"""Rules as this package makes them: their dates, basis and severity come from data/rules.toml."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wardflow.domain.findings import Finding
from wardflow.domain.reasons import Reason
from wardflow.offers import FieldRule, FindingRule, Form, Hint, Opinion, RuleContext

from wardflow_culture.law import law

Check = Callable[[Any, Form, RuleContext], Opinion]
Advice = Callable[[Form, RuleContext], Reason | None]
Conclusion = Callable[[Form, RuleContext], Finding | None]


def field_rule(name: str, procedures: tuple[str, ...], pointer: str, check: Check) -> FieldRule:
    """A rule on a field."""
    known = law(name)
    return FieldRule(
        f"culture.{name}", procedures, pointer, check, known.severity, known.basis, known.valid_from, known.valid_to
    )


def hint(name: str, of: str, procedures: tuple[str, ...], pointer: str, advise: Advice, *reads: str) -> Hint:
    """Something said beforehand, resting on the same text as the rule `of`."""
    known = law(of)
    return Hint(f"culture.{name}", procedures, pointer, advise, known.basis, known.valid_from, known.valid_to, reads=reads)


def finding_rule(name: str, procedures: tuple[str, ...], conclude: Conclusion) -> FindingRule:
    """A rule on the matter."""
    known = law(name)
    return FindingRule(f"culture.{name}", procedures, conclude, known.valid_from, known.valid_to, basis=known.basis)
