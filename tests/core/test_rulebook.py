"""Hints, allowed values, decision tables, opinions on routing, and what holds where the installation says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from wardflow.adopted import Adopted, OwnTable, OwnValue, Switch
from wardflow.domain.reasons import Reason
from wardflow.domain.routing import NextHolder, Question
from wardflow.offers import (
    ALLOWED,
    NO_DATA,
    Choice,
    DecisionTable,
    Derivation,
    Derived,
    FieldRule,
    FindingRule,
    Hint,
    RoutingOpinion,
    RoutingRule,
    RuleContext,
    Setting,
)
from wardflow.plugin_errors import RuleFailed
from wardflow.plugins import Plugins
from wardflow.tables import TABLES, digest
from wardflow.testing import FakeData, Source, at_work, fake_plugin

NOW = datetime(2026, 9, 4, 2, 40, tzinfo=UTC)
TODAY = date(2026, 9, 4)


def field(id: str, check: Any, pointer: str = "/area", **more: Any) -> FieldRule:
    return FieldRule(id, ("p1",), pointer, check, **more)


def table(limit: int) -> bytes:
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" namespace="t" name="t" id="t">'
        '<inputData id="n" name="n"><variable name="n" typeRef="number"/></inputData>'
        '<decision id="d" name="many"><variable name="many" typeRef="boolean"/>'
        '<informationRequirement><requiredInput href="#n"/></informationRequirement>'
        f"<literalExpression><text>n &gt; {limit}</text></literalExpression></decision></definitions>"
    ).encode()


def many(value: Any, form: Mapping[str, Any], context: RuleContext) -> Any:
    return Reason("a.many") if context.decide("a.many", {"n": value}) else ALLOWED


TABLE = fake_plugin("a", decision_tables=[DecisionTable("a.many", table(10), "many")], field_rules=[field("a.many", many)])


def following(plugin: Source, adopted: Adopted, **more: Any) -> Plugins:
    return at_work(plugin, **more).following(lambda: adopted, NO_DATA)


def own_table(model: bytes, **more: Any) -> Adopted:
    row = {"table": "a.many", "unit": "", "valid_from": TODAY, "valid_to": None, "basis": "", "by": "", "at": NOW, **more}
    return Adopted(tables=(OwnTable(digest=digest(model), **row),), files={digest(model): model})


def test_a_hint_depends_on_the_other_fields_and_a_failing_one_is_only_missing() -> None:
    hints = [
        Hint("a.left", ("p1",), "/area", lambda f, c: Reason("a.left") if f.get("commune") else None),
        Hint("a.bad", ("p1",), "/area", lambda f, c: f["missing"]),
    ]
    plugins = at_work(fake_plugin("a", hints=hints))
    assert [(hint.pointer, hint.rule) for hint in plugins.hints("p1", {"commune": "x"}, NOW)] == [("/area", "a.left")]
    assert plugins.hints("p1", {}, NOW) == ()


def test_a_value_outside_the_allowed_ones_is_an_objection_and_inside_it_is_allowed() -> None:
    choice = Choice("a.uses", ("p1",), "/use", lambda f, c: ["x", "y"] if f.get("kind") == "ward" else None)
    plugins = at_work(fake_plugin("a", choices=[choice]))
    said = [plugins.rulings("p1", {"kind": kind, "use": "z"}, NOW) for kind in ("ward", "rural")]
    assert [[each.said for each in those] for those in said] == [["objects"], []]
    assert plugins.narrowed("p1", {"kind": "ward"}, NOW)[0].values == ("x", "y")


def test_two_packages_that_narrow_the_same_field_both_count() -> None:
    a, b = (
        fake_plugin(name, choices=[Choice(f"{name}.c", ("p1",), "/use", lambda f, c, left=left: left)])
        for name, left in (("a", ["x", "y"]), ("b", ["y", "z"]))
    )
    plugins = at_work(a, b)
    blocked = {use: sum(o.blocks for o in plugins.objections("p1", {"use": use}, NOW)) for use in "xyz"}
    assert blocked == {"x": 1, "y": 0, "z": 1}


def test_where_two_packages_differ_both_are_shown_and_the_stricter_one_counts() -> None:
    strict = fake_plugin("a", field_rules=[field("a.no", lambda v, f, c: Reason("a.no"))])
    mild = fake_plugin("b", field_rules=[field("b.yes", lambda v, f, c: ALLOWED)])
    found = at_work(strict, mild).objections("p1", {"area": 1}, NOW)
    assert [(each.reason.code, each.blocks) for each in found] == [("a.no", True), ("plugins.conflict", False)]
    assert found[1].reason.facts["allows_plugin"] == "b" and found[1].reason.facts["objects"] == "a.no"


def test_one_package_that_looks_at_a_field_twice_does_not_differ_with_itself() -> None:
    rules = [field("a.no", lambda v, f, c: Reason("a.no")), field("a.yes", lambda v, f, c: ALLOWED)]
    assert len(at_work(fake_plugin("a", field_rules=rules)).objections("p1", {"area": 1}, NOW)) == 1


def test_of_two_rules_that_compute_the_same_field_the_first_is_kept() -> None:
    a, b = (
        fake_plugin(name, derivations=[Derivation(f"{name}.d", ("p1",), "/x", lambda f, c, name=name: Derived(name, Reason("r")))])
        for name in "ab"
    )
    assert at_work(a, b).completed("p1", {}, NOW) == {"x": "a"}


class TestTables:
    def test_a_rule_asks_the_table_that_ships(self) -> None:
        plugins = at_work(TABLE)
        assert [bool(plugins.objections("p1", {"area": n}, NOW)) for n in (10, 11)] == [False, True]

    def test_a_department_puts_its_own_in_its_place_and_a_case_keeps_the_one_it_began_with(self) -> None:
        began_with = at_work(TABLE).settings(TODAY)
        plugins = following(TABLE, own_table(table(100)))
        assert not plugins.objections("p1", {"area": 50}, NOW)
        assert plugins.objections("p1", {"area": 50}, NOW, settings=began_with)
        assert began_with[TABLES] != plugins.settings(TODAY)[TABLES]

    def test_it_holds_in_its_unit_and_from_its_first_day(self) -> None:
        adopted = own_table(table(100), unit="north", valid_from=date(2026, 9, 1))
        plugins = following(TABLE, adopted)
        asked = {
            "here": plugins.objections("p1", {"area": 50}, NOW, units=("north.office", "north", "city")),
            "elsewhere": plugins.objections("p1", {"area": 50}, NOW, units=("south", "city")),
            "before": plugins.objections("p1", {"area": 50}, NOW, units=("north",), on=date(2026, 8, 31)),
        }
        assert {name: bool(said) for name, said in asked.items()} == {"here": False, "elsewhere": True, "before": True}

    def test_a_table_that_goes_on_and_on_is_cut_off_and_costs_only_its_rule(self) -> None:
        endless = table(10).replace(b"n &gt; 10", b"count(for a in 1..1000, b in 1..1000 return a) &gt; n")
        plugins = following(TABLE, own_table(endless))
        assert [each.reason.code for each in plugins.objections("p1", {"area": 50}, NOW)] == ["plugins.rule_failed"]

    def test_a_file_without_the_decision_cannot_stand_in_its_place(self) -> None:
        plugins = at_work(TABLE)
        assert plugins.tables.problems("a.many", table(3)) == []
        other = Reason("plugins.model.decision", {"wanted": "many", "found": "few"})
        assert plugins.tables.problems("a.many", table(3).replace(b'name="many"', b'name="few"')) == [other]
        assert [each.code for each in plugins.tables.problems("a.many", b"<x>")] == ["plugins.model.unreadable"]
        unclosed = plugins.tables.problems("a.many", table(3).replace(b"n &gt; 3", b"n &gt;"))
        assert unclosed and {each.code for each in unclosed} == {"plugins.model.faulty"}


class TestAdopted:
    SMALL = fake_plugin(
        "a",
        settings=[Setting("a.min", 50)],
        field_rules=[field("a.s", lambda v, f, c: Reason("a.small") if v < c.settings["a.min"] else ALLOWED)],
    )

    def test_a_plugin_is_off_where_the_nearest_unit_says_so(self) -> None:
        adopted = Adopted((Switch("a", "", False), Switch("a", "north", True)))
        plugins = following(self.SMALL, adopted)
        said = [bool(plugins.objections("p1", {"area": 1}, NOW, units=units)) for units in (("north.x", "north"), ("south",), ())]
        assert said == [True, False, False]

    def test_a_threshold_set_by_a_unit_holds_there(self) -> None:
        rows = [
            OwnValue("a.min", unit, value, date(2026, 9, 1), None, "QĐ 1", "x", NOW) for unit, value in (("", 60), ("north", 70))
        ]
        plugins = following(self.SMALL, Adopted(values=tuple(rows)))
        where = {"north": ("north.x", "north"), "city": ("south",)}
        assert {name: plugins.settings(TODAY, units)["a.min"] for name, units in where.items()} == {"north": 70, "city": 60}
        assert plugins.settings(date(2026, 8, 31))["a.min"] == 50


def test_an_opinion_on_routing_adds_and_takes_nothing_away() -> None:
    said = RoutingOpinion(Reason("a.r"), ("head",), {"p1": Reason("a.own")}, (NextHolder("dept"),))
    rule = RoutingRule("a.r", ("p1",), lambda question, step, form, context: said if step == "look" else None)
    plugins = at_work(fake_plugin("a", routing_rules=[rule]))
    question = Question("officer", "u", needs=("licence",))
    routed = plugins.routed("p1", question, "look", {}, NOW)
    assert routed.needs == ("licence", "head") and set(routed.recused) == {"p1"} and routed.next_holders[0].unit == "dept"
    assert plugins.routed("p1", question, "other", {}, NOW) == question


def test_a_rule_reads_the_tables_of_its_plugin() -> None:
    rule = field("a.known", lambda v, f, c: ALLOWED if c.data.rows("SELECT 1 FROM a_x WHERE n = ?", (v,)) else Reason("a.no"))
    data = FakeData(lambda sql, given: [(1,)] if given == (7,) else [])
    plugins = at_work(fake_plugin("a", field_rules=[rule]), data=data)
    assert [bool(plugins.objections("p1", {"area": n}, NOW)) for n in (7, 8)] == [False, True]


def test_a_finding_declared_so_stops_the_matter_when_it_fails() -> None:
    rule = FindingRule("a.must", ("p1",), lambda f, c: f["missing"], on_failure="incident")
    with pytest.raises(RuleFailed, match=r"a\.must"):
        at_work(fake_plugin("a", finding_rules=[rule])).findings("p1", {}, NOW)


def test_how_often_a_rule_objected_is_counted() -> None:
    plugins = at_work(fake_plugin("a", field_rules=[field("a.no", lambda v, f, c: Reason("a.no")), field("a.bad", lambda v, f, c: 1)]))
    for _ in range(2):
        plugins.objections("p1", {"area": 1}, NOW)
    assert plugins.tally == {("a.no", "objects"): 2, ("a.bad", "failed"): 2}
