"""A slip of a designer's hand is noticed: a sample of faults in every shipped pack; the judged 200 are in tests/endurance."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest
from breaking import FOLDERS, WAYS, broken, checked, noticed
from wardflow.catalog import files_of
from wardflow.packs import Pack

SAMPLE = 12
each_pack = pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])


@each_pack
def test_most_faults_are_noticed_by_the_check_alone(folder: Path) -> None:
    assert checked(Pack(files_of(folder), folder.name)) == ()
    found: Counter[str] = Counter()
    for seed in range(SAMPLE):
        _, files = broken(files_of(folder), Random(seed))
        found[noticed(files, folder.name)] += 1
    assert found.total() == SAMPLE
    assert found["reader"] + found["check"] > SAMPLE / 2, found


SURE = (
    "misspelt_name", "bad_expression", "dropped_condition", "misspelt_keyword", "torn_file",
)  # fmt: skip
"""Faults that no scenario is needed for, on the files where they can be made."""


@each_pack
@pytest.mark.parametrize("way", SURE)
def test_a_fault_of_this_kind_is_noticed_without_any_doubt(folder: Path, way: str) -> None:
    files = files_of(folder)
    for kind, ways in WAYS.items():
        for each in (each for each in ways if each.__name__ == way):
            path = next((path for path in sorted(files) if path.endswith(kind) and not path.startswith("scenarios/") and path != "pack.toml"), "")
            done = each(files[path], Random(7)) if path else None
            if done is None or done[1] == files[path] or way == "bad_expression" and " becomes " in done[0] and "!=" in done[0]:
                continue
            assert checked(Pack({**files, path: done[1]}, folder.name)), done[0]
