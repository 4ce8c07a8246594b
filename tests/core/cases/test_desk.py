"""The desk: lists a page at a time with exact counts, narrowed, sorted and searched; filters kept, cases watched."""

from __future__ import annotations

from typing import Any

import pytest
from wardflow.cases.claim_task import claim_task
from wardflow.cases.keep_filter import drop_filter, keep_filter
from wardflow.cases.reads import Asked, choices, desk
from wardflow.cases.reads import desk as read_desk
from wardflow.cases.reads.desk import PAGE, home
from wardflow.cases.watch_case import watch_case
from wardflow.domain.register import Holding, Unit
from wardflow.errors import FilterUnknown, NameMissing, NotAllowed

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another


def test_pages_follow_one_another_until_every_task_was_shown_once(town: Town) -> None:
    opened = [town.open(answer={"complete": True}) for _ in range(PAGE + 3)]
    town.moment.pass_(hours=1)
    asked, seen = Asked("queue"), []
    first = desk(town.platform, town.actor("reviewer"), asked)
    while True:
        page = desk(town.platform, town.actor("reviewer"), asked)
        seen += [row.case_code for _, _, rows in page.groups for row in rows]
        if not page.next:
            break
        asked = Asked("queue", after=page.next)
    assert sorted(seen) == sorted(case.code for case in opened)
    assert first.total == len(opened) and dict(first.tabs)["queue"] == len(opened)


@pytest.mark.parametrize("sort", ["due", "procedure", "step", "commune"])
def test_a_list_stays_whole_in_every_order(town: Town, sort: str) -> None:
    codes = {town.open(answer={"complete": True}).code for _ in range(PAGE + 2)}
    first = desk(town.platform, town.actor("reviewer"), Asked("unit", sort=sort))
    second = desk(town.platform, town.actor("reviewer"), Asked("unit", sort=sort, after=first.next))
    assert {row.case_code for page in (first, second) for _, _, rows in page.groups for row in rows} == codes


def test_tasks_are_counted_by_how_they_stand_and_narrowed_to_it(town: Town) -> None:
    town.open(answer={"complete": True})
    town.moment.pass_(days=7)
    town.open(answer={"complete": True})
    page = desk(town.platform, town.actor("reviewer"), Asked("queue"))
    assert (page.counts["late"], page.counts["ok"], page.total) == (1, 1, 2)
    late = desk(town.platform, town.actor("reviewer"), Asked("queue", standing="late"))
    assert [str(row.standing.status) for _, _, rows in late.groups for row in rows] == ["late"] and late.total == 1
    soon = desk(town.platform, town.actor("reviewer"), Asked("queue", standing="soon"))
    assert [str(row.standing.status) for _, _, rows in soon.groups for row in rows] == ["ok"] and soon.total == 1


def test_what_a_list_can_be_narrowed_to_is_counted(town: Town) -> None:
    town.open(answer={"complete": True})
    found = choices(town.platform, town.actor("reviewer"), "unit")
    assert {name: [(each.id, each.count) for each in group] for name, group in found.items()} == {
        "procedure": [("permit", 1)], "step": [("review", 1)], "commune": [("south", 1)],
    }
    assert desk(town.platform, town.actor("reviewer"), Asked("unit", procedure="permit", commune="south", step="review")).total == 1
    assert desk(town.platform, town.actor("reviewer"), Asked("unit", commune="north")).total == 0


@pytest.mark.parametrize("typed", ["nguyen van an", "AN Nguyễn", "an", "0900 000 456", "001080000012", "CODE", "TAIL"])
def test_a_case_is_found_by_code_toneless_name_telephone_and_number(town: Town, typed: str) -> None:
    opened = town.open(answer={"complete": True})
    text = {"CODE": opened.code[:-2], "TAIL": opened.code.rpartition("-")[2]}.get(typed, typed)
    page = desk(town.platform, town.actor("signer"), Asked(q=text))
    assert [row.code for row in page.found] == [opened.code]


def test_nobody_finds_a_case_they_may_not_see(town: Town) -> None:
    town.open(answer={"complete": True})
    assert desk(town.platform, town.actor("other-clerk"), Asked(q="nguyen van an")).found != ()    # a desk of the deciding commune
    assert desk(town.platform, town.actor("stranger"), Asked(q="nguyen van an")).found == ()
    assert desk(town.platform, town.actor("citizen"), Asked(q="nguyen van an")).found == ()


