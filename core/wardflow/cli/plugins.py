"""Commands of who keeps the packages of the departments: plugins list, install, remove, enable, disable, inspect, hooks, new.

Each command imports what it needs itself, so that `wardflow --help` answers at once.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING

from wardflow.cli.shape import DONE, REFUSED, command
from wardflow.families import BUILT_IN
from wardflow.plugin_errors import PluginNeeded, PluginUnknown
from wardflow.settings import Settings, check_installed

if TYPE_CHECKING:
    from wardflow.cli.shape import Commands
    from wardflow.plugins import Plugins

OWN = frozenset(
    ("demo", "serve", "worker", "init", "upgrade", "verify", "backup", "restore", "calendar", "check", "test", "publish", "feel")
    + ("decide", "plugins", "tokens", "archive", "jobs", "keys")
)
"""Words of the platform: a plugin of such a name has no commands of its own."""
OPERATOR = "operator"
"""Stands in the log for whoever may run commands on the machine."""


def add(commands: Commands) -> None:
    """Add the commands of plugins, and those that plugins bring."""
    meaning = "list, install, remove and switch the packages that bring rules, packs and forms"
    group = commands.add_parser("plugins", help=meaning, description=meaning[0].upper() + meaning[1:] + ".")
    group.set_defaults(command=_list)
    within = group.add_subparsers(title="commands", metavar="COMMAND")
    command(within, "list", _list, "what is installed, and what was left out with its error")
    made = command(within, "install", _install, "install a wheel, make its tables, and let the server take it up")
    made.add_argument("wheel", type=Path, metavar="WHEEL", help="the file of a distribution (.whl)")
    made = command(within, "remove", _remove, "remove a plugin; its tables and settings stay for its return")
    made.add_argument("plugin", metavar="NAME")
    for name, meaning in (("enable", "switch a plugin on"), ("disable", "switch a plugin off, from this moment on")):
        made = command(within, name, _switch, meaning)
        made.add_argument("plugin", metavar="NAME")
        made.add_argument("--unit", default="", metavar="UNIT", help="in that unit and below it (default: the whole city)")
        made.add_argument("--reason", default="", metavar="TEXT", help="why; it stays in the log")
        made.set_defaults(on=name == "enable")
    made = command(within, "inspect", _inspect, "which package put which rule, hint or list on a field")
    made.add_argument("field", metavar="PROCEDURE.FIELD", help="such as permit.purpose; a / leads into objects and lists")
    command(within, "hooks", _hooks, "every hook with its sentence")
    made = command(within, "new", _new, "begin a package of rules: it installs, passes its tests and shows on the desk")
    made.add_argument("name", metavar="NAME", help="its name, such as veterinary: small letters, digits and _")
    made.add_argument("--in", dest="folder", type=Path, default=Path(), metavar="FOLDER", help="where to put its folder (default: here)")
    made.add_argument("--pack", metavar="PACK", help="the pack that runs its procedure (default: the one that ships for plugins)")
    made = command(within, "migrate", _migrate, "bring a plugin's own tables to its version")
    made.add_argument("plugin", metavar="NAME")
    made = command(within, "contents", _contents, "what the packages in a folder offer, as JSON")
    made.add_argument("folder", type=Path, metavar="FOLDER")
    for each in within.choices.values():
        each.add_argument("--data", type=Path, metavar="FOLDER", help="data folder (WARDFLOW_DATA)")
    _add_own(commands)


def _add_own(commands: Commands) -> None:
    """A command group for each installed plugin, for `--help`; `of_plugin` reads what is typed after it."""
    for name in sorted(_named()):
        commands.add_parser(name, help=f"commands of the plugin {name}", add_help=False)


def of_plugin(typed: Sequence[str]) -> argparse.Namespace | None:
    """What is typed when its first word is a plugin's name; the plugin is loaded only when its command is run."""
    if not typed or typed[0] not in _named():
        return None
    return argparse.Namespace(command=_own, plugin=typed[0], rest=list(typed[1:]))


def _named() -> set[str]:
    """The plugins and families that may have commands of their own."""
    families = {family.name for family in BUILT_IN if family.commands}
    return families | {entry.name for entry in entry_points(group="wardflow")} - OWN


