"""Every rule that is at work, asked by procedure with the thresholds and tables of the day, or those a case began with."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any, Self, TypeVar
from zoneinfo import ZoneInfo

from wardflow import forms, rulings
from wardflow.adopted import NOTHING_ADOPTED, Adopted
from wardflow.domain.findings import Finding
from wardflow.domain.reasons import Objection, Reason
from wardflow.domain.routing import Question
from wardflow.offers import NO_DATA, Data, DecisionTable, FeeLine, Form, RoutingOpinion, RuleContext, Setting, in_force
from wardflow.rulings import Advice, Computed, Narrowed, Ruling
from wardflow.tables import TABLES, Tables
from wardflow.watch import Watch

RULES = ("choices", "derivations", "fee_rules", "field_rules", "finding_rules", "hints", "routing_rules")
AT_FORMS = ("choices", "derivations", "field_rules", "hints")
"""Rules that look at a form."""
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
B = TypeVar("B", bound="Rulebook")


class Rulebook:
    """The rules of all plugins.

    Every question may say `on` which day, with which kept `settings`, about which `case`, and in which `units`: the one
    that decides and those above it, nearest first. Those about a form may say `at` which form of a later step. What else
    a rule may know of the place is handed on as it is: the day it was `filed`, the `calendar`, cases `named` by their codes.
    """

    def __init__(
        self,
        rules: Mapping[str, Sequence[Any]],
        owners: Mapping[str, str],
        thresholds: Sequence[Setting],
        tables: Sequence[DecisionTable],
        overrides: Mapping[str, Any],
        zone: ZoneInfo,
    ) -> None:
        """Sort the rules by procedure once, so that a question costs nothing for the rules of others."""
        self._rules = {hook: _by_procedure(rules[hook]) for hook in RULES}
        self._owners = owners
        self._thresholds = tuple(thresholds)
        self.tables = Tables(tables)
        self._overrides = overrides
        self._zone = zone
        self.watch = Watch()
        self.tally: Counter[tuple[str, str]] = Counter()
        """(rule, "objects" or "failed") → how often, since it was last written down"""
        self._adopted: Callable[[], Adopted] = lambda: NOTHING_ADOPTED
        self._data: Data = NO_DATA

    def following(self, adopted: Callable[[], Adopted], data: Data) -> Self:
        """The same rules with what an installation adopted, asked anew each time, and the tables that plugins own."""
        book = copy.copy(self)
        book._adopted, book._data = adopted, data
        return book

    @property
    def adopted(self) -> Callable[[], Adopted]:
        """Answers what the installation has adopted."""
        return self._adopted

    @property
    def data(self) -> Data:
        """The tables that plugins own."""
        return self._data

    def wrong_settings(self) -> list[str]:
        """The thresholds whose shipped value does not keep to their own schema, each in a sentence for its author."""
        return [f"{s.key}: {s.value!r} is not as its schema says" for s in self.unfit()]

    def unfit(self) -> tuple[Setting, ...]:
        """The same thresholds themselves."""
        return tuple(setting for setting in self._thresholds if not keeps(setting.schema, setting.value))

    def owner(self, rule: str) -> str:
        """The plugin that brings a rule."""
        return self._owners.get(rule, "")

    def settings(self, on: date, units: Sequence[str] = ()) -> dict[str, Any]:
        """The thresholds in force on a day, and the digests of the decision tables: what a case keeps when it begins."""
        adopted = self._adopted()
        chosen = {s.key: s.value for s in self._thresholds if in_force(s.valid_from, s.valid_to, on)}
        chosen |= {key: value for key, value in self._overrides.items() if key in chosen}
        if adopted.values:
            own = {s.key: adopted.value_of(s.key, on, units) for s in self._thresholds}
            chosen |= {key: row.value for key, row in own.items() if row is not None}
        digests = self.tables.digests(adopted, on, units)
        return {**chosen, TABLES: digests} if digests else chosen

    def setting_rows(self) -> tuple[Setting, ...]:
        """Every threshold with its dates, its basis, and whether it is only assumed."""
        return self._thresholds

    def rulings(self, procedure: str, form: Form, now: datetime, **known: Any) -> tuple[Ruling, ...]:
        """What each field rule of the procedure says, silence and failure included."""
        context, rules = self._asking("field_rules", procedure, now, **known)
        said = rulings.field_rulings(rules, form, context, self.watch) if rules else ()
        narrowing = self.narrowed(procedure, form, now, **known)
        return (*said, *rulings.outside(narrowing, form)) if narrowing else said

    def objections(
        self, procedure: str, form: Form, now: datetime, *, already: Sequence[Objection] = (), **known: Any
    ) -> tuple[Objection, ...]:
        """Every objection of the field rules; a rule that failed shows as one that does not block.

        On a form that something `already` objects to, a rule may fail because of just that, so it is not reported.
        Where a rule of another plugin allows the same value, both are told; the stricter one counts.
        """
        said = self.rulings(procedure, form, now, **known)
        found = [each for each in said if each.objection and not (already and each.said == "failed")]
        if not found:
            return ()
        self.tally.update((each.rule, each.said) for each in found)
        return (*(each.objection for each in found if each.objection), *self._conflicts(said))

    def _conflicts(self, said: Sequence[Ruling]) -> list[Objection]:
        """A note at each value that a rule of one plugin refuses and a rule of another allows."""
        refused = {each.pointer: each.rule for each in said if each.objection and each.objection.blocks}
        notes = []
        for each in said:
            against = refused.get(each.pointer)
            if each.said == "allows" and against and self.owner(each.rule) != self.owner(against):
                facts = {
                    "allows": each.rule, "allows_plugin": self.owner(each.rule),
                    "objects": against, "objects_plugin": self.owner(against),
                }
                notes.append(Objection(each.pointer, Reason("plugins.conflict", facts), False, each.rule))
        return notes

    def narrowed(self, procedure: str, form: Form, now: datetime, **known: Any) -> tuple[Narrowed, ...]:
        """The values that the rules leave of some fields."""
        context, rules = self._asking("choices", procedure, now, **known)
        return rulings.narrowed(rules, form, context, self.watch) if rules else ()

    def hints(self, procedure: str, form: Form, now: datetime, **known: Any) -> tuple[Advice, ...]:
        """What is said at fields before anybody errs."""
        context, rules = self._asking("hints", procedure, now, **known)
        return rulings.advice(rules, form, context, self.watch) if rules else ()

    def computed(self, procedure: str, form: Form, now: datetime, **known: Any) -> tuple[Computed, ...]:
        """The fields that plugins compute, with their explanations."""
        context, rules = self._asking("derivations", procedure, now, **known)
        return rulings.computed(rules, form, context, self.watch) if rules else ()

    def completed(self, procedure: str, form: Form, now: datetime, **known: Any) -> dict[str, Any]:
        """The form with every computed field set; where two rules compute the same one, the first is kept."""
        complete = dict(form)
        done: set[str] = set()
        for value in self.computed(procedure, form, now, **known):
            if value.pointer not in done:
                complete = rulings.with_value(complete, value.pointer, value.value)
                done.add(value.pointer)
        return complete

    def findings(self, procedure: str, form: Form, now: datetime, **known: Any) -> tuple[Finding, ...]:
        """What the rules conclude on the matter, in the order their plugins list them."""
        context, rules = self._asking("finding_rules", procedure, now, **known)
        return rulings.findings(rules, form, context, self.watch) if rules else ()

    def fees(self, procedure: str, form: Form, now: datetime, **known: Any) -> tuple[FeeLine, ...]:
        """What there is to pay for the procedure."""
        context, rules = self._asking("fee_rules", procedure, now, **known)
        return rulings.fees(rules, form, context, self.watch) if rules else ()

    def routed(
        self, procedure: str, question: Question, step: str, form: Form, now: datetime, **known: Any
    ) -> Question:
        """The question who should do a task, with everything that the rules add to it."""
        for _rule, said in self.opinions(procedure, question, step, form, now, **known):
            question = replace(
                question,
                needs=tuple(dict.fromkeys((*question.needs, *said.needs))),
                recused={**said.recused, **question.recused},
                next_holders=tuple(dict.fromkeys((*question.next_holders, *said.next_holders))),
            )
        return question

    def opinions(
        self, procedure: str, question: Question, step: str, form: Form, now: datetime, **known: Any
    ) -> tuple[tuple[str, RoutingOpinion], ...]:
        """What each rule adds to that question, by the rule's id."""
        context, rules = self._asking("routing_rules", procedure, now, **known)
        return rulings.opinions(rules, question, step, form, context, self.watch) if rules else ()

    def rules_at(self, procedure: str, hook: str, at: str = "") -> tuple[Any, ...]:
        """The rules of one kind for a procedure, or the form of one of its steps, those that are off among them."""
        return self._rules[hook].get(_place(procedure, at), ())

    def reads(self, procedure: str, at: str = "") -> frozenset[str]:
        """The fields that hints, allowed values and computed fields of a form depend on."""
        hooks = ("choices", "derivations", "hints")
        return frozenset(field for hook in hooks for rule in self.rules_at(procedure, hook, at) for field in rule.reads)

    def forms_of(self, procedure: str) -> tuple[str, ...]:
        """The forms of later steps of a procedure that rules look at."""
        begins = f"{procedure} "
        found = {place.removeprefix(begins) for hook in AT_FORMS for place in self._rules[hook] if place.startswith(begins)}
        return tuple(sorted(found))

    def looks_at(self, procedure: str, form: str) -> bool:
        """True when a rule looks at the form of a later step."""
        return bool(form) and any(_place(procedure, form) in self._rules[hook] for hook in AT_FORMS)

    def _asking(
        self,
        hook: str,
        procedure: str,
        now: datetime,
        on: date | None = None,
        settings: Mapping[str, Any] | None = None,
        case: Mapping[str, Any] | None = None,
        units: Sequence[str] = (),
        at: str = "",
        **place: Any,
    ) -> tuple[RuleContext, tuple[Any, ...]]:
        """What the rules of one kind are handed, and the rules; without rules nothing is worked out."""
        day = on or now.astimezone(self._zone).date()
        rules = self._rules[hook].get(_place(procedure, at), ())
        if not rules:
            return RuleContext(procedure, now, day, **place), ()
        adopted = self._adopted()
        if adopted.switches:
            rules = tuple(rule for rule in rules if adopted.on(self.owner(rule.id), units))
        kept = self.settings(day, units) if settings is None else settings
        decide = partial(self.tables.decide, adopted, kept.get(TABLES, {}), now)
        return RuleContext(procedure, now, day, kept, rulings.shielded(case or {}), self._data, decide, **place), rules


def keeps(schema: Mapping[str, Any], value: Any) -> bool:
    """True when a threshold is as its schema says."""
    return not schema or not forms.check({"type": "object", "properties": {"value": schema}}, {"value": value})


def _place(procedure: str, form: str) -> str:
    """A procedure's own form, or with `form` that of one of its later steps."""
    return f"{procedure} {form}" if form else procedure


def _by_procedure(rules: Iterable[Any]) -> dict[str, tuple[Any, ...]]:
    found: dict[str, list[Any]] = {}
    for rule in rules:
        for procedure in rule.procedures:
            found.setdefault(_place(procedure, getattr(rule, "form", "")), []).append(rule)
    return {procedure: tuple(its) for procedure, its in found.items()}
