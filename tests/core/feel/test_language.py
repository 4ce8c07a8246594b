"""Every operator, construct and built-in function has a case one can read."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest
from wardflow.domain.calendar import Calendar, Span
from wardflow.feel import evaluate, text_of
from wardflow.feel.functions import BUILT_INS

from .cases import CASES, OPERATORS

NOW = datetime.datetime(2026, 11, 22, 8, 30, tzinfo=datetime.UTC)
OFFICE = (Span(datetime.time(7, 30), datetime.time(11, 30)), Span(datetime.time(13), datetime.time(17)))
CALENDAR = Calendar(1, ZoneInfo("Asia/Ho_Chi_Minh"), {weekday: OFFICE for weekday in range(5)}, {})


def written(text: str) -> str | None:
    return text_of(evaluate(text, {}, calendar=CALENDAR, now=NOW))


@pytest.mark.parametrize(("text", "value"), OPERATORS, ids=[text for text, _ in OPERATORS])
def test_operators_and_constructs_mean_what_the_standard_says(text: str, value: str | None) -> None:
    assert written(text) == value


ALL = [case for cases in CASES.values() for case in cases]


@pytest.mark.parametrize(("text", "value"), ALL, ids=[text for text, _ in ALL])
def test_built_in_functions_give_what_the_standard_says(text: str, value: str | None) -> None:
    assert written(text) == value


def test_every_built_in_function_has_a_case() -> None:
    assert set(CASES) == set(BUILT_INS)
