"""Activities: services, scripts, sub-processes, calls, loops, multi-instance, compensation, ad-hoc."""

from typing import Any

import pytest
from play import NOW, Play
from small import bpmn
from wardflow.engine import (
    BpmnError,
    Host,
    IncidentRaised,
    IncidentRetried,
    TaskCompleted,
    TaskOpened,
    advance,
    peek,
    read,
    start,
    variables,
)
from wardflow.errors import TaskGone

SERVICE = """
    startEvent s
    serviceTask x wf:handler=tax {more}
    <bpmn:extensionElements>{bindings}</bpmn:extensionElements>
    userTask a
    endEvent e
    s -> x -> a -> e
"""


def service(more: str = "", bindings: str = "") -> bytes:
    """A process that calls a service first."""
    return bpmn(SERVICE.format(more=more, bindings=bindings))


def test_a_service_is_called_with_its_inputs_and_its_answer_is_kept() -> None:
    case = Play(
        service("wf:result=fee", '<wf:input name="area" value="plot.area"/>'), {"plot": {"area": 120, "owner": "A"}}
    )
    (call,) = case.calls.values()
    assert (call.handler, call.inputs) == ("tax", {"area": 120})
    assert case.answer("x", amount=5).data["fee"] == {"amount": 5}
    assert case.open == ["a"]


def test_outputs_choose_what_is_kept_of_an_answer() -> None:
    case = Play(service(bindings='<wf:output name="fee" value="amount * 2"/>')).answer("x", amount=5, secret=1)
    assert case.data == {"fee": 10}


def test_a_failed_service_waits_as_an_incident_and_can_be_called_again() -> None:
    case = Play(service()).fail("x", "offline")
    raised = [e for e in case.last if isinstance(e, IncidentRaised)]
    assert [r.code for r in raised] == ["bpmn.service-failed"]
    case.happen(IncidentRetried(raised[0].facts["incident"]))
    assert case.answer("x").open == ["a"]


def test_a_failed_service_may_be_caught_by_an_error_event() -> None:
    case = Play(
        bpmn(
            "startEvent s\nserviceTask x wf:handler=h\nboundaryEvent b on=x error=offline\nuserTask a\nendEvent e\nendEvent f\n"
            "s -> x -> e\nb -> a -> f"
        )
    )
    assert case.fail("x", "offline").open == ["a"]


def test_a_script_in_feel_sets_variables_by_name_or_its_result() -> None:
    script = "startEvent s\nscriptTask x scriptFormat=feel {more}\n<bpmn:script>{text}</bpmn:script>\nuserTask a\nendEvent e\ns -> x -> a -> e"
    assert Play(bpmn(script.format(more="", text="{y: x + 1, z: 2}")), {"x": 1}).data == {"x": 1, "y": 2, "z": 2}
    assert Play(bpmn(script.format(more="wf:result=y", text="x + 1")), {"x": 1}).data == {"x": 1, "y": 2}


def test_a_registered_script_language_may_raise_a_business_error() -> None:
    def shout(text: str, data: Any) -> Any:
        raise BpmnError(text)

    model = bpmn(
        "startEvent s\nscriptTask x scriptFormat=shout\n<bpmn:script>no</bpmn:script>\nboundaryEvent b on=x error=no\nuserTask a\n"
        "endEvent e\nendEvent f\ns -> x -> e\nb -> a -> f"
    )
    assert Play(model, host=Host(scripts={"shout": shout})).open == ["a"]
    assert [e.code for e in Play(model).effects if isinstance(e, IncidentRaised)] == ["bpmn.script-language"]


def test_a_failing_script_handler_is_an_incident_without_its_words() -> None:
    def broken(text: str, data: Any) -> Any:
        raise RuntimeError("Nguyễn Văn A")

    case = Play(
        bpmn("startEvent s\nscriptTask x scriptFormat=w\n<bpmn:script>no</bpmn:script>\nendEvent e\ns -> x -> e"),
        host=Host(scripts={"w": broken}),
    )
    (raised,) = (e for e in case.effects if isinstance(e, IncidentRaised))
    assert raised.facts["error"] == "RuntimeError" and "Nguyễn" not in str(raised)


