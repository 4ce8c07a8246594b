"""Where an inspection of a drug outlet lands in the demo city: with the commune that has a qualified pharmacist, else the department."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import wardflow_health
from wardflow.catalog import city_folder
from wardflow.demo.city import read_city
from wardflow.domain.register import Register
from wardflow.domain.routing import Question, Route, route
from wardflow.testing import NOW, at_work

ON = date(2026, 9, 4)


@pytest.fixture(scope="module")
def register() -> Register:
    return read_city(city_folder()).register()


def routed(register: Register, commune: str, **case: object) -> Route:
    asked = Question("specialist", f"{commune}.culture")
    opinions = at_work(wardflow_health).opinions("gpp-certificate", asked, "inspect", {"commune": commune}, NOW, case=case)
    needs = tuple(kind for _, said in opinions for kind in said.needs)
    recused = {who: why for _, said in opinions for who, why in said.recused.items()}
    next_ones = tuple(holder for _, said in opinions for holder in said.next_holders)
    return route(replace(asked, needs=needs, recused=recused, next_holders=next_ones), register, ON)


def test_a_commune_with_a_qualified_pharmacist_inspects_itself(register: Register) -> None:
    found = routed(register, "cua-nam")
    assert (found.unit, found.people) == ("cua-nam.culture", ("society-specialist-cua-nam-1",))


@pytest.mark.parametrize("commune", ["thien-loc", "ha-dong"])
def test_where_nobody_is_qualified_the_department_inspects(register: Register, commune: str) -> None:
    found = routed(register, commune)
    assert (found.unit, found.people) == ("dept-health", ("pharmacist-dept-health-1",))


def test_who_has_family_at_the_outlet_keeps_out_and_the_department_comes(register: Register) -> None:
    team = {"members": [{"name": "K", "account": "society-specialist-cua-nam-1", "tie": "family"}]}
    assert routed(register, "cua-nam", set_up_team=team).unit == "dept-health"
