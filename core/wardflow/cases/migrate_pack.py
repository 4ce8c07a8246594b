"""Takes all live cases of a pack over to another version: one act a case, in portions, going on where it stopped."""

from __future__ import annotations

from collections.abc import Iterator

from wardflow.cases.migrate_case import asked, move, settle
from wardflow.cases.migration import Migration, MigrationFollowed, NothingToUndo, Outcome, Plan, Result
from wardflow.cases.migration_trial import Trials
from wardflow.cases.platform import Platform
from wardflow.cases.undo_migration import put_back
from wardflow.domain.people import Actor
from wardflow.errors import CaseMoved, PackUnknown
from wardflow.packs.mapping import StepMapping
from wardflow.permissions import Question, require

BATCH = 200
TRIES = 4


def plan_for(platform: Platform, pack_id: str, version: int, mapping: StepMapping) -> Plan:
    """The plan that takes the cases of a pack to one of its published versions; PackUnknown where there is none."""
    for each in platform.store.packs.versions():
        if (each.pack_id, each.version) == (pack_id, version):
            return Plan(pack_id, each.digest, version, mapping)
    raise PackUnknown(pack=f"{pack_id}, version {version}")


def rehearse(platform: Platform, plan: Plan) -> Iterator[Outcome]:
    """What would become of every live case of other versions, tried in memory; nothing is written."""
    trials, last = Trials(platform, Actor("", ""), plan), 0
    while batch := platform.store.migrations.standing(plan, last, BATCH):
        for standing in batch:
            yield trials.tried(standing).outcome
        last = batch[-1].case.id


def begin_migration(platform: Platform, actor: Actor, plan: Plan) -> Migration:
    """A migration that is now under way; `go_on` does its work. NotAllowed for who may not."""
    asked(actor)
    return begin(platform, plan, actor.person)


def begin(platform: Platform, plan: Plan, by: str) -> Migration:
    """The same for whoever runs the installation from its command line; one that is under way goes on."""
    for known in platform.store.migrations.all(plan.pack_id):
        if known.ended_at is None and known.plan == plan:
            return known
    return platform.store.migrations.begin(plan, platform.now(), by)


def go_on(platform: Platform, actor: Actor, migration: Migration) -> Iterator[Outcome]:
    """What became of each case that had not had its turn; stopped at any point, the next call goes on there."""
    trials, last = Trials(platform, actor, migration.plan), 0
    while batch := platform.store.migrations.standing(migration.plan, last, BATCH, migration.id):
        for standing in batch:
            try:
                yield settle(platform, migration, trials, standing)
            except CaseMoved:
                yield _again(platform, actor, migration, standing.case.id, trials)
        last = batch[-1].case.id
    platform.store.migrations.end(migration.id, platform.now())


def _again(platform: Platform, actor: Actor, migration: Migration, case_id: int, trials: Trials) -> Outcome:
    """The case read anew: an act on it came between."""
    for _ in range(TRIES - 1):
        try:
            return move(platform, actor, migration, case_id, trials)
        except CaseMoved:
            continue
    return move(platform, actor, migration, case_id, trials)


def undo_all(platform: Platform, actor: Actor, migration: int) -> Iterator[tuple[str, bool]]:
    """The code of each case that had moved, and whether it came back: one on which an act followed does not."""
    last = 0
    while batch := platform.store.migrations.rows(migration, Result.MOVES, last, BATCH):
        for row, code in batch:
            try:
                put_back(platform, actor, migration, row.case_id)
                yield code, True
            except (MigrationFollowed, NothingToUndo):
                yield code, False
        last = batch[-1][0].case_id


def undo_pack_migration(platform: Platform, actor: Actor, migration: int) -> Iterator[tuple[str, bool]]:
    """The same, for an actor who is asked first."""
    require(actor, "undo_migration", Question())
    return undo_all(platform, actor, migration)
