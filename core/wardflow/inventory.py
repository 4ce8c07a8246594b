"""What a plugin offers, looked through before it is put to work: everything of its kind, nothing twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from importlib.resources.abc import Traversable
from typing import Any

from wardflow.domain.days import Day
from wardflow.domain.reasons import Reason
from wardflow.errors import PluginUnusable
from wardflow.offers import (
    Book,
    CapabilityKind,
    Choice,
    Command,
    DecisionTable,
    Derivation,
    Disclosure,
    FeeRule,
    FieldDay,
    FieldRule,
    FindingRule,
    Handler,
    Hint,
    Indicator,
    Panel,
    PaymentProvider,
    RoutingRule,
    Setting,
    SlipFiller,
    SlipTemplate,
)
from wardflow.rulebook import RULES

ITEMS: Mapping[str, type] = {
    "books": Book,
    "calendar_days": FieldDay,
    "capabilities": CapabilityKind,
    "choices": Choice,
    "commands": Command,
    "decision_tables": DecisionTable,
    "derivations": Derivation,
    "disclosures": Disclosure,
    "fee_rules": FeeRule,
    "field_rules": FieldRule,
    "finding_rules": FindingRule,
    "hints": Hint,
    "indicators": Indicator,
    "migrations": Traversable,
    "packs": Traversable,
    "panels": Panel,
    "payment_providers": PaymentProvider,
    "procedures": Mapping,
    "routing_rules": RoutingRule,
    "service_handlers": Handler,
    "settings": Setting,
    "slip_fillers": SlipFiller,
    "slip_templates": SlipTemplate,
}
TABLES = ("schemas", "translations")

TEXTS = ("id", "pointer", "basis", "key", "name", "decision", "form", "family", "field", "procedure")
FUNCTIONS = ("check", "compute", "advise", "allowed", "conclude", "opine", "run", "fill", "lines", "arguments", "enter", "address", "read")
ALLOWED: Mapping[str, tuple[str, ...]] = {"severity": ("block", "warn"), "on_failure": ("hold", "incident"), "kind": ("count", "percent", "days", "dong")}
"""Fields that may hold a few words only."""

Hooks = Mapping[str, Callable[[], Any]]


def offers_of(hooks: Hooks, before: Sequence[tuple[str, Mapping[str, Any]]]) -> Mapping[str, Any]:
    """Everything the hooks answer, by hook; PluginUnusable for what is of the wrong kind or offered before."""
    offers: dict[str, Any] = {hook: _items(hook, kind, hooks) for hook, kind in ITEMS.items()}
    offers |= {table: _table(table, hooks) for table in TABLES}
    _refuse_doubles(offers, before)
    _refuse_telling_of_others(offers)
    return offers


def _items(hook: str, kind: type, hooks: Hooks) -> tuple[Any, ...]:
    answer = hooks[hook]() if hook in hooks else ()
    if not isinstance(answer, Iterable) or isinstance(answer, str | bytes | Mapping):
        raise PluginUnusable(problem=f"{hook} answers with a {type(answer).__name__} where a list of {kind.__name__} is expected")
    offered = tuple(answer)
    for item in offered:
        if not isinstance(item, kind):
            raise PluginUnusable(problem=f"{hook} offers a {type(item).__name__} where a {kind.__name__} is expected")
        if problem := _misshapen(item):
            raise PluginUnusable(problem=f"{hook} offers {getattr(item, 'id', '') or kind.__name__} with {problem}")
    return offered


def _misshapen(item: Any) -> str:
    """What is wrong in an offer of the right kind: a type checker would tell its author, and not everybody runs one."""
    if isinstance(item, Mapping) and not (isinstance(item.get("code"), str) and item["code"]):
        return "a record that has no code"
    if not is_dataclass(item):
        return ""
    for field in fields(item):
        value = getattr(item, field.name)
        if field.name in TEXTS and not isinstance(value, str):
            return f"a {field.name} that is no text"
        if field.name in ("procedures", "to", "facts") and not (isinstance(value, tuple | list) and all(isinstance(code, str) for code in value)):
            return f"{field.name} that are no list of codes"
        if field.name == "pointer" and not value.startswith("/"):
            return f"the pointer {value}, which does not begin with /"
        if field.name in FUNCTIONS and not callable(value):
            return f"a {field.name} that cannot be called"
        if field.name in ("valid_from", "valid_to") and not (value is None or type(value) is date):
            return f"a {field.name} that is no date"
        if isinstance(item, FieldDay) and not (type(item.on) is date and isinstance(item.day, Day)):
            return "a day that is none"
        if field.name in ALLOWED and value not in ALLOWED[field.name]:
            return f"the {field.name} {value!r}; it may be {' or '.join(ALLOWED[field.name])}"
    return ""


def _table(table: str, hooks: Hooks) -> Mapping[str, Mapping[str, Any]]:
    offered = hooks[table]() if table in hooks else {}
    if not isinstance(offered, Mapping) or not all(isinstance(inner, Mapping) for inner in offered.values()):
        raise PluginUnusable(problem=f"{table} offers something other than a table of tables")
    if table == "translations" and not all(isinstance(text, str) for inner in offered.values() for text in inner.values()):
        raise PluginUnusable(problem="translations offers a sentence that is no text")
    return offered


def _refuse_doubles(offers: Mapping[str, Any], before: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
    taken = {name: plugin for plugin, offered in before for name in names(offered)}
    for name in names(offers):
        if name in taken:
            why = Reason("plugins.out.double", {"id": name[1], "other": taken[name]})
            raise PluginUnusable(problem=f"{name[0]} {name[1]} is already offered by {taken[name] or 'this plugin itself'}", why=why)
        taken[name] = ""


def _refuse_telling_of_others(offers: Mapping[str, Any]) -> None:
    """Nothing, or PluginUnusable where a plugin would show cases of procedures that it does not bring."""
    own = {str(record["code"]) for record in offers["procedures"]}
    for shown in offers["disclosures"]:
        if shown.procedure not in own:
            raise PluginUnusable(problem=f"disclosures shows cases of {shown.procedure}, which this plugin does not bring")
        if not all(pointer.startswith("/") for pointer in shown.facts):
            raise PluginUnusable(problem=f"disclosures of {shown.procedure} name a fact that does not begin with /")


def names(offers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What must be offered once only; thresholds may repeat a key inside one plugin, with other dates."""
    return [
        *(("rule", rule.id) for hook in RULES for rule in offers[hook]),
        *(("handler", handler.name) for handler in offers["service_handlers"]),
        *(("procedure", str(record["code"])) for record in offers["procedures"]),
        *(("decision table", table.id) for table in offers["decision_tables"]),
        *(("capability", kind.id) for kind in offers["capabilities"]),
        *(("book", book.id) for book in offers["books"]),
        *(("panel", panel.id) for panel in offers["panels"]),
        *(("indicator", each.id) for each in offers["indicators"]),
        *(("disclosure", each.procedure) for each in offers["disclosures"]),
        *(("payment provider", provider.id) for provider in offers["payment_providers"]),
        *(("paper", template.name) for template in offers["slip_templates"]),
        *(("schema", id) for id in offers["schemas"]),
        *(("threshold", key) for key in {setting.key: None for setting in offers["settings"]}),
    ]


