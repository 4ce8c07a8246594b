"""A case travels from the counter to its end."""

from __future__ import annotations

from typing import Any

import pytest
from wardflow.cases.records import CaseStatus
from wardflow.domain import audit
from wardflow.errors import FormRefused, NotAllowed, TaskGone
from wardflow.store import rows

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another


def test_a_case_filed_in_the_north_is_decided_in_the_south(town: Town) -> None:
    opened = town.open()
    case = town.case(opened.case_id)
    assert case.places.receiving == "north.point"
    assert case.places.authority == "south"
    assert case.places.office == "south.office"
    assert case.business_state == "filed"
    assert case.code.startswith("H26.004-260904-0001")
    assert case.tracking.startswith(case.code + "-")


def test_the_legal_clock_starts_with_acceptance_and_not_with_filing(town: Town) -> None:
    opened = town.open()
    assert town.case(opened.case_id).due is None
    case = town.do("clerk", opened.case_id, "check", complete=True)
    # five working days after Friday 04/09 end on Friday 11/09 at 17:00 in Hanoi
    assert case.due is not None and case.due.isoformat() == "2026-09-11T10:00:00+00:00"
    assert case.business_state == "reviewing"


def test_the_first_step_can_be_answered_at_the_counter_in_the_same_act(town: Town) -> None:
    opened = town.open(answer={"complete": True})
    assert set(town.tasks(opened.case_id)) == {"review"}
    entries = town.platform.store.papers.entries(opened.case_id)
    assert [entry.kind for entry in entries] == ["opened"]
    done = [task.node for task in town.platform.store.papers.tasks(opened.case_id) if task.closed_by == "clerk"]
    assert done == ["check"]


def test_a_case_runs_to_its_end_with_its_papers_numbered(town: Town) -> None:
    opened = town.open(answer={"complete": True})
    town.do("reviewer", opened.case_id, "review", opinion="good")
    case = town.do("signer", opened.case_id, "sign", opinion="good")
    assert case.status is CaseStatus.ENDED and case.outcome == "done"
    numbers = {paper.facts["slip"]: paper.number for paper in town.platform.store.papers.documents(opened.case_id)}
    assert numbers == {"receipt": "0001/TN", "permit": "001/GP"}


def test_the_audit_chain_of_a_case_holds_and_shows_what_was_changed(town: Town) -> None:
    opened = town.open(answer={"complete": True})
    town.do("reviewer", opened.case_id, "review", opinion="good")
    entries = town.platform.store.papers.entries(opened.case_id)
    chain = [(rows.audited(opened.code, entry), entry.hash) for entry in entries]
    assert audit.verify(chain) is None
    assert town.case(opened.case_id).audit_hash == entries[-1].hash
    forged = [({**chain[0][0], "by": "somebody"}, chain[0][1]), *chain[1:]]
    assert audit.verify(forged) == 0


def test_a_form_with_wrong_values_changes_nothing_and_keeps_what_was_typed(town: Town) -> None:
    opened = town.open(answer={"complete": True})
    before = town.case(opened.case_id)
    with pytest.raises(FormRefused) as refused:
        town.do("reviewer", opened.case_id, "review", opinion="maybe")
    assert [objection.pointer for objection in refused.value.objections] == ["/opinion"]
    assert refused.value.typed == {"opinion": "maybe"}
    assert town.case(opened.case_id) == before


def test_a_stale_form_says_who_was_faster_and_offers_the_text_back(town: Town) -> None:
    opened = town.open(answer={"complete": True})
    task = town.tasks(opened.case_id)["review"]
    town.do("reviewer", opened.case_id, "review", opinion="good")
    from wardflow.cases.complete_task import complete_task

    with pytest.raises(TaskGone) as gone:
        complete_task(town.platform, town.actor("second"), opened.case_id, task.task, {"opinion": "bad"})
    assert gone.value.by == "reviewer"
    assert gone.value.typed == {"opinion": "bad"}


def test_who_reviewed_may_not_sign(town: Town) -> None:
    opened = town.open(answer={"complete": True})
    town.do("both", opened.case_id, "review", opinion="good")
    codes = [reason.code for reason in town.tasks(opened.case_id)["sign"].reasons]
    assert "routing.four-eyes" in codes
    with pytest.raises(NotAllowed):
        town.do("both", opened.case_id, "sign", opinion="good")


def test_a_stranger_cannot_complete_a_task(town: Town) -> None:
    opened = town.open(answer={"complete": True})
    with pytest.raises(NotAllowed):
        town.do("stranger", opened.case_id, "review", opinion="good")
