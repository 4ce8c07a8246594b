"""Commands of who brings running cases to a new version of their pack: rehearse, migrate.

Each command imports what it needs itself, so that `wardflow --help` answers at once.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from wardflow.cli.shape import DONE, REFUSED, command
from wardflow.settings import Settings, check_installed

if TYPE_CHECKING:
    from wardflow.cases.migration import Outcome, Plan
    from wardflow.cases.platform import Platform
    from wardflow.cli.shape import Commands
    from wardflow.wording import Wording

EVERY = 500
"""Cases after which progress is shown."""


def add(commands: Commands) -> None:
    """Add the commands of a migration."""
    made = command(commands, "rehearse", _rehearse, "try every live case of a pack on another version, in memory")
    _common(made)
    made = command(commands, "migrate", _migrate, "take the live cases of a pack over to another version, one act a case")
    _common(made)
    made.add_argument("--as", dest="person", default="operator", metavar="NAME", help="who is recorded as migrating")
    made.add_argument("--undo", type=int, metavar="MIGRATION", help="bring the cases of that migration back instead")


def _common(made: argparse.ArgumentParser) -> None:
    made.add_argument("pack", metavar="PACK", help="id of a published pack")
    made.add_argument("--to", type=int, metavar="VERSION", help="the version to go to (default: the newest)")
    made.add_argument("--mapping", type=Path, metavar="FILE", help="TOML or YAML: renamed steps, changed events, steps to stay at")
    made.add_argument("--all", action="store_true", help="list the cases that move as well")
    made.add_argument("--language", choices=("vi", "en"), default="en", help="language of the answer (default: en)")
    made.add_argument("--data", type=Path, metavar="FOLDER", help="data folder (WARDFLOW_DATA)")


def _rehearse(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow import app
    from wardflow.cases.migrate_pack import rehearse

    check_installed(settings)
    platform = app.build(settings)
    try:
        plan, wording = _plan(platform, options), platform.wording(options.language)
        counts = _listed(rehearse(platform, plan), platform, plan, wording, options)
    finally:
        platform.store.close()
    return REFUSED if counts["blocked"] else DONE


def _migrate(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow import app
    from wardflow.cases.migrate_pack import begin, go_on
    from wardflow.domain.people import Actor

    check_installed(settings)
    platform = app.build(settings)
    actor = Actor(options.person, options.person)
    try:
        if options.undo is not None:
            return _undo(platform, actor, options)
        plan, wording = _plan(platform, options), platform.wording(options.language)
        migration = begin(platform, plan, options.person)
        print(f"Migration {migration.id}: {plan.pack_id} to version {plan.version}. Stopped, the same command goes on.")
        counts = _listed(go_on(platform, actor, migration), platform, plan, wording, options)
    finally:
        platform.store.close()
    return REFUSED if counts["blocked"] else DONE


def _undo(platform: Platform, actor: object, options: argparse.Namespace) -> int:
    from wardflow.cases.migrate_pack import undo_all
    from wardflow.domain.people import Actor

    assert isinstance(actor, Actor)
    wording, followed, back = platform.wording(options.language), 0, 0
    platform.store.migrations.one(options.undo)
    for code, undone in undo_all(platform, actor, options.undo):
        back, followed = back + undone, followed + (not undone)
        if not undone:
            print(wording.say("migration.report.followed", code=code))
    print(wording.say("migration.report.undone", count=back))
    return REFUSED if followed else DONE


def _plan(platform: Platform, options: argparse.Namespace) -> Plan:
    from wardflow.cases.migrate_pack import plan_for
    from wardflow.errors import PackUnknown
    from wardflow.packs.mapping import StepMapping, read_mapping

    versions = [each.version for each in platform.store.packs.versions() if each.pack_id == options.pack]
    if not versions:
        raise PackUnknown(pack=options.pack)
    file: Path | None = options.mapping
    mapping = read_mapping(file.read_bytes(), file.name) if file is not None else StepMapping()
    return plan_for(platform, options.pack, options.to or versions[-1], mapping)


def _listed(
    outcomes: Iterable[Outcome], platform: Platform, plan: Plan, wording: Wording, options: argparse.Namespace
) -> Counter[str]:
    """Each case that does not simply move, the progress, and at the end how many had which result."""
    counts: Counter[str] = Counter()
    total = platform.store.migrations.count(plan)
    for outcome in outcomes:
        counts[str(outcome.result)] += 1
        if outcome.reasons or options.all:
            why = "; ".join(wording.say(reason) for reason in outcome.reasons)
            at = ", ".join(outcome.steps)
            result = wording.say(f"migration.result.{outcome.result}")
            print(f"{outcome.code} ({outcome.version} → {plan.version}, {at}): {result}{': ' if why else ''}{why}")
        if counts.total() % EVERY == 0:
            print(wording.say("migration.report.progress", done=counts.total(), total=total), flush=True)
    for result in ("moves", "stays", "blocked"):
        print(wording.say("migration.report.count", count=counts[result], result=wording.say(f"migration.result.{result}")))
    return counts
