"""What the pages of the packages say: names instead of ids, values of thresholds in the words of their schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, g
from wardflow import forms
from wardflow.cases.library import Matter
from wardflow.cases.plugin_ports import PluginEntry
from wardflow.cases.reads.indicators import IndicatorRow
from wardflow.cases.reads.plugins import SettingRow
from wardflow.offers import Setting

from wardflow_web.language import mark_for_translation as _
from wardflow_web.language import phrase, wording
from wardflow_web.lists import units
from wardflow_web.marks import unit_name
from wardflow_web.visitor import name_of, platform

OPERATOR = "operator"
"""Stands in the log for whoever runs commands on the server."""
DONE = {
    "switched": _("Bật hoặc tắt gói"), "value_set": _("Đặt mức"), "table_set": _("Thay bảng quyết định"),
    "installed": _("Cài gói"), "removed": _("Gỡ gói"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a value: what it is about, empty where the threshold has one value only, and the value in words."""

    label: str
    text: str


def called(plugin: str) -> str:
    """A package by its title, else by its name."""
    return _first(plugin, f"plugins.called.{plugin}", f"{plugin}.title")


def rule_called(rule: str) -> str:
    """A rule by its title, else by its id."""
    return _first(rule, f"plugins.rule.{rule}")


def table_called(table: str) -> str:
    """A decision table by its title, else by its id."""
    return _first(table, f"plugins.table.{table}")


def _first(otherwise: str, *codes: str) -> str:
    words = wording()
    return next((words.say(code) for code in codes if code in words), otherwise)


def unit_called(unit: str) -> str:
    """A unit by its name; the whole city where none is named."""
    if not unit:
        return phrase("Cả thành phố")
    register = platform().register()
    return unit_name(register.unit(unit)) if register.knows_unit(unit) else unit


def titled(row: SettingRow | Setting) -> str:
    """What a threshold is called."""
    english = row.schema.get("x-i18n", {}).get("en", {}).get("title") if g.language == "en" else None
    return str(english or row.schema.get("title") or row.key)


def threshold_called(key: str) -> str:
    """A threshold by its title, else by its key."""
    return next((titled(setting) for setting in platform().plugins.setting_rows() if setting.key == key), key)


def in_words(schema: Mapping[str, Any], value: Any) -> tuple[Line, ...]:
    """The value of a threshold as the form in which it is set would show it; nothing where none is set."""
    whole = {"type": "object", "properties": {"value": dict(schema) or {"type": "string"}}}
    drawn = forms.fields(whole, {"value": value}, language=g.language, lists=units(), read_only=True)
    return tuple(line for field in drawn for line in _lines(field))


def _lines(field: forms.Field) -> Iterator[Line]:
    if field.kind not in ("group", "map"):
        yield Line("", _inline(field))
        return
    for item in field.items:
        if item.kind == "map":
            yield from _lines(item)
        else:
            yield Line(item.label, _inline(item))


def _inline(field: forms.Field) -> str:
    """A value on one line: parts that have names of their own after those names."""
    if field.kind == "list":
        return ", ".join(_inline(item) for item in field.items)
    if field.kind in ("group", "map", "tuple"):
        said = ", ".join(f"{item.label[:1].lower()}{item.label[1:]} {_inline(item)}" for item in field.items)
        return said[:1].upper() + said[1:]
    if field.facts.get("format") == "limit" and isinstance(field.value, str):
        return wording().say("plugins.limit", value=field.value)
    if field.facts.get("format") == "regex" and field.facts.get("example"):
        return phrase("như {example}", example=field.facts["example"])
    if field.kind in ("number", "integer") and isinstance(field.value, int | float):
        number, unit = wording().say("plugins.number", value=field.value), field.facts.get("unit", "")
        return f"{number}\u00a0{unit}" if unit else number
    return forms.answer(field, g.language)


def figure(row: IndicatorRow) -> str:
    """The value of an indicator as a page shows it."""
    if row.value is None:
        return "–"
    number = wording().say("plugins.number", value=row.value)
    return {"percent": f"{number} %", "dong": f"{number} ₫", "days": phrase("{n} ngày", n=number)}.get(row.kind, number)


def place_called(matter: Matter | None, form: str, pointer: str) -> tuple[str, str]:
    """The step whose form it is, empty for the form that opens a case, and what the field is called there."""
    if matter is None:
        return form, pointer
    schema = matter.pack.forms.get(form) if form else matter.opening_schema
    steps = (node for node in matter.definition.nodes.values() if form and node.attributes.get("form") == form)
    step = next(((node.attributes.get("nameEn") if g.language == "en" else "") or node.name for node in steps), form)
    named = iter(forms.captions(schema or {}, pointer, schemas=matter.schemas, language=g.language))
    said = [phrase("dòng {n}", n=int(part) + 1) if part.isdigit() else next(named) for part in pointer.split("/")[1:] if part != "*"]
    return step, " / ".join(said)


def entry_said(entry: PluginEntry) -> tuple[str, str, str]:
    """A line of the log: what was done, to what and where, and why."""
    facts = entry.facts
    done = phrase(DONE.get(entry.kind, entry.kind))
    if entry.kind == "switched":
        done = phrase("Bật gói") if facts.get("on") else phrase("Tắt gói")
    what = called(facts["plugin"]) if facts.get("plugin") else threshold_called(facts["key"]) if facts.get("key") else ""
    what = what or (table_called(facts["table"]) if facts.get("table") else "")
    where = f" ({unit_called(facts['unit'])})" if facts.get("unit") else ""
    return done, what + where, str(facts.get("reason") or facts.get("basis") or "")


def who_did(person: str) -> str:
    """Who a line of the log is by."""
    return phrase("người vận hành máy chủ") if person == OPERATOR else name_of(person) or person


def units_of(ids: Sequence[str]) -> str:
    """The names of some units."""
    return ", ".join(unit_called(id) for id in ids)


def install(app: Flask) -> None:
    """Hands all of it to the templates."""
    app.jinja_env.globals.update(
        called=called, entry_said=entry_said, figure=figure, in_words=in_words, rule_called=rule_called, table_called=table_called,
        threshold_called=threshold_called, titled=titled, unit_called=unit_called, units_of=units_of, who_did=who_did,
    )  # fmt: skip
