"""Events that wait and events that are thrown."""

from datetime import timedelta

import pytest
from play import NOW, Play
from small import bpmn
from wardflow.engine import AlarmFired, IncidentRaised, IncidentRetried, MessageThrown, SignalThrown, TaskCompleted
from wardflow.errors import TaskGone

WATCHED = "startEvent s\nuserTask a\nendEvent e\nboundaryEvent b on=a {event}\nuserTask z\nendEvent f\ns -> a -> e\nb -> z -> f"


def test_a_boundary_timer_withdraws_the_task_it_interrupts() -> None:
    case = Play(bpmn(WATCHED.format(event="timer=P2D")))
    assert [a.fire_at for a in case.alarms.values()] == [NOW + timedelta(days=2)]
    assert case.alarms["a2"].task == "t1"
    case.wait(days=2)
    assert case.open == ["z"] and not case.alarms


def test_a_timer_aside_leaves_the_task_open_and_a_completed_task_clears_its_alarm() -> None:
    case = Play(bpmn(WATCHED.format(event="timer=P2D aside")))
    assert case.wait(days=2).open == ["a", "z"]
    again = Play(bpmn(WATCHED.format(event="timer=P2D aside"))).do("a")
    assert not again.alarms and again.ended


def test_a_repeated_timer_rings_as_often_as_it_says_each_time_with_an_alarm_of_its_own() -> None:
    case = Play(bpmn(WATCHED.format(event="cycle=R3/PT1H aside")))
    first = next(iter(case.alarms))
    assert case.wait(hours=1).open == ["a", "z"]
    assert first not in case.alarms
    assert case.wait(hours=5).open == ["a", "z", "z", "z"]
    assert not case.alarms


def test_an_alarm_that_was_cleared_changes_nothing() -> None:
    case = Play(bpmn(WATCHED.format(event="timer=P2D"))).do("a")
    before = case.state
    assert case.happen(AlarmFired("a2")).state == before


def test_an_endless_repetition_that_was_slept_through_rings_once() -> None:
    case = Play(bpmn(WATCHED.format(event="cycle=R/PT1H aside")))
    case.now = NOW + timedelta(hours=100)
    case.happen(AlarmFired(next(iter(case.alarms))))
    assert case.open == ["a", "z"]
    assert [a.fire_at for a in case.alarms.values()] == [NOW + timedelta(hours=101)]


def test_a_due_timer_beats_the_task_it_interrupts_even_when_the_worker_is_late() -> None:
    case = Play(bpmn(WATCHED.format(event="timer=P2D")))
    key = case.key("a")
    case.now += timedelta(days=3)
    with pytest.raises(TaskGone):
        case.happen(TaskCompleted(key))


def test_a_timer_whose_time_cannot_be_read_is_an_incident_and_can_be_set_later() -> None:
    late = "<bpmn:timerEventDefinition><bpmn:timeDuration>= limit</bpmn:timeDuration></bpmn:timerEventDefinition>"
    case = Play(
        bpmn(
            f"startEvent s\nuserTask a\nuserTask c\nboundaryEvent b on=a\n{late}\nendEvent e\nendEvent f\ns -> a -> e\ns -> c -> e\nb -> f"
        )
    )
    (raised,) = (e for e in case.effects if isinstance(e, IncidentRaised))
    assert (raised.code, raised.node, case.open) == ("bpmn.timer-unreadable", "b", ["a", "c"])
    case.do("c", limit="PT1H").happen(IncidentRetried(raised.facts["incident"]))
    assert [a.fire_at for a in case.alarms.values()] == [NOW + timedelta(hours=1)]
    assert case.do("a").ended


def test_a_message_reaches_the_boundary_of_a_sub_process_at_any_time() -> None:
    model = bpmn(
        "startEvent s\nsubProcess sub\nstartEvent i\nuserTask a\nuserTask b\nendEvent j\ni -> a -> b -> j\nend\nendEvent e\n"
        "boundaryEvent w on=sub message=withdrawal\nuserTask back\nendEvent f\ns -> sub -> e\nw -> back -> f"
    )
    assert Play(model).message("withdrawal").open == ["back"]
    assert Play(model).do("a").message("withdrawal", why="moved").open == ["back"]
    case = Play(model).do("a", "b")
    assert case.ended and case.message("withdrawal").state == case.state


