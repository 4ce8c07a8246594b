"""What stops is seen by those who answer for the case, and set going again, moved or called off with a reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from wardflow.cases import reads
from wardflow.cases.answer_service import answer_service, fail_service
from wardflow.cases.cancel_case import cancel_case
from wardflow.cases.fire_alarm import fire_alarm
from wardflow.cases.inspection import Inspector
from wardflow.cases.move_alarm import move_alarm
from wardflow.cases.records import CaseStatus
from wardflow.cases.retry_incident import retry_incident
from wardflow.cases.ring_alarm import ring_alarms
from wardflow.domain.register import Holding
from wardflow.engine import SignalReceived, advance
from wardflow.errors import (
    AlarmGone,
    AlarmPast,
    CaseEnded,
    IncidentGone,
    NaiveMoment,
    NotAllowed,
    NothingToRetry,
    ReasonMissing,
)

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another
THREE = '<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>3</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>'


def kinds(town: Town, case: int) -> list[str]:
    return [entry.kind for entry in town.platform.store.papers.entries(case)]


def jobs(town: Town) -> list[tuple[str, str, int]]:
    with town.platform.store.database.reading() as cursor:
        return [(row[0], row[1], row[2]) for row in cursor.rows("SELECT key, state, tries FROM job ORDER BY id")]


def whole(town: Town) -> bool:
    return list(Inspector(town.platform).faults(town.platform.store.inspection)) == []


def test_heads_see_what_stopped_and_nobody_else_does(town: Town, called: int) -> None:
    (row,) = reads.incidents(town.platform, town.actor("signer"))

    assert (row.case_id, row.node, row.step.en, row.why.code) == (called, "ask", "Ask", "bpmn.service-failed")
    assert row.can == {"retry_incident", "mend_incident", "skip_incident", "move_token", "cancel_case"}
    assert all(reads.incidents(town.platform, town.actor(who)) == () for who in ("reviewer", "clerk", "stranger", "designer"))


def test_a_failed_call_is_made_again_under_its_old_key_and_the_case_goes_on(town: Town, called: int) -> None:
    (before,) = jobs(town)
    (row,) = reads.incidents(town.platform, town.actor("signer"))
    retry_incident(town.platform, town.actor("signer"), called, row.incident, "Đường truyền đã thông")

    assert (before[1], jobs(town)) == ("dead", [(before[0], "waiting", 0)])
    assert reads.incidents(town.platform, town.actor("signer")) == ()
    (job,) = town.platform.store.jobs.take(town.moment.now, 10, timedelta(minutes=5))
    answer_service(town.platform, called, job.payload["task"], {})
    assert set(town.tasks(called)) == {"review"}
    assert kinds(town, called) == ["opened", "service_failed", "incident_retried", "service_answered"]
    assert whole(town)


def test_what_fails_again_is_a_new_incident(town: Town, called: int) -> None:
    (row,) = reads.incidents(town.platform, town.actor("signer"))
    retry_incident(town.platform, town.actor("signer"), called, row.incident, "Thử lại")
    (job,) = town.platform.store.jobs.take(town.moment.now, 10, timedelta(minutes=5))
    fail_service(town.platform, called, job.payload["task"], "service.failed")

    (again,) = reads.incidents(town.platform, town.actor("signer"))
    assert again.incident != row.incident
    with pytest.raises(IncidentGone):
        retry_incident(town.platform, town.actor("signer"), called, row.incident, "Chậm tay")


def test_an_answer_that_comes_twice_or_too_late_is_noted_and_changes_nothing(town: Town, called: int) -> None:
    task = jobs(town)[0][0].split(":")[1]
    answer_service(town.platform, called, task, {})
    case = answer_service(town.platform, called, task, {})
    cancel_case(town.platform, town.actor("signer"), called, "Nộp nhầm")
    fail_service(town.platform, called, task, "service.failed")

    assert case.business_state == "reviewing"
    assert kinds(town, called)[-4:] == ["service_answered", "service_late", "cancelled", "service_late"]
    assert whole(town)


def test_an_incident_that_the_case_left_behind_is_shown_no_more(town: Town, called: int) -> None:
    answer_service(town.platform, called, jobs(town)[0][0].split(":")[1], {})
    assert reads.incidents(town.platform, town.actor("signer")) == ()


def test_a_step_that_stopped_inside_is_tried_again(town: Town) -> None:
    town.publish(('id="complete" default="g4"', 'id="complete"'),
            ('targetRef="more" />', 'targetRef="more"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">false</bpmn:conditionExpression></bpmn:sequenceFlow>'))
    case = town.open(answer={"complete": False}).case_id
    (row,) = reads.incidents(town.platform, town.actor("signer"))
    assert (row.node, row.why.code) == ("complete", "bpmn.no-flow")
    assert whole(town)

    retry_incident(town.platform, town.actor("signer"), case, row.incident, "Xem lại")    # nothing was mended
    (again,) = reads.incidents(town.platform, town.actor("signer"))
    assert again.incident != row.incident


def test_several_tasks_of_one_step_that_nobody_can_do_are_several_incidents(town: Town) -> None:
    town.publish(('wf:role="reviewer"', 'wf:role="expert"'), ("<bpmn:incoming>g7</bpmn:incoming><bpmn:outgoing>g8</bpmn:outgoing>",
            "<bpmn:incoming>g7</bpmn:incoming><bpmn:outgoing>g8</bpmn:outgoing>" + THREE))
    case = town.open(answer={"complete": True}).case_id
    rows = reads.incidents(town.platform, town.actor("signer"))

    assert [(row.case_id, row.node, row.can) for row in rows] == [(case, "review", frozenset({"cancel_case", "move_token"}))] * 3
    assert len({row.incident for row in rows}) == 3
    with pytest.raises(NothingToRetry):
        retry_incident(town.platform, town.actor("signer"), case, rows[0].incident, "Thử")
    town.platform.store.city.save(holdings=[Holding("stranger", "expert", "south.office")])
    assert reads.incidents(town.platform, town.actor("signer")) == ()


def test_a_case_is_called_off_with_everything_that_hangs_on_it(town: Town, called: int) -> None:
    other = town.open(answer={"complete": True}).case_id
    assert cancel_case(town.platform, town.actor("signer"), other, "Nộp trùng").outcome == "cancelled"
    ended = cancel_case(town.platform, town.actor("signer"), called, "Nộp nhầm")

    assert (ended.status, ended.clock[-1].move) == (CaseStatus.ENDED, "stop")
    assert (jobs(town), town.tasks(called), reads.incidents(town.platform, town.actor("signer"))) == ([], {}, ())
    assert town.platform.store.papers.entries(called)[-1].facts["reason"] == "Nộp nhầm"
    assert whole(town)
    with pytest.raises(CaseEnded):
        cancel_case(town.platform, town.actor("signer"), called, "Lần nữa")


def test_a_case_whose_clock_never_started_is_called_off_too(town: Town) -> None:
    case = town.open().case_id
    assert cancel_case(town.platform, town.actor("signer"), case, "Nộp nhầm").clock == ()


@pytest.fixture
def alarm(town: Town) -> tuple[int, str, datetime]:
    """A case with an alarm that fires after two working days."""
    town.open(answer={"complete": True})
    ((case, alarm, at),) = town.platform.store.alarms.due(town.moment.now + timedelta(days=30), 10)
    return case, alarm, at


def test_a_head_lets_an_alarm_fire_at_once(town: Town, alarm: tuple[int, str, datetime]) -> None:
    case, key, _ = alarm
    fire_alarm(town.platform, town.actor("signer"), case, key, "Cần nhắc ngay")

    assert kinds(town, case) == ["opened", "alarm_fired"]
    assert ring_alarms(town.platform, town.moment.now + timedelta(days=30)) == 0
    with pytest.raises(AlarmGone):
        fire_alarm(town.platform, town.actor("signer"), case, key, "Lần nữa")


def test_a_moved_alarm_rings_at_its_new_moment(town: Town, alarm: tuple[int, str, datetime]) -> None:
    case, key, at = alarm
    later = at + timedelta(days=1)
    move_alarm(town.platform, town.actor("signer"), case, key, later, "Chờ thêm một ngày")

    assert whole(town)
    assert ring_alarms(town.platform, later - timedelta(minutes=1)) == 0
    assert ring_alarms(town.platform, later) == 1
    assert kinds(town, case) == ["opened", "alarm_moved", "alarm"]
    assert whole(town)


def test_a_step_that_comes_after_the_old_moment_leaves_a_moved_alarm_alone(town: Town, alarm: tuple[int, str, datetime]) -> None:
    case, key, at = alarm
    moved = move_alarm(town.platform, town.actor("signer"), case, key, at + timedelta(days=1), "Chờ thêm một ngày")

    definition = town.platform.library.matter_of(moved).definition
    step = advance(definition, moved.state, SignalReceived("unheard"), at + timedelta(minutes=1))
    assert (step.effects, step.passed) == ((), ())


def test_an_alarm_is_moved_to_a_moment_that_can_be_told_and_is_to_come(town: Town, alarm: tuple[int, str, datetime]) -> None:
    case, key, at = alarm
    signer = town.actor("signer")
    with pytest.raises(AlarmPast):
        move_alarm(town.platform, signer, case, key, town.moment.now, "Sớm hơn")
    with pytest.raises(NaiveMoment):
        move_alarm(town.platform, signer, case, key, at.replace(tzinfo=None), "Không rõ múi giờ")
    with pytest.raises(AlarmGone):
        move_alarm(town.platform, signer, case, "a999", datetime(2027, 1, 1, tzinfo=UTC), "Không có")
    assert kinds(town, case) == ["opened"]


def test_only_heads_do_these_things_and_never_without_a_reason(town: Town, called: int) -> None:
    platform, key = town.platform, town.platform.store.incidents.of_case(called)[0].key
    later = town.moment.now + timedelta(days=9)
    acts: list[Any] = [
        lambda who, why: retry_incident(platform, who, called, key, why),
        lambda who, why: cancel_case(platform, who, called, why),
        lambda who, why: fire_alarm(platform, who, called, "a1", why),
        lambda who, why: move_alarm(platform, who, called, "a1", later, why),
    ]
    for act in acts:
        with pytest.raises(NotAllowed):
            act(town.actor("reviewer"), "Cho nhanh")
        with pytest.raises(ReasonMissing):
            act(town.actor("signer"), "  ")
    assert kinds(town, called) == ["opened", "service_failed"]
