"""A worker may die at any moment: what it was doing is done by another, once inside and at least once outside."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))    # for dying.py

from dying import faults, killed_while_calling

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another
KILLS = 6    # with those of tests/acceptance/test_faults.py twenty on each database


def test_what_killed_workers_were_calling_is_answered_once(town: Town, store_url: str) -> None:
    cases, calls = killed_while_calling(town, store_url, KILLS)

    assert len(cases) >= 2 * KILLS
    assert list(faults(town, cases, calls)) == []
