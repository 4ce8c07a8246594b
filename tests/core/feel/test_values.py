"""Plain Python in, plain Python out: numbers are decimals, dates come from datetime, and nothing else gets in."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from wardflow.feel import evaluate, to_feel, to_json, to_python


def test_numbers_are_exact_decimals_whatever_they_came_as() -> None:
    assert evaluate("a + b + c", {"a": 1, "b": 0.1, "c": Decimal("0.2")}) == Decimal("1.3")


def test_lists_and_contexts_of_the_host_become_decimals_too() -> None:
    assert evaluate("fees", {"fees": [{"amount": 350000}]}) == [{"amount": Decimal(350000)}]


def test_the_host_s_own_objects_are_not_changed() -> None:
    plots = [{"area": 1}]
    evaluate('append(plots, {area: 2})', {"plots": plots})
    assert plots == [{"area": 1}]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity")])
def test_what_is_no_number_is_null(value: Any) -> None:
    assert evaluate("x = null and [x][1] = null", {"x": value}) is True


def test_dates_of_python_are_dates_of_feel() -> None:
    filed = datetime.datetime(2026, 11, 20, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    found = evaluate('filed + @"P1D"', {"filed": filed})
    assert to_json(found) == "2026-11-21T08:00:00@Asia/Ho_Chi_Minh"
    assert to_python(found) == filed + datetime.timedelta(days=1)


def test_dates_times_and_durations_go_back_to_python() -> None:
    text = '[@"2026-11-22", @"08:30:00+07:00", @"PT36H"]'
    zone = datetime.timezone(datetime.timedelta(hours=7))
    expected = [datetime.date(2026, 11, 22), datetime.time(8, 30, tzinfo=zone), datetime.timedelta(hours=36)]
    assert to_python(evaluate(text)) == expected


def test_every_value_can_be_written_as_json() -> None:
    text = '{n: 350000, f: 0.5, d: @"P1Y6M", r: [1..9], l: [null, true, "đất"], fn: function(a) a}'
    assert json.loads(json.dumps(to_json(evaluate(text)))) == {
        "n": 350000,
        "f": 0.5,
        "d": "P1Y6M",
        "r": "[1..9]",
        "l": [None, True, "đất"],
        "fn": "function",
    }


def test_an_object_that_feel_has_no_word_for_is_null() -> None:
    assert to_feel(object()) is None
    assert evaluate("x.__class__", {"x": object()}) is None
