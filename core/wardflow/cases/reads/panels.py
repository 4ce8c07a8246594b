"""The boxes that packages put on somebody's desk; one that fails is only missing."""

from __future__ import annotations

from dataclasses import dataclass

from wardflow.cases.platform import Platform
from wardflow.domain.people import Actor
from wardflow.domain.reasons import Reason
from wardflow.offers import PanelContext
from wardflow.rulings import FAILED, asked


@dataclass(frozen=True, slots=True)
class PanelView:
    """A box with its lines."""

    title: Reason
    lines: tuple[Reason, ...]
    plugin: str


def panels(platform: Platform, actor: Actor) -> tuple[PanelView, ...]:
    """Every box that has something to say to this person."""
    plugins = platform.plugins
    offered = plugins.panels()
    if not offered or not actor.holdings:
        return ()
    units = tuple(dict.fromkeys(unit for held in actor.holdings for unit in platform.snapshots.line(held.unit)))
    adopted, now = plugins.adopted(), platform.now()
    on = now.astimezone(platform.settings.zone).date()
    context = PanelContext(now, on, actor.roles, frozenset(units), plugins.data, plugins.settings(on, units))
    here = [(name, panel) for name, panel in offered if adopted.on(name, units)]
    answers = plugins.watch.each(
        [panel.id for _, panel in here], lambda at: asked(here[at][1].id, (tuple, list), here[at][1].lines, context), FAILED
    )
    return tuple(
        PanelView(panel.title, lines, name)
        for (name, panel), answer in zip(here, answers, strict=True)
        if isinstance(answer, tuple | list) and (lines := tuple(line for line in answer if isinstance(line, Reason)))
    )
