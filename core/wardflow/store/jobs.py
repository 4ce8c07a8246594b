"""Jobs, each leased to one worker at a time; a lease that runs out gives the job to the next worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from wardflow.jobs.runner import Job
from wardflow.store.database import Database
from wardflow.store.instants import loads, stamp, stamp_or_none

_TAKE = (
    "UPDATE job SET state = 'held', lease_until = ? WHERE id IN (SELECT id FROM job "
    "WHERE (state = 'waiting' AND run_at <= ?) OR (state = 'held' AND lease_until <= ?) ORDER BY run_at, id LIMIT ?{lock}) "
    "RETURNING id, case_id, key, name, payload, tries"
)
# a worker that was slower than its lease must not end, or give away, what another one is doing by now
_MINE = "id = ? AND state = 'held' AND lease_until = ?"


class JobTable:
    """The jobs of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # SQLite has one writer; on PostgreSQL workers take different rows without waiting for one another
        self._take = _TAKE.format(lock="" if database.is_sqlite else " FOR UPDATE SKIP LOCKED")

    def take(self, now: datetime, limit: int, lease: timedelta) -> Sequence[Job]:
        """Jobs due at `now` that nobody holds, oldest first, now held until `now + lease`."""
        if not self._waiting(now):
            return []
        until = now + lease
        with self._database.writing() as cursor:
            found = cursor.rows(self._take, (stamp(until), stamp(now), stamp(now), limit))
        jobs = (Job(row[0], row[1], row[2], row[3], loads(row[4]), row[5], until) for row in found)
        return sorted(jobs, key=lambda job: job.id)

    def done(self, job: Job) -> None:
        """The job is finished; like the two below it changes nothing once the lease is another worker's."""
        self._end(f"UPDATE job SET state = 'done', lease_until = NULL WHERE {_MINE}", job)

    def failed(self, job: Job, error: str, retry_at: datetime | None) -> None:
        """The job failed once more; without `retry_at` it is a dead letter until a person acts."""
        state, again = ("dead", None) if retry_at is None else ("waiting", stamp(retry_at))
        sql = f"UPDATE job SET state = ?, error = ?, tries = tries + 1, lease_until = NULL, run_at = coalesce(?, run_at) WHERE {_MINE}"
        self._end(sql, job, state, error, again)

    def give_back(self, jobs: Sequence[Job]) -> None:
        """Ends the lease of jobs that were taken and not begun."""
        sql = f"UPDATE job SET state = 'waiting', lease_until = NULL WHERE {_MINE}"
        with self._database.writing() as cursor:
            cursor.run_many(sql, [_mine(job) for job in jobs])

    def stats(self) -> Mapping[str, int]:
        """How many jobs there are in each state: waiting, held, dead, done."""
        with self._database.reading() as cursor:
            return {row[0]: int(row[1]) for row in cursor.rows("SELECT state, count(*) FROM job GROUP BY state")}

    def _waiting(self, now: datetime) -> bool:
        """Looked at first, so that an idle worker never takes the writer's place."""
        sql = "SELECT 1 FROM job WHERE (state = 'waiting' AND run_at <= ?) OR (state = 'held' AND lease_until <= ?) LIMIT 1"
        with self._database.reading() as cursor:
            return cursor.row(sql, (stamp(now), stamp(now))) is not None

    def _end(self, sql: str, job: Job, *values: object) -> None:
        with self._database.writing() as cursor:
            cursor.run(sql, (*values, *_mine(job)))


def _mine(job: Job) -> tuple[object, ...]:
    return job.id, stamp_or_none(job.held_until)
