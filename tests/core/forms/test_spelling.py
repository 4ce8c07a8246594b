"""Numbers and dates are read as people write them, and what can be read in two ways is never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wardflow.forms import spelling


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1.234,5", 1234.5), ("1234,5", 1234.5), ("1234.5", 1234.5), ("12.5", 12.5), ("0.125", 0.125), ("1.234.567", 1234567),
        ("1,234,567", 1234567), ("1,234.5", 1234.5), ("126,550", 126.55), (" 7 ", 7), ("-3,5", -3.5), ("1 234,5", 1234.5),
        ("1e3", 1000), ("+4", 4), (",5", 0.5),
    ],
)
def test_a_number_is_read_the_vietnamese_way_and_plainly(written: str, meant: float) -> None:
    assert spelling.number(written) == meant


@pytest.mark.parametrize("written", ["", "abc", "12 m", "1.2.3", "1,2,3", "--1", "1.23.456", "9" * 50, "1e9999", "NaN", "inf"])
def test_what_is_no_number_is_not_made_one(written: str) -> None:
    assert spelling.number(written) is None


def test_a_dot_before_three_digits_is_not_guessed_where_fractions_are_possible() -> None:
    assert spelling.number("126.525") is None
    assert spelling.number("126.525", whole=True) == 126525


def test_money_may_carry_its_sign() -> None:
    assert spelling.number("350.000 ₫", whole=True) == 350000


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.integers(-(10**15), 10**15), st.floats(allow_nan=False, allow_infinity=False)))
def test_a_number_shown_is_the_number_read_back(value: float) -> None:
    assert spelling.number(spelling.show_number(value)) == value


@pytest.mark.parametrize(
    ("written", "meant"),
    [("04/09/2026", "2026-09-04"), ("4/9/2026", "2026-09-04"), ("4-9-2026", "2026-09-04"), ("2026-09-04", "2026-09-04"),
     ("29/02/2024", "2024-02-29")],
)  # fmt: skip
def test_a_date_is_read_in_both_spellings(written: str, meant: str) -> None:
    assert spelling.day(written) == meant


@pytest.mark.parametrize("written", ["31/02/2026", "29/02/2026", "2026-13-01", "09/2026", "hôm nay", "4/9/26"])
def test_a_day_that_does_not_exist_is_none(written: str) -> None:
    assert spelling.day(written) is None


def test_a_moment_is_read_with_the_country_s_offset() -> None:
    assert spelling.instant("04/09/2026 08:30") == "2026-09-04T08:30:00+07:00"
    assert spelling.instant("04/09/2026 25:30") is None
    assert spelling.show_instant("2026-09-04T08:30:00+07:00") == "04/09/2026 08:30"
    assert spelling.show_instant("2026-09-04T08:30:00Z") == "2026-09-04T08:30:00Z"


def test_long_numbers_are_grouped_for_reading_only() -> None:
    assert spelling.show_number(1234567.5) == "1234567,5"
    assert spelling.show_number(1234567.5, grouped=True) == "1.234.567,5"


@pytest.mark.parametrize("written", ["2026-09-04", "2024-02-29"])
def test_an_iso_day_is_told_as_such(written: str) -> None:
    assert spelling.is_day(written)


@pytest.mark.parametrize("written", ["04/09/2026", "20260904", "2026-W36-5", "2026-9-4", "2026-02-29", "2026-09-04T00:00", " 2026-09-04", "٢٠٢٦-٠٩-٠٤", ""])
def test_other_spellings_and_days_that_are_none_are_no_iso_day(written: str) -> None:
    assert not spelling.is_day(written)
