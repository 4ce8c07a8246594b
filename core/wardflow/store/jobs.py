"""Jobs, each leased to one worker at a time; a lease that runs out gives the job to the next worker."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from wardflow.cases.records import JobRow, JobTally, LateJob
from wardflow.jobs.runner import Job
from wardflow.store.database import Cursor, Database, Row
from wardflow.store.instants import dumps, loads, moment, stamp

# a step that is tried again calls its service with the key of before, so that the outside knows it for a repeat
_ENQUEUE = (
    "INSERT INTO job (case_id, key, name, payload, state, tries, rank, run_at) VALUES (?, ?, ?, ?, 'waiting', 0, ?, ?) "
    "ON CONFLICT (key) DO UPDATE SET name = excluded.name, payload = excluded.payload, state = excluded.state, "
    "tries = excluded.tries, rank = excluded.rank, run_at = excluded.run_at, lease_until = NULL, hold = NULL, error = NULL"
)
_CANCEL = "DELETE FROM job WHERE key = ? AND state IN ('waiting', 'dead')"
_FREE = "UPDATE job SET state = 'waiting', lease_until = NULL, hold = NULL WHERE state = 'held' AND lease_until <= ?"
_TAKE = (
    "UPDATE job SET state = 'held', lease_until = ?, hold = ? WHERE id IN (SELECT id FROM job "
    "WHERE state = 'waiting' AND run_at <= ? ORDER BY rank, run_at, id LIMIT ?{lock}) "
    "RETURNING rank, run_at, id, case_id, key, name, payload, tries"
)
# a worker that was slower than its lease must not end, or give away, what another one is doing by now
_MINE = "id = ? AND state = 'held' AND hold = ?"
_FINISH = f"UPDATE job SET state = 'done', lease_until = NULL, hold = NULL WHERE {_MINE}"
_RETRY = "UPDATE job SET state = 'waiting', tries = 0, error = NULL, run_at = ? WHERE id = ? AND state = 'dead'"

_LATE = "SELECT j.id, c.code, j.key, j.name, j.tries, j.error, j.run_at FROM job j JOIN cases c ON c.id = j.case_id"


def enqueue(cursor: Cursor, jobs: Iterable[tuple[int, JobRow]]) -> None:
    """Asks for jobs, each for its case, in the transaction of the cursor: with it or not at all, and a key is one job."""
    cursor.run_many(_ENQUEUE, [_row(case_id, job) for case_id, job in jobs])


def finish(cursor: Cursor, held: Iterable[tuple[int, str]]) -> None:
    """Ends jobs, each by its number and the lease it is held under, in the transaction of the cursor."""
    cursor.run_many(_FINISH, sorted(held))


def cancel(cursor: Cursor, keys: Iterable[tuple[int, str]]) -> None:
    """Takes back jobs that nobody has begun; the answer of one that was begun comes too late and is noted."""
    cursor.run_many(_CANCEL, [(f"{case_id}:{key}",) for case_id, key in keys])


class JobTable:
    """The jobs of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # SQLite has one writer; on PostgreSQL workers take different rows without waiting for one another
        self._take = _TAKE.format(lock="" if database.is_sqlite else " FOR UPDATE SKIP LOCKED")

    def take(self, now: datetime, limit: int, lease: timedelta) -> Sequence[Job]:
        """Jobs due at `now` that nobody holds, by rank, then oldest first, now held until `now + lease`."""
        waiting, abandoned = self._look(now)
        if not waiting and not abandoned:
            return []
        hold = secrets.token_hex(8)
        with self._database.writing() as cursor:
            if abandoned:
                cursor.run(_FREE, (stamp(now),))
            found = cursor.rows(self._take, (stamp(now + lease), hold, stamp(now), limit))
        return [Job(id, case, key, name, loads(said), tries, hold) for _, _, id, case, key, name, said, tries in sorted(found)]

    def renew(self, hold: str, until: datetime) -> None:
        """Everything under that hold stays held until then."""
        with self._database.writing() as cursor:
            cursor.run("UPDATE job SET lease_until = ? WHERE state = 'held' AND hold = ?", (stamp(until), hold))

    def done(self, *jobs: Job) -> None:
        """These are finished, in one transaction; like the two below it changes nothing once the lease is another worker's."""
        with self._database.writing() as cursor:
            finish(cursor, [(job.id, job.hold) for job in jobs])

    def failed(self, job: Job, error: str, retry_at: datetime | None) -> None:
        """The job failed once more; without `retry_at` it is a dead letter until a person acts."""
        state, again = ("dead", None) if retry_at is None else ("waiting", stamp(retry_at))
        changes = "state = ?, error = ?, tries = tries + 1, lease_until = NULL, hold = NULL, run_at = coalesce(?, run_at)"
        self._end(f"UPDATE job SET {changes} WHERE {_MINE}", job, state, error, again)

    def give_back(self, jobs: Sequence[Job]) -> None:
        """Ends the lease of jobs that were taken and not begun."""
        sql = f"UPDATE job SET state = 'waiting', lease_until = NULL, hold = NULL WHERE {_MINE}"
        with self._database.writing() as cursor:
            cursor.run_many(sql, [(job.id, job.hold) for job in jobs])

    def retry(self, job: int, now: datetime) -> bool:
        """True when that dead letter waits again, with all its tries; False when it was none."""
        with self._database.writing() as cursor:
            return cursor.run(_RETRY, (stamp(now), job)) == 1

    def stats(self) -> Mapping[str, int]:
        """How many jobs there are in each state: waiting, held, dead, done."""
        with self._database.reading() as cursor:
            return {row[0]: int(row[1]) for row in cursor.rows("SELECT state, count(*) FROM job GROUP BY state")}

    def tally(self) -> Sequence[JobTally]:
        """How many jobs of each name there are in each state, and since when the oldest is due."""
        sql = "SELECT name, state, count(*), min(run_at) FROM job GROUP BY name, state ORDER BY name, state"
        with self._database.reading() as cursor:
            return [JobTally(row[0], row[1], int(row[2]), moment(row[3])) for row in cursor.rows(sql)]

    def dead(self, limit: int = 200) -> Sequence[LateJob]:
        """The dead letters, oldest first: which case, what, how often tried, the kind of the last error."""
        with self._database.reading() as cursor:
            found = cursor.rows(f"{_LATE} WHERE j.state = 'dead' ORDER BY j.run_at, j.id LIMIT ?", (limit,))
        return [_late(row) for row in found]

    def of(self, case_id: int, key: str) -> LateJob | None:
        """The job that an act of a case asked for under a key, as long as it is kept."""
        with self._database.reading() as cursor:
            found = cursor.row(f"{_LATE} WHERE j.key = ?", (f"{case_id}:{key}",))
        return None if found is None else _late(found)

    def forget(self, before: datetime) -> int:
        """How many jobs that are done and were due before then are kept no longer."""
        with self._database.reading() as cursor:
            found = cursor.row("SELECT 1 FROM job WHERE state = 'done' AND run_at <= ? LIMIT 1", (stamp(before),))
        if found is None:
            return 0
        with self._database.writing() as cursor:
            return cursor.run("DELETE FROM job WHERE state = 'done' AND run_at <= ?", (stamp(before),))

    def _look(self, now: datetime) -> tuple[bool, bool]:
        """Whether some job is due, and whether some lease ran out; an idle worker never takes the writer's place."""
        sql = (
            "SELECT EXISTS (SELECT 1 FROM job WHERE state = 'waiting' AND run_at <= ?), "
            "EXISTS (SELECT 1 FROM job WHERE state = 'held' AND lease_until <= ?)"
        )
        with self._database.reading() as cursor:
            found = cursor.rows(sql, (stamp(now), stamp(now)))[0]
        return bool(found[0]), bool(found[1])

    def _end(self, sql: str, job: Job, *values: object) -> None:
        with self._database.writing() as cursor:
            cursor.run(sql, (*values, job.id, job.hold))


def _row(case_id: int, job: JobRow) -> tuple[object, ...]:
    return case_id, f"{case_id}:{job.key}", job.name, dumps(dict(job.payload)), job.rank, stamp(job.run_at)


def _late(row: Row) -> LateJob:
    id, case, key, name, tries, error, due = row
    return LateJob(id, case, key, name, tries, error or "", moment(due))
