"""What an inspector shows: which package put what on a field, and which rules ran on a case with what result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from wardflow.cases.acting import take_up
from wardflow.cases.knowing import known_in
from wardflow.cases.library import Matter
from wardflow.cases.platform import Platform
from wardflow.domain.findings import Finding, Verdict
from wardflow.domain.people import Actor
from wardflow.engine import Node, peek
from wardflow.permissions import require
from wardflow.plugins import AT_FORMS, RULES, Plugins
from wardflow.rulings import Ruling

KINDS: Mapping[str, str] = {
    "choices": "list", "derivations": "computed", "fee_rules": "fee", "field_rules": "rule", "finding_rules": "finding",
    "hints": "hint", "routing_rules": "routing",
}  # fmt: skip

STRICT = (Verdict.REFUSE, Verdict.HOLD, Verdict.ROUTE, Verdict.PARTIAL, Verdict.ELIGIBLE)
"""Conclusions from the strictest to the mildest."""


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One thing that a package put on a field or on the matter."""

    kind: str
    rule: str
    plugin: str
    version: str
    pointer: str
    form: str
    """the form of a later step, by its path in the pack; empty is the form that opens the case"""
    severity: str
    basis: str
    valid_from: date | None
    valid_to: date | None
    objected: int
    failed: int
    off: bool
    """stopped too often in this process, so that it is not asked"""
    slowest: float | None
    """seconds of its slowest answer in this process, where it was ever slow"""

    def told(self) -> list[tuple[str, str]]:
        """What is known of it, as a command prints it."""
        days = [day.isoformat() if day else "" for day in (self.valid_from, self.valid_to)]
        known = [
            ("at", self.pointer), ("form", self.form), ("severity", self.severity), ("basis", self.basis), ("from", days[0]), ("until", days[1]),
            ("objected", f"{self.objected} times" if self.kind in ("rule", "list") else ""),
            ("failed", f"{self.failed} times" if self.failed else ""), ("off", "it hung too often" if self.off else ""),
        ]  # fmt: skip
        return [(name, said) for name, said in known if said]


@dataclass(frozen=True, slots=True)
class CaseRules:
    """Which rules look at a case, what each says of it by the thresholds it keeps, and what was concluded in its course."""

    rulings: tuple[Ruling, ...]
    findings: tuple[Finding, ...]
    recorded: tuple[Mapping[str, Any], ...]
    """findings as the case wrote them down when its diagram asked"""
    rows: Mapping[str, RuleRow]
    thresholds: Mapping[str, Any]
    matter: Matter
    """what the case runs by: its forms say what the fields are called"""

    @property
    def differing(self) -> tuple[Finding, ...]:
        """Where rules of different packages conclude otherwise: the strictest conclusions, which count."""
        plugins = {self.rows[finding.rule].plugin for finding in self.findings if finding.rule in self.rows}
        verdicts = {finding.verdict for finding in self.findings}
        if len(plugins) < 2 or len(verdicts) < 2:
            return ()
        worst = min(verdicts, key=STRICT.index)
        return tuple(finding for finding in self.findings if finding.verdict == worst)


def field_rows(plugins: Plugins, procedure: str, pointer: str, tally: Mapping[tuple[str, str], int]) -> tuple[RuleRow, ...]:
    """Everything on one field of a procedure's forms, by package and kind."""
    return tuple(row for row in rule_rows(plugins, procedure, tally) if row.pointer and _same(row.pointer, pointer))


def rule_rows(plugins: Plugins, procedure: str, tally: Mapping[tuple[str, str], int]) -> tuple[RuleRow, ...]:
    """Everything that packages put on the fields and the matter of a procedure."""
    return tuple(_rows(plugins, procedure, tally))


def case_rules(platform: Platform, actor: Actor, code: str) -> CaseRules:
    """Which rules ran on a case, with what result; NotAllowed for who may not see it."""
    held = take_up(platform, platform.store.cases.id_of(code))
    tasks = platform.store.papers.tasks(held.case.id)
    require(actor, "see_case", replace(held.question(), units=frozenset(task.unit for task in tasks), tasks=tasks))
    data, case, plugins = peek(held.case.state).data, held.case, platform.plugins
    form = data.get("form") or {}
    known = known_in(platform, case, data)
    rows = {row.rule: row for row in rule_rows(plugins, case.procedure, platform.store.adoption.tally())}
    recorded = (data.get("findings") or {}).get("items", ())
    said = (
        *plugins.rulings(case.procedure, form, platform.now(), **known),
        *_of_steps(plugins, held.matter.definition.nodes.values(), case.procedure, data, platform.now(), known),
    )
    concluded = plugins.findings(case.procedure, form, platform.now(), **known)
    return CaseRules(said, concluded, tuple(recorded), rows, platform.library.thresholds_of(case), held.matter)


def _of_steps(
    plugins: Plugins, nodes: Iterable[Node], procedure: str, data: Mapping[str, Any], now: datetime, known: Mapping[str, Any]
) -> Iterator[Ruling]:
    """What rules say of the answers of later steps, each pointer beginning with its step."""
    for node in nodes:
        path, answer = node.attributes.get("form", ""), data.get(node.element)
        if isinstance(answer, Mapping) and plugins.looks_at(procedure, path):
            found = plugins.rulings(procedure, answer, now, at=path, **known)
            yield from (replace(ruling, pointer=f"/{node.element}{ruling.pointer}") for ruling in found)


def _rows(plugins: Plugins, procedure: str, tally: Mapping[tuple[str, str], int]) -> Iterator[RuleRow]:
    versions = {plugin.name: plugin.version for plugin in plugins.installed}
    places = [("", RULES), *((form, AT_FORMS) for form in plugins.forms_of(procedure))]
    for form, hook in ((form, hook) for form, hooks in places for hook in hooks):
        for rule in plugins.rules_at(procedure, hook, form):
            counted = {said: tally.get((rule.id, said), 0) + plugins.tally[rule.id, said] for said in ("objects", "failed")}
            owner = plugins.owner(rule.id)
            yield RuleRow(
                KINDS[hook], rule.id, owner, versions[owner], rule.pointer if hook in AT_FORMS else "", form,
                getattr(rule, "severity", ""), rule.basis, rule.valid_from, rule.valid_to, counted["objects"], counted["failed"],
                plugins.watch.off(rule.id), plugins.watch.worst.get(rule.id),
            )  # fmt: skip


def _same(pattern: str, pointer: str) -> bool:
    """True when a rule's pointer is the field asked for, or lies inside it; `*` and a number are any item."""
    wanted, given = pattern.split("/"), pointer.rstrip("/").split("/")
    same = (one == other or "*" in (one, other) or (one == "*" and other.isdigit()) for one, other in zip(wanted, given, strict=False))
    return len(wanted) >= len(given) and all(same)
