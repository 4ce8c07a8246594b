"""The judged city: a million cases with a million open tasks, and the desk answers as it does on its first day.

Run it on a machine that does nothing else: a percentile of a crowded one is that of the crowd.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from crowd import MORNING, PEOPLE, WARDS, city, fill, ward
from wardflow.cases.desk_lists import FIRST, Heap, Narrow
from wardflow.cases.reads.asking import Bounds
from wardflow.store import Store
from wardflow_web import create_app

NUMBER = int(os.environ.get("WARDFLOW_TEST_CROWD", "1000000"))    # fewer for a first look; the judged number is the default
LIST_MS, PAGE_MS, PREFIX_MS = 1.0, 60.0, 3.0
WORDS_MS = {"sqlite": 5.0, "postgresql": 20.0}
TIMES = 400


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def crowded(request: pytest.FixtureRequest, databases: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The city with its million cases."""
    folder: Path = tmp_path_factory.mktemp("crowd")
    address = databases.empty(request.param)
    store = Store(address, b"a secret for tests, 32 bytes long")
    store.upgrade()
    store.close()
    platform = city(address, folder)
    began = perf_counter()
    fill(platform, NUMBER)
    print(f"\n{request.param}: {NUMBER} cases cloned in {perf_counter() - began:.0f} s")
    yield request.param, platform
    platform.store.close()
    databases.drop(address)


def test_a_list_is_read_within_a_millisecond(crowded: Any) -> None:
    kind, platform = crowded
    lists, bounds = platform.store.desk, Bounds.at(MORNING, platform.snapshot().calendar)
    for view in ("mine", "queue", "unit"):
        asked = [(Heap(view, f"p{ward(n % WARDS)}-{n % PEOPLE}", ((f"{ward(n % WARDS)}.office", "reviewer"),)), Narrow()) for n in range(TIMES)]
        asked += [(heap, Narrow(dues=bounds.of("today"))) for heap, _ in asked[:50]]
        took = _queries(platform, lambda heap, narrow: lists.page(heap, narrow, "due", FIRST, 26), asked)
        _told(f"{kind} {view}", took)
        assert _at(took, 0.99) <= LIST_MS


def test_a_case_is_found_by_its_code_or_the_beginning_of_a_name(crowded: Any) -> None:
    kind, platform = crowded
    asked = [
        pair for n in range(TIMES // 4) for pair in (
            ((f"h26.{n % WARDS}-260904-{1000000 + n % NUMBER}",), (ward(n % WARDS),)), (("h26",), (ward(n % WARDS),)),
            (("nguyen",), (ward(n % WARDS), f"{ward(n % WARDS)}.office")), (("tran", "th"), (ward(n % WARDS),)),
        )
    ]    # fmt: skip
    took = _queries(platform, lambda words, units: platform.store.finding.cases(words, units, 12), asked)
    _told(f"{kind} prefix", took)
    assert _at(took, 0.99) <= PREFIX_MS


def test_a_case_is_found_by_any_words_of_a_name(crowded: Any) -> None:
    kind, platform = crowded
    names = (("an", "nguyen"), ("nguyen", "van", "an"), ("hoa", "thi", "le"), ("ngu", "va", "a"), ("yen", "kim"), ("khong", "co"))
    asked = [(names[n % len(names)], (ward(n % WARDS),)) for n in range(TIMES)]
    took = _queries(platform, lambda words, units: platform.store.finding.cases(words, units, 12), asked)
    _told(f"{kind} words", took)
    assert _at(took, 0.99) <= WORDS_MS[kind]


def test_the_page_of_the_desk_is_made_within_sixty_milliseconds(crowded: Any) -> None:
    kind, platform = crowded
    pages = create_app(platform)
    for address in ("/desk", "/desk?view=queue", "/desk?view=unit", "/desk?q=nguyen+van+an"):
        took = []
        for n in range(60):
            client = pages.test_client()
            with client.session_transaction() as session:
                session["person"] = f"p{ward(n % WARDS)}-{n % PEOPLE}"
            began = perf_counter()
            answer = client.get(address)
            took.append(1000 * (perf_counter() - began))
            assert answer.status_code == 200
        _told(f"{kind} {address}", took[5:])
        assert _at(took[5:], 0.95) <= PAGE_MS


def _queries(platform: Any, ask: Any, asked: list[Any]) -> list[float]:
    """Milliseconds that the database took for each question; making records of its rows is not the query."""
    database, took = platform.store.database, list[float]()
    for each in asked[:40]:
        ask(*each)
    plain = database.reading
    @contextmanager
    def reading() -> Any:
        with plain() as cursor:
            began = perf_counter()
            yield cursor
            took.append(1000 * (perf_counter() - began))

    database.reading = reading
    try:
        for each in asked:
            ask(*each)
    finally:
        database.reading = plain
    return took


def _at(took: list[float], part: float) -> float:
    return sorted(took)[min(len(took) - 1, int(len(took) * part))]


def _told(what: str, took: list[float]) -> None:
    print(f"{what}: p50 {_at(took, 0.5):.2f} ms, p95 {_at(took, 0.95):.2f} ms, p99 {_at(took, 0.99):.2f} ms")
