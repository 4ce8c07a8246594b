"""A department's package in a running city: switched, set, replaced, upgraded, and what cases keep meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from wardflow import app
from wardflow.adopted import Switch
from wardflow.cases.library import Library
from wardflow.cases.plugin_needs import needs
from wardflow.cases.reads.rules import case_rules, field_rows
from wardflow.cases.replace_table import Replacement, replace_table
from wardflow.cases.set_threshold import Threshold, set_threshold
from wardflow.cases.switch_plugin import switch_plugin
from wardflow.domain.findings import Finding, Verdict
from wardflow.domain.reasons import Reason
from wardflow.domain.register import Holding
from wardflow.domain.routing import NextHolder
from wardflow.errors import FormRefused, NotAllowed, ReasonMissing, SlipTemplateRefused, ThresholdsUnknown
from wardflow.offers import (
    ALLOWED,
    DecisionTable,
    FieldRule,
    FindingRule,
    RoutingOpinion,
    RoutingRule,
    Setting,
    SlipTemplate,
)
from wardflow.packs import Pack
from wardflow.permissions import KEEPER
from wardflow.plugin_errors import PluginUnknown, TableRefused
from wardflow.plugins import Plugins
from wardflow.tables import TABLES
from wardflow.testing import Source, fake_plugin

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another
BASIS = "QĐ 12/2026/QĐ-UBND"


def table(limit: int) -> bytes:
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" namespace="t" name="t" id="t">'
        '<inputData id="n" name="n"><variable name="n" typeRef="number"/></inputData>'
        '<decision id="d" name="many"><variable name="many" typeRef="boolean"/>'
        '<informationRequirement><requiredInput href="#n"/></informationRequirement>'
        f"<literalExpression><text>n &gt; {limit}</text></literalExpression></decision></definitions>"
    ).encode()


def thresholds(town: Town, case: int) -> Any:
    return town.platform.library.thresholds_of(town.case(case))


def long_enough(value: Any, form: Any, context: Any) -> Any:
    least = context.settings["field.least"]
    return ALLOWED if len(value) >= least else Reason("field.short", {"least": least})


def many(form: Any, context: Any) -> Any:
    return Finding(Verdict.HOLD, Reason("field.many"), "field.many") if context.decide("field.many", {"n": 20}) else None


def field(**more: Any) -> Source:
    offers = {
        "settings": [Setting("field.least", 5, schema={"type": "integer", "minimum": 1, "title": "Ngắn nhất"})],
        "field_rules": [FieldRule("field.long-enough", ("permit",), "/purpose", long_enough, basis="Điều 1")],
        "finding_rules": [FindingRule("field.many", ("permit",), many)],
        "decision_tables": [DecisionTable("field.many", table(10), "many")],
    }
    return fake_plugin("field", **{**offers, **more})


@pytest.fixture
def with_plugin(town: Town) -> Callable[..., Town]:
    """The town with packages installed, as after a restart."""
    town.platform.store.city.save(holdings=[Holding("stranger", KEEPER, "north"), Holding("designer", KEEPER, "city")])

    def installed(*sources: Source) -> Town:
        store = town.platform.store
        platform = app.assemble(town.platform.settings, store, now=town.moment, plugins=Plugins.load(sources=sources))
        return replace(town, platform=platform)

    return installed


def keeper(town: Town, person: str = "designer") -> Any:
    town.platform.snapshot()
    return town.actor(person)


def test_a_plugin_is_switched_off_and_on_without_a_restart(with_plugin: Callable[..., Town]) -> None:
    town = with_plugin(field())
    with pytest.raises(FormRefused):
        town.open(purpose="nhà")
    switch_plugin(town.platform, keeper(town), "field", False, "Đang rà soát")
    assert town.open(purpose="nhà")
    switch_plugin(town.platform, keeper(town), "field", True, "Đã rà soát")
    with pytest.raises(FormRefused):
        town.open(purpose="nhà")
    told = [(entry.kind, entry.by, entry.facts["on"]) for entry in town.platform.store.adoption.entries()]
    assert told == [("switched", "designer", True), ("switched", "designer", False)]


def test_it_may_be_off_in_one_commune_alone(with_plugin: Callable[..., Town]) -> None:
    town = with_plugin(field())
    switch_plugin(town.platform, keeper(town), "field", False, "Thí điểm", unit="south")
    assert town.open(purpose="nhà", commune="south")
    with pytest.raises(FormRefused):
        town.open(purpose="nhà", commune="north")


def test_a_keeper_of_a_commune_sets_nothing_elsewhere_nor_for_the_city(with_plugin: Callable[..., Town]) -> None:
    town = with_plugin(field())
    switch_plugin(town.platform, keeper(town, "stranger"), "field", False, "Thí điểm", unit="north.office")
    for unit in ("", "south"):
        with pytest.raises(NotAllowed):
            switch_plugin(town.platform, keeper(town, "stranger"), "field", False, "Thí điểm", unit=unit)


def test_switching_needs_a_reason_and_an_installed_plugin(with_plugin: Callable[..., Town]) -> None:
    town = with_plugin(field())
    with pytest.raises(ReasonMissing):
        switch_plugin(town.platform, keeper(town), "field", False, " ")
    with pytest.raises(PluginUnknown, match="field"):
        switch_plugin(town.platform, keeper(town), "feild", True, "x")


def test_a_case_keeps_the_threshold_it_began_with(with_plugin: Callable[..., Town]) -> None:
    town = with_plugin(field())
    before = town.open(purpose="Sửa nhà").case_id
    set_threshold(town.platform, keeper(town), Threshold("field.least", 20, date(2026, 9, 1), basis=BASIS))
    with pytest.raises(FormRefused) as refused:
        town.open(purpose="Sửa nhà")
    assert refused.value.objections[0].reason.facts["least"] == 20
    assert thresholds(town, before)["field.least"] == 5
    said = case_rules(town.platform, town.actor("clerk"), town.case(before).code)
    assert {ruling.rule: ruling.said for ruling in said.rulings} == {"field.long-enough": "allows"}


def test_thresholds_that_nobody_kept_are_said_to_be_missing(town: Town) -> None:
    with pytest.raises(ThresholdsUnknown, match="backup"):
        town.platform.library.thresholds_of(replace(town.case(town.open().case_id), thresholds_digest="0" * 64))


def test_a_threshold_not_as_its_schema_says_is_refused_at_its_field(with_plugin: Callable[..., Town]) -> None:
    town = with_plugin(field())
    wrong = Threshold("field.least", 0, date(2026, 9, 1), date(2026, 8, 1), BASIS)
    with pytest.raises(FormRefused) as refused:
        set_threshold(town.platform, keeper(town), wrong)
    assert [each.pointer for each in refused.value.objections] == ["/value", "/valid_to"]
    with pytest.raises(NotAllowed):
        set_threshold(town.platform, town.actor("clerk"), wrong)


def test_a_case_keeps_the_decision_table_it_began_with(with_plugin: Callable[..., Town]) -> None:
    town = with_plugin(field())
    before = town.open().case_id
    digest = replace_table(town.platform, keeper(town), Replacement("field.many", table(100), date(2026, 9, 1), basis=BASIS))
    after = town.open().case_id
    assert thresholds(town, after)[TABLES] == {"field.many": digest}
    found = [case_rules(town.platform, town.actor("clerk"), town.case(id).code).findings for id in (before, after)]
    assert [len(each) for each in found] == [1, 0]
    with pytest.raises(TableRefused, match="many"):
        replace_table(town.platform, keeper(town), Replacement("field.many", b"<x/>", date(2026, 9, 1)))


def test_after_an_upgrade_a_case_goes_on_with_its_table_and_threshold(with_plugin: Callable[..., Town]) -> None:
    before = with_plugin(field()).open(purpose="Sửa nhà").case_id
    newer = field(
        settings=[Setting("field.least", 50)], decision_tables=[DecisionTable("field.many", table(100), "many")]
    )
    town = with_plugin(newer)
    with pytest.raises(FormRefused):
        town.open(purpose="Sửa nhà")
    said = case_rules(town.platform, town.actor("clerk"), town.case(before).code)
    assert [ruling.said for ruling in said.rulings] == ["allows"] and [finding.rule for finding in said.findings] == ["field.many"]


def test_an_upgrade_or_a_removal_that_takes_what_open_cases_need_is_told_with_the_list(with_plugin: Callable[..., Town]) -> None:
    town = with_plugin(field())
    assert needs(town.platform, "field", None) == ()
    town.open()
    town.open()
    removed = needs(town.platform, "field", None)
    assert [(need.kind, need.name, need.cases) for need in removed] == [
        ("decision table", "field.many", 2), ("rule", "field.long-enough", 2), ("rule", "field.many", 2),
    ]  # fmt: skip
    fewer = Plugins.load(sources=[field(finding_rules=[])]).inventory("field")
    assert [need.name for need in needs(town.platform, "field", fewer)] == ["field.many"]
    assert needs(town.platform, "field", town.platform.plugins.inventory("field")) == ()


def test_a_package_removed_and_installed_again_finds_what_was_adopted(with_plugin: Callable[..., Town]) -> None:
    town = with_plugin(field())
    set_threshold(town.platform, keeper(town), Threshold("field.least", 30, date(2026, 9, 1), basis=BASIS))
    kept = town.platform.store.adoption.read()
    without = with_plugin()
    assert without.open(purpose="Sửa nhà").case_id
    again = with_plugin(field())
    assert again.platform.store.adoption.read() == kept
    with pytest.raises(FormRefused):
        again.open(purpose="Sửa nhà")


def test_a_procedure_of_a_plugin_that_is_off_is_not_offered(with_plugin: Callable[..., Town]) -> None:
    record = {"code": "extra", "name": "Thủ tục thêm", "pack": "permit", "process": "permit", "time_limit": "1 wd", "level": "commune"}
    town = with_plugin(field(procedures=[record]))
    assert "extra" in town.platform.library.procedures(date(2026, 9, 4))
    town.platform.store.adoption.switch(Switch("field", "", False), "x", town.moment.now, "x")
    town.platform.snapshot()
    assert "extra" not in town.platform.library.procedures(date(2026, 9, 4))


def test_a_rule_looks_at_the_form_of_a_later_step(with_plugin: Callable[..., Town]) -> None:
    rule = FieldRule(
        "field.opinion", ("permit",), "/opinion", lambda v, f, c: Reason("field.no") if c.case["form"]["purpose"] == "Sửa nhà" else None,
        form="forms/review.json",
    )  # fmt: skip
    town = with_plugin(field(field_rules=[rule]))
    case = town.open(answer={"complete": True}).case_id
    with pytest.raises(FormRefused) as refused:
        town.do("reviewer", case, "review", opinion="good")
    assert refused.value.objections[0].rule == "field.opinion"


def test_the_inspector_knows_the_rules_on_forms_of_later_steps(with_plugin: Callable[..., Town]) -> None:
    rule = FieldRule("field.opinion", ("permit",), "/opinion", lambda v, f, c: ALLOWED, form="forms/review.json", basis="Điều 2")
    town = with_plugin(field(field_rules=[rule]))
    [row] = field_rows(town.platform.plugins, "permit", "/opinion", {})
    assert (row.rule, row.form, row.basis) == ("field.opinion", "forms/review.json", "Điều 2")
    opened = town.open(answer={"complete": True})
    town.do("reviewer", opened.case_id, "review", opinion="good")
    said = case_rules(town.platform, town.actor("clerk"), opened.code).rulings
    assert [(ruling.rule, ruling.pointer, ruling.said) for ruling in said] == [("field.opinion", "/review/opinion", "allows")]


def test_an_opinion_on_routing_sends_a_task_where_somebody_has_the_proof(with_plugin: Callable[..., Town]) -> None:
    opinion = RoutingOpinion(Reason("field.r"), needs=("licence",), next_holders=(NextHolder("north.office"),))
    rule = RoutingRule("field.r", ("permit",), lambda q, step, f, c: replace(opinion, needs=()) if step == "review" else None)
    town = with_plugin(field(routing_rules=[rule]))
    case = town.open(answer={"complete": True}).case_id
    assert town.tasks(case)["review"].unit == "south.office"    # somebody there can, so nothing changes
    strict = with_plugin(field(routing_rules=[RoutingRule("field.r", ("permit",), lambda q, step, f, c: opinion)]))
    case = strict.open(answer={"complete": True}).case_id
    assert any(reason.code == "routing.nobody" for reason in strict.tasks(case)["review"].reasons)


def test_the_inspector_names_package_version_basis_and_how_often_it_objected(with_plugin: Callable[..., Town]) -> None:
    town = with_plugin(field())
    for _ in range(2):
        with pytest.raises(FormRefused):
            town.open(purpose="nhà")
    store, plugins = town.platform.store.adoption, town.platform.plugins
    store.add_tally(plugins.tally, date(2026, 9, 4))
    plugins.tally.clear()
    [row] = field_rows(plugins, "permit", "/purpose", store.tally())
    assert (row.plugin, row.version, row.basis, row.objected, row.kind) == ("field", "1.0", "Điều 1", 2, "rule")


def test_without_plugins_nothing_is_kept_and_nothing_asked(town: Town) -> None:
    case = town.open().case_id
    assert thresholds(town, case) == {}
    assert town.platform.store.adoption.read().files == {}


def test_a_library_of_a_restarted_process_offers_the_same(with_plugin: Callable[..., Town]) -> None:
    town = with_plugin(field())
    fresh = Library(town.platform.store.packs, town.platform.plugins, {})
    assert set(fresh.procedures(date(2026, 9, 4))) == {"permit"}


def asking(town: Town) -> None:
    """Publishes the pack again, with its diagram asking the rules before anything else."""
    [*_, version] = town.platform.store.packs.versions()
    files = dict(town.platform.store.packs.files(version.digest))
    text = files["permit.bpmn"].decode()
    ask = (
        '<bpmn:serviceTask id="ask" name="Hỏi quy tắc" wf:handler="rules.findings" wf:result="findings">'
        "<bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f1b</bpmn:outgoing></bpmn:serviceTask>"
    )
    text = text.replace('<bpmn:subProcess id="handling"', ask + '<bpmn:subProcess id="handling"', 1)
    text = text.replace("<bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f9", "<bpmn:incoming>f1b</bpmn:incoming><bpmn:outgoing>f9")
    flow = '<bpmn:sequenceFlow id="f1" sourceRef="begin" targetRef="'
    text = text.replace(f'{flow}handling" />', f'{flow}ask" /><bpmn:sequenceFlow id="f1b" sourceRef="ask" targetRef="handling" />')
    pack = Pack({**files, "permit.bpmn": text.encode()}, "permit")
    town.platform.store.packs.publish(pack.id, pack.digest, pack.files, "designer", town.moment.now)


@pytest.mark.parametrize(("declared", "incidents"), [("hold", 0), ("incident", 1)])
def test_a_rule_that_fails_is_a_hold_or_an_incident_as_it_declares_and_never_a_lost_filing(
    with_plugin: Callable[..., Town], declared: Any, incidents: int
) -> None:
    rule = FindingRule("field.bad", ("permit",), lambda f, c: f["missing"], on_failure=declared)
    town = with_plugin(field(finding_rules=[rule]))
    asking(town)
    opened = town.open()
    assert town.case(opened.case_id).code == opened.code
    assert len(town.platform.store.incidents.of_case(opened.case_id)) == incidents
    assert bool(town.tasks(opened.case_id)) is (declared == "hold")


def test_packages_that_conclude_differently_are_both_shown_with_the_stricter(with_plugin: Callable[..., Town]) -> None:
    def concluding(name: str, verdict: Verdict) -> Source:
        said = Finding(verdict, Reason(f"{name}.said"), f"{name}.rule")
        return fake_plugin(name, finding_rules=[FindingRule(f"{name}.rule", ("permit",), lambda f, c: said)])

    town = with_plugin(concluding("mild", Verdict.ELIGIBLE), concluding("strict", Verdict.REFUSE))
    found = case_rules(town.platform, town.actor("clerk"), town.open().code)
    assert [finding.rule for finding in found.findings] == ["mild.rule", "strict.rule"]
    assert [finding.rule for finding in found.differing] == ["strict.rule"]


def test_a_paper_of_a_package_is_set_beside_those_of_the_platform(with_plugin: Callable[..., Town]) -> None:
    town = with_plugin(fake_plugin("field", slip_templates=[SlipTemplate("field.minutes", b"= Bi\xc3\xaan b\xe1\xba\xa3n")]))
    assert town.platform.press("field.minutes", {"date": "2026-09-04"}).startswith(b"%PDF")
    with pytest.raises(SlipTemplateRefused):
        town.platform.press("field.other", {"date": "2026-09-04"})