def test_a_decision_is_asked_of_the_host() -> None:
    model = bpmn(
        "startEvent s\nbusinessRuleTask x wf:decision=Fee wf:result=fee\nuserTask a\nendEvent e\ns -> x -> a -> e"
    )
    case = Play(
        model, {"area": 3}, host=Host(decide=lambda name, inputs: inputs["area"] * 2 if name == "Fee" else None)
    )
    assert case.data["fee"] == 6 and case.open == ["a"]


def test_a_sub_process_with_an_implicit_start_begins_everywhere_nothing_leads_to() -> None:
    case = Play(bpmn("startEvent s\nsubProcess sub\nuserTask a\nuserTask b\nend\nendEvent e\ns -> sub -> e"))
    assert case.open == ["a", "b"]
    assert case.do("a", "b").ended


def test_an_empty_sub_process_is_passed() -> None:
    assert Play(bpmn("startEvent s\nsubProcess sub\nend\nendEvent e\ns -> sub -> e")).ended


def test_data_objects_live_in_their_sub_process() -> None:
    case = Play(
        bpmn(
            'startEvent s\nsubProcess sub\n<bpmn:dataObject id="note"/>\nuserTask a\nuserTask b\na -> b\nend\nuserTask c\nendEvent e\n'
            "s -> sub -> c -> e"
        ),
        {"note": "outer"},
    )
    case.do("a", note="inner", other=1)
    assert variables(case.definition, case.state, case.key("b"))["note"] == "inner"
    assert case.do("b").data == {"note": "outer", "other": 1}


CALLED = "startEvent i\nuserTask a\nendEvent j\ni -> a -> j"


def test_a_call_without_mappings_works_on_the_variables_of_the_caller() -> None:
    case = Play(
        bpmn("startEvent s\ncallActivity c calledElement=q\nuserTask b\nendEvent e\ns -> c -> b -> e", q=CALLED),
        {"x": 1},
    )
    assert case.do("a", x=2).open == ["b"] and case.data == {"x": 2}


def test_a_call_with_mappings_sees_and_returns_only_those() -> None:
    mapped = '<bpmn:extensionElements><wf:input name="n" value="x"/><wf:output name="x" value="n + 1"/></bpmn:extensionElements>'
    case = Play(
        bpmn(
            f"startEvent s\ncallActivity c calledElement=q\n{mapped}\nuserTask b\nendEvent e\ns -> c -> b -> e",
            q=CALLED,
        ),
        {"x": 1},
    )
    assert variables(case.definition, case.state, case.key("a")) == {"n": 1}
    assert case.do("a", n=5, secret=1).data == {"x": 6}


def test_a_global_task_can_be_called() -> None:
    model = bpmn(
        "startEvent s\ncallActivity c calledElement=g\nendEvent e\ns -> c -> e",
        extra='<bpmn:globalUserTask id="g" name="Sign"/>',
    )
    case = Play(model)
    assert case.open == ["g.task"] and case.do("g.task").ended


def test_a_standard_loop_ends_by_its_condition_or_its_maximum() -> None:
    loop = "startEvent s\nuserTask a\n<bpmn:standardLoopCharacteristics {more}><bpmn:loopCondition>again</bpmn:loopCondition></bpmn:standardLoopCharacteristics>\nendEvent e\ns -> a -> e"
    case = Play(bpmn(loop.format(more='loopMaximum="3"')))
    assert case.do("a", again=True).do("a").open == ["a"]
    assert case.do("a").ended
    assert Play(bpmn(loop.format(more='testBefore="true"'))).ended


def several(inside: str, more: str = "", kind: str = "userTask") -> bytes:
    """A process with one multi-instance activity."""
    return bpmn(
        f"startEvent s\n{kind} a\n<bpmn:multiInstanceLoopCharacteristics {more}>{inside}</bpmn:multiInstanceLoopCharacteristics>\n"
        "userTask z\nendEvent e\ns -> a -> z -> e"
    )


FOR_EACH = (
    "<bpmn:loopDataInputRef>offices</bpmn:loopDataInputRef><bpmn:loopDataOutputRef>answers</bpmn:loopDataOutputRef>"
    '<bpmn:inputDataItem id="office"/><bpmn:outputDataItem id="answer"/>'
)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
def test_parallel_instances_each_see_their_item_and_answers_keep_their_order(order: tuple[int, ...]) -> None:
    case = Play(several(FOR_EACH), {"offices": ["tax", "land", "police"]})
    keys = sorted(case.tasks, key=lambda key: int(key[1:]))
    assert [variables(case.definition, case.state, key)["office"] for key in keys] == ["tax", "land", "police"]
    for number in order:
        case.happen(TaskCompleted(keys[number], {"answer": number}))
    assert case.data["answers"] == [0, 1, 2]
    assert "office" not in case.data and "loopCounter" not in case.data


