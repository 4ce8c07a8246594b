"""Asks the rules that plugins offer; a rule that fails, hangs or answers nonsense costs its own opinion and nothing else."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal, TypeVar

from wardflow.domain.findings import Finding, Verdict
from wardflow.domain.reasons import Objection, Reason
from wardflow.domain.routing import Question
from wardflow.offers import (
    Allowed,
    Choice,
    Derivation,
    Derived,
    FeeLine,
    FeeRule,
    FieldRule,
    FindingRule,
    Form,
    Hint,
    RoutingOpinion,
    RoutingRule,
    RuleContext,
    SlipContext,
    SlipFiller,
    in_force,
)
from wardflow.plugin_errors import RuleFailed
from wardflow.watch import Watch

log = logging.getLogger(__name__)
Rule = TypeVar("Rule", FieldRule, Choice, Hint, Derivation, FindingRule, FeeRule, RoutingRule)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What one rule said at one place of the form: it is what an inspector shows."""

    rule: str
    pointer: str
    said: Literal["allows", "objects", "silent", "failed"]
    objection: Objection | None = None


@dataclass(frozen=True, slots=True)
class Computed:
    """A value that a rule computed for a field, with its explanation."""

    pointer: str
    value: Any
    reason: Reason
    rule: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """What a hint says at a field."""

    pointer: str
    reason: Reason
    rule: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The values that one rule leaves of a field."""

    pointer: str
    values: tuple[Any, ...]
    rule: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class _Failed:
    """Stands for the answer of a rule that raised, hung or answered nonsense."""


FAILED = _Failed()


def applying(rules: Sequence[Rule], context: RuleContext) -> list[Rule]:
    """The rules whose time it is."""
    on = context.on
    return [rule for rule in rules if in_force(rule.valid_from, rule.valid_to, on)]


def field_rulings(rules: Sequence[FieldRule], form: Form, context: RuleContext, watch: Watch) -> tuple[Ruling, ...]:
    """What each rule says at each place it looks at."""
    found = [(rule, *place) for rule in applying(rules, context) for place in places(form, rule.pointer)]
    form = shielded(form)

    def ask(at: int) -> Any:
        rule, _pointer, value = found[at]
        return asked(rule.id, (Reason, Allowed, type(None)), rule.check, value, form, context)

    answers = watch.each([rule.id for rule, *_ in found], ask, FAILED)
    return tuple(_ruling(rule, at, answer) for (rule, at, _), answer in zip(found, answers, strict=True))


def _ruling(rule: FieldRule, pointer: str, answer: Any) -> Ruling:
    match answer:
        case None:
            return Ruling(rule.id, pointer, "silent")
        case Allowed():
            return Ruling(rule.id, pointer, "allows")
        case Reason():
            blocks = rule.severity == "block"
            return Ruling(rule.id, pointer, "objects", Objection(pointer, answer, blocks, rule.id, rule.basis))
    return _unheard(rule, pointer)


def _unheard(rule: FieldRule | Choice, pointer: str) -> Ruling:
    reason = Reason("plugins.rule_failed", {"rule": rule.id})
    return Ruling(rule.id, pointer, "failed", Objection(pointer, reason, False, rule.id, rule.basis))


def advice(rules: Sequence[Hint], form: Form, context: RuleContext, watch: Watch) -> tuple[Advice, ...]:
    """Every hint there is; one that fails is only missing."""
    found = applying(rules, context)
    answers = _answers(found, (Reason, type(None)), lambda rule: rule.advise, (form, context), watch)
    return tuple(
        Advice(rule.pointer, answer, rule.id, rule.basis)
        for rule, answer in zip(found, answers, strict=True)
        if isinstance(answer, Reason)
    )


def narrowed(rules: Sequence[Choice], form: Form, context: RuleContext, watch: Watch) -> tuple[Narrowed, ...]:
    """What each rule leaves of its field; one that fails narrows nothing."""
    found = applying(rules, context)
    answers = _answers(found, (tuple, list, type(None)), lambda rule: rule.allowed, (form, context), watch)
    return tuple(
        Narrowed(rule.pointer, tuple(answer), rule.id, rule.basis)
        for rule, answer in zip(found, answers, strict=True)
        if isinstance(answer, tuple | list)
    )


def outside(left: Sequence[Narrowed], form: Form) -> tuple[Ruling, ...]:
    """What the narrowing rules say of the values that are there."""
    said = []
    for each in left:
        for at, value in places(form, each.pointer):
            if value in each.values:
                said.append(Ruling(each.rule, at, "allows"))
            else:
                objection = Objection(at, Reason("plugins.not_here"), True, each.rule, each.basis)
                said.append(Ruling(each.rule, at, "objects", objection))
    return tuple(said)


def computed(rules: Sequence[Derivation], form: Form, context: RuleContext, watch: Watch) -> tuple[Computed, ...]:
    """Every value that could be computed, each rule seeing what the ones before it computed."""
    found = applying(rules, context)
    seen = [form]

    def ask(at: int) -> Any:
        answer = asked(found[at].id, (Derived, type(None)), found[at].compute, shielded(seen[-1]), context)
        if isinstance(answer, Derived):
            seen.append(with_value(seen[-1], found[at].pointer, answer.value))
        return answer

    answers = watch.each([rule.id for rule in found], ask, FAILED)
    return tuple(
        Computed(rule.pointer, answer.value, answer.reason, rule.id, rule.basis)
        for rule, answer in zip(found, answers, strict=True)
        if isinstance(answer, Derived)
    )


def findings(rules: Sequence[FindingRule], form: Form, context: RuleContext, watch: Watch) -> tuple[Finding, ...]:
    """Everything the rules conclude.

    A rule that fails shows as a hold, so that a person looks before deciding; RuleFailed where it is declared an incident.
    """
    concluded: list[Finding] = []
    found = applying(rules, context)
    answers = _answers(found, (Finding, type(None)), lambda rule: rule.conclude, (form, context), watch)
    for rule, answer in zip(found, answers, strict=True):
        if answer is FAILED and rule.on_failure == "incident":
            raise RuleFailed(rule=rule.id)
        if answer is FAILED:
            concluded.append(Finding(Verdict.HOLD, Reason("plugins.rule_failed", {"rule": rule.id}), rule.id, rule.basis))
        elif answer is not None:
            concluded.append(answer)
    return tuple(concluded)


def fees(rules: Sequence[FeeRule], form: Form, context: RuleContext, watch: Watch) -> tuple[FeeLine, ...]:
    """Everything there is to pay; a rule that fails leaves a line without an amount."""
    lines: list[FeeLine] = []
    found = applying(rules, context)
    answers = _answers(found, (tuple, list), lambda rule: rule.compute, (form, context), watch)
    for rule, answer in zip(found, answers, strict=True):
        if answer is FAILED or not all(isinstance(line, FeeLine) for line in answer):
            answer = (FeeLine(Reason("plugins.fee_unknown", {"rule": rule.id}), None),)
        lines.extend(replace(line, rule=rule.id) for line in answer)
    return tuple(lines)


def opinions(
    rules: Sequence[RoutingRule], question: Question, step: str, form: Form, context: RuleContext, watch: Watch
) -> tuple[tuple[str, RoutingOpinion], ...]:
    """What the rules add to the question who should do a task, each by its id; one that fails adds nothing."""
    knowing = (question, step, form, context)
    found = applying(rules, context)
    answers = _answers(found, (RoutingOpinion, type(None)), lambda rule: rule.opine, knowing, watch)
    return tuple(
        (rule.id, answer) for rule, answer in zip(found, answers, strict=True) if isinstance(answer, RoutingOpinion)
    )


def filled(filler: SlipFiller, context: SlipContext) -> Mapping[str, Any]:
    """What one filler says of a paper."""
    answer = asked(f"slip {filler.family}", (Mapping,), filler.fill, context)
    return {} if isinstance(answer, _Failed) else answer


def _answers(
    rules: Sequence[Rule],
    expected: tuple[type, ...],
    function: Callable[[Rule], Callable[..., Any]],
    knowing: Sequence[Any],
    watch: Watch,
) -> list[Any]:
    """What each rule answers to the same question."""
    knowing = tuple(shielded(each) if isinstance(each, dict) else each for each in knowing)

    def ask(at: int) -> Any:
        return asked(rules[at].id, expected, function(rules[at]), *knowing)

    return watch.each([rule.id for rule in rules], ask, FAILED)


def shielded(form: Form) -> Form:
    """The form for reading: a rule that would write into it fails, and what somebody typed stays as it was."""
    return MappingProxyType(form)


def asked(rule: str, expected: tuple[type, ...], ask: Callable[..., Any], *knowing: Any) -> Any:
    """The answer, or FAILED where it is none of the expected kinds."""
    try:
        answer = ask(*knowing)
    except (Exception, SystemExit) as failure:  # noqa: BLE001  # a plugin may raise anything, and the desk must stay up
        log.warning("rule %s failed: %s", rule, type(failure).__name__)    # never the message: it may quote the form
        return FAILED
    if isinstance(answer, expected):
        return answer
    log.warning("rule %s answered with %s", rule, type(answer).__name__)
    return FAILED


def places(form: Any, pointer: str) -> Iterator[tuple[str, Any]]:
    """Each place of the form that a pointer means, with its value; `*` is every item, absent and null values are left out."""
    return _places(form, _parts(pointer), "")


@lru_cache(maxsize=20_000)
def _parts(pointer: str) -> tuple[str, ...]:
    return tuple(pointer.split("/")[1:])


def _places(value: Any, parts: Sequence[str], so_far: str) -> Iterator[tuple[str, Any]]:
    if value is None:
        return
    if not parts:
        yield so_far, value
        return
    for key, child in _children(value, parts[0]):
        yield from _places(child, parts[1:], f"{so_far}/{key}")


def _children(value: Any, part: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, list | tuple):
        for index, item in enumerate(value):
            if part in ("*", str(index)):
                yield str(index), item
    elif isinstance(value, Mapping):
        key = part.replace("~1", "/").replace("~0", "~")
        if key in value:
            yield part, value[key]


def with_value(form: Form, pointer: str, value: Any) -> dict[str, Any]:
    """The form with one value set, objects on the way made where they are missing; the given form stays as it was."""
    head, *rest = pointer.split("/")[1:]
    key = head.replace("~1", "/").replace("~0", "~")
    inner = form.get(key)
    below = with_value(inner if isinstance(inner, Mapping) else {}, "/" + "/".join(rest), value) if rest else value
    return {**form, key: below}
