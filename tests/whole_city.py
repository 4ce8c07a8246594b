"""The demo city, made once for all tests of a run that need it whole, with what each completed step ran at the database."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest
from wardflow import demo
from wardflow.demo import telling
from wardflow.settings import Settings

RUN = "WARDFLOW_TEST_RUN"    # folder that all processes of one run share


def secret() -> Path:
    """One secret for all cities of a run, or the copies could not open what the first one sealed."""
    file = Path(os.environ[RUN]) / "secret"
    if not file.exists():
        part = file.with_name(f"secret-{os.getpid()}")    # another process may look for it this moment
        part.write_text("a secret for tests, 32 bytes long")
        part.replace(file)
    return file


def whole_city(address: str) -> None:
    """Makes the city as `make demo` makes it, with an ear at the database while steps are completed."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        steps = _noted(patched)
        demo.create(Settings(data=Path(folder), database_url=address, secret_file=secret(), demo=True))
    if address.startswith("sqlite"):
        _notes().write_text(json.dumps(steps))


def steps_heard() -> list[tuple[str, str, list[str]]]:
    """Procedure, step and statements of every step that was completed while the city was made on SQLite."""
    return [(procedure, node, statements) for procedure, node, statements in json.loads(_notes().read_text())]


def _notes() -> Path:
    return Path(os.environ[RUN]) / "city-steps.json"


def _noted(patched: pytest.MonkeyPatch) -> list[tuple[str, str, list[str]]]:
    complete, steps = telling.complete_task, list[tuple[str, str, list[str]]]()

    def noted(platform: Any, actor: Any, case_id: int, task: str, value: Any) -> Any:
        held, statements = platform.store.cases.load(case_id, task), list[str]()
        platform.store.database.observer = statements.append
        try:
            return complete(platform, actor, case_id, task, value)
        finally:
            platform.store.database.observer = None
            steps.append((held.case.procedure, held.task.node, statements))

    patched.setattr(telling, "complete_task", noted)
    return steps