def _own(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow import app
    from wardflow.cases.platform import present
    from wardflow.store import Store

    plugins = _plugins(settings)
    top = argparse.ArgumentParser(f"wardflow {options.plugin}", description=f"Commands of the plugin {options.plugin}.")
    top.add_argument("--data", type=Path, metavar="FOLDER", help="data folder (WARDFLOW_DATA)")
    within = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for offered in plugins.plugin(options.plugin).offers["commands"]:
        made = within.add_parser(offered.name, help=offered.meaning, description=offered.meaning[0].upper() + offered.meaning[1:] + ".")
        offered.arguments(made)
        made.set_defaults(offered=offered)
    chosen = top.parse_args(options.rest)
    settings = settings.but(data=chosen.data)
    check_installed(settings)
    store = Store(settings.database, settings.secret())
    try:
        given = app.assemble(settings, store, now=present, plugins=plugins) if chosen.offered.acts else store.own
        for line in chosen.offered.run(chosen, given):
            print(line, flush=True)
    finally:
        store.close()
    return DONE


def _plugins(settings: Settings) -> Plugins:
    from wardflow import app

    return app.load_plugins(settings)


def _list(settings: Settings, options: argparse.Namespace) -> int:
    plugins = _plugins(settings)
    for plugin in plugins.installed:
        print(f"{plugin.name:<16} {plugin.version or 'built in'}")
    for out in plugins.left_out:
        print(f"{out.name:<16} {out.version:<10} left out: {out.error}")
    return REFUSED if plugins.left_out else DONE


def _install(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow import app, wheels
    from wardflow.cases.plugin_needs import needs, told
    from wardflow.serve import environment

    check_installed(settings)
    found = wheels.look_into(options.wheel)
    platform = app.build(settings)
    try:
        for one in found:
            if any(plugin.name == one.plugin for plugin in platform.plugins.installed) and (
                lacking := needs(platform, one.plugin, one.inventory)
            ):
                raise PluginNeeded(plugin=f"{one.plugin} {one.version}", needs=told(lacking))
        wheels.install(options.wheel)
        for one in found:
            wheels.migrate(settings, one.plugin, environment(settings))
            facts = {"plugin": one.plugin, "version": one.version}
            platform.store.adoption.log("installed", facts, OPERATOR, platform.now())
            print(f"{one.plugin} {one.version} is installed.")
    finally:
        platform.store.close()
    return _reloaded(settings)


def _remove(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow import app, wheels
    from wardflow.cases.plugin_needs import needs, told

    check_installed(settings)
    entry = next((entry for entry in entry_points(group="wardflow") if entry.name == options.plugin), None)
    if entry is None or entry.dist is None:
        raise PluginUnknown(plugin=options.plugin, known=", ".join(e.name for e in entry_points(group="wardflow")) or "none")
    platform = app.build(settings)
    try:
        at_work = any(plugin.name == options.plugin for plugin in platform.plugins.installed)
        if at_work and (lacking := needs(platform, options.plugin, None)):
            raise PluginNeeded(plugin=options.plugin, needs=told(lacking))
        wheels.remove(entry.dist.name)
        platform.store.adoption.log("removed", {"plugin": options.plugin}, OPERATOR, platform.now())
    finally:
        platform.store.close()
    print(f"{options.plugin} is removed; its tables and settings stay.")
    return _reloaded(settings)


def _reloaded(settings: Settings) -> int:
    from wardflow import wheels

    print("The server takes it up now." if wheels.reload(settings) else "No server runs here; the next start takes it up.")
    return DONE


def _switch(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow import app
    from wardflow.cases.switch_plugin import put

    check_installed(settings)
    platform = app.build(settings)
    try:
        put(platform, options.plugin, options.on, OPERATOR, options.reason, options.unit)
    finally:
        platform.store.close()
    print(f"{options.plugin} is {'on' if options.on else 'off'} in {options.unit or 'the whole city'}.")
    return DONE


def _inspect(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow import app
    from wardflow.cases.platform import present
    from wardflow.cases.reads.rules import field_rows
    from wardflow.store import Store

    plugins = _plugins(settings)
    kept = settings.database_url or (settings.data / "wardflow.db").exists()
    tally = {}
    if kept:
        store = Store(settings.database, settings.secret())
        try:
            platform = app.assemble(settings, store, now=present, plugins=plugins)
            plugins, tally = platform.plugins, dict(store.adoption.tally())
        finally:
            store.close()
    procedure, _, field = options.field.partition(".")
    rows = field_rows(plugins, procedure, "/" + field.strip("/"), tally)
    for row in rows:
        print(f"{row.kind:<9} {row.rule:<32} {row.plugin} {row.version}")
        for name, said in row.told():
            print(f"          {name:<10} {said}")
    print(f"{len(rows)} on {options.field}")
    return DONE if rows else REFUSED


def _hooks(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow.plugins import documented

    for name, sentence in documented():
        print(f"| `{name}` | {sentence} |")
    return DONE


def _new(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow import catalog, packs
    from wardflow.authoring import begin

    shipped = [packs.read(folder) for folder in catalog.pack_folders(settings.workflows)]
    pack = next((one.id for one in shipped if one.settings.get("for_plugins")), shipped[0].id)
    folder = begin(options.name, options.folder, options.pack or pack)
    print(f"{folder} is there. Install it with: pip install -e \"{folder}[test]\"")
    return DONE


def _migrate(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow import app
    from wardflow.store import Store

    store = Store(settings.database, settings.secret())
    try:
        app.migrate(store, _plugins(settings).plugin(options.plugin))
    finally:
        store.close()
    return DONE


def _contents(settings: Settings, options: argparse.Namespace) -> int:
    from dataclasses import asdict

    from wardflow.wheels import Found

    plugins = _plugins(settings)
    rows = []
    for entry in entry_points(group="wardflow"):
        if entry.dist is None or not Path(str(entry.dist.locate_file(""))).is_relative_to(options.folder):
            continue
        out = next((out.error for out in plugins.left_out if out.name == entry.name), "")
        displaced = (each for each in plugins.left_out if each.why.facts.get("other") == entry.name)
        out = out or next((f"{each.name} would no longer work: {each.error}" for each in displaced), "")
        offered = {} if out else plugins.inventory(entry.name)
        rows.append(asdict(Found(entry.name, entry.dist.name, entry.dist.version, offered, out)))
    print(json.dumps(rows))
    return DONE
