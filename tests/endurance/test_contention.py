"""The judged crowd: eight processes complete the steps of the same fifty cases, and nothing is lost, doubled or told wrongly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from contention import faults, file_cases, work

PROCESSES, CASES = 8, 50


def test_eight_processes_complete_the_same_fifty_cases(town_at: Callable[[str], Any], store_url: str) -> None:
    town = town_at(store_url)
    file_cases(town, CASES)

    outcome = work(store_url, town.platform.settings.data, PROCESSES)

    assert list(faults(town.platform, outcome)) == []
    assert len(outcome.done) == CASES // 2 * 9
    print(f"{town.platform.store.database.url.get_backend_name()}: {PROCESSES} processes, {len(outcome.done)} steps, "
          f"{outcome.rate:.0f} a second, told {dict(outcome.told)}")