def test_a_message_nobody_waits_for_changes_nothing() -> None:
    case = Play(bpmn(WATCHED.format(event="message=stop")))
    before = case.state
    assert case.message("go", x=1).state == before


def test_a_message_brings_its_values() -> None:
    case = Play(bpmn("startEvent s\nreceiveTask r message=paid\nuserTask a\nendEvent e\ns -> r -> a -> e"))
    assert case.message("paid", amount=5).open == ["a"]
    assert case.data == {"amount": 5}


def test_a_message_with_keys_reaches_only_the_case_it_belongs_to() -> None:
    model = bpmn(
        "startEvent s\nintermediateCatchEvent r message=paid wf:keys='={code: code}'\nuserTask a\nendEvent e\ns -> r -> a -> e"
    )
    case = Play(model, {"code": "H1"})
    assert case.message("paid", {"code": "H2"}).open == []
    assert case.message("paid", {"code": "H1"}).open == ["a"]


def test_correlation_keys_of_the_specification_compare_message_and_case() -> None:
    extra = (
        '<bpmn:correlationProperty id="code"><bpmn:correlationPropertyRetrievalExpression messageRef="message-paid">'
        "<bpmn:messagePath>body.code</bpmn:messagePath></bpmn:correlationPropertyRetrievalExpression></bpmn:correlationProperty>"
        '<bpmn:collaboration id="co"><bpmn:participant id="pa" processRef="p"/><bpmn:correlationKey id="key"><bpmn:correlationPropertyRef>'
        "code</bpmn:correlationPropertyRef></bpmn:correlationKey></bpmn:collaboration>"
    )
    subscription = (
        '<bpmn:correlationSubscription id="cs" correlationKeyRef="key"><bpmn:correlationPropertyBinding correlationPropertyRef="code">'
        "<bpmn:dataPath>mine</bpmn:dataPath></bpmn:correlationPropertyBinding></bpmn:correlationSubscription>"
    )
    xml = bpmn(
        "startEvent s\nintermediateCatchEvent r message=paid\nuserTask a\nendEvent e\ns -> r -> a -> e", extra=extra
    )
    case = Play(xml.replace(b"</bpmn:process>", subscription.encode() + b"</bpmn:process>"), {"mine": "H1"})
    assert case.message("paid", body={"code": "H2"}).open == []
    assert case.message("paid", body={"code": "H1"}).open == ["a"]


def test_an_event_gateway_goes_the_way_of_the_first_event() -> None:
    model = bpmn(
        "startEvent s\neventBasedGateway g\nintermediateCatchEvent m message=yes\nintermediateCatchEvent t timer=P5D\nuserTask a\n"
        "userTask b\nendEvent e\ns -> g\ng -> m -> a -> e\ng -> t -> b -> e"
    )
    case = Play(model).message("yes")
    assert case.open == ["a"] and not case.alarms
    assert Play(model).wait(days=6).open == ["b"]


def test_a_signal_is_heard_by_everyone_in_the_case_and_told_to_the_world() -> None:
    case = Play(
        bpmn(
            "startEvent s\nparallelGateway f\nintermediateCatchEvent c signal=go\nuserTask a\nuserTask b\n"
            "intermediateThrowEvent t signal=go\nendEvent e\ns -> f -> c -> a -> e\nf -> b -> t -> e"
        )
    )
    assert case.do("b").open == ["a"]
    assert SignalThrown("go", {}) in case.last


def test_a_message_end_event_hands_its_values_to_the_world() -> None:
    case = Play(
        bpmn(
            "startEvent s\nendEvent e message=done\n"
            '<bpmn:extensionElements><wf:input name="n" value="x + 1"/></bpmn:extensionElements>\ns -> e'
        ).replace(
            b'<bpmn:messageEventDefinition messageRef="message-done"/><bpmn:extensionElements><wf:input name="n" value="x + 1"/></bpmn:extensionElements>',
            b'<bpmn:extensionElements><wf:input name="n" value="x + 1"/></bpmn:extensionElements><bpmn:messageEventDefinition messageRef="message-done"/>',
        ),
        {"x": 1},
    )
    assert MessageThrown("done", {"n": 2}, {}) in case.effects and case.ended


