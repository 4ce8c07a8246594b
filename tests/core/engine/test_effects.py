"""What the wf: attributes of an element say to the world, and when."""

import pytest
from play import NOW, Play
from small import bpmn
from wardflow.engine import (
    Cancelled,
    CaseEnded,
    ClockMoved,
    NoticeDue,
    SlipIssued,
    StateEntered,
    TaskOpened,
    TaskWithdrawn,
    peek,
    read,
    start,
)
from wardflow.engine.vocabulary import NAMESPACE, TERMS, allowed, descriptor
from wardflow.errors import ProcessUnknown

MODEL = bpmn("""
    startEvent s wf:state=received wf:clock=start wf:basis='Article 1'
    userTask a wf:state=checking wf:slip='s01 s02' wf:notice=told
    parallelGateway f
    userTask b
    userTask c
    parallelGateway j wf:state=joined wf:clock=pause
    userTask d
    endEvent e wf:outcome=granted wf:notice=goodbye
    s -> a -> f -> b -> j -> d -> e
    f -> c -> j
""")


def test_entering_says_the_state_and_moves_the_clock_leaving_issues_papers() -> None:
    case = Play(MODEL)
    assert case.effects == [
        StateEntered("received", "s"),
        ClockMoved("start", "s", "Article 1"),
        StateEntered("checking", "a"),
        TaskOpened("t1", "a", "p"),
    ]
    case.do("a")
    assert case.last[:3] == (SlipIssued("s01", "a"), SlipIssued("s02", "a"), NoticeDue("told", "a"))


def test_a_join_is_entered_once_when_it_fires() -> None:
    case = Play(MODEL).do("a", "b")
    assert case.last == ()
    assert case.do("c").last == (StateEntered("joined", "j"), ClockMoved("pause", "j"), TaskOpened("t4", "d", "p"))


def test_the_end_says_its_outcome_last() -> None:
    case = Play(MODEL).do("a", "b", "c", "d")
    assert case.last == (NoticeDue("goodbye", "e"), CaseEnded("granted", "e"))
    assert peek(case.state).ended


def test_without_an_outcome_the_last_state_is_the_end() -> None:
    case = Play(bpmn("startEvent s\nuserTask a wf:state=open\nendEvent e\ns -> a -> e")).do("a")
    assert case.ended == "open"


def test_an_interrupted_step_issues_nothing() -> None:
    case = Play(
        bpmn(
            "startEvent s\nuserTask a wf:slip=s01\nboundaryEvent b on=a message=stop\nendEvent e\nendEvent f\ns -> a -> e\nb -> f"
        )
    )
    case.message("stop")
    assert not [e for e in case.effects if isinstance(e, SlipIssued)]
    assert TaskWithdrawn("t1", "a") in case.last


def test_steps_list_the_nodes_left_and_the_flows_taken_in_order() -> None:
    case = Play(
        bpmn("startEvent s\nuserTask a\nexclusiveGateway g\nendEvent e\nendEvent f\ns -> a -> g\ng -> e : x\ng => f")
    )
    assert case.passed == ["s", "s-a"]
    assert case.do("a", x=False).passed[2:] == ["a", "a-g", "g", "g-f", "f"]


def test_cancelling_withdraws_everything_that_is_open() -> None:
    case = Play(
        bpmn(
            "startEvent s\nparallelGateway g\nuserTask a\nboundaryEvent b on=a timer=P1D\nuserTask c\nendEvent e\nendEvent f\n"
            "s -> g -> a -> e\ng -> c -> e\nb -> f"
        )
    )
    case.happen(Cancelled())
    assert case.open == [] and not case.alarms and case.ended == "cancelled"


def test_an_unknown_process_is_named() -> None:
    with pytest.raises(ProcessUnknown, match="other"):
        start(read(MODEL), "other", {}, NOW)


def test_every_term_of_the_vocabulary_is_explained_in_both_languages_and_known_where_it_may_stand() -> None:
    for term in TERMS:
        assert term.meaning.endswith(".") and term.meaning_vi.endswith(".")
        assert term.element or all(allowed(term.name, tag) for tag in term.on)
    assert allowed("productEn", "userTask") and not allowed("role", "endEvent")


def test_the_modeler_learns_every_term_from_the_vocabulary() -> None:
    found = descriptor()
    assert found["uri"] == NAMESPACE
    known = {
        (t["extends"][0].removeprefix("bpmn:"), p["name"])
        for t in found["types"]
        if "extends" in t
        for p in t["properties"]
    }
    assert {(f"{tag[0].upper()}{tag[1:]}", term.name) for term in TERMS if not term.element for tag in term.on} <= known
    assert {"Input", "Output"} <= {t["name"] for t in found["types"]}


def test_effects_are_told_apart_by_their_kind_in_their_order() -> None:
    step = start(read(MODEL), "p", {}, NOW)
    assert step.of(StateEntered) == (StateEntered("received", "s"), StateEntered("checking", "a"))
    assert step.of(TaskOpened) == (TaskOpened("t1", "a", "p"),)
    assert step.of(CaseEnded) == ()
