"""The figures of a department, each with how it was computed; one that fails is only missing.

Who keeps the field for the whole city sees the whole city; everybody else the units they belong to.
"""

from __future__ import annotations

from dataclasses import dataclass

from wardflow.adopted import CITY
from wardflow.cases.platform import Platform
from wardflow.cases.reads.plugins import kept_by
from wardflow.domain.people import Actor
from wardflow.domain.reasons import Reason
from wardflow.offers import Figure, Indicator, IndicatorContext
from wardflow.permissions import Question, require
from wardflow.plugins import Installed
from wardflow.rulings import FAILED, asked


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One figure as a page shows it."""

    title: Reason
    kind: str
    value: float | None
    """None where there is nothing to count yet"""
    how: Reason
    basis: str


@dataclass(frozen=True, slots=True)
class IndicatorsView:
    """The figures of one package, and the units they are of; none for the whole city."""

    rows: tuple[IndicatorRow, ...]
    units: tuple[str, ...]


def indicators(platform: Platform, actor: Actor, name: str) -> IndicatorsView:
    """Every figure of a package, for officials; PluginUnknown where none of that name is installed."""
    require(actor, "see_plugins", Question())
    plugins, plugin = platform.plugins, platform.plugins.plugin(name)
    offered: tuple[Indicator, ...] = plugin.offers["indicators"]
    units = () if CITY in kept_by(platform, actor) else _own(platform, actor)
    if not offered or not plugins.adopted().on(name, ()):
        return IndicatorsView((), units)
    context = _context(platform, plugin, units)
    answers = plugins.watch.each(
        [each.id for each in offered], lambda at: asked(offered[at].id, (Figure, type(None)), offered[at].compute, context), FAILED
    )
    rows = (_row(each, said) for each, said in zip(offered, answers, strict=True) if isinstance(said, Figure))
    return IndicatorsView(tuple(row for row in rows if row is not None), units)


def _row(offered: Indicator, said: Figure) -> IndicatorRow | None:
    """Nothing for a figure that is no number."""
    number = said.value is None or (isinstance(said.value, int | float) and not isinstance(said.value, bool))
    if not number or not isinstance(said.how, Reason):
        return None
    return IndicatorRow(offered.title, offered.kind, said.value, said.how, offered.basis)


def _context(platform: Platform, plugin: Installed, units: tuple[str, ...]) -> IndicatorContext:
    """The counts of the plugin's own procedures, but for confidential ones, of which even a number may tell too much."""
    now, plugins = platform.now(), platform.plugins
    on = now.astimezone(platform.settings.zone).date()
    codes = sorted(str(record["code"]) for record in plugin.offers["procedures"] if not record.get("confidential"))
    counts = platform.counts(codes)
    if units:
        counts = tuple(row for row in counts if row.unit in units)
    return IndicatorContext(now, on, counts, plugins.data, plugins.settings(on, units), frozenset(units))


def _own(platform: Platform, actor: Actor) -> tuple[str, ...]:
    """The units somebody belongs to, without the one at the top."""
    register = platform.register()
    line = (unit for held in actor.holdings for unit in register.up(held.unit))
    return tuple(dict.fromkeys(unit.id for unit in line if unit.parent))
