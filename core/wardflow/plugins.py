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
from packaging.requirements import Requirement

from wardflow import hookspecs, rulings
from wardflow.adopted import Adopted
from wardflow.domain.reasons import Reason
from wardflow.errors import HandlerUnknown, PluginUnusable
from wardflow.hookspecs import GROUP, documented
from wardflow.inventory import called, inventory, offers_of
from wardflow.left_out import LeftOut, broken, misspelt, switched_off
from wardflow.offers import Book, CapabilityKind, Disclosure, FieldDay, Handler, Panel, PaymentProvider, SlipContext
from wardflow.plugin_errors import PluginUnknown
from wardflow.rulebook import AT_FORMS, RULES, ZONE, Rulebook
from wardflow.version import __version__
from wardflow.watch import Watch

__all__ = ["AT_FORMS", "RULES", "Installed", "LeftOut", "Plugins", "Source", "documented"]

LOAD_SECONDS = 10.0


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
    builtin: bool = False


class Plugins(Rulebook):
    """What all plugins at work offer together, sorted by plugin and then as each listed it."""

    def __init__(
        self, installed: Sequence[Installed], left_out: Sequence[LeftOut], overrides: Mapping[str, Any], zone: ZoneInfo
    ) -> None:
        """Use `load`."""
        self.installed = tuple(installed)
        self.left_out = tuple(left_out)
        rules = {hook: self._all(hook) for hook in RULES}
        owners = {rule.id: plugin.name for plugin in installed for hook in RULES for rule in plugin.offers[hook]}
        super().__init__(rules, owners, self._all("settings"), self._all("decision_tables"), overrides, zone)
        self._sentences: dict[str, Mapping[str, str]] = {}
        self._books: dict[str, tuple[Book, ...]] = {}
        for book in self._all("books"):
            self._books[book.family] = (*self._books.get(book.family, ()), book)
        self._handlers: Mapping[str, Handler] = MappingProxyType({h.name: h for h in self._all("service_handlers")})
        self._shown: dict[str, dict[str, Disclosure]] = {}
        for shown in self._all("disclosures"):
            for asking in shown.to:
                self._shown.setdefault(asking, {})[shown.procedure] = shown

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
        off, shipped = frozenset(disabled), tuple(builtin)
        installed: list[Installed] = []
        left_out: list[LeftOut] = []
        every = [*((each, True) for each in shipped), *((each, False) for each in sorted(found, key=lambda one: one.name))]
        for source, own in every:
            if source.name in off:
                left_out.append(switched_off(source.name, _version(source)))
                continue
            loaded = _within(source, installed, builtin=own)
            if isinstance(loaded, Installed):
                installed.append(loaded)
            else:
                left_out.append(broken(source.name, _version(source), loaded))
        return cls(installed, left_out, overrides or {}, zone)

    def departments(self) -> tuple[Installed, ...]:
        """Those that come as packages of their own, which may be switched off; the families that ship may not."""
        return tuple(plugin for plugin in self.installed if not plugin.builtin)

    def plugin(self, name: str) -> Installed:
        """The plugin of that name, or `PluginUnknown`."""
        for plugin in self.installed:
            if plugin.name == name:
                return plugin
        raise PluginUnknown(plugin=name, known=", ".join(plugin.name for plugin in self.installed) or "none")

    def packs(self) -> tuple[Traversable, ...]:
        """Folders of the packs that plugins ship."""
        return self._all("packs")

    def procedures(self) -> tuple[Mapping[str, Any], ...]:
        """Catalogue records that plugins bring, but for those that are off in the whole city."""
        if not self.off():
            return self._all("procedures")
        return tuple(record for plugin in self.installed if plugin.name not in self.off() for record in plugin.offers["procedures"])

    def off(self) -> frozenset[str]:
        """The plugins that are off in the whole city, without regard to single units."""
        adopted = self.adopted()
        return frozenset(row.plugin for row in adopted.switches if not adopted.on(row.plugin, ()))

    def opens_in(self, procedure: str, units: Sequence[str]) -> bool:
        """False where the plugin that brings a procedure is off."""
        adopted = self.adopted()
        if not adopted.switches:
            return True
        bringing = (p.name for p in self.installed if any(r["code"] == procedure for r in p.offers["procedures"]))
        return all(adopted.on(name, units) for name in bringing)

    def panels(self) -> tuple[tuple[str, Panel], ...]:
        """The desk's panels, each with the plugin that brings it."""
        return tuple((plugin.name, panel) for plugin in self.installed for panel in plugin.offers["panels"])

    def shown_to(self, procedure: str) -> Mapping[str, Disclosure]:
        """What cases show to the rules of a procedure, by the procedure they are of."""
        return self._shown.get(procedure, {})

    def calendar_days(self, adopted: Callable[[], Adopted]) -> tuple[FieldDay, ...]:
        """The days of the fields of all plugins that are on in the city; what is adopted is asked only where there are any."""
        bringing = [plugin for plugin in self.installed if plugin.offers["calendar_days"]]
        known = adopted() if bringing else None
        return tuple(day for plugin in bringing if known and known.on(plugin.name, ()) for day in plugin.offers["calendar_days"])

    def payment_provider(self, id: str) -> PaymentProvider | None:
        """The bank or gateway of that id; None where nobody offers it."""
        return next((provider for provider in self._all("payment_providers") if provider.id == id), None)

    def inventory(self, name: str) -> dict[str, Any]:
        """What cases may come to need of a plugin."""
        return inventory(self.plugin(name).offers)

    def schemas(self) -> dict[str, Mapping[str, Any]]:
        """JSON Schemas that plugins bring, by id."""
        return {id: schema for plugin in self.installed for id, schema in plugin.offers["schemas"].items()}

    def translations(self, language: str) -> Mapping[str, str]:
        """Sentences that plugins bring for one language, by code, and what packages, rules and tables are called."""
        if language not in self._sentences:
            kinds = {f"capability.{kind.id}": kind.vi if language == "vi" else kind.en for kind in self.capabilities()}
            brought = {code: words for plugin in self.installed for code, words in plugin.offers["translations"].get(language, {}).items()}
            names = {code: words for plugin in self.installed for code, words in called(plugin.name, plugin.offers, language, brought).items()}
            self._sentences[language] = MappingProxyType({**names, **kinds, **brought})
        return self._sentences[language]

    def capabilities(self) -> tuple[CapabilityKind, ...]:
        """Kinds of proof that people may hold; each has words under the code `capability.ID`."""
        return self._all("capabilities")

    def slip(self, family: str, context: SlipContext) -> dict[str, Any]:
        """What every filler of the family says of a paper; one that fails leaves its part of the paper empty."""
        said: dict[str, Any] = {}
        for filler in self._all("slip_fillers"):
            if filler.family == family:
                said |= rulings.filled(filler, context)
        return said

    def slip_template(self, name: str) -> bytes | None:
        """A paper that a plugin brings, or None for one of the platform's own."""
        return next((template.source for template in self._all("slip_templates") if template.name == name), None)

    def papers(self) -> frozenset[str]:
        """The names of the papers that plugins bring."""
        return frozenset(template.name for template in self._all("slip_templates"))

    def books(self, family: str) -> tuple[Book, ...]:
        """The books kept of a family's cases; they are kept wherever the plugin is installed, for a gap could never be filled."""
        return self._books.get(family, ())

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


