"""The demo city as a whole: cases of every family in every state, each step within its limit, and nothing wrong with any of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from wardflow import app, demo
from wardflow.cases.inspection import Inspector
from wardflow.demo import telling
from wardflow.settings import Settings
from wardflow.store.database import COMMIT

MOST = 8
"""statements of a completed step, its commit not counted"""
ABOUT = range(270, 340)
"""cases of the city"""


@dataclass
class City:
    """The platform over the city, and what each completed step ran, by procedure and step."""

    platform: Any
    steps: list[tuple[str, str, list[str]]] = field(default_factory=list)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """Made as `make demo` makes it, with an ear at the database while steps are completed."""
    folder = tmp_path_factory.mktemp("city")
    (folder / "secret").write_text("a secret for tests, 32 bytes long")
    settings = Settings(data=folder, secret_file=folder / "secret", demo=True)
    with pytest.MonkeyPatch.context() as patched:
        steps = _noted(patched)
        demo.create(settings)
    platform = app.build(settings)
    yield City(platform, steps)
    platform.store.close()


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


def test_no_step_of_any_procedure_costs_more_than_eight_statements_and_one_commit(city: City) -> None:
    dear = [each for each in city.steps if len(each[2]) - each[2].count(COMMIT) > MOST or each[2].count(COMMIT) != 1]
    assert len(city.steps) > 500
    assert dear == []


def test_the_city_has_about_300_cases_of_all_four_families(city: City) -> None:
    with city.platform.store.database.reading() as cursor:
        ids = [row[0] for row in cursor.rows("SELECT id FROM cases")]
    cases = [city.platform.store.cases.load(id).case for id in ids]
    families = Counter(city.platform.library.matter_of(case).pack.family for case in cases)
    assert len(cases) in ABOUT
    assert families.keys() == {"asset", "assignment", "dossier", "voice"}


def test_a_verification_of_the_whole_city_finds_nothing(city: City) -> None:
    inspector = Inspector(city.platform)
    assert list(inspector.faults(city.platform.store.inspection)) == []
    assert inspector.looked["case"] in ABOUT