def test_sequential_instances_come_one_after_the_other() -> None:
    case = Play(several(FOR_EACH, 'isSequential="true"'), {"offices": ["tax", "land"]})
    assert case.open == ["a"]
    assert case.do("a", answer=1).open == ["a"]
    assert case.do("a", answer=2).open == ["z"]
    assert case.data["answers"] == [1, 2]


def test_a_completion_condition_withdraws_the_other_instances() -> None:
    inside = "<bpmn:loopCardinality>5</bpmn:loopCardinality><bpmn:completionCondition>numberOfCompletedInstances &gt;= 2</bpmn:completionCondition>"
    case = Play(several(inside))
    assert len(case.open) == 5
    case.do("a", "a")
    assert case.open == ["z"]


def test_a_thousand_parallel_instances_stay_small() -> None:
    case = Play(several("<bpmn:loopCardinality>1000</bpmn:loopCardinality>"))
    assert len(case.open) == 1000
    case.do("a")
    assert len(case.state) <= 1_000
    assert len(peek(case.state).tokens) == 999


def test_an_instance_that_is_done_is_gone() -> None:
    case = Play(several("<bpmn:loopCardinality>3</bpmn:loopCardinality>"))
    key = case.key("a")
    case.do("a")
    with pytest.raises(TaskGone):
        case.happen(TaskCompleted(key))


def test_no_instances_are_no_work_and_nonsense_is_an_incident() -> None:
    assert Play(several("<bpmn:loopCardinality>0</bpmn:loopCardinality>")).open == ["z"]
    assert [e.code for e in Play(several(FOR_EACH)).effects if isinstance(e, IncidentRaised)] == ["bpmn.no-collection"]


def test_a_sub_process_can_be_done_for_each() -> None:
    model = bpmn(
        "startEvent s\nsubProcess sub\n<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>2</bpmn:loopCardinality>"
        "</bpmn:multiInstanceLoopCharacteristics>\nuserTask a\nuserTask b\na -> b\nend\nendEvent e\ns -> sub -> e"
    )
    case = Play(model)
    assert case.do("a").open == ["a", "b"]
    assert case.do("a", "b", "b").ended


COMPENSATED = """
    startEvent s
    serviceTask book wf:handler=book
    boundaryEvent b on=book compensate
    serviceTask undo wf:handler=undo isForCompensation=true
    userTask a
    intermediateThrowEvent t compensate
    userTask z
    endEvent e
    s -> book -> a -> t -> z -> e
    b ~ undo
"""


def test_compensation_undoes_what_was_done_and_then_goes_on() -> None:
    case = Play(bpmn(COMPENSATED)).answer("book").do("a")
    assert [call.handler for call in case.calls.values()] == ["undo"] and case.open == []
    assert case.answer("undo").open == ["z"]


def test_a_cancelled_transaction_is_undone_and_left_by_its_cancel_event() -> None:
    model = bpmn(
        "startEvent s\ntransaction tx\nstartEvent i\nserviceTask book wf:handler=book\nboundaryEvent b on=book compensate\n"
        "serviceTask undo wf:handler=undo isForCompensation=true\nendEvent j cancel\ni -> book -> j\nb ~ undo\nend\n"
        "boundaryEvent c on=tx cancel\nuserTask a\nendEvent e\nendEvent f\ns -> tx -> e\nc -> a -> f"
    )
    case = Play(model).answer("book")
    assert [call.handler for call in case.calls.values()] == ["undo"]
    assert case.answer("undo").open == ["a"]


def test_an_ad_hoc_sub_process_ends_by_its_condition() -> None:
    adhoc = (
        'startEvent s\nadHocSubProcess sub ordering={order}\n<bpmn:userTask id="a"/><bpmn:userTask id="b"/>'
        "<bpmn:completionCondition>enough</bpmn:completionCondition>\nend\nuserTask z\nendEvent e\ns -> sub -> z -> e"
    )
    case = Play(bpmn(adhoc.format(order="Parallel")))
    assert case.open == ["a", "b"]
    assert case.do("a", enough=True).open == ["z"]
    case = Play(bpmn(adhoc.format(order="Sequential")))
    assert case.open == ["a"]
    assert case.do("a").open == ["b"]


