"""The demo city has the size, the names and the figures that are known, and says which ones are made up."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from wardflow.demo.city import City, read_city
from wardflow.domain.calendar import DayKind

FOLDER = Path(__file__).parents[3] / "workflows" / "demo-city"


@pytest.fixture(scope="module")
def city() -> City:
    return read_city(FOLDER)


def test_two_tiers_with_their_offices(city: City) -> None:
    kinds = Counter(unit.kind for unit in city.units)
    assert (kinds["ward"], kinds["rural"]) == (51, 75)
    assert kinds["general"] == kinds["economy"] == kinds["culture"] == kinds["point"] == 126
    assert (kinds["department"], kinds["service_branch"], kinds["service_centre"], kinds["land_registry"]) == (15, 12, 1, 1)


def test_units_have_names_in_both_languages_and_ids_of_their_own(city: City) -> None:
    assert all(unit.name and unit.name_en and unit.kind for unit in city.units)
    assert max(Counter(unit.id for unit in city.units).values()) == 1
    assert next(unit for unit in city.units if unit.id == "cua-nam.economy").name == (
        "Phòng Kinh tế, Hạ tầng và Đô thị phường Cửa Nam"
    )


def test_known_figures_are_kept_and_the_totals_of_the_city_come_out() -> None:
    rows = list(csv.DictReader((FOLDER / "communes.csv").read_text("utf-8").splitlines()))
    assert sum(int(row["population"]) for row in rows) == 8_855_946
    assert round(sum(float(row["area_km2"]) for row in rows), 2) == 3334.70
    known = {row["slug"]: row for row in rows}
    assert (known["ha-dong"]["population"], known["ha-dong"]["population_from"]) == ("211572", "report")
    assert (known["cua-nam"]["area_km2"], known["cua-nam"]["area_from"]) == ("1.68", "report")
    assert {row["population_from"] for row in rows} == {"report", "generated"}


def test_the_figures_of_a_commune_stay_with_its_committee(city: City) -> None:
    assert city.unit_facts["ba-vi"]["area_km2"] == 81.28 and "ba-vi.point" not in city.unit_facts


def test_everybody_holds_a_role_somewhere_or_is_a_citizen(city: City) -> None:
    register = city.register()    # refuses holdings of people or units that are missing
    idle = [person.id for person in register.people if not register.holdings_of(person.id)]
    assert idle == ["citizen-nguyen-van-a"]
    assert 200 <= len(city.people) <= 500


def test_eight_personas_with_stable_ids(city: City) -> None:
    assert [persona.id for persona in city.personas] == [
        "citizen-nguyen-van-a", "clerk-cua-nam", "specialist-thien-loc", "head-thien-loc", "chair-thien-loc",
        "officer-planning", "designer-city", "assistant-cua-nam",
    ]
    assert len({persona.login for persona in city.personas}) == 8
    assert all(persona.label and persona.label_en for persona in city.personas)


def test_every_commune_has_somebody_who_decides(city: City) -> None:
    register = city.register()
    assert all(register.holders("approver", unit.id) for unit in city.units if unit.kind in ("ward", "rural"))


def test_the_city_is_the_same_each_time(city: City) -> None:
    assert read_city(FOLDER) == city


def test_the_power_lies_with_the_commune_of_the_object(city: City) -> None:
    competence = city.register().authority("land-use-change", "commune", "thien-loc", date(2026, 9, 4))
    assert competence.unit == "thien-loc" and "151/2025" in competence.instrument


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2025-01-29", DayKind.HOLIDAY),
        ("2025-04-26", DayKind.MADE_UP),
        ("2025-05-02", DayKind.SWAP_OFF),
        ("2026-01-02", DayKind.SWAP_OFF),
        ("2026-01-10", DayKind.MADE_UP),
        ("2026-04-27", DayKind.HOLIDAY),
        ("2026-08-22", DayKind.MADE_UP),
        ("2026-08-31", DayKind.SWAP_OFF),
        ("2027-02-06", DayKind.HOLIDAY),
    ],
)
def test_the_calendar_knows_holidays_swaps_and_days_worked_instead(city: City, day: str, kind: DayKind) -> None:
    row = city.days[date.fromisoformat(day)]
    assert row.kind is kind and row.name and row.name_en


def test_the_calendar_covers_three_years_only(city: City) -> None:
    assert {day.year for day in city.days} == {2025, 2026, 2027}


