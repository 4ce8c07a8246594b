"""Finds the installed plugins, leaves out those that are broken, and hands out what the others offer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import pluggy

from wardflow import hookspecs, rulings
from wardflow.errors import HandlerUnknown, PluginUnusable
from wardflow.offers import Derivation, FeeRule, FieldRule, FindingRule, Handler, Setting, SlipContext, SlipFiller
from wardflow.rulebook import RULES, ZONE, Rulebook

ITEMS: Mapping[str, type] = {
    "derivations": Derivation,
    "fee_rules": FeeRule,
    "field_rules": FieldRule,
    "finding_rules": FindingRule,
    "packs": Traversable,
    "procedures": Mapping,
    "service_handlers": Handler,
    "settings": Setting,
    "slip_fillers": SlipFiller,
}
TABLES = ("schemas", "translations")


class Source(Protocol):
    """Where a plugin comes from: an entry point, or anything with a name and a way to load it."""

    @property
    def name(self) -> str:
        """The name it is enabled and reported by."""

    def load(self) -> Any:
        """The module with its hooks."""


@dataclass(frozen=True, slots=True)
class Installed:
    """A plugin at work and what it offers."""

    name: str
    version: str
    offers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A plugin that is installed and not at work, and why."""

    name: str
    version: str
    error: str


class Plugins(Rulebook):
    """What all plugins at work offer together, sorted by plugin and then as each listed it."""

    def __init__(
        self, installed: Sequence[Installed], left_out: Sequence[LeftOut], overrides: Mapping[str, Any], zone: ZoneInfo
    ) -> None:
        """Use `load`."""
        self.installed = tuple(installed)
        self.left_out = tuple(left_out)
        super().__init__({hook: self._all(hook) for hook in RULES}, self._all("settings"), overrides, zone)
        self._handlers: Mapping[str, Handler] = MappingProxyType({h.name: h for h in self._all("service_handlers")})

    @classmethod
    def load(
        cls,
        disabled: Iterable[str] = (),
        *,
        builtin: Iterable[Source] = (),
        sources: Iterable[Source] | None = None,
        overrides: Mapping[str, Any] | None = None,
        zone: ZoneInfo = ZONE,
    ) -> Plugins:
        """The plugins of this installation; one that cannot be used is reported in `left_out`, the rest work.

        `overrides` are thresholds this installation sets itself, by key.
        """
        found = entry_points(group=hookspecs.GROUP) if sources is None else sources
        off = frozenset(disabled)
        installed: list[Installed] = []
        left_out: list[LeftOut] = []
        for source in [*builtin, *sorted(found, key=lambda source: source.name)]:
            if source.name in off:
                left_out.append(LeftOut(source.name, _version(source), "disabled"))
                continue
            try:
                installed.append(_installed(source, installed))
            except (Exception, SystemExit) as failure:  # noqa: BLE001  # an import may raise anything, and the desk must stay up
                left_out.append(LeftOut(source.name, _version(source), _said(failure)))
        return cls(installed, left_out, overrides or {}, zone)

    def packs(self) -> tuple[Traversable, ...]:
        """Folders of the packs that plugins ship."""
        return self._all("packs")

    def procedures(self) -> tuple[Mapping[str, Any], ...]:
        """Catalogue records that plugins bring."""
        return self._all("procedures")

    def schemas(self) -> dict[str, Mapping[str, Any]]:
        """JSON Schemas that plugins bring, by id."""
        return {id: schema for plugin in self.installed for id, schema in plugin.offers["schemas"].items()}

    def translations(self, language: str) -> dict[str, str]:
        """Sentences that plugins bring for one language, by code."""
        return {
            code: words
            for plugin in self.installed
            for code, words in plugin.offers["translations"].get(language, {}).items()
        }

    def slip(self, family: str, context: SlipContext) -> dict[str, Any]:
        """What every filler of the family says of a paper; one that fails leaves its part of the paper empty."""
        said: dict[str, Any] = {}
        for filler in self._all("slip_fillers"):
            if filler.family == family:
                said |= rulings.filled(filler, context)
        return said

    def handlers(self) -> Mapping[str, Handler]:
        """Service handlers by the name diagrams use."""
        return self._handlers

    def handler(self, name: str) -> Handler:
        """The handler of that name, or `HandlerUnknown`."""
        try:
            return self._handlers[name]
        except KeyError as missing:
            raise HandlerUnknown(name=name) from missing

    def _all(self, hook: str) -> tuple[Any, ...]:
        return tuple(offer for plugin in self.installed for offer in plugin.offers[hook])




def _installed(source: Source, before: Sequence[Installed]) -> Installed:
    hooks = _hooks(source)
    offers: dict[str, Any] = {hook: _items(hook, kind, hooks) for hook, kind in ITEMS.items()}
    offers |= {table: _table(table, hooks) for table in TABLES}
    _refuse_doubles(offers, before)
    return Installed(source.name, _version(source), offers)


def _hooks(source: Source) -> Mapping[str, Callable[[], Any]]:
    """The hook functions of one plugin; a manager of its own keeps what is wrong with it from touching the others."""
    manager = pluggy.PluginManager(hookspecs.GROUP)
    manager.add_hookspecs(hookspecs)
    plugin = source.load()
    manager.register(plugin, source.name)
    manager.check_pending()
    return {caller.name: caller.get_hookimpls()[0].function for caller in manager.get_hookcallers(plugin) or ()}


def _items(hook: str, kind: type, hooks: Mapping[str, Callable[[], Any]]) -> tuple[Any, ...]:
    offered = tuple(hooks[hook]()) if hook in hooks else ()
    for item in offered:
        if not isinstance(item, kind):
            raise PluginUnusable(problem=f"{hook} offers a {type(item).__name__} where a {kind.__name__} is expected")
    return offered


def _table(table: str, hooks: Mapping[str, Callable[[], Any]]) -> Mapping[str, Mapping[str, Any]]:
    offered = hooks[table]() if table in hooks else {}
    if not isinstance(offered, Mapping) or not all(isinstance(inner, Mapping) for inner in offered.values()):
        raise PluginUnusable(problem=f"{table} offers something other than a table of tables")
    return offered


def _refuse_doubles(offers: Mapping[str, Any], before: Sequence[Installed]) -> None:
    taken = {name: plugin.name for plugin in before for name in _names(plugin.offers)}
    for name in _names(offers):
        if name in taken:
            raise PluginUnusable(problem=f"{name[0]} {name[1]} is already offered by {taken[name] or 'this plugin itself'}")
        taken[name] = ""


def _names(offers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What must be offered once only; thresholds may repeat a key inside one plugin, with other dates."""
    return [
        *(("rule", rule.id) for hook in RULES for rule in offers[hook]),
        *(("handler", handler.name) for handler in offers["service_handlers"]),
        *(("procedure", str(record["code"])) for record in offers["procedures"]),
        *(("schema", id) for id in offers["schemas"]),
        *(("threshold", key) for key in {setting.key: None for setting in offers["settings"]}),
    ]


def _version(source: Source) -> str:
    return str(getattr(getattr(source, "dist", None), "version", ""))


def _said(failure: BaseException) -> str:
    return f"{type(failure).__name__}: {failure}" if str(failure) else type(failure).__name__
