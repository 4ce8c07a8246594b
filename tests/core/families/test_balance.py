"""The weekly balance adds up, whatever was entered."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from wardflow.families.asset.balance import OPEN, Sum, made, monday
from wardflow.families.asset.stock import ACCOUNTS, OUTSIDE

WEEK = date(2026, 3, 2)
PLACES = st.sampled_from((OUTSIDE, *ACCOUNTS))
SUMS = st.builds(Sum, st.sampled_from(["ba-vi", "thien-loc"]), PLACES, PLACES, st.sampled_from(["", "education"]), st.integers(0, 9), st.integers(0, 9))


def test_a_week_begins_on_monday() -> None:
    assert [monday(date(2026, 3, day)) for day in (1, 2, 8, 9)] == [date(2026, 2, 23), WEEK, WEEK, date(2026, 3, 9)]


def test_what_was_added_and_decided_in_the_week_leads_from_opening_to_closing() -> None:
    balance = made(WEEK, "sites", (
        Sum("ba-vi", OUTSIDE, "surplus", "", 10, 3), Sum("ba-vi", "surplus", "planned", "education", 8, 1),
        Sum("ba-vi", "planned", "decided", "education", 4, 2), Sum("thien-loc", OUTSIDE, "kept", "", 5, 0),
        Sum("ba-vi", "handed_over", "surplus", "education", 0, 1), Sum("ba-vi", "decided", "handed_over", "education", 1, 0),
    ))  # fmt: skip
    line = balance.whole
    assert (line.opening, line.added, line.recalled, line.processed, line.taken_out, line.closing) == (6, 3, 1, {"education": 2}, 0, 8)
    assert list(balance.units) == ["ba-vi"] and balance.accounts["kept"] == 5
    assert balance.destinations == {"education": {"planned": 3, "decided": 5, "handed_over": 0}}


@given(st.lists(SUMS))
def test_the_closing_is_what_the_accounts_hold_and_units_add_up_to_the_whole(sums: list[Sum]) -> None:
    sums = [each for each in sums if each.source != each.target]
    balance = made(WEEK, "sites", sums)
    assert balance.whole.closing == sum(balance.accounts[name] for name in OPEN)
    assert balance.whole.closing == sum(line.closing for line in balance.units.values())
    assert balance.whole.opening == sum(line.opening for line in balance.units.values())