def test_a_condition_fires_when_it_becomes_true_and_not_again_before_it_was_false() -> None:
    case = Play(
        bpmn(
            "startEvent s\nuserTask a\nuserTask c\nendEvent e\nboundaryEvent b on=a aside condition='x > 3'\nuserTask z\nendEvent f\n"
            "parallelGateway g\ns -> g -> a -> e\ng -> c -> e\nb -> z -> f"
        ),
        {"x": 1},
    )
    assert case.open == ["a", "c"]
    assert case.do("c", x=5).open == ["a", "z"]
    assert case.do("z", x=6).open == ["a"]


def test_a_parallel_multiple_event_waits_for_all_its_triggers() -> None:
    case = Play(
        bpmn(
            "startEvent s\nintermediateCatchEvent c parallel signal=one signal=two\nuserTask a\nendEvent e\ns -> c -> a -> e"
        )
    )
    assert case.signal("one").signal("one").open == []
    assert case.signal("two").open == ["a"]


def test_two_timers_on_one_event_are_two_alarms() -> None:
    case = Play(
        bpmn("startEvent s\nintermediateCatchEvent c timer=PT5H timer=PT2H\nuserTask a\nendEvent e\ns -> c -> a -> e")
    )
    assert sorted(a.fire_at for a in case.alarms.values()) == [NOW + timedelta(hours=2), NOW + timedelta(hours=5)]
    assert case.wait(hours=2).open == ["a"] and not case.alarms


def test_an_error_rises_to_the_innermost_event_that_knows_its_code() -> None:
    model = bpmn(
        "startEvent s\nsubProcess sub\nstartEvent i\nuserTask a\nendEvent j error=broken\ni -> a -> j\nend\nendEvent e\n"
        "boundaryEvent b on=sub error=broken\nboundaryEvent c on=sub error\nuserTask x\nuserTask y\nendEvent f\n"
        "s -> sub -> e\nb -> x -> f\nc -> y -> f"
    )
    assert Play(model).do("a").open == ["x"]


def test_an_error_nobody_catches_ends_the_case() -> None:
    case = Play(
        bpmn(
            "startEvent s\nparallelGateway g\nuserTask a\nuserTask b\nendEvent e error=broken\nendEvent f\ns -> g -> a -> e\ng -> b -> f"
        )
    )
    case.do("a")
    assert case.ended == "error" and case.open == []
    assert IncidentRaised("bpmn.error-uncaught", "e", {"error": "broken"}) in case.last


def test_an_escalation_may_leave_the_sub_process_running() -> None:
    case = Play(
        bpmn(
            "startEvent s\nsubProcess sub\nstartEvent i\nintermediateThrowEvent t escalation=late\nuserTask a\nendEvent j\n"
            "i -> t -> a -> j\nend\nendEvent e\nboundaryEvent b on=sub escalation=late aside\nuserTask x\nendEvent f\ns -> sub -> e\n"
            "b -> x -> f"
        )
    )
    assert case.open == ["a", "x"]
    assert case.do("a", "x").ended


def test_terminate_ends_its_scope_and_nothing_outside() -> None:
    case = Play(
        bpmn(
            "startEvent s\nsubProcess sub\nstartEvent i\nparallelGateway g\nuserTask a\nuserTask b\nendEvent j terminate\nendEvent k\n"
            "i -> g -> a -> j\ng -> b -> k\nend\nuserTask z\nendEvent e\ns -> sub -> z -> e"
        )
    )
    assert case.do("a").open == ["z"]


def test_a_link_goes_on_at_its_target() -> None:
    assert Play(
        bpmn(
            "startEvent s\nintermediateThrowEvent t link=L\nintermediateCatchEvent c link=L\nuserTask a\nendEvent e\ns -> t\nc -> a -> e"
        )
    ).open == ["a"]


@pytest.mark.parametrize(("interrupting", "expected"), [("", ["x"]), ("aside", ["a", "x"])])
def test_an_event_sub_process_interrupts_its_scope_or_runs_beside_it(interrupting: str, expected: list[str]) -> None:
    case = Play(
        bpmn(
            f"startEvent s\nuserTask a\nendEvent e\ns -> a -> e\nsubProcess h triggeredByEvent=true\n"
            f"startEvent i message=stop {interrupting}\nuserTask x\nendEvent j\ni -> x -> j\nend"
        )
    )
    assert case.message("stop").open == expected
    assert case.do(*expected).ended


