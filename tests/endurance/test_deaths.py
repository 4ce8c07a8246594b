"""The judged number of killed workers: 200 on each database, while services are called; every answer is there once."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any

from dying import faults, killed_while_calling

KILLS = 200


def test_200_killed_workers_answer_every_call_once(town_at: Callable[[str], Any], store_url: str) -> None:
    town = town_at(store_url)
    began = perf_counter()

    cases, calls = killed_while_calling(town, store_url, KILLS)

    assert list(faults(town, cases, calls)) == []
    again = len(calls) - len(cases)
    print(f"{town.platform.store.database.url.get_backend_name()}: {KILLS} workers killed in {perf_counter() - began:.0f} s, "
          f"{len(cases)} calls answered once inside, {again} made once more outside")
