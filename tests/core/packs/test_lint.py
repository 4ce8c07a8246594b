"""Lint finds each kind of fault once, where it is, in words; and nothing in a good pack."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from wardflow.domain.findings import LintFinding
from wardflow.packs import Pack, lint
from wardflow.packs.codes import CODES
from wardflow.wording import Wording

MakePack = Callable[..., Pack]
Changes = Mapping[str, Any]
BPMN, TOML, FORM, RECORD, STORY = "small.bpmn", "pack.toml", "forms/check.json", "procedures/copy.toml", "scenarios/one.yaml"
GOOD = 'check.result = "complete"'
TASK = (
    '<userTask id="{}" name="Việc" wf:role="clerk" wf:unit="receiving" wf:due="1 wd" wf:product="p" wf:responsibility="r" '
    'wf:authority="a"/>'
)
MONEY = {"money": {"type": "integer", "x-widget": "money", "title": "Số tiền"}}


def condition(text: str) -> Changes:
    return {BPMN: ((GOOD, text),)}


def diagram(old: str, new: str) -> Changes:
    return {BPMN: ((old, new),)}


def added(text: str) -> Changes:
    return diagram(" </process>", f"{text}\n </process>")


def flow(id: str, source: str, target: str) -> str:
    return f'<sequenceFlow id="{id}" sourceRef="{source}" targetRef="{target}"/>'


AGAIN = '<sequenceFlow id="again" sourceRef="complete" targetRef="check"'
ISLAND = TASK.format("a") + TASK.format("b") + flow("ab", "a", "b") + flow("ba", "b", "a")
FAULTS: Mapping[str, Changes] = {
    "capability.undeclared": diagram('wf:product="Phiếu"', 'wf:product="Phiếu" wf:needs="pharmacist"'),
    "clear.missing": diagram('wf:product="Phiếu"', ""),
    "clear.missing-for": {
        **diagram('wf:product="Phiếu"', ""), RECORD: (('time_limit = "5 wd"', 'time_limit = "5 wd"\nsteps.check.product = "Phiếu"'),),
        "procedures/copy2.toml": 'code = "copy2"\nname = "x"\npack = "small"\nprocess = "small"\ntime_limit = "1 wd"\n',
    },
    "clock.no-basis": diagram('<endEvent id="done"', '<endEvent id="done" wf:clock="stop"'),
    "decision.unknown": diagram('<serviceTask id="fees" wf:handler="rules.fees"', '<businessRuleTask id="fees" wf:decision="priority"'),
    "feel.argument-count": condition("count() = 1"),
    "feel.argument-wrong": condition("floor(check.result) = 1"),
    "feel.limit": diagram('wf:unit="authority"', f'wf:unit="= {"1+" * 9000}1"'),
    "feel.name-unknown": condition('chek.result = "complete"'),
    "feel.property-unknown": condition('check.resutl = "complete"'),
    "feel.syntax": diagram('wf:unit="authority"', 'wf:unit="= check."'),
    "feel.type-mismatch": condition('fees.total > "0"'),
    "feel.type-wrong": condition("check.result and true"),
    "feel.value-unknown": condition('check.result = "complet"'),
    "flow.dead-end": {BPMN: (
        ('<sequenceFlow id="f4" sourceRef="decide" targetRef="done"/>', ISLAND + flow("f4", "decide", "a")),
        ('<endEvent id="done" wf:state="done"/>', ""), ('wf:outcome="expired"', 'wf:state="done"'),
    )},
    "flow.error-unthrown": added(
        '<subProcess id="inside"><startEvent id="s"/><endEvent id="t"/>' + flow("st", "s", "t") + "</subProcess>"
        '<boundaryEvent id="bad" attachedToRef="inside"><errorEventDefinition errorRef="e"/></boundaryEvent>'
        '<endEvent id="worse"/><startEvent id="begin2"/>'
        + flow("g1", "begin2", "inside") + flow("g2", "bad", "worse") + '<endEvent id="after"/>' + flow("g3", "inside", "after")
    ),
    "flow.no-condition": diagram(' default="again"', ""),
    "flow.no-default": {BPMN: (
        (' default="again"', ""),
        (f'{AGAIN}/>', f'{AGAIN}><conditionExpression xsi:type="tFormalExpression">true</conditionExpression></sequenceFlow>'),
    )},
    "flow.unreachable": added(ISLAND),
    "form.missing": diagram("forms/check.json", "forms/chek.json"),
    "form.undrawable": {FORM: (('"title": "Số trang"', '"title": "Số trang", "x-widget": "slider"'),)},
    "form.unreadable": {FORM: "{,}"},
    "form.unused": {"forms/old.json": '{"type": "object", "properties": {"a": {"type": "string", "title": "A"}}}'},
    "handler.unknown": diagram("rules.fees", "rules.fee"),
    "limit.unreadable": diagram('wf:due="8 wh"', 'wf:due="5 days"'),
    "message.unheard": {TOML: (("[states]", '[messages]\nlost = { vi = "Mất", en = "Lost", by = ["clerk"] }\n[states]'),)},
    "message.withdrawal-unheard": {TOML: (('withdrawal = "stop"', 'withdrawal = "halt"'),)},
    "notice.undeclared": diagram('wf:notice="told"', 'wf:notice="tolled"'),
    "pack.no-process": {BPMN: None, RECORD: None, STORY: None},
    "pack.unknown-key": {TOML: (("family =", "opener = []\nfamily ="),)},
    "procedure.form-missing": {RECORD: (("forms/request.json", "forms/requests.json"),)},
    "procedure.other-pack": {RECORD: (('pack = "small"', 'pack = "large"'),)},
    "procedure.process-unknown": {RECORD: (('process = "small"', 'process = "main"'),)},
    "procedure.twice": {"procedures/copy2.toml": 'code = "copy"\nname = "x"\npack = "small"\nprocess = "small"\ntime_limit = "1 wd"\n'},
    "procedure.unreadable": {RECORD: (('time_limit = "5 wd"', ""),)},
    "role.nobody": {},
    "role.undeclared": diagram('wf:role="clerk"', 'wf:role="clrk"'),
    "role.unused": {TOML: (("[states]", 'guide = { vi = "Người hướng dẫn" }\n[states]'),)},
    "scenario.none": {STORY: None},
    "scenario.procedure-unknown": {STORY: (("procedure: copy", "procedure: copys"),)},
    "scenario.step-unknown": {STORY: (("task: check", "task: chek"),)},
    "scenario.unreadable": {STORY: (("task: check", "tasks: check"),)},
    "slip.undeclared": diagram('wf:slip="receipt"', 'wf:slip="reciept"'),
    "state.undeclared": diagram('wf:state="checking"', 'wf:state="cheking"'),
    "state.unused": {TOML: (("[slips]", 'lost = { vi = "Thất lạc" }\n[slips]'),)},
    "task.unknown": diagram('wf:notBy="check"', 'wf:notBy="checks"'),
    "timer.never": diagram("P3D", "P60D"),
}  # fmt: skip


def found(pack: Pack, code: str) -> tuple[LintFinding, ...]:
    held = {"chief"} if code == "role.nobody" else {"clerk", "chief"}
    return lint(pack, roles=held, schemas=MONEY)


def test_a_good_pack_gives_no_finding(make_pack: MakePack) -> None:
    assert lint(make_pack(), roles={"clerk", "chief"}, schemas=MONEY) == ()
    assert lint(make_pack()) == ()


def test_every_code_has_a_fault_that_brings_it_about() -> None:
    assert FAULTS.keys() == CODES.keys()


@pytest.mark.parametrize("code", FAULTS)
def test_each_fault_is_found(make_pack: MakePack, code: str) -> None:
    findings = found(make_pack(FAULTS[code]), code)
    assert code in {finding.code for finding in findings}
    assert {finding.severity for finding in findings if finding.code == code} == {CODES[code].severity}


@pytest.mark.parametrize("code", FAULTS)
def test_each_fault_brings_no_unrelated_error(make_pack: MakePack, code: str) -> None:
    related = {
        "pack.no-process": {"message.withdrawal-unheard"},
    }.get(code, set())
    errors = {f.code for f in found(make_pack(FAULTS[code]), code) if f.severity == "error"}
    assert errors - related <= {code}


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("code", FAULTS)
def test_each_finding_can_be_said_with_all_its_facts(make_pack: MakePack, code: str, language: str) -> None:
    words = Wording(language)
    for finding in found(make_pack(FAULTS[code]), code):
        said = words.say(finding)
        assert "…" not in said and not said.startswith("lint."), said
    assert f"lint.cure.{code}" in words


def test_a_finding_names_line_and_column_of_its_element(make_pack: MakePack) -> None:
    [finding] = lint(make_pack(diagram('wf:slip="receipt"', 'wf:slip="reciept"')), schemas=MONEY)
    pack = make_pack()
    line = next(n for n, text in enumerate(pack.files[BPMN].decode().splitlines(), 1) if 'id="decide"' in text)
    assert (finding.file, finding.line, finding.element) == ("small/small.bpmn", line, "decide")
    assert pack.files[BPMN].decode().splitlines()[line - 1][finding.column - 1 :].startswith('id="decide"')


def test_a_refused_diagram_is_reported_and_the_rest_is_still_looked_at(make_pack: MakePack) -> None:
    pack = make_pack({BPMN: (("<userTask id", "<funTask id"),), FORM: "{,}"})
    codes = {finding.code for finding in lint(pack)}
    assert "form.unreadable" in codes and any(code.startswith("bpmn.") for code in codes)


def test_a_reference_to_a_schema_that_is_nowhere_is_found_once_the_shared_ones_are_known(make_pack: MakePack) -> None:
    assert [finding.code for finding in lint(make_pack(), schemas={})] == ["form.undrawable"]


def test_a_service_of_a_package_is_known_when_it_is_installed(make_pack: MakePack) -> None:
    pack = make_pack(diagram('wf:handler="rules.fees"', 'wf:handler="map.draw"'))
    assert [finding.code for finding in lint(pack)] == ["handler.unknown"]
    assert lint(pack, handlers={"map.draw"}) == ()


def test_a_timer_on_a_service_that_answers_at_once_never_rings(make_pack: MakePack) -> None:
    never = make_pack({BPMN: (('id="reminder" attachedToRef="decide" cancelActivity="false"', 'id="reminder" attachedToRef="fees"'),)})
    [finding] = lint(never)
    assert (finding.code, finding.facts["why"]) == ("timer.never", "at-once")


def test_a_timer_whose_expression_gives_no_moment_never_rings(make_pack: MakePack) -> None:
    [finding] = lint(make_pack(diagram('"15 wd")', '"15 xd")')))
    assert (finding.code, finding.facts["why"]) == ("timer.never", "unreadable")


def test_a_clear_may_come_from_the_pack_or_from_its_procedure(make_pack: MakePack) -> None:
    without = diagram('wf:product="Phiếu"', "")
    assert [finding.facts["clear"] for finding in lint(make_pack(without))] == ["product"]
    assert lint(make_pack({**without, TOML: (("[roles]", '[clears]\nproduct = "Phiếu"\n[roles]'),)})) == ()
    assert lint(make_pack({**without, RECORD: (('time_limit = "5 wd"', 'time_limit = "5 wd"\nsteps.check.product = "Phiếu"'),)})) == ()


def test_a_step_without_authority_has_that_of_its_procedures_legal_basis(make_pack: MakePack) -> None:
    without = diagram(' wf:authority="Văn bản 1"', "")
    record = (('time_limit = "5 wd"', 'time_limit = "5 wd"\nlegal_basis = ["Luật thử, Điều 1"]'),)
    assert lint(make_pack({**without, RECORD: record})) == ()


@pytest.mark.parametrize(("old", "new"), [('wf:unit="authority"', 'wf:unit="authority office"'), ('wf:role="clerk"', 'wf:role="clerk chief"')])
def test_two_leads_or_two_roles_for_one_step_are_refused(make_pack: MakePack, old: str, new: str) -> None:
    assert any(finding.severity == "error" for finding in lint(make_pack(diagram(old, new))))
