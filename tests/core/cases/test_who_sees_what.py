"""What a person finds on their desk, by searching, in the book, among incidents and alarms is what permissions let them open, and no more."""

from __future__ import annotations

from typing import Any

import pytest
from wardflow.cases import reads
from wardflow.cases.reads.asking import VIEWS, Asked
from wardflow.cases.reads.notices import notices_for
from wardflow.domain.people import Actor
from wardflow.domain.register import Holding
from wardflow.errors import CaseUnknown, NotAllowed

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another
PEOPLE = ("clerk", "other-clerk", "reviewer", "second", "signer", "both", "operator", "designer", "stranger", "citizen", "nobody")
AT_THE_COUNTER, IN_THE_OFFICE, HEADS = {"clerk"}, {"reviewer", "second", "both"}, {"signer", "both"}
OWN_COUNTER = {"other-clerk"}
"""The counter of the commune that decides"""


@pytest.fixture
def filed(town: Town) -> Any:
    """A case about something in the south, filed at the north counter, which a reviewer of the south works on."""
    return town.open(answer={"complete": True}, person="citizen")


def opens(town: Town, person: str, code: str) -> bool:
    try:
        return reads.case(town.platform, town.actor(person), code).code == code
    except (CaseUnknown, NotAllowed):
        return False


def listed(town: Town, person: str, view: str) -> set[str]:
    return {row.case_code for _, _, rows in reads.desk(town.platform, town.actor(person), Asked(view=view)).groups for row in rows}


def searched(town: Town, person: str, text: str) -> set[str]:
    desk = reads.desk(town.platform, town.actor(person), Asked(view="unit", q=text))
    return {row.code for row in desk.found} | {row.case_code for _, _, rows in desk.groups for row in rows}


def test_a_case_is_opened_by_those_at_its_places_and_by_nobody_elsewhere(town: Town, filed: Any) -> None:
    assert {who for who in PEOPLE if opens(town, who, filed.code)} == {"citizen"} | AT_THE_COUNTER | OWN_COUNTER | IN_THE_OFFICE | HEADS


@pytest.mark.parametrize("person", PEOPLE)
def test_nothing_is_listed_that_may_not_be_opened(town: Town, filed: Any, person: str) -> None:
    for view in VIEWS:
        assert all(opens(town, person, code) for code in listed(town, person, view)), view


@pytest.mark.parametrize("person", PEOPLE)
def test_nothing_is_found_that_may_not_be_opened(town: Town, filed: Any, person: str) -> None:
    for text in (filed.code, "nguyen van an", "0900000456", "001080000012"):
        assert all(opens(town, person, code) for code in searched(town, person, text)), text


@pytest.mark.parametrize("person", PEOPLE)
def test_what_is_counted_is_what_is_listed(town: Town, filed: Any, person: str) -> None:
    town.open(answer={"complete": True})
    town.open()
    for view, count in reads.desk(town.platform, town.actor(person), Asked()).tabs:
        assert count == len(listed_tasks(town, person, view)), view


def listed_tasks(town: Town, person: str, view: str) -> list[str]:
    return [row.task for _, _, rows in reads.desk(town.platform, town.actor(person), Asked(view=view)).groups for row in rows]


def test_an_officials_own_unit_sees_its_work_and_its_neighbour_does_not(town: Town, filed: Any) -> None:
    assert {who for who in PEOPLE if filed.code in listed(town, who, "unit")} == IN_THE_OFFICE
    assert {who for who in PEOPLE if filed.code in listed(town, who, "queue")} == IN_THE_OFFICE


def test_the_book_of_a_counter_is_for_those_who_take_cases_in_there(town: Town, filed: Any) -> None:
    day = town.moment.now.date()
    assert not keeps_book(town, "clerk", "south.point", day)
    for person in PEOPLE:
        assert keeps_book(town, person, "north.point", day) == (person in AT_THE_COUNTER), person


def keeps_book(town: Town, person: str, unit: str, day: Any) -> bool:
    try:
        reads.book(town.platform, town.actor(person), unit, day, day)
    except NotAllowed:
        return False
    return True


def test_what_stopped_is_seen_by_the_heads_of_the_unit_that_decides_and_by_operators(town: Town, called: int) -> None:
    assert {who for who in PEOPLE if reads.incidents(town.platform, town.actor(who))} == HEADS | {"operator"}


ELSEWHERE = {
    "the same role next door": Holding("elsewhere", "signer", "north"),
    "the same role at the counter that only received it": Holding("elsewhere", "reviewer", "north.office"),
    "a role above the unit that decides": Holding("elsewhere", "signer", "city"),
}


@pytest.mark.parametrize("who", ELSEWHERE)
def test_a_role_counts_in_its_own_unit_only(town: Town, filed: Any, who: str) -> None:
    """The units above see figures and are warned of what is late; the case itself is the business of who decides it."""
    actor = Actor("elsewhere", "Elsewhere", (ELSEWHERE[who],))
    with pytest.raises(NotAllowed):
        reads.case(town.platform, actor, filed.code)
    for view in VIEWS:
        desk = reads.desk(town.platform, actor, Asked(view=view))
        assert [row.case_code for _, _, rows in desk.groups for row in rows] == [] and not any(count for _, count in desk.tabs)
    assert reads.desk(town.platform, actor, Asked(view="unit", q="nguyen van an")).found == ()
    assert reads.incidents(town.platform, actor) == () and notices_for(town.platform, actor) == ()
