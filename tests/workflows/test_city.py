"""The demo city as a whole: cases of every family in every state, each step within its limit, and nothing wrong with any of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from wardflow import app
from wardflow.cases.inspection import Inspector
from wardflow.settings import Settings
from wardflow.store.database import COMMIT
from whole_city import secret, steps_heard, whole_city

MOST = 8
"""statements of a completed step, its commit not counted"""
ABOUT = range(270, 340)
"""cases of the city"""


@dataclass
class City:
    """The platform over the city, and what each completed step ran, by procedure and step."""

    platform: Any
    steps: list[tuple[str, str, list[str]]]


@pytest.fixture(scope="module")
def city(databases: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """The city that was made for this run."""
    address = databases.copy("sqlite", databases.once("sqlite", "city", whole_city))
    platform = app.build(Settings(data=tmp_path_factory.mktemp("city"), database_url=address, secret_file=secret(), demo=True))
    yield City(platform, steps_heard())
    platform.store.close()


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
