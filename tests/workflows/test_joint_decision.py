"""One decision over many premises: one signature, one number, one list; what does not fit is told and the rest go on."""

from __future__ import annotations

from typing import Any

import pytest
from premises import ANSWERS, brought, step_of
from wardflow.cases.complete_jointly import Decided, complete_jointly
from wardflow.cases.inspection import Inspector
from wardflow.cases.joint_list import listed
from wardflow.cases.reads.papers import open_document
from wardflow.errors import FormRefused, NotAllowed, NotTogether, TaskGone

SIGNED = {"decision": "approve", "document_no": "990/QĐ-UBND"}
_codes = iter(f"TS-{number:04d}" for number in range(1, 10_000))


def waiting(office: Any, step: str, count: int, **form: Any) -> list[tuple[int, str]]:
    cases = [brought(office, step, asset_code=next(_codes), **form) for _ in range(count)]
    return [(case, next(task.task for task in office.tasks(case) if step_of(task.node) == step)) for case in cases]


def signer(office: Any) -> Any:
    return office._holder("approver", "city")


def decide(office: Any, key: str, chosen: list[tuple[int, str]], value: Any = SIGNED) -> Decided:
    return complete_jointly(office.platform, signer(office), key, chosen, value)


def papers(office: Any, case: int, slip: str = "decision") -> list[Any]:
    return [paper for paper in office.platform.store.papers.documents(case) if paper.facts.get("slip") == slip]


def test_every_case_moves_on_under_one_number_of_the_unit_that_signs(office: Any) -> None:
    chosen = [*waiting(office, "decide", 2), *waiting(office, "decide", 1, commune="cua-nam")]
    decided = decide(office, "one", chosen)
    assert [case.business_state for case in decided.done] == ["handing_over"] * 3 and decided.unfit == ()
    found = [paper for case, _ in chosen for paper in papers(office, case)]
    assert len({paper.number for paper in found}) == 1 and len(found) == 3
    assert {paper.facts["issuer"] for paper in found} == {"city"}
    alone = waiting(office, "decide", 1)[0][0]
    office.do(alone, "decide", SIGNED)
    assert papers(office, alone)[0].facts.get("joint") is None
    inspector = Inspector(office.platform)
    assert list(inspector.faults(office.store.inspection)) == []


def test_what_does_not_fit_is_told_by_its_case_and_the_rest_go_on(office: Any) -> None:
    chosen = waiting(office, "decide", 3)
    other = waiting(office, "approve_plan", 1)
    office.do(chosen[1][0], "decide", SIGNED)    # somebody was faster
    decided = decide(office, "two", [chosen[0], chosen[1], *other, chosen[2]])
    assert [case.id for case in decided.done] == [chosen[0][0], chosen[2][0]]
    assert [(each.case_id, type(each.why)) for each in decided.unfit] == [(chosen[1][0], TaskGone), (other[0][0], NotTogether)]


def test_a_press_that_was_cut_off_is_repeated_and_goes_on_with_the_same_number(office: Any) -> None:
    chosen = waiting(office, "decide", 2)
    decide(office, "three", chosen[:1])
    again = decide(office, "three", chosen)
    assert [case.id for case in again.done] == [chosen[1][0]] and len(again.unfit) == 1
    assert papers(office, chosen[0][0])[0].number == papers(office, chosen[1][0])[0].number
    stranger = next(person for person in office.platform.register().holders("approver", "thien-loc"))
    with pytest.raises(NotAllowed):
        complete_jointly(office.platform, office.platform.actor(stranger.id), "three", chosen, SIGNED)


def test_nobody_decides_jointly_what_they_may_not_decide(office: Any) -> None:
    chosen = waiting(office, "decide", 1)
    chair = office.platform.actor("chair-thien-loc")
    decided = complete_jointly(office.platform, chair, "four", chosen, SIGNED)
    assert decided.done == () and isinstance(decided.unfit[0].why, NotAllowed)


def test_a_form_that_cannot_be_so_decides_nothing(office: Any) -> None:
    chosen = waiting(office, "decide", 2)
    decided = decide(office, "five", chosen, {"decision": "approve"})
    assert decided.done == () and all(isinstance(each.why, FormRefused) for each in decided.unfit)


def test_the_paper_carries_the_list_of_all_it_decides(office: Any) -> None:
    chosen = waiting(office, "approve_plan", 2)
    decide(office, "six", chosen, ANSWERS["approve_plan"][0])
    cases = listed(office.platform, "six", "plan_decision")
    assert [held.case.id for held, _ in cases] == [case for case, _ in chosen]
    office.pass_(minutes=11)
    held, paper = cases[0]
    first = open_document(office.platform, signer(office), held.case.code, paper.document)
    assert first.content.startswith(b"%PDF")
    kept = papers(office, held.case.id, "plan_decision")[0]
    assert kept.sha256 is not None