def test_several_start_events_wait_for_the_first_of_them() -> None:
    case = Play(
        bpmn(
            "startEvent s message=letter\nstartEvent t message=call\nuserTask a\nuserTask b\nendEvent e\ns -> a -> e\nt -> b -> e"
        )
    )
    assert case.message("call").open == ["b"]
    assert case.message("letter").open == ["b"]


def test_a_receive_task_or_event_gateway_may_start_a_process() -> None:
    assert Play(bpmn("receiveTask r instantiate=true message=m\nuserTask a\nendEvent e\nr -> a -> e")).message(
        "m"
    ).open == ["a"]
    case = Play(
        bpmn(
            "eventBasedGateway g instantiate=true\nintermediateCatchEvent m message=one\nintermediateCatchEvent n message=two\n"
            "userTask a\nuserTask b\nendEvent e\ng -> m -> a -> e\ng -> n -> b -> e"
        )
    )
    assert case.message("two").open == ["b"]


EVENT_SUB = """
    startEvent s
    subProcess body
    startEvent i
    userTask a
    {thrower}
    i -> a -> j
    subProcess h triggeredByEvent=true
    startEvent hs {trigger}
    userTask x
    endEvent he
    hs -> x -> he
    end
    end
    endEvent e
    s -> body -> e
"""


@pytest.mark.parametrize(
    ("thrower", "trigger"),
    [
        ("endEvent j error=bad", "error=bad"),
        ("endEvent j error=bad", "error"),
        ("endEvent j escalation=late", "escalation=late"),
        ("endEvent j signal=go", "signal=go"),
        ("intermediateThrowEvent j signal=go\nuserTask after\nendEvent jj\nj -> after -> jj", "signal=go"),
    ],
)
def test_an_event_sub_process_catches_what_is_thrown_in_its_scope(thrower: str, trigger: str) -> None:
    case = Play(bpmn(EVENT_SUB.format(thrower=thrower, trigger=trigger))).do("a")
    assert case.open == ["x"]
    assert case.do("x").ended


def test_an_event_sub_process_may_start_by_a_timer_or_a_condition() -> None:
    case = Play(bpmn(EVENT_SUB.format(thrower="endEvent j", trigger="timer=P1D")))
    assert case.wait(days=1).open == ["x"] and not case.alarms
    case = Play(bpmn(EVENT_SUB.format(thrower="endEvent j", trigger="condition='n > 1' aside")), {"n": 1})
    assert case.signal("none").open == ["a"]


def test_a_compensation_event_sub_process_undoes_its_own_scope() -> None:
    case = Play(
        bpmn("""
        startEvent s
        subProcess body
        startEvent i
        userTask a
        endEvent j
        i -> a -> j
        subProcess h triggeredByEvent=true
        startEvent hs compensate
        userTask undo
        endEvent he
        hs -> undo -> he
        end
        end
        userTask b
        intermediateThrowEvent t compensate
        userTask z
        endEvent e
        s -> body -> b -> t -> z -> e
    """)
    ).do("a", "b")
    assert case.open == ["undo"]
    assert case.do("undo").open == ["z"]


def test_a_message_or_signal_without_a_name_goes_by_its_id() -> None:
    nameless = bpmn(WATCHED.format(event="message=stop")).replace(b' name="stop"', b"")
    assert Play(nameless).message("message-stop").open == ["z"]


def test_an_event_definition_may_be_shared_by_reference() -> None:
    shared = bpmn(
        "startEvent s\nuserTask a\nendEvent e\nboundaryEvent b on=a\n<bpmn:eventDefinitionRef>shared</bpmn:eventDefinitionRef>\nuserTask z\n"
        "endEvent f\ns -> a -> e\nb -> z -> f",
        extra='<bpmn:signal id="g" name="go"/><bpmn:signalEventDefinition id="shared" signalRef="g"/>',
    )
    assert Play(shared).signal("go").open == ["z"]
