"""A running case goes on by another version of its diagram: nothing moves, alarms keep their moments, or it is said why not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest
from play import NOW, Play
from small import bpmn
from wardflow.engine import (
    AlarmCleared,
    AlarmSet,
    IncidentRaised,
    IncidentRetried,
    Migrated,
    MigrationBlocked,
    Passage,
    advance,
    peek,
    read,
)
from wardflow.engine.passage import ANEW, KEEP

LINE = "startEvent s\nuserTask a\nuserTask b\nendEvent e\ns -> a -> b -> e"
WATCHED = "startEvent s\nuserTask a\nendEvent e\nboundaryEvent b on=a {event}\nuserTask z\nendEvent f\ns -> a -> e\nb -> z -> f"
FORK = "startEvent s\nparallelGateway f\nuserTask a\nuserTask b\nparallelGateway j\nuserTask c\nendEvent e\ns -> f\nf -> a -> j\nf -> b -> j\nj -> c -> e"
THREE = FORK.replace("parallelGateway j", "userTask d\nparallelGateway j") + "\nf -> d -> j"
CALLER = "startEvent s\ncallActivity c calledElement={}\nuserTask b\nendEvent e\ns -> c -> b -> e"
CALLED = "startEvent s2\nuserTask x\nuserTask y\nendEvent e2\ns2 -> x -> y -> e2"
MANY = (
    "startEvent s\n{kind}\n<bpmn:multiInstanceLoopCharacteristics{how}><bpmn:loopDataInputRef>offices</bpmn:loopDataInputRef>"
    '<bpmn:inputDataItem id="office"/></bpmn:multiInstanceLoopCharacteristics>\n{inside}userTask b\nendEvent e\ns -> m -> b -> e'
)


def moved(case: Play, xml: bytes, steps: Mapping[str, str] | None = None, events: Mapping[str, str] | None = None) -> Play:
    """The case on the new version; what is open and set is known from the effects and from the state alike."""
    passage = Passage(case.definition, read(xml), steps or {}, events or {})
    before = case.state
    step = advance(passage.target, before, Migrated(passage), case.now, case.host)
    assert step.passed == () and case.state == before
    for effect in step.effects:
        assert isinstance(effect, AlarmSet | AlarmCleared)
        if isinstance(effect, AlarmSet):
            case.alarms[effect.alarm] = effect
        else:
            del case.alarms[effect.alarm]
    case.definition, case.state = passage.target, step.state
    case.tasks = {task: node for node, task in peek(step.state).tokens if task}
    return case


def blocked(case: Play, xml: bytes, steps: Mapping[str, str] | None = None, events: Mapping[str, str] | None = None) -> list[str]:
    """The codes of what stands in the way."""
    with pytest.raises(MigrationBlocked) as refused:
        moved(case, xml, steps, events)
    return [reason.code.removeprefix("migration.") for reason in refused.value.reasons]


def test_a_case_goes_on_by_the_new_version_from_where_it_is() -> None:
    case = moved(Play(bpmn(LINE)), bpmn(LINE.replace("userTask b", "userTask b2").replace("-> b ->", "-> b2 ->")))
    assert case.open == ["a"]
    assert case.do("a").open == ["b2"]


def test_a_case_whose_step_is_gone_is_blocked_until_a_mapping_names_the_new_one() -> None:
    renamed = bpmn(LINE.replace("userTask a", "userTask look").replace("-> a ->", "-> look ->"))
    assert blocked(Play(bpmn(LINE)), renamed) == ["step-removed"]
    case = moved(Play(bpmn(LINE)), renamed, {"a": "look"})
    assert case.open == ["look"] and case.do("look").open == ["b"]


def test_what_was_answered_at_a_renamed_step_is_known_under_its_new_name() -> None:
    case = Play(bpmn(LINE)).do("a", a={"good": True})
    moved(case, bpmn(LINE.replace("userTask a", "userTask look").replace("-> a ->", "-> look ->")), {"a": "look"})
    assert case.data == {"look": {"good": True}}


def test_two_steps_may_change_their_names_with_each_other() -> None:
    case = Play(bpmn(LINE), {"b": 2}).do("a", a=1)
    moved(case, bpmn(LINE), {"a": "b", "b": "a"})
    assert case.data == {"b": 1, "a": 2} and case.open == ["a"]


def test_a_step_that_is_other_work_now_is_blocked() -> None:
    service = bpmn(LINE.replace("userTask a", "serviceTask a wf:handler=x"))
    assert blocked(Play(bpmn(LINE)), service) == ["kind-changed"]
    assert blocked(Play(service), bpmn(LINE.replace("userTask a", "serviceTask a wf:handler=y"))) == ["service-changed"]


def test_a_step_that_lies_in_a_sub_process_now_is_blocked() -> None:
    inside = "startEvent s\nsubProcess p1\nuserTask a\nend\nuserTask b\nendEvent e\ns -> p1 -> b -> e"
    assert blocked(Play(bpmn(LINE)), bpmn(inside)) == ["place-changed"]


# A waiting parallel join


def test_a_token_that_waits_at_a_parallel_join_still_counts_there() -> None:
    case = Play(bpmn(FORK)).do("a")
    moved(case, bpmn(FORK.replace("userTask c", "userTask c2").replace("-> c ->", "-> c2 ->")))
    assert case.open == ["b"] and case.do("b").open == ["c2"]


def test_a_join_is_the_same_when_only_the_ids_of_its_flows_are_new() -> None:
    drawn_again = bpmn(FORK).replace(b'id="a-j"', b'id="other"')
    assert moved(Play(bpmn(FORK)).do("a"), drawn_again).do("b").open == ["c"]


def test_a_waiting_join_with_another_branch_is_blocked() -> None:
    assert blocked(Play(bpmn(FORK)).do("a"), bpmn(THREE)) == ["join-changed"]


def test_a_join_that_nobody_waits_at_yet_but_that_could_never_fire_is_blocked() -> None:
    assert blocked(Play(bpmn(FORK)), bpmn(THREE)) == ["join-waits"]


def test_a_case_before_the_fork_gets_all_three_branches() -> None:
    before = "startEvent s\nuserTask w\n" + FORK.removeprefix("startEvent s\n").replace("s -> f", "s -> w -> f")
    after = "startEvent s\nuserTask w\n" + THREE.removeprefix("startEvent s\n").replace("s -> f", "s -> w -> f")
    assert moved(Play(bpmn(before)), bpmn(after)).do("w").open == ["a", "b", "d"]


# A multi-instance body


@pytest.mark.parametrize("how", ["", ' isSequential="true"'])
def test_the_instances_of_a_step_go_on_where_they_are(how: str) -> None:
    old = MANY.format(kind="userTask m", how=how, inside="")
    case = Play(bpmn(old), {"offices": ["x", "y", "z"]}).do("m")
    moved(case, bpmn(old.replace("userTask b", "userTask b2").replace("-> b ->", "-> b2 ->")))
    assert set(case.open) == {"m"}
    assert case.do(*case.open).do(*([] if not how else ["m"])).open == ["b2"]


def test_the_instances_of_a_sub_process_go_on_where_they_are() -> None:
    inside = "userTask x\nuserTask y\nx -> y\nend\n"
    old = MANY.format(kind="subProcess m", how="", inside=inside)
    case = Play(bpmn(old), {"offices": ["x", "y"]}).do("x")
    assert case.open == ["x", "y"]
    moved(case, bpmn(old.replace("userTask y", "userTask w").replace("x -> y", "x -> w")), {"y": "w"})
    assert case.open == ["w", "x"] and case.do("w", "x", "w").open == ["b"]


def test_instances_over_another_list_or_one_after_the_other_are_blocked() -> None:
    old = MANY.format(kind="userTask m", how="", inside="")
    data = {"offices": ["x", "y"], "others": []}
    assert blocked(Play(bpmn(old), data), bpmn(old.replace(">offices<", ">others<"))) == ["loop-changed"]
    in_turn = MANY.format(kind="userTask m", how=' isSequential="true"', inside="")
    assert blocked(Play(bpmn(old), data), bpmn(in_turn)) == ["loop-changed"]
    assert blocked(Play(bpmn(old), data), bpmn("startEvent s\nuserTask m\nendEvent e\ns -> m -> e")) == ["loop-changed"]


# An active call activity


def test_a_case_inside_a_called_process_goes_on_there_and_comes_back() -> None:
    case = Play(bpmn(CALLER.format("q"), q=CALLED)).do("x")
    moved(case, bpmn(CALLER.format("q"), q=CALLED.replace("userTask y", "userTask y2").replace("-> y ->", "-> y2 ->")), {"y": "y2"})
    assert case.open == ["y2"] and case.do("y2").open == ["b"]


def test_a_called_process_may_have_a_new_name() -> None:
    case = moved(Play(bpmn(CALLER.format("q"), q=CALLED)), bpmn(CALLER.format("r"), r=CALLED), {"q": "r"})
    assert case.do("x", "y").open == ["b"]


def test_a_call_that_leads_elsewhere_is_blocked_while_the_case_is_inside() -> None:
    both = bpmn(CALLER.format("r"), q=CALLED, r=CALLED.replace("s2", "s3").replace("x", "x3").replace("y", "y3").replace("e2", "e3"))
    assert blocked(Play(bpmn(CALLER.format("q"), q=CALLED)), both) == ["call-changed"]


# A boundary timer


def test_the_alarm_of_an_unchanged_timer_keeps_its_moment() -> None:
    case = Play(bpmn(WATCHED.format(event="timer=P2D")))
    alarms = dict(case.alarms)
    case.now += timedelta(days=1)
    moved(case, bpmn(WATCHED.format(event="timer=P2D").replace("userTask z", "userTask z2").replace("-> z ->", "-> z2 ->")))
    assert case.alarms == alarms
    assert case.wait(days=1).open == ["z2"]


def test_a_renamed_timer_keeps_its_moment_and_rings_by_its_new_name() -> None:
    case = Play(bpmn(WATCHED.format(event="timer=P2D")))
    new = WATCHED.format(event="timer=P2D").replace("boundaryEvent b", "boundaryEvent late").replace("b -> z", "late -> z")
    moved(case, bpmn(new), {"b": "late"})
    assert [(a.node, a.fire_at) for a in case.alarms.values()] == [("late", NOW + timedelta(days=2))]
    assert case.wait(days=2).open == ["z"]


def test_a_changed_timer_is_blocked_until_the_mapping_says_what_becomes_of_it() -> None:
    old, new = bpmn(WATCHED.format(event="timer=P5D")), bpmn(WATCHED.format(event="timer=P3D"))
    assert blocked(Play(old), new) == ["event-changed"]
    kept = moved(Play(old), new, events={"b": KEEP})
    assert [a.fire_at for a in kept.alarms.values()] == [NOW + timedelta(days=5)]
    again = Play(old)
    again.now += timedelta(days=1)
    moved(again, new, events={"b": ANEW})
    assert [a.fire_at for a in again.alarms.values()] == [NOW + timedelta(days=4)]


def test_a_timer_that_is_new_is_set_from_now_and_one_that_went_rings_no_more() -> None:
    plain, watched = bpmn("startEvent s\nuserTask a\nendEvent e\ns -> a -> e"), bpmn(WATCHED.format(event="timer=P2D"))
    case = moved(Play(plain), watched)
    assert [a.fire_at for a in case.alarms.values()] == [NOW + timedelta(days=2)]
    assert moved(case, plain).alarms == {} and case.wait(days=9).open == ["a"]


def test_a_reminder_that_rang_already_does_not_ring_again() -> None:
    text = WATCHED.format(event="timer=P2D aside")
    case = Play(bpmn(text)).wait(days=3)
    moved(case, bpmn(text.replace("userTask z", "userTask z2").replace("-> z ->", "-> z2 ->")), {"z": "z2"})
    assert case.alarms == {} and case.open == ["a", "z2"]


def test_an_event_sub_process_that_is_new_listens_from_now() -> None:
    heard = LINE + "\nsubProcess late triggeredByEvent=true\nstartEvent t timer=P1D\nuserTask w\nendEvent u\nt -> w -> u\nend"
    case = moved(Play(bpmn(LINE)), bpmn(heard))
    assert case.wait(days=1).open == ["w"]


def test_a_waiting_event_whose_message_changed_is_blocked() -> None:
    waiting = "startEvent s\nintermediateCatchEvent c message={}\nuserTask b\nendEvent e\ns -> c -> b -> e"
    assert blocked(Play(bpmn(waiting.format("paid"))), bpmn(waiting.format("settled"))) == ["event-changed"]
    case = moved(Play(bpmn(waiting.format("paid"))), bpmn(waiting.format("settled")), events={"c": KEEP})
    assert case.message("settled").open == ["b"]


# What stopped


def test_a_stopped_step_goes_on_by_the_version_that_cures_it() -> None:
    text = "startEvent s\nexclusiveGateway g\nuserTask a\nuserTask b\nendEvent e\ns -> g\ng -> a : n = 1\ng -> b : n = 2\na -> e\nb -> e"
    case = Play(bpmn(text), {"n": 3})
    [stopped] = [e for e in case.effects if isinstance(e, IncidentRaised)]
    moved(case, bpmn(text.replace("g -> b : n = 2", "g => b")))
    assert case.happen(IncidentRetried(stopped.facts["incident"])).open == ["b"]


def test_finished_work_is_still_undone_by_its_handler() -> None:
    text = (
        "startEvent s\nuserTask a\nboundaryEvent c on=a compensate\nuserTask back isForCompensation=true\nuserTask b\n"
        "intermediateThrowEvent t compensate\nendEvent e\ns -> a -> b -> t -> e\nc ~ back"
    )
    case = Play(bpmn(text)).do("a")
    renamed = text.replace("userTask back", "userTask undo").replace("c ~ back", "c ~ undo")
    assert blocked(case, bpmn(renamed)) == ["compensation-changed"]
    assert moved(case, bpmn(renamed), {"back": "undo"}).do("b").open == ["undo"]


def test_a_case_that_ended_stays_as_it_is() -> None:
    case = Play(bpmn("startEvent s\nendEvent e\ns -> e"))
    assert moved(case, bpmn(LINE)).open == []
