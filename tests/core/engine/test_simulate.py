"""Simulation: a definition played by a script or by chance, without a platform."""

from play import NOW
from small import bpmn
from wardflow.engine import BpmnError, read
from wardflow.engine.second_opinion import Done, NotComparable, Other, replay
from wardflow.engine.simulation import Random, Scripted, simulate

MODEL = bpmn("""
    startEvent s
    userTask a
    boundaryEvent b on=a timer=P3D aside
    endEvent late
    exclusiveGateway g
    serviceTask fee wf:handler=fee wf:result=fee
    userTask z
    endEvent e
    s -> a -> g
    g -> fee : paid = false
    g => z
    fee -> z -> e
    b -> late
""")
DEFINITION = read(MODEL)


def test_a_script_is_played_in_its_order_and_follows_the_data() -> None:
    found = simulate(DEFINITION, "p", {}, NOW, Scripted([("b", {}), ("a", {"paid": True}), ("z", {})]))
    assert found.ended and [o.what for o in found.happened] == ["alarm", "task", "task"]
    assert (found.now - NOW).days == 3
    assert "fee" not in found.passed


def test_a_missing_handler_stops_it_by_name() -> None:
    found = simulate(DEFINITION, "p", {}, NOW, Scripted([("a", {"paid": False})]))
    assert found.missing == "fee" and not found.ended


def test_handlers_answer_or_fail() -> None:
    script = [("a", {"paid": False}), ("z", {})]
    found = simulate(DEFINITION, "p", {}, NOW, Scripted(script), handlers={"fee": lambda inputs: {"amount": 5}})
    assert found.ended

    def failing(inputs: object) -> dict[str, object]:
        raise BpmnError("offline")

    assert (
        simulate(DEFINITION, "p", {}, NOW, Scripted(script), handlers={"fee": failing}).incident
        == "bpmn.service-failed"
    )


def test_chance_reaches_every_way_and_repeats_itself() -> None:
    handlers = {"fee": lambda inputs: {}}
    ways = {frozenset(simulate(DEFINITION, "p", {}, NOW, Random(seed), handlers=handlers).passed) for seed in range(20)}
    assert any("fee" in way for way in ways) and any("fee" not in way for way in ways)
    first, again = (simulate(DEFINITION, "p", {}, NOW, Random(7), handlers=handlers).passed for _ in range(2))
    assert first == again


def test_a_second_opinion_sees_the_same_tasks() -> None:
    done = [Done("a", {"paid": False}), Done("fee", {"amount": 5}), Done("z")]
    assert replay(MODEL, "p", {}, done) == ({"a"}, set(), {"z"}, set())


def test_a_second_opinion_says_why_it_has_none() -> None:
    assert isinstance(replay(MODEL, "p", {}, [Other("timer")]), NotComparable)
    linked = bpmn(
        "startEvent s\nintermediateThrowEvent t link=L\nintermediateCatchEvent c link=L\nendEvent e\ns -> t\nc -> e"
    )
    opinion = replay(linked, "p", {}, [])
    assert isinstance(opinion, NotComparable) and "does not run this event" in opinion.why
