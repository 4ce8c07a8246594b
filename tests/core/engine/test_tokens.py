"""Tasks, gateways and joins: how tokens move."""

from play import Play
from small import bpmn
from wardflow.engine import IncidentRaised, IncidentRetried

LOOP = """
    startEvent s
    userTask a
    exclusiveGateway g
    endEvent e
    s -> a -> g
    g -> a : again = true
    g => e
"""


def incidents(case: Play) -> list[str]:
    """The codes of the incidents so far."""
    return [e.code for e in case.effects if isinstance(e, IncidentRaised)]


def test_a_loop_goes_round_as_often_as_its_condition_holds() -> None:
    case = Play(bpmn(LOOP))
    for _ in range(300):
        case.do("a", again=True)
        assert case.open == ["a"]
    assert case.do("a", again=False).ended


def test_state_does_not_grow_with_rounds() -> None:
    case = Play(bpmn(LOOP))
    sizes = []
    for _ in range(200):
        case.do("a", again=True)
        sizes.append(len(case.state))
    assert max(sizes[10:]) - sizes[10] <= 4


def test_without_a_holding_condition_the_default_flow_is_taken() -> None:
    assert Play(bpmn(LOOP)).do("a", again=None).ended


def test_without_a_way_out_the_step_is_an_incident_that_can_be_retried() -> None:
    case = Play(
        bpmn(
            "startEvent s\nuserTask a\nexclusiveGateway g\nendEvent e\nendEvent f\ns -> a -> g\ng -> e : x = 1\ng -> f : x = 2"
        )
    )
    case.do("a", x=3)
    assert incidents(case) == ["bpmn.no-flow"] and not case.ended
    incident = case.last[-1].facts["incident"]  # type: ignore[union-attr]
    case.happen(IncidentRetried(incident))
    assert incidents(case) == ["bpmn.no-flow"] * 2


def test_a_parallel_join_waits_for_each_branch() -> None:
    case = Play(
        bpmn(
            "startEvent s\nparallelGateway f\nuserTask a\nuserTask b\nparallelGateway j\nuserTask c\nendEvent e\n"
            "s -> f -> a -> j -> c -> e\nf -> b -> j"
        )
    )
    assert case.open == ["a", "b"]
    assert case.do("b").open == ["a"]
    assert case.do("a").open == ["c"]


def test_a_join_inside_a_loop_counts_each_round_by_itself() -> None:
    case = Play(
        bpmn(
            "startEvent s\nexclusiveGateway m\nparallelGateway f\nuserTask a\nuserTask b\nparallelGateway j\nexclusiveGateway g\n"
            "endEvent e\ns -> m -> f -> a -> j -> g\nf -> b -> j\ng -> m : again\ng => e"
        )
    )
    for _ in range(20):
        case.do("a", again=True)
        assert case.open == ["b"]
        case.do("b")
        assert case.open == ["a", "b"]
    assert case.do("b", again=False).do("a").ended


def test_an_inclusive_join_waits_only_for_what_can_still_come() -> None:
    model = bpmn(
        "startEvent s\ninclusiveGateway f\nuserTask a\nuserTask b\nuserTask c\ninclusiveGateway j\nuserTask z\nendEvent e\n"
        "s -> f\nf -> a : n > 0\nf -> b : n > 1\nf => c\na -> j\nb -> j\nc -> j -> z -> e"
    )
    assert Play(model, {"n": 1}).do("a").open == ["z"]
    assert Play(model, {"n": 2}).do("a").open == ["b"]
    assert Play(model, {"n": 2}).do("a", "b").open == ["z"]
    assert Play(model, {"n": 0}).open == ["c"]


