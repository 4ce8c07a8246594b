"""Files of the Camunda family and of SpiffWorkflow: what is read, and what the report says of the rest."""

from play import Play
from small import HEAD, bpmn
from wardflow.engine import read
from wardflow.engine.drafts import account, draft, export

CAMUNDA = 'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'


def camunda(text: str, *replacements: tuple[str, str]) -> bytes:
    """A small file with foreign attributes."""
    xml = bpmn(text).decode().replace(HEAD, HEAD.replace("xmlns:wf", f"{CAMUNDA} xmlns:wf"))
    for old, new in replacements:
        xml = xml.replace(old, new)
    return xml.encode()


FLOW = "\nendEvent e\ns -> a -> e"


def test_people_and_forms_become_our_attributes() -> None:
    node = read(
        camunda(
            "startEvent s\nuserTask a camunda:assignee=${starter} camunda:candidateGroups=clerks camunda:formKey=f.json"
            + FLOW
        )
    ).node("a")
    assert dict(node.attributes) == {"person": "= starter", "role": "clerks", "form": "f.json"}
    constant = read(camunda("startEvent s\nuserTask a camunda:assignee=demo" + FLOW)).node("a")
    assert constant.attributes["person"] == '= "demo"'


def test_our_own_attributes_win() -> None:
    node = read(camunda("startEvent s\nuserTask a camunda:formKey=f.json wf:form=ours.json" + FLOW)).node("a")
    assert node.attributes["form"] == "ours.json"


def test_classes_delegates_expressions_and_topics_name_handlers() -> None:
    for attribute, handler in (
        ("class=org.Fee", "org.Fee"),
        ("delegateExpression=${fee}", "fee"),
        ("expression=${fee.of(x)}", "fee.of(x)"),
        ("topic=fee camunda:type=external", "fee"),
        ("type=mail", "mail"),
    ):
        case = Play(camunda(f"startEvent s\nserviceTask a camunda:{attribute} camunda:resultVariable=r{FLOW}"))
        (call,) = case.calls.values()
        assert call.handler == handler
        assert case.answer("a", n=1).data == {"r": {"n": 1}}


def test_conditions_are_translated() -> None:
    xml = camunda(
        "startEvent s\nexclusiveGateway g\nuserTask a\nuserTask b\nendEvent e\ns -> g\ng -> a : ${amount >= 5 && ok}\ng => b\na -> e\nb -> e"
    )
    assert Play(xml, {"amount": 7, "ok": True}).open == ["a"]
    assert Play(xml, {"amount": 3, "ok": True}).open == ["b"]


def test_collections_and_parameters_are_read() -> None:
    xml = camunda(
        "startEvent s\nuserTask a\n<bpmn:multiInstanceLoopCharacteristics camunda:collection='${offices}' camunda:elementVariable='o'/>"
        + FLOW
    )
    assert Play(xml, {"offices": [1, 2]}).open == ["a", "a"]
    inside = (
        "<bpmn:extensionElements><camunda:inputOutput><camunda:inputParameter name='n'>${x}</camunda:inputParameter>"
        "<camunda:outputParameter name='y'>${n}</camunda:outputParameter></camunda:inputOutput></bpmn:extensionElements>"
    )
    case = Play(camunda(f"startEvent s\nserviceTask a camunda:topic=t\n{inside}{FLOW}"), {"x": 3})
    assert next(iter(case.calls.values())).inputs == {"n": 3}
    assert case.answer("a", n=9).data == {"x": 3, "y": 9}


def test_call_mappings_are_read() -> None:
    mapped = "<bpmn:extensionElements><camunda:in source='x' target='n'/><camunda:out source='n' target='y'/></bpmn:extensionElements>"
    text = f"startEvent s\ncallActivity a calledElement=q\n{mapped}{FLOW}"
    both = camunda(
        text,
        (
            "</bpmn:definitions>",
            '<bpmn:process id="q" isExecutable="true"><bpmn:userTask id="t"/></bpmn:process></bpmn:definitions>',
        ),
    )
    assert Play(both, {"x": 3}).do("t", n=4).data == {"x": 3, "y": 4}


def test_what_is_not_used_is_named_with_its_consequence() -> None:
    inside = "<bpmn:extensionElements><camunda:taskListener class='L' event='create'/></bpmn:extensionElements>"
    report = read(
        camunda(
            f"startEvent s\nuserTask a camunda:dueDate=${{d}} camunda:asyncBefore=true camunda:new=1\n{inside}{FLOW}"
        )
    ).report
    assert {(f.facts["attribute"], f.facts["why"]) for f in report} == {
        ("dueDate", "due"),
        ("asyncBefore", "jobs"),
        ("new", "unknown"),
        ("taskListener", "listener"),
    }


def test_spiffworkflow_elements_are_read() -> None:
    space = 'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core"'
    inside = "<bpmn:extensionElements><spiffworkflow:serviceTaskOperator id='http/Get' resultVariable='r'/></bpmn:extensionElements>"
    xml = bpmn(f"startEvent s\nserviceTask a\n{inside}{FLOW}").decode().replace("xmlns:wf", f"{space} xmlns:wf")
    case = Play(xml.encode())
    assert [c.handler for c in case.calls.values()] == ["http/Get"]


def test_an_export_may_carry_the_translation_and_always_keeps_the_rest() -> None:
    source = camunda("startEvent s\nuserTask a camunda:assignee=demo" + FLOW)
    found = draft(source)
    assert found.runs and b"camunda:assignee" in export(found)
    translated = export(found, translated=True)
    assert b'wf:person="= &quot;demo&quot;"' in translated and b"camunda:assignee" in translated
    assert read(translated).node("a").attributes == read(source).node("a").attributes


def test_a_descriptive_model_is_a_draft_with_what_stops_it() -> None:
    found = draft(
        bpmn("startEvent s\nuserTask a\nendEvent e\ns -> a").replace(b'isExecutable="true"', b'isExecutable="false"')
    )
    assert not found.runs
    assert {f.code for f in found.stops} == {"bpmn.no-way-in", "bpmn.no-way-out"}
    assert [e.id for e in found.of("userTask")] == ["a"]


def test_every_attribute_of_a_file_has_its_fate() -> None:
    source = camunda("startEvent s\nuserTask a camunda:assignee=demo camunda:dueDate=x wf:role=clerk" + FLOW)
    fates = {(f.element, f.name.rpartition("}")[2]): f.fate for f in account(draft(source))}
    assert fates["a", "assignee"] == "translated"
    assert fates["a", "dueDate"] == "unused"
    assert fates["a", "role"] == fates["a", "id"] == "used"
