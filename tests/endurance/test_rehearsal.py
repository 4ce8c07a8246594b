"""The judged size of a rehearsal: 10,000 live cases tried on a new version of their pack in at most 60 seconds."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from time import perf_counter
from typing import Any

from wardflow import app, demo
from wardflow.cases.migrate_pack import begin, go_on, plan_for, rehearse
from wardflow.cases.situation import SYSTEM
from wardflow.packs import Pack
from wardflow.packs.mapping import StepMapping
from wardflow.settings import Settings
from wardflow.store import rows
from wardflow.store.database import Database

CASES, SECONDS = 10_000, 60
PACK, BPMN = "dossier", "dossier.bpmn"
COPIED = {
    "task": rows.TASK,
    "alarm": ("case_id", "alarm", "node", "fire_at"),
    "incident": ("case_id", "seq", "place", "code", "node", "facts", "at", "closed_at"),
    "entry": rows.ENTRY,
}
"""What hangs on a case and is cloned with it."""


def cloned(database: Database, pack: str, until: int) -> int:
    """How many live cases there are, once those that acts made were cloned often enough."""
    with database.writing() as cursor:
        live = [row[0] for row in cursor.rows("SELECT id FROM cases WHERE status = 'open' AND pack = ? ORDER BY id", (pack,))]
        last = cursor.rows("SELECT max(id) FROM cases")[0][0]
        names = [name for name in rows.CASE if name not in ("id", "code", "tracking")]
        for place in range(until - len(live)):
            source, id = live[place % len(live)], last + 1 + place
            cursor.run(
                f"INSERT INTO cases (id, code, tracking, authority, {', '.join(names)}) SELECT ?, code || ?, tracking || ?, authority, "
                f"{', '.join(names)} FROM cases WHERE id = ?",
                (id, f"-{place}", f"-{place}", source),
            )
            for table, columns in COPIED.items():
                rest = ", ".join(columns[1:])
                cursor.run(f"INSERT INTO {table} (case_id, {rest}) SELECT ?, {rest} FROM {table} WHERE case_id = ?", (id, source))
    return max(until, len(live))


def test_10_000_live_cases_are_rehearsed_in_a_minute(databases: Any, database_kind: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a secret for tests, 32 bytes long")
    settings = Settings(data=tmp_path, database_url=databases.empty(database_kind), secret_file=secret, demo=True)
    demo.create(settings)
    platform = app.build(settings)
    [version] = [each for each in platform.store.packs.versions() if each.pack_id == PACK]
    files = dict(platform.store.packs.files(version.digest))
    files[BPMN] = files[BPMN].replace(b'wf:due="5 wd"', b'wf:due="3 wd"').replace(b'"appraise"', b'"assess"').replace(b"appraise.", b"assess.")
    files[BPMN] = files[BPMN].replace(b"forms/assess.json", b"forms/appraise.json")
    new = Pack(files, PACK)
    to = platform.store.packs.publish(PACK, new.digest, new.files, "designer", platform.now()).version
    assert cloned(platform.store.database, version.digest, CASES) == CASES    # type: ignore[attr-defined]
    plan = plan_for(platform, PACK, to, StepMapping({"appraise": "assess"}))

    began = perf_counter()
    tried = Counter(outcome.result for outcome in rehearse(platform, plan))
    taken = perf_counter() - began

    print(f"{database_kind}: {CASES} live cases rehearsed in {taken:.1f} s: {dict(tried)}")
    assert tried.total() == CASES and tried["moves"] > CASES / 2
    assert taken <= SECONDS

    began = perf_counter()
    done = Counter(outcome.result for outcome in go_on(platform, SYSTEM, begin(platform, plan, "designer")))
    print(f"{database_kind}: and migrated in {perf_counter() - began:.1f} s")
    assert done == tried
    platform.store.close()
    databases.drop(settings.database_url)
