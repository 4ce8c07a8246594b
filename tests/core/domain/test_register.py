"""The register answers who is who, and who holds the power for which place since when."""

from __future__ import annotations

from datetime import date

import pytest
from wardflow.domain.people import Actor
from wardflow.domain.register import Absence, Authority, Holding, Level, Person, Register, Unit
from wardflow.errors import AuthorityUnknown, PersonUnknown, RegisterBroken, UnitUnknown

UNITS = (
    Unit("city", "UBND Thành phố", "City People's Committee", "city", Level.CITY),
    Unit("dept-health", "Sở Y tế", "Department of Health", "department", Level.CITY, "city"),
    Unit("thien-loc", "UBND xã Thiên Lộc", "Thien Loc", "rural", Level.COMMUNE, "city"),
    Unit("thien-loc.economy", "Phòng Kinh tế", "Economic office", "office", Level.COMMUNE, "thien-loc"),
    Unit("cua-nam", "UBND phường Cửa Nam", "Cua Nam", "ward", Level.COMMUNE, "city"),
)
PEOPLE = (Person("b", "Trần Thị B"), Person("a", "Đỗ Văn A"), Person("c", "Lê C"))
HOLDINGS = (
    Holding("b", "specialist", "thien-loc.economy"),
    Holding("a", "specialist", "thien-loc.economy"),
    Holding("c", "approver", "thien-loc"),
    Holding("c", "specialist", "thien-loc.economy"),
)
TODAY = date(2026, 9, 4)


def register(*authorities: Authority) -> Register:
    return Register(7, UNITS, PEOPLE, HOLDINGS, authorities, (Absence("a", date(2026, 9, 1), TODAY, "b"),))


def test_units_stand_below_units() -> None:
    found = register()
    assert [unit.id for unit in found.children("thien-loc")] == ["thien-loc.economy"]
    assert found.within("thien-loc") == {"thien-loc", "thien-loc.economy"}
    assert [unit.id for unit in found.up("thien-loc.economy")] == ["thien-loc.economy", "thien-loc", "city"]
    assert found.unit("city").name_en == "City People's Committee"


def test_holders_are_of_exactly_that_unit_in_a_steady_order() -> None:
    found = register()
    assert [person.id for person in found.holders("specialist", "thien-loc.economy")] == ["a", "b", "c"]
    assert found.holders("specialist", "thien-loc") == ()
    assert [held.role for held in found.holdings_of("c")] == ["approver", "specialist"]
    assert [held.person for held in found.held_in("thien-loc")] == ["c"]
    assert (found.holdings_of("nobody"), found.held_in("city")) == ((), ())


def test_an_absence_includes_its_last_day() -> None:
    found = register()
    assert found.absence("a", TODAY) is not None
    assert found.absence("a", date(2026, 9, 5)) is None


@pytest.mark.parametrize(
    ("rows", "level", "unit", "instrument"),
    [
        ((), Level.COMMUNE, "thien-loc", ""),
        ((), Level.CITY, "city", ""),
        ((Authority("1.01", "commune", None, "NĐ 151", date(2025, 7, 1)),), Level.CITY, "thien-loc", "NĐ 151"),
        ((Authority("1.01", "city", "dept-health", "QĐ 1", date(2026, 1, 1)),), Level.COMMUNE, "dept-health", "QĐ 1"),
        ((Authority("1.01", "commune", "cua-nam", "QĐ 2", date(2026, 1, 1)),), Level.CITY, "city", ""),
        (
            (Authority("1.01", "commune", "thien-loc", "QĐ 3", date(2026, 1, 1), TODAY),),
            Level.CITY,
            "thien-loc",
            "QĐ 3",
        ),
        (
            (Authority("1.01", "commune", "thien-loc", "QĐ 4", date(2026, 1, 1), date(2026, 9, 3)),),
            Level.CITY,
            "city",
            "",
        ),
        ((Authority("1.01", "commune", "thien-loc", "QĐ 5", date(2026, 9, 5)),), Level.CITY, "city", ""),
        ((Authority("9.99", "commune", "thien-loc", "QĐ 6", date(2026, 1, 1)),), Level.CITY, "city", ""),
    ],
    ids=[
        "law: commune",
        "law: city",
        "whole level",
        "department",
        "another commune",
        "last day",
        "expired",
        "later",
        "other",
    ],
)
def test_who_decides(rows: tuple[Authority, ...], level: str, unit: str, instrument: str) -> None:
    found = register(*rows).authority("1.01", level, "thien-loc.economy", TODAY)
    assert (found.unit, found.instrument) == (unit, instrument)
    assert found.reason.code == ("authority.by-instrument" if instrument else "authority.by-level")


def test_the_closer_instrument_wins_then_the_later_one() -> None:
    whole = Authority("1.01", "commune", None, "NĐ", date(2026, 1, 1))
    old = Authority("1.01", "city", "dept-health", "cũ", date(2025, 1, 1))
    new = Authority("1.01", "city", "city", "mới", date(2026, 2, 1))
    own = Authority("1.01", "commune", "thien-loc", "riêng", date(2025, 1, 1))
    assert register(whole, old, new).authority("1.01", "commune", "thien-loc", TODAY).instrument == "mới"
    assert register(new, own, whole).authority("1.01", "city", "thien-loc", TODAY).instrument == "riêng"


def test_an_unknown_place_is_said_and_not_guessed() -> None:
    with pytest.raises(AuthorityUnknown) as refusal:
        register().authority("1.01", "commune", "nowhere", TODAY)
    assert refusal.value.place == "nowhere"
    with pytest.raises(AuthorityUnknown):
        register().authority("1.01", "commune", "dept-health", TODAY)


def test_what_the_register_does_not_know_has_an_error_of_its_own() -> None:
    with pytest.raises(UnitUnknown):
        register().unit("x")
    with pytest.raises(PersonUnknown):
        register().person("x")


@pytest.mark.parametrize(
    ("units", "holdings"),
    [
        ((Unit("a", "A", parent="b"), Unit("b", "B", parent="a")), ()),
        ((Unit("a", "A", parent="gone"),), ()),
        (UNITS, (Holding("ghost", "specialist", "city"),)),
    ],
    ids=["circle", "missing parent", "missing person"],
)
def test_a_register_with_broken_links_is_refused(units: tuple[Unit, ...], holdings: tuple[Holding, ...]) -> None:
    with pytest.raises(RegisterBroken):
        Register(1, units, PEOPLE, holdings)


def test_a_register_is_made_of_plain_rows() -> None:
    built = Register.from_rows(
        3,
        units=[{"id": "city", "name": "TP", "level": "city"}],
        people=[{"id": "a", "name": "A"}],
        holdings=[{"person": "a", "role": "approver", "unit": "city"}],
    )
    assert [person.name for person in built.holders("approver", "city")] == ["A"]
    assert built.authority("1", "city", "city", TODAY).unit == "city"


def test_an_actor_knows_what_they_hold() -> None:
    actor = Actor("c", "Lê C", register().holdings_of("c"))
    assert actor.holds("approver", "thien-loc") and not actor.holds("approver", "city")
    assert actor.roles == {"approver", "specialist"}
    assert actor.units == {"thien-loc", "thien-loc.economy"}
