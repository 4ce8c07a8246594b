"""Asks the rules that plugins offer; a rule that fails costs its own opinion and nothing else."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from wardflow.domain.findings import Finding, Verdict
from wardflow.domain.reasons import Objection, Reason
from wardflow.offers import (
    Allowed,
    Derivation,
    Derived,
    FeeLine,
    FeeRule,
    FieldRule,
    FindingRule,
    Form,
    RuleContext,
    SlipContext,
    SlipFiller,
    in_force,
)

log = logging.getLogger(__name__)
Rule = TypeVar("Rule", FieldRule, Derivation, FindingRule, FeeRule)


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
class _Failed:
    """Stands for the answer of a rule that raised or answered nonsense."""


_FAILED = _Failed()


def applying(rules: Sequence[Rule], context: RuleContext) -> Iterator[Rule]:
    """The rules whose time it is."""
    return (rule for rule in rules if in_force(rule.valid_from, rule.valid_to, context.on))


def field_rulings(rules: Sequence[FieldRule], form: Form, context: RuleContext) -> tuple[Ruling, ...]:
    """What each rule says at each place it looks at."""
    return tuple(
        _ruling(rule, pointer, value, form, context)
        for rule in applying(rules, context)
        for pointer, value in places(form, rule.pointer)
    )


def _ruling(rule: FieldRule, pointer: str, value: Any, form: Form, context: RuleContext) -> Ruling:
    answer = _asked(rule.id, (Reason, Allowed, type(None)), rule.check, value, form, context)
    match answer:
        case None:
            return Ruling(rule.id, pointer, "silent")
        case Allowed():
            return Ruling(rule.id, pointer, "allows")
        case Reason():
            blocks = rule.severity == "block"
            return Ruling(rule.id, pointer, "objects", Objection(pointer, answer, blocks, rule.id, rule.basis))
    unheard = Reason("plugins.rule_failed", {"rule": rule.id})
    return Ruling(rule.id, pointer, "failed", Objection(pointer, unheard, False, rule.id, rule.basis))


def computed(rules: Sequence[Derivation], form: Form, context: RuleContext) -> tuple[Computed, ...]:
    """Every value that could be computed, each rule seeing what the ones before it computed."""
    found: list[Computed] = []
    for rule in applying(rules, context):
        answer = _asked(rule.id, (Derived, type(None)), rule.compute, form, context)
        if isinstance(answer, Derived):
            found.append(Computed(rule.pointer, answer.value, answer.reason, rule.id, rule.basis))
            form = with_value(form, rule.pointer, answer.value)
    return tuple(found)


def findings(rules: Sequence[FindingRule], form: Form, context: RuleContext) -> tuple[Finding, ...]:
    """Everything the rules conclude; a rule that fails shows as a hold, so that a person looks before deciding."""
    found: list[Finding] = []
    for rule in applying(rules, context):
        answer = _asked(rule.id, (Finding, type(None)), rule.conclude, form, context)
        if isinstance(answer, _Failed):
            found.append(Finding(Verdict.HOLD, Reason("plugins.rule_failed", {"rule": rule.id}), rule.id))
        elif answer is not None:
            found.append(answer)
    return tuple(found)


def fees(rules: Sequence[FeeRule], form: Form, context: RuleContext) -> tuple[FeeLine, ...]:
    """Everything there is to pay; a rule that fails leaves a line without an amount."""
    lines: list[FeeLine] = []
    for rule in applying(rules, context):
        answer = _asked(rule.id, (tuple, list), rule.compute, form, context)
        if isinstance(answer, _Failed) or not all(isinstance(line, FeeLine) for line in answer):
            answer = (FeeLine(Reason("plugins.fee_unknown", {"rule": rule.id}), None),)
        lines.extend(answer)
    return tuple(lines)


def filled(filler: SlipFiller, context: SlipContext) -> Mapping[str, Any]:
    """What one filler says of a paper."""
    answer = _asked(f"slip {filler.family}", (Mapping,), filler.fill, context)
    return {} if isinstance(answer, _Failed) else answer


def _asked(rule: str, expected: tuple[type, ...], ask: Callable[..., Any], *knowing: Any) -> Any:
    try:
        answer = ask(*knowing)
    except Exception as failure:  # noqa: BLE001  # a plugin may raise anything, and the desk must stay up
        log.warning("rule %s failed: %s", rule, type(failure).__name__)    # never the message: it may quote the form
        return _FAILED
    if isinstance(answer, expected):
        return answer
    log.warning("rule %s answered with %s", rule, type(answer).__name__)
    return _FAILED


def places(form: Any, pointer: str) -> Iterator[tuple[str, Any]]:
    """Each place of the form that a pointer means, with its value; `*` is every item, absent and null values are left out."""
    return _places(form, pointer.split("/")[1:], "")


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