ITEMS = (
    '<bpmn:ioSpecification><bpmn:dataInput id="in" name="size"/><bpmn:dataOutput id="out" name="price"/>'
    "<bpmn:inputSet><bpmn:dataInputRefs>in</bpmn:dataInputRefs></bpmn:inputSet>"
    "<bpmn:outputSet><bpmn:dataOutputRefs>out</bpmn:dataOutputRefs></bpmn:outputSet></bpmn:ioSpecification>"
)


def test_data_associations_carry_data_in_and_out() -> None:
    inside = (
        f"{ITEMS}<bpmn:dataInputAssociation><bpmn:sourceRef>plot</bpmn:sourceRef><bpmn:targetRef>in</bpmn:targetRef>"
        "<bpmn:transformation>plot.area * 2</bpmn:transformation></bpmn:dataInputAssociation>"
        "<bpmn:dataOutputAssociation><bpmn:sourceRef>out</bpmn:sourceRef><bpmn:targetRef>feeRef</bpmn:targetRef></bpmn:dataOutputAssociation>"
    )
    case = Play(
        bpmn(
            f"dataObject plot\ndataObject fee\nstartEvent s\nuserTask a\n{inside}\ndataObjectReference feeRef dataObjectRef=fee\n"
            "endEvent e\ns -> a -> e"
        ),
        {"plot": {"area": 60}},
    )
    assert variables(case.definition, case.state, case.key("a"))["size"] == 120
    assert case.do("a", price=9).data["fee"] == 9


def test_a_multi_instance_reads_and_fills_the_data_objects_behind_its_inputs_and_outputs() -> None:
    inside = (
        f"{ITEMS}<bpmn:dataInputAssociation><bpmn:sourceRef>offices</bpmn:sourceRef><bpmn:targetRef>in</bpmn:targetRef></bpmn:dataInputAssociation>"
        "<bpmn:dataOutputAssociation><bpmn:sourceRef>out</bpmn:sourceRef><bpmn:targetRef>answers</bpmn:targetRef></bpmn:dataOutputAssociation>"
        "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopDataInputRef>in</bpmn:loopDataInputRef><bpmn:loopDataOutputRef>out</bpmn:loopDataOutputRef>"
        '<bpmn:inputDataItem id="office"/><bpmn:outputDataItem id="answer"/></bpmn:multiInstanceLoopCharacteristics>'
    )
    case = Play(
        bpmn(f"dataObject offices\ndataObject answers\nstartEvent s\nuserTask a\n{inside}\nendEvent e\ns -> a -> e"),
        {"offices": [1, 2]},
    )
    assert case.open == ["a", "a"]
    assert case.do("a", answer="x").do("a", answer="y").data["answers"] == ["x", "y"]


def test_a_called_process_may_lie_in_a_file_of_its_own_and_use_the_same_ids() -> None:
    caller = bpmn("startEvent s\nuserTask a\ncallActivity c calledElement=q\nendEvent e\ns -> a -> c -> e")
    other = bpmn(q="startEvent s\nuserTask a\nendEvent e\ns -> a -> e")
    definition = read(caller, called={"q": ("other.bpmn", other)})
    step = start(definition, "p", {}, NOW)
    step = advance(definition, step.state, TaskCompleted("t1"), NOW)
    (opened,) = (effect for effect in step.effects if isinstance(effect, TaskOpened))
    assert (opened.node, opened.process) == ("q.a", "q")
    assert definition.node("q.a").element == "a"
    assert definition.digest != read(other).digest
    assert peek(advance(definition, step.state, TaskCompleted(opened.task), NOW).state).ended


def test_a_process_may_call_itself_and_stops_at_the_budget_when_it_never_waits() -> None:
    case = Play(
        bpmn(
            "startEvent s\nuserTask a\nexclusiveGateway g\ncallActivity c calledElement=p\nendEvent e\ns -> a -> g\ng -> c : n > 1\n"
            "g => e\nc -> e"
        )
    )
    assert case.do("a", n=2).open == ["a"]
    assert case.do("a", n=1).ended
    endless = Play(bpmn("startEvent s\ncallActivity c calledElement=p\nendEvent e\ns -> c -> e"), host=Host(budget=300))
    assert [e.code for e in endless.effects if isinstance(e, IncidentRaised)] == ["bpmn.step-budget"]
