"""Every rule that is at work, asked by procedure with the thresholds of the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from wardflow import rulings
from wardflow.domain.findings import Finding
from wardflow.domain.reasons import Objection
from wardflow.offers import FeeLine, Form, RuleContext, Setting, in_force
from wardflow.rulings import Computed, Ruling

RULES = ("derivations", "fee_rules", "field_rules", "finding_rules")
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class Rulebook:
    """The rules of all plugins; every question may say `on` which day, with which kept `settings`, about which `case`."""

    def __init__(
        self,
        rules: Mapping[str, Sequence[Any]],
        thresholds: Sequence[Setting],
        overrides: Mapping[str, Any],
        zone: ZoneInfo,
    ) -> None:
        """Sort the rules by procedure once, so that a question costs nothing for the rules of others."""
        self._rules = {hook: _by_procedure(rules[hook]) for hook in RULES}
        self._thresholds = tuple(thresholds)
        self._overrides = overrides
        self._zone = zone

    def settings(self, on: date) -> dict[str, Any]:
        """The thresholds in force on a day: what a case keeps when it begins."""
        chosen = {s.key: s.value for s in self._thresholds if in_force(s.valid_from, s.valid_to, on)}
        return {**chosen, **{key: value for key, value in self._overrides.items() if key in chosen}}

    def setting_rows(self) -> tuple[Setting, ...]:
        """Every threshold with its dates, its basis, and whether it is only assumed."""
        return self._thresholds

    def rulings(self, procedure: str, form: Form, now: datetime, **known: Any) -> tuple[Ruling, ...]:
        """What each field rule of the procedure says, silence and failure included."""
        return rulings.field_rulings(self._of("field_rules", procedure), form, self._context(procedure, now, **known))

    def objections(
        self, procedure: str, form: Form, now: datetime, *, already: Sequence[Objection] = (), **known: Any
    ) -> tuple[Objection, ...]:
        """Every objection of the field rules; a rule that failed shows as one that does not block.

        On a form that something `already` objects to, a rule may fail because of just that, so it is not reported.
        """
        said = self.rulings(procedure, form, now, **known)
        return tuple(
            ruling.objection for ruling in said if ruling.objection and not (already and ruling.said == "failed")
        )

    def computed(self, procedure: str, form: Form, now: datetime, **known: Any) -> tuple[Computed, ...]:
        """The fields that plugins compute, with their explanations."""
        return rulings.computed(self._of("derivations", procedure), form, self._context(procedure, now, **known))

    def completed(self, procedure: str, form: Form, now: datetime, **known: Any) -> dict[str, Any]:
        """The form with every computed field set."""
        complete = dict(form)
        for value in self.computed(procedure, form, now, **known):
            complete = rulings.with_value(complete, value.pointer, value.value)
        return complete

    def findings(self, procedure: str, form: Form, now: datetime, **known: Any) -> tuple[Finding, ...]:
        """What the rules conclude on the matter, in the order their plugins list them."""
        return rulings.findings(self._of("finding_rules", procedure), form, self._context(procedure, now, **known))

    def fees(self, procedure: str, form: Form, now: datetime, **known: Any) -> tuple[FeeLine, ...]:
        """What there is to pay for the procedure."""
        return rulings.fees(self._of("fee_rules", procedure), form, self._context(procedure, now, **known))

    def _context(
        self,
        procedure: str,
        now: datetime,
        on: date | None = None,
        settings: Mapping[str, Any] | None = None,
        case: Mapping[str, Any] | None = None,
    ) -> RuleContext:
        day = on or now.astimezone(self._zone).date()
        return RuleContext(procedure, now, day, self.settings(day) if settings is None else settings, case or {})

    def _of(self, hook: str, procedure: str) -> tuple[Any, ...]:
        return self._rules[hook].get(procedure, ())


def _by_procedure(rules: Iterable[Any]) -> dict[str, tuple[Any, ...]]:
    found: dict[str, list[Any]] = {}
    for rule in rules:
        for procedure in rule.procedures:
            found.setdefault(procedure, []).append(rule)
    return {procedure: tuple(its) for procedure, its in found.items()}