def test_a_complex_gateway_fires_at_its_condition_and_swallows_the_rest() -> None:
    case = Play(
        bpmn(
            "startEvent s\nparallelGateway f\nuserTask a\nuserTask b\nuserTask c\ncomplexGateway j\n"
            "<bpmn:activationCondition>activationCount &gt;= 2</bpmn:activationCondition>\nuserTask z\nendEvent e\n"
            "s -> f -> a -> j -> z -> e\nf -> b -> j\nf -> c -> j"
        )
    )
    assert case.do("a").open == ["b", "c"]
    assert case.do("b").open == ["c", "z"]
    assert case.do("c").open == ["z"]
    assert case.do("z").ended


def test_a_task_may_have_several_ways_out_with_conditions_and_a_default() -> None:
    model = bpmn(
        "startEvent s\nuserTask a\nuserTask b\nuserTask c\nuserTask d\nendEvent e\n"
        "s -> a\na -> b : x > 0\na -> c : x > 1\na => d\nb -> e\nc -> e\nd -> e"
    )
    assert Play(model).do("a", x=2).open == ["b", "c"]
    assert Play(model).do("a", x=1).open == ["b"]
    assert Play(model).do("a", x=0).open == ["d"]


def test_a_parallel_join_nothing_can_reach_any_more_is_an_incident_with_its_flows() -> None:
    case = Play(
        bpmn(
            "startEvent s\nexclusiveGateway x\nuserTask a\nuserTask b\nparallelGateway j\nendEvent e\n"
            "s -> x\nx -> a : n = 1\nx => b\na -> j -> e\nb -> j"
        ),
        {"n": 1},
    )
    case.do("a")
    raised = [e for e in case.last if isinstance(e, IncidentRaised)]
    assert [(r.code, r.node, r.facts["flows"]) for r in raised] == [("bpmn.dead-join", "j", ["b-j"])]


def test_a_loop_without_a_wait_stops_at_the_budget_as_an_incident() -> None:
    case = Play(bpmn("startEvent s\ntask a\nexclusiveGateway g\nendEvent e\ns -> a -> g\ng -> a : true\ng => e"))
    assert incidents(case) == ["bpmn.step-budget"]
    assert not case.ended


def test_start_and_completion_quantities_count_tokens() -> None:
    case = Play(
        bpmn("startEvent s\nuserTask a completionQuantity=2\nuserTask b startQuantity=2\nendEvent e\ns -> a -> b -> e")
    )
    assert case.do("a").open == ["b"]
    assert case.do("b").ended


def test_ids_such_as_start_and_end_belong_to_the_modeller() -> None:
    assert Play(bpmn("startEvent Start\nuserTask Root\nendEvent End\nStart -> Root -> End")).do("Root").ended


def test_ids_may_be_the_same_in_two_processes_of_one_file() -> None:
    model = bpmn(
        p="startEvent s\nuserTask a\nendEvent e\ns -> a -> e",
        q="startEvent s\nuserTask a\nuserTask b\nendEvent e\ns -> a -> b -> e",
    )
    case = Play(model, process="q")
    assert case.open == ["q.a"]
    assert case.definition.node("q.a").element == "a"
    assert case.do("q.a").open == ["b"]


def test_out_of_an_inclusive_gateway_a_flow_without_condition_always_holds_and_spares_the_default() -> None:
    model = "startEvent s\n{kind} g\nuserTask a\nuserTask b\nuserTask c\nendEvent e\ns -> g\ng -> a\ng -> b : x > 1\ng => c\na -> e\nb -> e\nc -> e"
    assert Play(bpmn(model.format(kind="inclusiveGateway")), {"x": 1}).open == ["a"]
    assert Play(bpmn(model.format(kind="userTask")), {"x": 1}).do("g").open == ["a", "c"]


def test_an_expression_that_computes_too_much_is_an_incident() -> None:
    case = Play(
        bpmn(
            "startEvent s\nuserTask a\nexclusiveGateway g\nendEvent e\nendEvent f\ns -> a -> g\n"
            "g -> e : count(for i in 1..999999999 return i) > 1\ng => f"
        )
    )
    case.do("a")
    assert incidents(case) == ["bpmn.expression-failed"] and not case.ended
