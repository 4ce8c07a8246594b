"""Lint finds each kind of fault once, where it is, in words; and nothing in a good pack."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from wardflow.domain.findings import LintFinding
from wardflow.packs import Pack, lint
from wardflow.packs.codes import CODES
from wardflow.wording import Wording

MakePack = Callable[..., Pack]
Changes = Mapping[str, Any]
BPMN, TOML, FORM, RECORD, STORY = "small.bpmn", "pack.toml", "forms/check.json", "procedures/copy.toml", "scenarios/one.yaml"
FINDINGS = Path(__file__).parents[3] / "docs" / "findings"
MONEY = {"money": {"type": "integer", "x-widget": "money", "title": "Số tiền"}}
BLOCK = re.compile(r"```(diff|file|gone) ?(\S*)\n(.*?)\n?```", re.DOTALL)
TIMES = re.compile(r"⟨(.+?)×(\d+)⟩")
PAGES = {page.stem: page.read_text("utf-8") for page in sorted(FINDINGS.glob("*.md")) if page.name != "README.md"}


def shown(text: str) -> Changes:
    """What the example of a page changes in the small pack."""
    changes: dict[str, Any] = {}
    for kind, path, content in BLOCK.findall(text):
        if kind == "gone":
            changes[content] = None
        elif kind == "file":
            changes[path] = content
        else:
            sides = ["\n".join(line[1:] for line in content.split("\n") if line[:1] == side) for side in "-+"]
            longer = TIMES.sub(lambda found: found[1] * int(found[2]), sides[1])
            changes[path] = (*changes.get(path, ()), (sides[0], longer))
    return changes


FAULTS: Mapping[str, Changes] = {code: shown(text) for code, text in PAGES.items()}


def diagram(old: str, new: str) -> Changes:
    return {BPMN: ((old, new),)}


def found(pack: Pack, code: str) -> tuple[LintFinding, ...]:
    held = {"chief"} if code == "role.nobody" else {"clerk", "chief"}
    return lint(pack, roles=held, schemas=MONEY, on=date(2026, 8, 1))


def test_a_good_pack_gives_no_finding(make_pack: MakePack) -> None:
    assert lint(make_pack(), roles={"clerk", "chief"}, schemas=MONEY) == ()
    assert lint(make_pack()) == ()


def test_every_code_has_a_page_with_an_example_and_both_cures_and_stands_in_the_list() -> None:
    listed = re.findall(r"^\| \[(\S+)\]\((\S+)\.md\) \| (\S+) \|", (FINDINGS / "README.md").read_text("utf-8"), re.MULTILINE)
    assert FAULTS.keys() == CODES.keys()
    assert listed == [(code, code, each.severity) for code, each in CODES.items()]
    for code, text in PAGES.items():
        assert text.startswith(f"# {code}\n")
        for language in ("vi", "en"):
            assert Wording(language).say(f"lint.cure.{code}") in text, code


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
    misspelt = make_pack(diagram('wf:slip="receipt"', 'wf:slip="reciept"'))
    [finding] = [each for each in lint(misspelt, schemas=MONEY) if each.code == "slip.undeclared"]
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
    never = make_pack({BPMN: (('id="reminder" attachedToRef="decide"', 'id="reminder" attachedToRef="fees"'),)})
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
    assert lint(make_pack(without)) == ()
    silent = make_pack({**without, RECORD: (('legal_basis = ["Luật thử, Điều 1"]', "legal_basis = []"),)})
    assert {finding.code for finding in lint(silent)} == {"clear.missing", "procedure.key-missing"}


@pytest.mark.parametrize(("old", "new"), [('wf:unit="authority"', 'wf:unit="authority office"'), ('wf:role="clerk"', 'wf:role="clerk chief"')])
def test_two_leads_or_two_roles_for_one_step_are_refused(make_pack: MakePack, old: str, new: str) -> None:
    assert any(finding.severity == "error" for finding in lint(make_pack(diagram(old, new))))


ASIDE = """<subProcess id="beside" triggeredByEvent="true"><startEvent id="heard" isInterrupting="{interrupts}"><messageEventDefinition messageRef="m"/></startEvent>
 <userTask id="aside" name="Bên cạnh" wf:role="clerk" wf:unit="receiving" wf:form="forms/check.json" wf:due="8 wh" wf:product="Phiếu" wf:responsibility="Đủ" wf:authority="Văn bản 1"/>
 <endEvent id="over"/><sequenceFlow id="s1" sourceRef="heard" targetRef="aside"/><sequenceFlow id="s2" sourceRef="aside" targetRef="over"/></subProcess>
 <endEvent id="done" """


@pytest.mark.parametrize(("interrupts", "early"), [("false", False), ("true", True)])
def test_an_answer_given_beside_the_rest_may_be_asked_for_by_the_rest(make_pack: MakePack, interrupts: str, early: bool) -> None:
    changes = {BPMN: (
        ('<endEvent id="done" ', ASIDE.format(interrupts=interrupts)), ('check.result = "complete"<', 'check.result = "complete" and aside != null<'),
    )}  # fmt: skip
    assert ("feel.name-early" in {finding.code for finding in lint(make_pack(changes))}) is early
