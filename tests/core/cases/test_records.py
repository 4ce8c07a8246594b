"""A case is changed by being made anew."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, replace
from typing import Any

import pytest
from wardflow.cases.records import Case

NAMES = [field.name for field in fields(Case)]


def case(**known: Any) -> Case:
    return Case(*(known.get(name, name) for name in NAMES))


def test_a_case_with_something_changed_is_the_one_that_the_library_would_make() -> None:
    before = case()
    assert before.but(version=2, paused=True) == replace(before, version=2, paused=True)
    assert before == case()


def test_a_case_is_made_of_all_its_values() -> None:
    assert Case.of(dict(zip(NAMES, NAMES, strict=True))) == case()


def test_a_case_itself_stays_as_it_is() -> None:
    with pytest.raises(FrozenInstanceError):
        case().but(version=2).version = 3    # type: ignore[misc]    # what is tried
