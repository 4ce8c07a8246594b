"""Instruments of delegation: one lead for one matter at every place on every day, and what is wrong among papers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wardflow.domain.instruments import FORMS
from wardflow.domain.overlaps import ending, troubles, two_leads
from wardflow.domain.register import Authority, Instrument, Item, Register, Unit
from wardflow.domain.register_changes import Grant, Withdraw
from wardflow.errors import ChangeUnusable, InstrumentUnknown, InstrumentUnusable, TwoLeads
from wardflow.wording import LANGUAGES, Wording

UNITS = (
    Unit("city", "Thành phố", level="city"), Unit("health", "Sở Y tế", level="city", parent="city"),
    Unit("culture", "Sở Văn hóa", level="city", parent="city"), Unit("centre", "Trung tâm", level="city", parent="city"),
    Unit("dong", "Xã Đông", parent="city"), Unit("tay", "Xã Tây", parent="city"), Unit("dong.office", "Phòng", parent="dong"),
)
BY_ID = {unit.id: unit for unit in UNITS}
START, TODAY = date(2026, 1, 1), date(2026, 9, 4)
DAY = timedelta(days=1)


def paper(number: int, *delegates: str, level: str = "", by: str = "city", **more: object) -> Instrument:
    plain = Instrument(number, f"{number}/QĐ", START, 3, by, (Item("p"),), START, delegates=delegates, level=level)
    return replace(plain, **more)


def lead(place: str, *papers: Instrument, on: date = TODAY, law: tuple[Authority, ...] = ()) -> str:
    return Register(1, UNITS, authorities=law, instruments=papers).authority("p", "city", place, on).unit


def test_a_delegation_goes_before_the_law_however_close_the_law_is() -> None:
    law = Authority("p", "commune", "dong", "Nghị định", date(2026, 6, 1))
    assert lead("dong", law=(law,)) == "dong"
    assert lead("dong", paper(1, "health"), law=(law,)) == "health"


def test_a_delegate_who_passes_the_power_on_leads_no_more() -> None:
    first, second = paper(1, "health"), paper(2, level="commune", by="health")
    assert [lead(place, first, second) for place in ("dong.office", "tay", "culture")] == ["dong", "tay", "health"]
    assert list(two_leads(first, second, BY_ID)) == []


def test_given_to_a_department_and_the_communes_at_once_the_commune_leads_what_lies_in_it() -> None:
    both = paper(1, "health", level="commune", form=6)
    assert (lead("dong", both), lead("culture", both)) == ("dong", "health")


def test_a_commune_gives_away_its_own_alone() -> None:
    first, second = paper(1, "centre", by="dong"), paper(2, "culture", by="tay")
    assert [lead(place, first, second) for place in ("dong", "tay", "health")] == ["centre", "culture", "city"]
    assert list(two_leads(first, second, BY_ID)) == []


@pytest.mark.parametrize(("day", "unit"), [(START - DAY, "city"), (START, "health"), (TODAY - DAY, "health"), (TODAY, "city")])
def test_a_paper_holds_from_its_first_day_to_the_one_before_its_withdrawal(day: date, unit: str) -> None:
    register = Withdraw(1, TODAY, "9/QĐ").apply(Register(1, UNITS, instruments=(paper(1, "health"),)))
    assert register.authority("p", "city", "dong", day).unit == unit


def test_the_reason_names_the_paper_and_who_gave_the_power_in_both_languages() -> None:
    found = Register(1, UNITS, instruments=(paper(7, "health"),)).authority("p", "city", "dong", TODAY)
    assert (found.paper, found.reason.facts["paper"]) == (7, 7)
    vi, en = [Wording(language).say(found.reason) for language in ("vi", "en")]
    assert "được Thành phố ủy quyền bằng 7/QĐ" in vi
    assert "delegated it by 7/QĐ" in en


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        (paper(1, "health"), paper(2, "culture"), True),
        (paper(1, "health"), paper(2, level="commune"), True),
        (paper(1, "health"), paper(2, "dong"), True),
        (paper(1, "health"), paper(2, "health"), False),
        (paper(1, level="commune"), paper(2, "dong"), False),
        (paper(1, "dong"), paper(2, "tay"), False),
        (paper(1, "health", valid_to=date(2026, 5, 1)), paper(2, "culture", valid_from=date(2026, 5, 2)), False),
        (paper(1, "health", valid_to=date(2026, 5, 2)), paper(2, "culture", valid_from=date(2026, 5, 2)), True),
        (paper(1, "health", withdrawn_from=date(2026, 5, 2)), paper(2, "culture", valid_from=date(2026, 5, 2)), False),
        (paper(1, "health"), paper(2, "culture", items=(Item("q"),)), False),
    ],
)
def test_two_leads_for_one_matter_on_one_day(one: Instrument, other: Instrument, clash: bool) -> None:
    assert bool(list(two_leads(one, other, BY_ID))) == bool(list(two_leads(other, one, BY_ID))) == clash
    register = Register(1, UNITS, instruments=(one,))
    if clash:
        with pytest.raises(TwoLeads):
            Grant(other).apply(register)
    else:
        assert len(Grant(other).apply(register).instruments) == 2


delegates = st.lists(st.sampled_from(("health", "culture", "dong", "tay")), max_size=2, unique=True).map(tuple)
papers = st.builds(
    lambda units, level, first, days: paper(
        1, *units, level=level or ("commune" if not units else ""), valid_from=START + first * DAY, valid_to=START + (first + days) * DAY
    ),
    delegates, st.sampled_from(("", "commune")), st.integers(0, 30), st.integers(0, 30),
)


@given(st.lists(papers, min_size=1, max_size=4), st.integers(0, 60), st.permutations(("dong", "tay")))
def test_what_was_let_in_gives_one_lead_whatever_the_order_it_came_in(
    offered: list[Instrument], day: int, places: list[str]
) -> None:
    register = Register(1, UNITS)
    for one in offered:
        try:
            register = Grant(one).apply(register)
        except TwoLeads:
            continue
    turned = replace(register, instruments=tuple(reversed(register.instruments)))
    for place in places:
        asked = "p", "city", place, START + day * DAY
        assert register.authority(*asked).unit == turned.authority(*asked).unit


def test_gaps_and_doubles_are_found_and_what_is_over_is_not() -> None:
    first = paper(1, "health", valid_to=date(2026, 9, 30))
    later = paper(2, "health", valid_from=date(2026, 10, 15))
    twice = paper(3, "health", valid_from=date(2026, 11, 1))
    found = troubles((first, later, twice), BY_ID, TODAY)
    assert [(each.kind, each.first, each.last) for each in found] == [
        ("gap", date(2026, 10, 1), date(2026, 10, 14)), ("twice", date(2026, 11, 1), None),
    ]
    assert troubles((first, later), BY_ID, date(2026, 10, 20)) == ()
    assert all(Wording(language).say(each.reason) != each.reason.code for each in found for language in LANGUAGES)


def test_what_ends_within_thirty_days() -> None:
    soon, late = paper(1, "health", valid_to=TODAY + 30 * DAY), paper(2, "culture", valid_to=TODAY + 31 * DAY)
    assert ending((late, soon, paper(3, "health")), TODAY, 30) == (soon,)


@pytest.mark.parametrize(
    "wrong",
    [
        {"form": 12}, {"number": ""}, {"delegates": ()}, {"items": ()}, {"delegator": "health"}, {"valid_to": START - DAY},
    ],
)
def test_a_paper_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    assert list(FORMS) == list(range(1, 12))
    with pytest.raises(InstrumentUnusable):
        replace(paper(1, "health"), **wrong)  # type: ignore[arg-type]


def test_only_a_paper_in_force_is_withdrawn() -> None:
    register = Register(1, UNITS, instruments=(paper(1, "health", valid_to=date(2026, 5, 1)),))
    with pytest.raises(ChangeUnusable):
        Withdraw(1, TODAY, "9/QĐ").apply(register)
    with pytest.raises(InstrumentUnknown):
        Withdraw(2, TODAY, "9/QĐ").apply(register)
    with pytest.raises(ChangeUnusable):
        Withdraw(1, date(2026, 4, 1), "9/QĐ", "vanish").apply(register)