def _put_to_work(source: Source, before: Sequence[Installed], *, builtin: bool) -> Installed:
    """The plugin with what it offers; PluginUnusable, or whatever its own code raises."""
    _refuse_newer(source)
    hooks = _hooks(source)
    return Installed(source.name, _version(source), offers_of(hooks, [(one.name, one.offers) for one in before]), builtin)


def _within(source: Source, before: Sequence[Installed], *, builtin: bool) -> Installed | BaseException:
    """The plugin, or why it cannot be used; one that never ends loading is left behind."""

    def load(place: int) -> Installed | BaseException:
        try:
            return _put_to_work(source, before, builtin=builtin)
        except (Exception, SystemExit) as failure:  # noqa: BLE001  # an import may raise anything, and the desk must stay up
            return failure

    why = Reason("plugins.out.slow", {"seconds": round(LOAD_SECONDS)})
    late: Installed | BaseException = PluginUnusable(problem=f"it did not finish loading in {LOAD_SECONDS:.0f} seconds", why=why)
    [loaded] = Watch(limit=LOAD_SECONDS, slow=LOAD_SECONDS).each([source.name], load, late)
    return loaded


def _refuse_newer(source: Source) -> None:
    """Nothing, or PluginUnusable for a plugin that says it needs another version of the platform."""
    for text in getattr(getattr(source, "dist", None), "requires", None) or ():
        needed = Requirement(text)
        if needed.name == GROUP and not needed.specifier.contains(__version__, prereleases=True):
            why = Reason("plugins.out.newer", {"needed": str(needed.specifier), "have": __version__})
            said = f"it needs {needed}, and this is {__version__}; upgrade the platform or install an older one"
            raise PluginUnusable(problem=said, why=why)


def _hooks(source: Source) -> Mapping[str, Callable[[], Any]]:
    """The hook functions of one plugin; a manager of its own keeps what is wrong with it from touching the others."""
    manager = pluggy.PluginManager(hookspecs.GROUP)
    manager.add_hookspecs(hookspecs)
    plugin = source.load()
    manager.register(plugin, source.name)
    specified = {name for name, _ in documented()}
    for caller in manager.get_hookcallers(plugin) or ():
        if caller.name not in specified:
            raise misspelt(caller.name, specified)
    return {caller.name: caller.get_hookimpls()[0].function for caller in manager.get_hookcallers(plugin) or ()}


def _version(source: Source) -> str:
    return str(getattr(getattr(source, "dist", None), "version", ""))
