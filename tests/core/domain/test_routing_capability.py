"""A task needs somebody who can prove what it takes; the pharmacist of a commune is the example of the field."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wardflow.domain.reasons import Reason
from wardflow.domain.register import Absence, Capability, Holding, Person, Register, Unit
from wardflow.domain.routing import NextHolder, Question, Route, route
from wardflow.wording import LANGUAGES, Wording

UNITS = (
    Unit("city", "UBND Thành phố", level="city"),
    Unit("health", "Sở Y tế", "Department of Health", level="city", parent="city"),
    Unit("thien-loc", "UBND xã Thiên Lộc", parent="city"),
    Unit("thien-loc.culture", "Phòng Văn hóa - Xã hội", parent="thien-loc"),
)
PEOPLE = tuple(Person(id, name) for id, name in (("an", "Bà An"), ("binh", "Ông Bình"), ("chi", "Bà Chi"), ("dung", "Ông Dũng")))
HOLDINGS = (
    Holding("an", "inspector", "thien-loc.culture"),
    Holding("binh", "inspector", "thien-loc.culture"),
    Holding("chi", "inspector", "thien-loc.culture"),
    Holding("dung", "inspector", "health"),
)
PHARMACY = "pharmacy_degree"
TODAY = date(2026, 9, 4)
RULE = (NextHolder("health"),)
ORDER = ("Thẩm quyền", "Nơi", "Năng lực", "Khối lượng", "Độc lập")


def proof(person: str, until: date | None = None) -> Capability:
    return Capability(person, PHARMACY, "CCHN 12/2020", date(2020, 1, 1), until)


def away(person: str, substitute: str | None = None) -> Absence:
    return Absence(person, date(2026, 9, 1), date(2026, 9, 10), substitute)


def asked(**more: Any) -> Question:
    return Question("inspector", "thien-loc.culture", **{"needs": (PHARMACY,), "next_holders": RULE, **more})


def routed(question: Question, *rows: Capability | Absence, workload: dict[str, int] | None = None) -> Route:
    proofs = tuple(row for row in rows if isinstance(row, Capability))
    absences = tuple(row for row in rows if isinstance(row, Absence))
    return route(question, Register(1, UNITS, PEOPLE, HOLDINGS, (), absences, proofs), TODAY, workload)


def codes(found: Route) -> list[str]:
    return [reason.code.removeprefix("routing.") for reason in found.reasons]


def test_only_who_can_prove_it_gets_the_task() -> None:
    found = routed(asked(), proof("an"), proof("dung"))
    assert (found.unit, found.people, found.owner) == ("thien-loc.culture", ("an",), "thien-loc.culture")
    assert codes(found) == ["by-process", "place-given", "proven", "only-one", "independent"]


def test_without_a_pharmacist_the_department_does_it_and_the_commune_keeps_the_matter_and_its_clock() -> None:
    found = routed(asked(), proof("dung"))
    assert (found.unit, found.people, found.owner) == ("health", ("dung",), "thien-loc.culture")
    assert codes(found) == ["by-process", "place-given", "next-holder-able", "proven", "only-one", "independent"]


@pytest.mark.parametrize(
    ("until", "unit"),
    [(date(2026, 9, 3), "health"), (date(2026, 9, 4), "thien-loc.culture"), (None, "thien-loc.culture")],
)
def test_a_certificate_is_good_to_its_last_day(until: date | None, unit: str) -> None:
    assert routed(asked(), proof("an", until), proof("dung")).unit == unit


def test_a_certificate_that_ran_out_is_named_with_its_day() -> None:
    found = routed(asked(), proof("an", date(2026, 8, 31)), proof("dung"))
    assert codes(found)[2:4] == ["next-holder-able", "lapsed"]
    assert (
        Wording("vi").say(found.reasons[3])
        == "Năng lực: pharmacy_degree của Bà An hết hiệu lực ngày 31/08/2026, theo CCHN 12/2020."
    )


def test_a_renewed_certificate_is_no_lapse() -> None:
    renewed = Capability("an", PHARMACY, "CCHN 7/2026", date(2026, 9, 1))
    assert "lapsed" not in codes(routed(asked(), proof("an", date(2026, 8, 31)), renewed))


def test_a_certificate_that_begins_tomorrow_is_not_good_today() -> None:
    tomorrow = Capability("an", PHARMACY, "CCHN 7/2026", date(2026, 9, 5))
    assert routed(asked(), tomorrow, proof("dung")).unit == "health"


def test_every_need_must_be_proven() -> None:
    both = asked(needs=(PHARMACY, "gpp_training"))
    assert routed(both, proof("an"), Capability("binh", "gpp_training")).found is False
    assert routed(both, proof("an"), Capability("an", "gpp_training")).people == ("an",)


def test_next_holders_are_asked_in_their_order_before_the_units_above() -> None:
    pooled = (NextHolder("thien-loc"), NextHolder("health"))
    assert routed(asked(next_holders=pooled), proof("dung")).unit == "health"
    assert routed(asked(next_holders=()), proof("dung")).found is False


def test_the_next_holder_may_have_another_role() -> None:
    found = routed(Question("head", "thien-loc.culture", next_holders=(NextHolder("health", "inspector"),)))
    assert (found.unit, found.role, found.people) == ("health", "inspector", ("dung",))
    assert codes(found)[2:4] == ["next-holder", "holders"]


def test_nobody_at_all_says_whose_proof_ran_out() -> None:
    found = routed(asked(), proof("an", date(2026, 8, 31)))
    assert (found.found, found.people, codes(found)[-2:]) == (False, (), ["lapsed", "nobody"])


# --- substitutes are checked again ---

RECUSED = {"binh": Reason("routing.holds", {"person": "Ông Bình", "role": "inspector", "unit": "x"})}


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"recused": RECUSED}, "substitute-recused"),
        ({"not_by": ["binh"]}, "substitute-four-eyes"),
        ({"applicant": "binh"}, "substitute-applicant"),
        ({}, "substitute-unable"),
    ],
)
def test_a_substitute_passes_the_same_tests_or_is_passed_over_with_the_reason(more: dict[str, Any], why: str) -> None:
    proofs = [proof("an"), proof("chi"), *([proof("binh")] if more else [])]
    found = routed(asked(**more), *proofs, away("an", "binh"))
    assert found.people == ("chi",)
    assert why in codes(found)
    assert "Bà An" in Wording("vi").say(next(r for r in found.reasons if r.code == f"routing.{why}"))


def test_a_substitute_who_can_stands_in() -> None:
    assert routed(asked(), proof("binh"), away("an", "binh")).people == ("binh",)


# --- recusal ---


def test_who_is_recused_takes_no_part_and_the_page_says_why() -> None:
    why = Reason("standing.no-due")
    found = routed(asked(needs=(), recused={"an": why}))
    assert found.people == ("binh", "chi")
    assert Wording("en").say(found.reasons[-1]) == "Independence: Bà An takes no part. No due date"


def test_a_person_named_by_the_process_who_is_recused_or_unproven_does_not_get_it() -> None:
    recused = routed(asked(needs=(), recused={"an": Reason("standing.no-due")}, person="an"))
    assert (recused.person, "named-recused" in codes(recused)) == (None, True)
    unproven = routed(asked(person="binh"), proof("an"))
    assert (unproven.person, unproven.people, "not-proven" in codes(unproven)) == (None, ("an",), True)
    named = routed(asked(person="an"), proof("an"))
    assert (named.person, codes(named)[2]) == ("an", "holds-proven")


def test_the_recused_are_excluded_from_claiming() -> None:
    assert asked(not_by=["chi"], applicant="binh", recused=RECUSED).excluded == {"chi", "binh"}


# --- workload ---


@pytest.mark.parametrize(
    ("workload", "chosen"),
    [({}, "an"), ({"an": 3, "binh": 1, "chi": 2}, "binh"), ({"an": 2, "binh": 2, "chi": 2}, "an"), ({"an": 1}, "binh")],
)
def test_who_has_the_fewest_open_tasks_gets_it_and_the_first_by_id_among_equals(workload: dict[str, int], chosen: str) -> None:
    found = routed(asked(needs=()), workload=workload)
    assert (found.person, found.people) == (chosen, ("an", "binh", "chi"))
    assert codes(found)[2:] == ["holders", "least", "independent"]


def test_the_only_one_who_can_gets_it_whatever_the_workload() -> None:
    found = routed(asked(), proof("chi"), workload={"chi": 99})
    assert (found.person, codes(found)[3]) == ("chi", "only-one")


def test_what_was_meant_for_one_person_is_not_shared_out() -> None:
    found = routed(asked(needs=(), person="an"), away("an"), workload={"binh": 4})
    assert (found.person, found.people, codes(found)[3]) == (None, ("binh", "chi"), "absent")


# --- the order ---

people = st.sampled_from([person.id for person in PEOPLE])
questions = st.builds(
    asked,
    needs=st.sampled_from([(), (PHARMACY,)]),
    next_holders=st.sampled_from([(), RULE]),
    not_by=st.lists(people, max_size=2),
    person=st.none() | people,
    applicant=st.none() | people,
    recused=st.dictionaries(people, st.just(Reason("standing.no-due")), max_size=2),
)
rows = st.lists(
    st.builds(proof, people, st.sampled_from([None, date(2026, 8, 1)])) | st.builds(away, people, st.none() | people), max_size=6
)


@settings(max_examples=150, deadline=None)
@given(questions, rows, st.none() | st.dictionaries(people, st.integers(0, 3)))
def test_reasons_always_come_in_the_order_of_the_page(
    question: Question, found_rows: list[Capability | Absence], workload: dict[str, int] | None
) -> None:
    found = routed(question, *found_rows, workload=workload)
    assert found == routed(question, *found_rows, workload=workload)
    assert not set(found.people) & question.excluded
    assert found.person is None or found.person in found.people
    for language in LANGUAGES:
        assert all(reason.code not in Wording(language).say(reason) for reason in found.reasons)
    if found.found:
        said = [Wording("vi").say(reason) for reason in found.reasons]
        named = [next((place for place, word in enumerate(ORDER) if text.startswith(word)), 2) for text in said]
        assert named == sorted(named)
        assert set(named) == set(range(5))
