"""Those who answer for a case end its standstill: with other data, without the step, elsewhere, or all of one cause at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from wardflow.cases import reads
from wardflow.cases.answer_service import answer_service
from wardflow.cases.inspection import Inspector
from wardflow.cases.mend_incident import mend_incident
from wardflow.cases.move_token import move_token
from wardflow.cases.retry_incident import retry_incident
from wardflow.cases.retry_incidents import retry_incidents
from wardflow.cases.skip_incident import skip_incident
from wardflow.errors import DataRefused, FormRefused, IncidentGone, MoveRefused, NotAllowed, ReasonMissing, SkipRefused

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another
THREE = '<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>3</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>'


def standing(town: Town, who: str = "signer") -> list[Any]:
    return list(reads.incidents(town.platform, town.actor(who)))


def only(town: Town) -> str:
    """The key of the only incident."""
    (row,) = standing(town)
    return str(row.incident)


def last(town: Town, case: int) -> Any:
    return town.platform.store.papers.entries(case)[-1]


def whole(town: Town) -> bool:
    return list(Inspector(town.platform).faults(town.platform.store.inspection)) == []


def jobs(town: Town) -> list[tuple[str, str, int]]:
    with town.platform.store.database.reading() as cursor:
        return [(row[0], row[1], row[2]) for row in cursor.rows("SELECT key, state, rank FROM job ORDER BY id")]


def test_a_step_is_done_without_and_the_case_goes_on(town: Town, called: int) -> None:
    skip_incident(town.platform, town.actor("signer"), called, only(town), "Cơ quan thuế đã trả lời bằng giấy", {"tax": 12})

    assert set(town.tasks(called)) == {"review"}
    assert (last(town, called).kind, last(town, called).value, last(town, called).by) == ("incident_skipped", {"tax": 12}, "signer")
    assert (standing(town), jobs(town)) == ([], [])
    assert whole(town)


def test_the_answer_of_a_step_that_was_done_without_comes_too_late(town: Town, called: int) -> None:
    task = jobs(town)[0][0].split(":")[1]
    skip_incident(town.platform, town.actor("signer"), called, only(town), "Không chờ nữa")
    answer_service(town.platform, called, task, {"tax": 12})

    assert last(town, called).kind == "service_late"
    assert whole(town)


def test_a_case_is_taken_to_another_step_and_its_call_is_taken_back(town: Town, called: int) -> None:
    move_token(town.platform, town.actor("signer"), called, only(town), "review", "Làm tiếp bằng giấy")

    assert set(town.tasks(called)) == {"review"}
    assert (jobs(town), standing(town), last(town, called).facts["to"]) == ([], [], "review")
    assert whole(town)


def test_a_case_is_not_taken_where_it_cannot_be_and_nothing_is_written(town: Town, called: int) -> None:
    for place in ("nowhere", "start"):
        with pytest.raises(MoveRefused):
            move_token(town.platform, town.actor("signer"), called, only(town), place, "Thử")
    assert last(town, called).kind == "service_failed"


def test_data_is_changed_and_the_call_made_again_with_it(town: Town, called: int) -> None:
    known = reads.incident(town.platform, town.actor("signer"), called, only(town))
    form = {**known.variables["form"], "purpose": "Sửa mái"}
    mend_incident(town.platform, town.actor("signer"), called, only(town), {"form": form, "note": "gọi lại"}, "Sai mục đích")

    (job,) = town.platform.store.jobs.take(town.moment.now, 10, timedelta(minutes=5))
    assert (job.payload["inputs"]["form"]["purpose"], job.payload["inputs"]["note"]) == ("Sửa mái", "gọi lại")
    assert (last(town, called).kind, last(town, called).facts["changed"]) == ("incident_mended", ["form", "note"])
    assert last(town, called).value == {"form": form, "note": "gọi lại"}
    assert (standing(town), whole(town)) == ([], True)


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({}, DataRefused),
        ({"procedure": "other"}, DataRefused),
        ({"applicant": {"full_name": "Trần Thị B"}}, DataRefused),
        ({"secret": {"$sealed": True}}, DataRefused),
        ({"form": {"commune": "south"}}, FormRefused),
    ],
)
def test_what_was_filed_sealed_or_does_not_fit_its_form_is_not_changed(
    town: Town, called: int, values: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        mend_incident(town.platform, town.actor("signer"), called, only(town), values, "Thử")
    assert last(town, called).kind == "service_failed"


def test_where_a_person_has_to_act_nothing_is_skipped(town: Town) -> None:
    town.publish(('wf:role="reviewer"', 'wf:role="expert"'))
    case = town.open(answer={"complete": True}).case_id
    with pytest.raises(SkipRefused):
        skip_incident(town.platform, town.actor("signer"), case, only(town), "Thử")

    move_token(town.platform, town.actor("signer"), case, only(town), "more", "Chưa có chuyên viên")
    assert (set(town.tasks(case)), standing(town), whole(town)) == ({"more"}, [], True)


def test_one_of_several_calls_is_made_again_and_the_others_are_left_alone(town: Town) -> None:
    town.call_outside(THREE)
    case = int(town.open(answer={"complete": True}).case_id)
    assert town.give_up() == 3
    first, *rest = standing(town)
    retry_incident(town.platform, town.actor("signer"), case, first.incident, "Đường truyền đã thông")

    assert [state for _, state, _ in jobs(town)].count("waiting") == 1
    assert [row.incident for row in standing(town)] == [row.incident for row in rest]
    assert whole(town)


def test_taking_a_case_elsewhere_ends_all_that_stood_still_there(town: Town) -> None:
    town.call_outside(THREE)
    case = int(town.open(answer={"complete": True}).case_id)
    town.give_up()
    first = standing(town)[0]
    move_token(town.platform, town.actor("signer"), case, first.incident, "review", "Làm bằng giấy")

    assert town.platform.store.incidents.of_case(case) == ()
    assert (jobs(town), whole(town)) == ([], True)


def test_all_of_one_cause_are_tried_again_behind_what_people_wait_for(town: Town) -> None:
    town.call_outside()
    for _ in range(3):
        town.open(answer={"complete": True})
    assert town.give_up() == 3
    (cause,) = reads.causes(standing(town, "operator"))
    rows = [(row.case_id, row.incident) for row in cause.rows]
    retry_incident(town.platform, town.actor("signer"), *rows[0], "Đã thông")
    done = retry_incidents(town.platform, town.actor("operator"), rows, "Cổng thuế hoạt động lại")

    assert (done.again, done.left) == (2, 1)
    assert [(state, rank) for _, state, rank in jobs(town)] == [("waiting", 0), ("waiting", 1), ("waiting", 1)]
    assert (standing(town), whole(town)) == ([], True)


def test_what_stopped_for_another_reason_or_elsewhere_is_another_cause(town: Town, called: int) -> None:
    town.publish(('wf:role="reviewer"', 'wf:role="expert"'))
    for _ in range(2):
        town.open(answer={"complete": True})
    found = reads.causes(standing(town))

    assert [(each.rows[0].why.code, len(each.rows)) for each in found] == [("routing.nobody", 2), ("bpmn.service-failed", 1)]


def test_one_incident_is_shown_with_its_call_its_way_and_what_it_sees(town: Town, called: int) -> None:
    known = reads.incident(town.platform, town.actor("signer"), called, only(town))

    assert known.job is not None
    assert (known.job.tries, known.job.error) == (1, "ConnectionError at send:12")
    assert known.variables is not None and known.variables["form"]["purpose"] == "Sửa nhà"
    assert {"review", "more"} <= {node for node, _ in known.targets}


def test_an_operator_sees_what_stopped_everywhere_but_nothing_of_the_matter(town: Town, called: int) -> None:
    (row,) = standing(town, "operator")
    known = reads.incident(town.platform, town.actor("operator"), called, row.incident)

    assert (row.can, known.variables) == ({"retry_incident"}, None)
    assert [(line.name, line.state, line.count) for line in reads.jobs(town.platform, town.actor("operator"))] == [("outside", "dead", 1)]
    assert reads.jobs(town.platform, town.actor("signer")) == ()
    with pytest.raises(NotAllowed):
        reads.incident(town.platform, town.actor("reviewer"), called, row.incident)


def test_the_next_alarms_of_a_case_are_seen_by_its_heads_operators_and_designers(town: Town) -> None:
    code = town.open(answer={"complete": True}).code
    for who in ("signer", "operator", "designer"):
        view = reads.alarms(town.platform, town.actor(who), code)
        (line,) = view.rows
        assert (line.watches is not None, line.repeats, bool(view.can)) == (True, False, who == "signer")
    with pytest.raises(NotAllowed):
        reads.alarms(town.platform, town.actor("reviewer"), code)


def test_only_heads_do_these_things_and_never_without_a_reason(town: Town, called: int) -> None:
    key, platform = only(town), town.platform
    acts: list[Callable[[Any, str], object]] = [
        lambda who, why: mend_incident(platform, who, called, key, {"note": 1}, why),
        lambda who, why: skip_incident(platform, who, called, key, why),
        lambda who, why: move_token(platform, who, called, key, "review", why),
    ]
    for act in acts:
        for who in ("reviewer", "operator", "designer"):
            with pytest.raises(NotAllowed):
                act(town.actor(who), "Cho nhanh")
        with pytest.raises(ReasonMissing):
            act(town.actor("signer"), "  ")
    with pytest.raises(ReasonMissing):
        retry_incidents(platform, town.actor("signer"), [(called, key)], " ")
    skip_incident(platform, town.actor("signer"), called, key, "Xong")
    with pytest.raises(IncidentGone):
        skip_incident(platform, town.actor("signer"), called, key, "Lần nữa")
