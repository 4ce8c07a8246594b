"""Switches a plugin on or off, in the whole city or in one unit and everything below it, from this moment on.

What is off says nothing more: no checks, hints, findings, fees. Cases keep their forms, packs and thresholds, and the
services that their diagrams call go on answering.
"""

from __future__ import annotations

from wardflow.adopted import CITY, Switch
from wardflow.cases.platform import Platform
from wardflow.domain.people import Actor
from wardflow.errors import PluginUnknown, ReasonMissing
from wardflow.permissions import Question, require


def switch_plugin(platform: Platform, actor: Actor, plugin: str, on: bool, reason: str, unit: str = CITY) -> None:
    """Nothing; PluginUnknown where none of that name is installed."""
    require(actor, "switch_plugin", place(platform, unit))
    if not reason.strip():
        raise ReasonMissing()
    put(platform, plugin, on, actor.person, reason.strip(), unit)


def put(platform: Platform, plugin: str, on: bool, by: str, reason: str, unit: str = CITY) -> None:
    """The same for whoever runs the installation from its command line."""
    known = {installed.name for installed in platform.plugins.departments()}
    if plugin not in known and on:
        raise PluginUnknown(plugin=plugin, known=", ".join(sorted(known)) or "none")
    if unit:
        platform.register().unit(unit)
    platform.store.adoption.switch(Switch(plugin, unit, on), by, platform.now(), reason)


def place(platform: Platform, unit: str) -> Question:
    """What permissions are asked about: a unit with those above it, or the whole city."""
    snapshot = platform.snapshot()
    return Question(register=snapshot.register, line=platform.snapshots.line(unit) if unit else ())
