"""What stopped is tried again with other data, done without, or left for another place; what is open there goes."""

import pytest
from play import Play
from small import bpmn
from wardflow.engine import (
    AlarmCleared,
    IncidentRaised,
    IncidentRetried,
    IncidentSkipped,
    ServiceCalled,
    ServiceFailed,
    TaskWithdrawn,
    TokenMoved,
    stopped,
)
from wardflow.errors import MoveRefused, SkipRefused

CALL = "startEvent s\nserviceTask x wf:handler=tax wf:result=fee\nuserTask a\nuserTask b\nendEvent e\ns -> x -> a -> b -> e"
STUCK = "startEvent s\nuserTask a\nexclusiveGateway g\nuserTask b\nendEvent e\ns -> a -> g\ng -> b : x = 1\nb -> e"
MANY = "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>3</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>"
DEAD = (
    "startEvent s\nexclusiveGateway x\nuserTask a\nuserTask b\nparallelGateway j\nuserTask c\nendEvent e\n"
    "s -> x\nx -> a : n = 1\nx => b\na -> j -> c -> e\nb -> j"
)
INNER = (
    "startEvent s\nsubProcess sub\nstartEvent t\nuserTask u\nserviceTask x wf:handler=tax\nuserTask v\nendEvent w\nt -> u -> x -> v -> w\nend\n"
    "boundaryEvent late on=sub timer=P1D\nuserTask after\nendEvent e\ns -> sub -> after -> e\nlate -> after"
)


def incident(case: Play) -> str:
    """What names the last incident."""
    raised = [effect for effect in case.effects if isinstance(effect, IncidentRaised)]
    return str(raised[-1].facts["incident"])


def failed(model: str) -> Play:
    """A case whose service failed for good."""
    return Play(bpmn(model)).fail("x", "offline")


def test_a_step_is_tried_again_with_the_data_that_was_mended() -> None:
    case = Play(bpmn(STUCK)).do("a", x=3)
    case.happen(IncidentRetried(incident(case), {"x": 1}))

    assert (case.open, case.data["x"]) == (["b"], 1)


def test_a_failed_service_is_done_without_with_an_answer_given_by_hand() -> None:
    case = failed(CALL)
    case.happen(IncidentSkipped(incident(case), {"amount": 5}))

    assert (case.open, case.data) == (["a"], {"fee": {"amount": 5}})
    assert stopped(case.definition, case.state, incident(case)) is None


def test_what_could_not_even_begin_is_done_without() -> None:
    case = Play(bpmn("startEvent s\nuserTask a\n" + MANY.replace("3", "n") + "\nuserTask b\nendEvent e\ns -> a -> b -> e"))
    case.happen(IncidentSkipped(incident(case), {"note": "none"}))

    assert (case.open, case.data) == (["b"], {"note": "none"})


def test_a_join_is_let_through_without_the_branch_that_cannot_come() -> None:
    case = Play(bpmn(DEAD), {"n": 1}).do("a")
    case.happen(IncidentSkipped(incident(case)))

    assert case.open == ["c"]
    assert case.do("c").ended


def test_where_somebody_must_act_or_choose_nothing_is_skipped() -> None:
    case = Play(bpmn(STUCK)).do("a", x=3)
    before = case.state
    with pytest.raises(SkipRefused):
        case.happen(IncidentSkipped(incident(case)))
    with pytest.raises(SkipRefused):
        case.happen(IncidentSkipped("i99"))
    assert case.state == before

    people = Play(bpmn(STUCK))
    with pytest.raises(SkipRefused):
        people.happen(IncidentSkipped("i" + people.key("a")[1:]))


def test_one_instance_of_many_is_called_again_and_the_others_are_left_alone() -> None:
    case = Play(bpmn(CALL.replace("\nuserTask a", "\n" + MANY + "\nuserTask a", 1)))
    second = sorted(case.calls)[1]
    case.happen(ServiceFailed(second, "offline"))
    before = case.calls[second]
    case.happen(IncidentRetried(incident(case)))

    assert case.last == (before,)
    assert isinstance(before, ServiceCalled) and before.inputs["loopCounter"] == 2
    for _ in range(3):
        case.answer("x")
    assert case.open == ["a"]


def test_one_instance_of_many_is_done_without() -> None:
    case = Play(bpmn(CALL.replace("\nuserTask a", "\n" + MANY + "\nuserTask a", 1)))
    second = sorted(case.calls)[1]
    case.happen(ServiceFailed(second, "offline")).happen(IncidentSkipped(incident(case)))
    del case.calls[second]
    case.answer("x").answer("x")

    assert case.open == ["a"]


def test_the_case_is_taken_elsewhere_and_what_was_open_is_withdrawn() -> None:
    case = failed(CALL)
    case.happen(TokenMoved(incident(case), "b"))

    assert case.open == ["b"]
    assert [effect for effect in case.last if isinstance(effect, TaskWithdrawn)] == [TaskWithdrawn("t1", "x")]


def test_a_case_is_taken_from_a_join_that_waits_for_nothing() -> None:
    case = Play(bpmn(DEAD), {"n": 1}).do("a")
    case.happen(TokenMoved(incident(case), "b"))

    assert case.open == ["b"]
    assert case.do("b").open == []    # the join waits again, now for the branch that was not taken


def test_inside_a_sub_process_the_case_moves_inside_and_its_timer_stays() -> None:
    case = Play(bpmn(INNER)).do("u").fail("x", "offline")
    known = stopped(case.definition, case.state, incident(case))
    assert known is not None and set(known.targets) == {"u", "x", "v", "w"}
    case.happen(TokenMoved(incident(case), "u"))

    assert (case.open, [effect for effect in case.last if isinstance(effect, AlarmCleared)]) == (["u"], [])


def test_all_instances_move_together() -> None:
    model = CALL.replace("\nuserTask a", "\n" + MANY + "\nuserTask a", 1)
    case = Play(bpmn(model)).fail("x", "offline")
    case.happen(TokenMoved(incident(case), "b"))

    assert (case.open, case.calls) == (["b"], {})


@pytest.mark.parametrize("place", ["s", "nowhere", "late", "sub"])
def test_a_case_is_not_taken_where_no_flow_leads_or_into_another_scope(place: str) -> None:
    case = Play(bpmn(INNER)).do("u").fail("x", "offline")
    with pytest.raises(MoveRefused):
        case.happen(TokenMoved(incident(case), place))


def test_what_an_incident_sees_is_told_with_what_can_be_done() -> None:
    case = failed(CALL)
    known = stopped(case.definition, case.state, incident(case))

    assert known is not None
    assert (known.node, known.skippable, known.targets) == ("x", True, ("x", "a", "b", "e"))
    gate = Play(bpmn(STUCK)).do("a", x=3)
    seen = stopped(gate.definition, gate.state, incident(gate))
    assert seen is not None and (seen.node, seen.skippable, seen.variables) == ("g", False, {"x": 3})
