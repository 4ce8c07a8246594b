"""What the pages of the field packages show: what is installed, where it is on, its thresholds and tables, who changed what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wardflow.adopted import CITY, OwnTable, OwnValue
from wardflow.cases.platform import Platform
from wardflow.cases.plugin_ports import PluginEntry
from wardflow.cases.reads.views import Words
from wardflow.cases.switch_plugin import place
from wardflow.domain.names import in_order
from wardflow.domain.people import Actor
from wardflow.offers import Setting, in_force
from wardflow.permissions import Question, may, require
from wardflow.plugins import RULES, Installed, LeftOut


@dataclass(frozen=True, slots=True)
class PluginRow:
    """One package at work: what it brings, whether it is on, and the units where that is otherwise."""

    name: str
    version: str
    builtin: bool
    on: bool
    otherwise: tuple[str, ...]
    procedures: int
    rules: int
    thresholds: int
    stopped: tuple[str, ...]
    """rules that hung too often to be asked"""
    unfit: tuple[str, ...]
    """thresholds that are not as their own schema says, by key"""


@dataclass(frozen=True, slots=True)
class PluginsView:
    """Every package, those of departments before those of the platform, what was left out and why, and the log."""

    rows: tuple[PluginRow, ...]
    left_out: tuple[LeftOut, ...]
    entries: tuple[PluginEntry, ...]
    units: tuple[str, ...]
    """where the reader may set something: "" is the whole city"""


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One threshold of today: the plugin's own value with its dates, and what was set in its place."""

    key: str
    schema: Mapping[str, Any]
    value: Any
    shipped: Setting
    own: tuple[OwnValue, ...]
    assumed: bool
    """nobody has confirmed the value that holds in the whole city"""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One decision table and the files put in its place."""

    id: str
    basis: str
    assumed: bool
    digest: str
    own: tuple[OwnTable, ...]


@dataclass(frozen=True, slots=True)
class PluginView:
    """One package with everything a department may change in it."""

    row: PluginRow
    settings: tuple[SettingRow, ...]
    tables: tuple[TableRow, ...]
    procedures: Mapping[str, Words]
    """those that the package has rules for, by code, with their names"""
    units: tuple[str, ...]


def plugins(platform: Platform, actor: Actor) -> PluginsView:
    """Every package, for officials."""
    require(actor, "see_plugins", Question())
    rows = tuple(_row(platform, plugin) for plugin in platform.plugins.installed)
    rows = tuple(sorted(rows, key=lambda row: row.builtin))
    return PluginsView(rows, platform.plugins.left_out, platform.store.adoption.entries(), kept_by(platform, actor))


def plugin(platform: Platform, actor: Actor, name: str) -> PluginView:
    """One package; PluginUnknown where none of that name is installed."""
    require(actor, "see_plugins", Question())
    known = platform.plugins.plugin(name)
    today = _today(platform)
    rules = {rule.id: rule for hook in RULES for rule in known.offers[hook]}
    codes = {code for rule in rules.values() for code in rule.procedures}
    return PluginView(
        _row(platform, known), tuple(_settings(platform, known, today)), tuple(_tables(platform, known, today)),
        {code: procedure_words(platform, code) for code in sorted(codes)}, kept_by(platform, actor),
    )  # fmt: skip


def procedure_words(platform: Platform, code: str) -> Words:
    """What a procedure is called, also one that cannot be filed now."""
    brought = (record for plugin in platform.plugins.installed for record in plugin.offers["procedures"] if record["code"] == code)
    record = next(brought, None)
    if record is None:
        matter = platform.library.procedures(_today(platform)).get(code)
        record = matter.procedure.record if matter else {}
    return Words(str(record.get("name") or code), str(record.get("name_en") or ""))


def kept_by(platform: Platform, actor: Actor) -> tuple[str, ...]:
    """The units for which a person may set something, the whole city before them as an empty word.

    They are those the person works in, those above, and those right below: a keeper of the city sees every commune and department.
    """
    register = platform.register()
    near = dict.fromkeys(unit for held in actor.holdings for unit in register.up(held.unit))
    kept = [unit for unit in near if may(actor, "set_threshold", place(platform, unit.id))]
    below = sorted({child for unit in kept for child in register.children(unit.id)} - set(kept), key=lambda unit: in_order(unit.name))
    whole = (CITY,) if may(actor, "set_threshold", place(platform, CITY)) else ()
    every = (*kept, *(unit for unit in below if may(actor, "set_threshold", place(platform, unit.id))))
    return (*whole, *(unit.id for unit in every if unit.parent is not None or not whole))


def table_file(platform: Platform, actor: Actor, digest: str) -> bytes:
    """The DMN file with a digest; TableUnknown where there is none."""
    require(actor, "see_plugins", Question())
    return platform.plugins.tables.file(digest, platform.plugins.adopted())


def _today(platform: Platform) -> date:
    return platform.snapshot().calendar.local(platform.now()).date()


def _row(platform: Platform, plugin: Installed) -> PluginRow:
    adopted, watch = platform.plugins.adopted(), platform.plugins.watch
    rules = [rule.id for hook in RULES for rule in plugin.offers[hook]]
    on = adopted.on(plugin.name, ())
    otherwise = tuple(row.unit for row in adopted.switches if row.plugin == plugin.name and row.unit and row.on != on)
    shipped = plugin.offers["settings"]
    return PluginRow(
        plugin.name, plugin.version, plugin.builtin, on, otherwise, len(plugin.offers["procedures"]), len(rules),
        len({setting.key for setting in shipped}), tuple(rule for rule in rules if watch.off(rule)),
        tuple(dict.fromkeys(setting.key for setting in platform.plugins.unfit() if setting in shipped)),
    )  # fmt: skip


def _settings(platform: Platform, plugin: Installed, today: date) -> list[SettingRow]:
    adopted, rows = platform.plugins.adopted(), []
    values = platform.plugins.settings(today)
    for key in dict.fromkeys(setting.key for setting in plugin.offers["settings"]):
        every = [s for s in plugin.offers["settings"] if s.key == key]
        shipped = next((s for s in reversed(every) if in_force(s.valid_from, s.valid_to, today)), every[-1])
        own = tuple(row for row in adopted.values if row.key == key)
        assumed = shipped.assumed and adopted.value_of(key, today, ()) is None
        rows.append(SettingRow(key, shipped.schema, values.get(key), shipped, own, assumed))
    return rows


def _tables(platform: Platform, plugin: Installed, today: date) -> list[TableRow]:
    adopted = platform.plugins.adopted()
    digests = platform.plugins.tables.digests(adopted, today, ())
    return [
        TableRow(
            table.id, table.basis, table.assumed and adopted.table_of(table.id, today, ()) is None, digests[table.id],
            tuple(row for row in adopted.tables if row.table == table.id),
        )
        for table in plugin.offers["decision_tables"]
    ]  # fmt: skip