def test_the_list_itself_narrows_to_what_is_typed(town: Town) -> None:
    town.open(answer={"complete": True})
    reviewer = town.actor("reviewer")
    for typed in ("nguyen", "xem xet", "REVIEW", "van an"):
        assert desk(town.platform, reviewer, Asked("queue", q=typed)).total == 1, typed
    assert desk(town.platform, reviewer, Asked("queue", q="zzz")).total == 0


def test_an_address_that_cannot_be_is_the_first_page_of_ones_own_list() -> None:
    asked = Asked.of({"view": "everything", "sort": "colour", "standing": "never", "after": "%%%"})
    assert (asked.view, asked.sort, asked.standing, asked.key) == ("mine", "due", "", ("", "", 0, ""))


def test_a_watched_case_stands_on_its_watchers_desk_until_they_stop(town: Town) -> None:
    case = town.open(answer={"complete": True}).case_id
    signer = town.actor("signer")
    watch_case(town.platform, signer, case, on=True)
    assert desk(town.platform, signer, Asked("watched")).total == 1
    watch_case(town.platform, signer, case, on=False)
    assert desk(town.platform, signer, Asked("watched")).total == 0
    with pytest.raises(NotAllowed):
        watch_case(town.platform, town.actor("citizen"), case, on=True)


def test_a_filter_is_kept_by_name_shared_with_a_unit_and_dropped_by_its_keeper_alone(town: Town) -> None:
    reviewer, second = town.actor("reviewer"), town.actor("second")
    keep_filter(town.platform, reviewer, "Trễ", {"view": "unit", "standing": "late"}, "south.office")
    (kept,) = read_desk(town.platform, second).filters
    assert (kept.name, kept.shared, kept.own, kept.query) == ("Trễ", True, False, {"view": "unit", "standing": "late"})
    with pytest.raises(FilterUnknown):
        drop_filter(town.platform, second, kept.id)
    keep_filter(town.platform, reviewer, "Trễ", {"view": "mine"})
    assert read_desk(town.platform, second).filters == ()
    (own,) = read_desk(town.platform, reviewer).filters
    drop_filter(town.platform, reviewer, own.id)
    assert read_desk(town.platform, reviewer).filters == ()


def test_a_filter_needs_a_name_and_goes_to_no_unit_but_ones_own(town: Town) -> None:
    with pytest.raises(NameMissing):
        keep_filter(town.platform, town.actor("reviewer"), " ", {})
    with pytest.raises(NotAllowed):
        keep_filter(town.platform, town.actor("reviewer"), "Của họ", {}, "north.office")


def test_what_somebody_finished_comes_newest_first(town: Town) -> None:
    codes = []
    for _ in range(2):
        town.moment.pass_(minutes=5)
        case = town.open(answer={"complete": True})
        claim_task(town.platform, town.actor("reviewer"), case.case_id, town.tasks(case.case_id)["review"].task)
        town.do("reviewer", case.case_id, "review", opinion="good")
        codes.insert(0, case.code)
    page = desk(town.platform, town.actor("reviewer"), Asked("done"))
    assert [row.case_code for _, _, rows in page.groups for row in rows] == codes and page.counts["done"] == 2


def test_somebody_with_roles_in_hundreds_of_units_has_the_same_lists(town: Town) -> None:
    code = town.open(answer={"complete": True}).code
    units = tuple(Unit(f"unit-{number}", f"Đơn vị {number}", f"Unit {number}", "office", "commune", "south") for number in range(300))
    town.platform.store.city.save(units, holdings=tuple(Holding("reviewer", "reviewer", unit.id) for unit in units))
    reviewer = town.actor("reviewer")
    assert len(reviewer.holdings) > 300
    for view in ("queue", "unit"):
        page = desk(town.platform, reviewer, Asked(view))
        assert [row.case_code for _, _, rows in page.groups for row in rows] == [code] and page.total == 1
    assert [choice.count for choice in choices(town.platform, reviewer, "unit")["procedure"]] == [1]
    assert [row.case_code for row in home(town.platform, reviewer)] == [code]
