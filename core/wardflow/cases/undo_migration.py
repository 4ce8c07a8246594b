"""Brings a case back to the version it came from, as long as no act has followed on it."""

from __future__ import annotations

from dataclasses import replace

from wardflow.cases.acting import again_when_moved, take_up
from wardflow.cases.commit import record
from wardflow.cases.migration import Before, MigrationFollowed, Moved, NothingToUndo, Result
from wardflow.cases.migration_trial import alarms_of, listening_between
from wardflow.cases.platform import Platform
from wardflow.cases.records import AlarmRow, Case
from wardflow.cases.situation import Happening
from wardflow.domain.people import Actor
from wardflow.permissions import require


@again_when_moved
def undo_migration(platform: Platform, actor: Actor, migration: int, case_id: int) -> Case:
    """The case as it was: state, steps, alarms with their moments. MigrationFollowed when an act came after the move."""
    held = take_up(platform, case_id)
    require(actor, "undo_migration", held.question())
    return put_back(platform, actor, migration, case_id)


@again_when_moved
def put_back(platform: Platform, actor: Actor, migration: int, case_id: int) -> Case:
    """The same for whoever was asked already."""
    case = platform.store.cases.load(case_id).case
    row = platform.store.migrations.of_case(case_id, migration)
    if row is None or row.before is None or row.result is not Result.MOVES:
        raise NothingToUndo(case=case.code, migration=migration)
    if row.version != case.version:
        raise MigrationFollowed(case=case.code)
    version = platform.library.version
    happening = Happening("migration_undone", "", {"from": version(case.pack), "to": version(row.before.pack)})
    change = record(case, happening, platform, actor)
    before = row.before
    cleared, again = _alarms(case, before)
    restored = replace(change.case, pack=before.pack, state=before.state, doers=before.doers)
    snapshot, library = platform.snapshot(), platform.library
    begun, ended = listening_between(platform, snapshot, case, library.matter_of(case), restored, library.matter_of(restored))
    undone = Moved(case.id, migration, Result.UNDONE, (), platform.now(), restored.version)
    return platform.store.cases.apply(
        replace(
            change, case=restored, tasks_followed=before.tasks, alarms_cleared=cleared, alarms_set=again, listening=begun,
            listened=ended, moved=undone,
        )
    )


def _alarms(case: Case, before: Before) -> tuple[tuple[str, ...], tuple[AlarmRow, ...]]:
    """The alarms to take away and those to set again; what did not change is not touched."""
    now, then = set(alarms_of(case.state)), set(before.alarms)
    return tuple(sorted(row.alarm for row in now - then)), tuple(sorted(then - now, key=lambda row: row.alarm))
