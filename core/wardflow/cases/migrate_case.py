"""Takes one running case over to another version of its pack: an act like any other, with its line in the timeline."""

from __future__ import annotations

from dataclasses import replace

from wardflow.cases.acting import again_when_moved, running, take_up
from wardflow.cases.migration import Migration, Moved, Outcome, Result, Standing
from wardflow.cases.migration_trial import Trials
from wardflow.cases.platform import Platform
from wardflow.cases.records import TaskStatus
from wardflow.domain.people import Actor
from wardflow.permissions import Question, require


@again_when_moved
def migrate_case(platform: Platform, actor: Actor, migration: Migration, case_id: int) -> Outcome:
    """What became of the case; where it stays or is blocked nothing changed but that this is known."""
    held = take_up(platform, case_id)
    require(actor, "migrate_case", held.question())
    running(held)
    return move(platform, actor, migration, case_id, Trials(platform, actor, migration.plan))


def move(platform: Platform, actor: Actor, migration: Migration, case_id: int, trials: Trials) -> Outcome:
    """The same for whoever was asked already: a migration in bulk, or who runs the installation from its command line."""
    case = platform.store.cases.load(case_id).case
    tasks = tuple(task for task in platform.store.papers.tasks(case_id) if task.status is TaskStatus.OPEN)
    return settle(platform, migration, trials, Standing(case, tasks, platform.store.incidents.of_case(case_id)))


def settle(platform: Platform, migration: Migration, trials: Trials, standing: Standing) -> Outcome:
    """What became of a case as it stands; CaseMoved where another act came first."""
    trial = trials.tried(standing)
    row = Moved(standing.case.id, migration.id, trial.outcome.result, trial.outcome.reasons, platform.now())
    if trial.change is None or trial.outcome.result is not Result.MOVES:
        platform.store.migrations.note(row)
        return trial.outcome
    row = replace(row, version=trial.change.case.version, before=trial.before)
    platform.store.cases.apply(replace(trial.change, moved=row))
    return trial.outcome


def asked(actor: Actor) -> None:
    """Nothing where somebody may take the cases of a pack over, or NotAllowed."""
    require(actor, "migrate_case", Question())
