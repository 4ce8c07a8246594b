"""A task lands with whoever holds the power today, and the page can say why, five times."""

from __future__ import annotations

from datetime import date

import pytest
from wardflow.domain.reasons import Reason
from wardflow.domain.register import Absence, Competence, Holding, Person, Register, Unit
from wardflow.domain.routing import RULES, Places, Question, Route, place_of, route
from wardflow.errors import PlaceUnknown
from wardflow.wording import Wording

UNITS = (
    Unit("city", "UBND Thành phố", level="city"),
    Unit("thien-loc", "UBND xã Thiên Lộc", parent="city"),
    Unit("thien-loc.economy", "Phòng Kinh tế", parent="thien-loc"),
    Unit("cua-nam", "UBND phường Cửa Nam", parent="city"),
    Unit("cua-nam.point", "Điểm phường Cửa Nam", parent="cua-nam"),
)
PEOPLE = tuple(Person(id, f"Ông {id.upper()}") for id in "abcdx")
HOLDINGS = (
    Holding("a", "specialist", "thien-loc.economy"),
    Holding("b", "specialist", "thien-loc.economy"),
    Holding("c", "office_head", "thien-loc.economy"),
    Holding("d", "approver", "thien-loc"),
    Holding("x", "approver", "cua-nam"),
)
TODAY = date(2026, 9, 4)


def away(person: str, substitute: str | None = None) -> Absence:
    return Absence(person, date(2026, 9, 1), date(2026, 9, 10), substitute)


def routed(question: Question, *absences: Absence, holdings: tuple[Holding, ...] = HOLDINGS) -> Route:
    return route(question, Register(1, UNITS, PEOPLE, holdings, (), absences), TODAY)


def codes(found: Route) -> list[str]:
    return [reason.code.removeprefix("routing.") for reason in found.reasons]


def test_a_role_in_an_office_is_a_queue_of_its_holders() -> None:
    found = routed(Question("specialist", "thien-loc.economy", rule="office"))
    assert (found.unit, found.person, found.people) == ("thien-loc.economy", None, ("a", "b"))
    assert codes(found) == ["by-process", "place-office-here", "holders", "queue", "independent"]


def test_a_person_named_by_the_process_gets_it() -> None:
    found = routed(Question("specialist", "thien-loc.economy", "b"))
    assert (found.person, found.people) == ("b", ("b",))
    assert codes(found)[2:] == ["holds", "by-name", "independent"]


def test_the_authority_and_the_place_are_said_first() -> None:
    power = Competence(
        "thien-loc",
        "NĐ 151/2025",
        Reason(
            "authority.by-instrument", {"unit": "UBND xã Thiên Lộc", "instrument": "NĐ 151/2025", "since": "2025-07-01"}
        ),
    )
    found = routed(
        Question("specialist", "thien-loc.economy", rule="office", authority=power, received_in="cua-nam.point")
    )
    words = [Wording("vi").say(reason) for reason in found.reasons]
    assert words[0] == "Thẩm quyền: UBND xã Thiên Lộc, theo NĐ 151/2025, hiệu lực từ 01/07/2025."
    assert words[1] == "Nơi giải quyết: Phòng Kinh tế, không theo nơi nộp (Điểm phường Cửa Nam)."


def test_four_eyes_take_a_person_out_even_when_named() -> None:
    found = routed(Question("specialist", "thien-loc.economy", "a", not_by=["a"]))
    assert (found.person, found.people) == (None, ("b",))
    assert codes(found)[2:] == ["holders", "may-not", "four-eyes"]


def test_nobody_decides_on_their_own_application() -> None:
    assert routed(Question("specialist", "thien-loc.economy", applicant="a")).people == ("b",)


def test_the_substitute_gets_what_the_absent_would_have_got() -> None:
    found = routed(Question("specialist", "thien-loc.economy", "a"), away("a", "b"))
    assert (found.person, codes(found)[3]) == ("b", "stands-in")


def test_a_substitute_is_checked_again_for_four_eyes_role_and_presence() -> None:
    assert routed(Question("specialist", "thien-loc.economy", not_by=["b"]), away("a", "b")).people == ()
    assert routed(Question("specialist", "thien-loc.economy"), away("a", "b"), away("b")).people == ()
    assert routed(Question("specialist", "thien-loc.economy"), away("a", "x")).people == ("b",)


def test_an_absent_person_without_substitute_leaves_it_to_the_queue() -> None:
    found = routed(Question("specialist", "thien-loc.economy", "a"), away("a"))
    assert (found.person, found.people) == (None, ("b",))
    assert (
        Wording("vi").say(found.reasons[3]) == "Khối lượng: Ông A vắng đến hết 10/09/2026, nên việc vào hàng chờ chung."
    )


def test_a_person_who_does_not_hold_the_role_is_not_given_it() -> None:
    found = routed(Question("specialist", "thien-loc.economy", "x"))
    assert (found.person, found.people, codes(found)[3]) == (None, ("a", "b"), "not-capable")


def test_where_nobody_holds_the_role_the_task_goes_up_and_says_so() -> None:
    found = routed(Question("approver", "thien-loc.economy"))
    assert (found.unit, found.people) == ("thien-loc", ("d",))
    assert codes(found) == ["by-process", "place-given", "nobody-here", "holders", "only-one", "independent"]


def test_where_nobody_is_found_at_all_the_route_is_empty_with_its_reason() -> None:
    found = routed(Question("pharmacist", "thien-loc.economy"))
    assert (found.found, found.people, found.unit) == (False, (), "thien-loc.economy")
    assert codes(found)[-1] == "nobody"


@pytest.mark.parametrize("applicant", ["citizen-7", None])
def test_the_applicants_own_step_is_nobody_elses(applicant: str | None) -> None:
    found = routed(Question("applicant", "cua-nam.point", rule="applicant", applicant=applicant))
    assert (found.found, found.person) == (True, applicant)
    assert codes(found) == ["by-process", "place-applicant-here", "own-matter", "own-step", "own-answer"]


PLACES = Places("cua-nam.point", "", "", "thien-loc", "thien-loc.economy")


@pytest.mark.parametrize(
    ("rule", "unit"),
    [
        ("receiving", "cua-nam.point"),
        ("returning", "cua-nam.point"),
        ("support", "cua-nam.point"),
        ("authority", "thien-loc"),
        ("office", "thien-loc.economy"),
        ("applicant", "cua-nam.point"),
    ],
)
def test_the_places_of_a_case(rule: str, unit: str) -> None:
    assert place_of(rule, PLACES) == unit


@pytest.mark.parametrize(("rule", "places"), [("moon", PLACES), ("authority", Places("cua-nam.point"))])
def test_a_place_the_case_does_not_have_is_an_error_not_a_guess(rule: str, places: Places) -> None:
    with pytest.raises(PlaceUnknown):
        place_of(rule, places)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_rule_has_words_for_its_place(language: str) -> None:
    words = Wording(language)
    for rule in RULES:
        assert f"routing.place-{rule}-here" in words
        assert f"routing.place.{rule}" in words
