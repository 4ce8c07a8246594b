"""The judged number of broken packs: each shipped pack broken 200 ways; each is reported, or its scenarios still pass."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random
from time import perf_counter

import pytest
from breaking import FOLDERS, broken, noticed
from wardflow.catalog import files_of

FAULTS = 200
UNSEEN = 0.12
"""The share of faults that may change nothing a scenario sees. Harmless are: another limit that can be read and fits into the whole,
on a step whose date no scenario expects; the code of an error that its thrower and its catcher name by one reference, renamed for
both; `type` beside a `const` in a condition, which says the same twice; an event that withdraws nothing before an end that throws
an error, which withdraws the work itself."""


@pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])
def test_200_faults_are_reported_or_shown_harmless(folder: Path) -> None:
    assert noticed(files_of(folder), folder.name) == "nobody", "nothing is wrong with it unbroken"
    found: Counter[str] = Counter()
    began = perf_counter()
    for seed in range(FAULTS):
        what, files = broken(files_of(folder), Random(seed))
        by = noticed(files, folder.name)
        found[by] += 1
        if by == "nobody":
            print(f"harmless: {what}")
    print(f"{folder.name}: {dict(found)} of {FAULTS} faults in {perf_counter() - began:.0f} s")
    assert found["nobody"] <= UNSEEN * FAULTS
