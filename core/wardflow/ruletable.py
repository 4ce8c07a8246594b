"""Rules on rows an official can read: what is changed in a form, and what each rule must then say.

The table is a CSV file with the columns `rule`, `expects` and `changes`; `procedure`, `on` (a day), `at` (the form of a later step)
and `note` may follow.
"""

from __future__ import annotations

import json
import shlex
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from wardflow.catalog import shared_schemas
from wardflow.domain.days import Day, DayKind
from wardflow.domain.reasons import Reason
from wardflow.domain.routing import Question
from wardflow.forms import Schemas, pointers
from wardflow.offers import WEEKDAYS, NamedCase
from wardflow.plugins import Plugins
from wardflow.rulebook import RULES
from wardflow.wording import LANGUAGES, Wording

CONTEXT: Final = "context."
"""What a change of the context begins with."""
DONE: Final = "context.done."
KINDS: Final = {"choices": ("allows", "objects"), "field_rules": ("allows", "objects")}
"""What rows of such a rule must expect at least; of any other rule they must expect two different things."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    line: int
    rule: str
    expects: str
    changes: str
    procedure: str
    now: datetime
    note: str = ""
    at: str = ""
    """the form of a later step, by its path in the pack; empty is the form that opens the case"""

    def __str__(self) -> str:
        return f"{self.rule} {self.changes}"


@dataclass(frozen=True, slots=True)
class Said:
    """What every rule said about the form of a row, and the reasons it gave."""

    by_rule: Mapping[str, str]
    reasons: tuple[Reason, ...]


class RuleTable:
    """A table over the form that its rows change; `rows` are there to be checked one by one."""

    def __init__(self, plugins: Plugins, rows: tuple[Row, ...], forms: Mapping[str, Mapping[str, Any]]) -> None:
        self.plugins, self.rows, self._forms = plugins, rows, forms
        self._schemas = {str(record["code"]): plugins.schemas().get(str(record.get("form")), {}) for record in plugins.procedures()}

    def check(self, row: Row) -> None:
        """Nothing, or an AssertionError that says what the rule says instead."""
        said = self.said(row).by_rule.get(row.rule, "silent")
        expected = [word.strip() for word in row.expects.split("|")]
        if not any(said == word or (said.startswith(word + " ") and not word.startswith("charges ")) for word in expected):
            told = f"line {row.line}: with {row.changes or 'nothing changed'}, {row.rule} says {said!r}, not {row.expects!r}"
            raise AssertionError(told + "".join(self._hints(row)))

    def _hints(self, row: Row) -> Iterator[str]:
        """What may be wrong with the row itself: a rule or a field that there is none of."""
        if row.rule not in {rule for _, rule in self._rules()}:
            yield f"; there is no rule {row.rule}"
        schema = {} if row.at else self._schemas.get(row.procedure, {})
        there = pointers(schema, schemas=Schemas(shared_schemas())) if schema else frozenset[str]()
        names = (change.partition("=")[0] for change in shlex.split(row.changes))
        for name in (name for name in names if there and not name.startswith((CONTEXT, "case."))):
            place = "".join("/*" if part.isdigit() else f"/{part}" for part in name.split("/"))
            if place not in there:
                yield f"; the form of {row.procedure} has no field {name}"

    def uncovered(self) -> list[str]:
        """The rules without a row that accepts and one that does not."""
        expected: dict[str, set[str]] = defaultdict(set)
        for row in self.rows:
            expected[row.rule].add(row.expects if row.expects.startswith("charges ") else row.expects.split(" ")[0])
        lacking = []
        for hook, rule in self._rules():
            said = expected[rule]
            if not set(KINDS.get(hook, ())) <= said or len(said) < 2:
                lacking.append(rule)
        return lacking

    def unknown(self) -> list[str]:
        """Rules that rows name and no plugin brings."""
        known = {rule for _, rule in self._rules()}
        return sorted({row.rule for row in self.rows} - known)

    def coverage(self) -> str:
        """How many rules the table covers, for the end of a test run."""
        rules = {rule for _, rule in self._rules()}
        return f"{len(rules) - len(set(self.uncovered()))} of {len(rules)} rules have an accepting and a refusing row"

    def unclear(self) -> list[str]:
        """What rules say on these rows that is no whole sentence, in either language."""
        found: list[str] = []
        wordings = [Wording(language, self.plugins.translations(language)) for language in LANGUAGES]
        for row in self.rows:
            for reason in self.said(row).reasons:
                for wording in wordings:
                    words = wording.say(reason)
                    if words == reason.code or "…" in words or "{" in words or not words.endswith((".", "?")):
                        found.append(f"line {row.line}, {wording.language}: {reason.code}: {words}")
        return found

    def without_basis(self) -> list[str]:
        """Rules that block and name no legal basis."""
        return [
            rule.id
            for code in self._schemas
            for hook in ("field_rules", "choices")
            for rule in self.plugins.rules_at(code, hook)
            if getattr(rule, "severity", "block") == "block" and not rule.basis
        ]

    def said(self, row: Row) -> Said:
        """What every rule says about the form of a row."""
        form, case = self.form(row)
        code, now, plugins = row.procedure, row.now, self.plugins
        known: dict[str, Any] = {"case": {"form": form, **case}, "at": row.at, **_place(row)}
        by_rule: dict[str, str] = {}
        reasons: list[Reason] = []
        for ruling in plugins.rulings(code, form, now, **known):
            if by_rule.get(ruling.rule) not in ("objects", "failed"):
                by_rule[ruling.rule] = ruling.said
            reasons += [ruling.objection.reason] if ruling.objection else []
        for value in plugins.computed(code, form, now, **known):
            by_rule[value.rule] = f"computes {_plain(value.value)}"
            reasons.append(value.reason)
        for hint in plugins.hints(code, form, now, **known):
            by_rule[hint.rule] = "advises"
            reasons.append(hint.reason)
        for finding in plugins.findings(code, form, now, **known):
            by_rule[finding.rule] = str(finding.verdict)
            reasons.append(finding.reason)
        for line in plugins.fees(code, form, now, **known):
            by_rule[line.rule] = _added(by_rule.get(line.rule), line.amount)
        for rule, opinion in plugins.opinions(code, Question("", ""), str(case.get("step", "")), form, now, **known):
            next_ones = [holder.unit for holder in opinion.next_holders]
            by_rule[rule] = " ".join(("adds", *opinion.needs, *sorted(opinion.recused), *next_ones))
            reasons.append(opinion.reason)
        return Said(by_rule, tuple(reasons))

    def form(self, row: Row) -> tuple[dict[str, Any], dict[str, Any]]:
        """The form with the changes of a row, and what the case knows beside it (`case.fees.total=500000`)."""
        form = self._copy(f"{row.procedure} {row.at}" if row.at else row.procedure)
        case: dict[str, Any] = {"form": self._copy(row.procedure)} if row.at else {}
        schema = {} if row.at else self._schemas.get(row.procedure, {})
        for change in shlex.split(row.changes):
            name, _, text = change.partition("=")
            if name.startswith(CONTEXT):
                continue
            if name.startswith("case."):
                _put(case, name.removeprefix("case.").split("."), _json(text))
            else:
                parts = name.split("/")
                _put(form, parts, _typed(text, _kind(schema, parts)), gone=not text)
        return form, case

    def _copy(self, place: str) -> dict[str, Any]:
        copied: dict[str, Any] = json.loads(json.dumps(self._forms[place], default=str))
        return copied

    def _rules(self) -> list[tuple[str, str]]:
        """Every rule of these procedures by its hook, those on the forms of later steps among them."""
        offers = [(hook, rule) for plugin in self.plugins.installed for hook in RULES for rule in plugin.offers[hook]]
        later = {(hook, rule.id) for hook, rule in offers if getattr(rule, "form", "") and set(rule.procedures) & set(self._schemas)}
        every = later | {(hook, rule.id) for code in self._schemas for hook in RULES for rule in self.plugins.rules_at(code, hook)}
        return sorted(every, key=lambda each: each[1])


def _place(row: Row) -> dict[str, Any]:
    """What a row says of the place: `context.filed=DAY`, `context.off=DAY,DAY`, `context.done.STEP=DAY`, and `context.named.state=failed`."""
    said = dict(change.partition("=")[::2] for change in shlex.split(row.changes) if change.startswith(CONTEXT))
    known: dict[str, Any] = {}
    if day := said.pop(f"{CONTEXT}filed", ""):
        known["filed"] = date.fromisoformat(day)
    if days := said.pop(f"{CONTEXT}off", ""):
        known["calendar"] = replace(WEEKDAYS, days={date.fromisoformat(day): Day(DayKind.HOLIDAY) for day in days.split(",")})
    if done := {name.removeprefix(DONE): date.fromisoformat(said.pop(name)) for name in tuple(said) if name.startswith(DONE)}:
        known["done_on"] = done.get
    named: dict[str, Any] = {"facts": {}}
    for name, text in said.items():
        what = name.removeprefix(f"{CONTEXT}named.")
        target, key = (named["facts"], what) if what.startswith("/") else (named, what)
        target[key] = date.fromisoformat(text) if what in ("filed_on", "ended_on") else _json(text)
    if said:
        known["named"] = lambda code: NamedCase(**{"code": code, "procedure": "", "unit": "", "state": "", **named})
    return known


BY_NOTICE: Final = "by notice"


def _added(before: str | None, amount: int | None) -> str:
    """`charges 500000`, `charges by notice`, or `charges 500000 and by notice` with one line more."""
    said = (before or "charges 0").removeprefix("charges ").removesuffix(BY_NOTICE).removesuffix(" and ")
    total = (int(said) if said else 0) + (amount or 0)
    notice = amount is None or (before or "").endswith(BY_NOTICE)
    parts = [*([str(total)] if total or not notice else []), *([BY_NOTICE] if notice else [])]
    return f"charges {' and '.join(parts)}"


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _put(target: Any, parts: list[str], value: Any, *, gone: bool = False) -> None:
    """Sets a value at a path, or takes it away; objects on the way are made, items of lists must be there."""
    for part in parts[:-1]:
        target = target[int(part)] if isinstance(target, list) else target.setdefault(part, {})
    if isinstance(target, list):
        target[int(parts[-1])] = value
    elif gone:
        target.pop(parts[-1], None)
    else:
        target[parts[-1]] = value


def _kind(schema: Mapping[str, Any], parts: list[str]) -> str:
    """The type that the schema gives a field; empty where it says none."""
    node: Any = schema
    for part in parts:
        node = _followed(schema, node)
        node = node.get("items", {}) if part.isdigit() else node.get("properties", {}).get(part, {})
    kind = _followed(schema, node).get("type", "")
    return kind if isinstance(kind, str) else next((one for one in kind if one != "null"), "")


def _followed(schema: Mapping[str, Any], node: Any) -> Mapping[str, Any]:
    while isinstance(node, Mapping) and str(node.get("$ref", "")).startswith("#/"):
        found: Any = schema
        for part in node["$ref"].removeprefix("#/").split("/"):
            found = found.get(part, {}) if isinstance(found, Mapping) else {}
        node = found
    return node if isinstance(node, Mapping) else {}


def _typed(text: str, kind: str) -> Any:
    return text if kind == "string" or (not kind and text[:1] not in "[{") else _json(text)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