def inventory(offers: Mapping[str, Any]) -> dict[str, Any]:
    """What a case may come to need of a plugin, as JSON: rules by their procedures, handlers, tables, templates of papers."""
    return {
        "rules": {rule.id: list(rule.procedures) for hook in RULES for rule in offers[hook]},
        "handlers": sorted(handler.name for handler in offers["service_handlers"]),
        "settings": sorted({setting.key for setting in offers["settings"]}),
        "papers": sorted(template.name for template in offers["slip_templates"]),
        "tables": sorted(table.id for table in offers["decision_tables"]),
        "procedures": sorted(str(record["code"]) for record in offers["procedures"]),
    }


def called(plugin: str, offers: Mapping[str, Any], language: str, words: Mapping[str, str]) -> dict[str, str]:
    """What a package, its rules and its tables are called, by the codes `plugins.called.NAME`, `plugins.rule.ID`, `plugins.table.ID`.

    Its sentences say so: `title`, and `rule.NAME` and `table.NAME` within its topic. Without a title it is called as its procedures name their field.
    """
    ids = {"rule": [rule.id for hook in RULES for rule in offers[hook]], "table": [table.id for table in offers["decision_tables"]]}
    found = {f"plugins.{kind}.{id}": words.get(_within(kind, id), "") for kind, its in ids.items() for id in its}
    field = "field_en" if language == "en" else "field"
    fields = dict.fromkeys(str(record.get(field) or record.get("field") or "") for record in offers["procedures"])
    found[f"plugins.called.{plugin}"] = words.get(f"{plugin}.title") or ", ".join(filter(None, fields))
    return {code: text for code, text in found.items() if text}


def _within(kind: str, id: str) -> str:
    """`land.rule.split-sum` for the rule `land.split-sum`."""
    topic, _, name = id.partition(".")
    return f"{topic}.{kind}.{name}"
