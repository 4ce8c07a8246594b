"""A business rule task of a diagram asks the decision table of its own pack, in the act that reaches it."""

from __future__ import annotations

from typing import Any

from wardflow.engine import peek
from wardflow.packs import Pack

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another
PRIORITY = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:test">
  <inputData id="purpose_in" name="purpose"><variable name="purpose" typeRef="string"/></inputData>
  <decision id="priority" name="priority"><variable name="priority" typeRef="string"/>
    <informationRequirement><requiredInput href="#purpose_in"/></informationRequirement>
    <decisionTable hitPolicy="FIRST">
      <input><inputExpression typeRef="string"><text>purpose</text></inputExpression></input>
      <output name="priority" typeRef="string"/>
      <rule><inputEntry><text>"Sửa nhà"</text></inputEntry><outputEntry><text>"usual"</text></outputEntry></rule>
      <rule><inputEntry><text>-</text></inputEntry><outputEntry><text>"urgent"</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>
"""
FLOW = '<bpmn:sequenceFlow id="g7" sourceRef="accepted" targetRef="review" />'
ASKED = (
    '<bpmn:businessRuleTask id="ranked" wf:decision="priority" wf:result="priority"><bpmn:extensionElements>'
    '<wf:input name="purpose" value="form.purpose"/></bpmn:extensionElements></bpmn:businessRuleTask>'
    '<bpmn:sequenceFlow id="g7" sourceRef="accepted" targetRef="ranked" />'
    '<bpmn:sequenceFlow id="g7b" sourceRef="ranked" targetRef="review" />'
)


def test_the_table_of_the_pack_is_asked_with_what_the_case_knows(town: Town) -> None:
    (version,) = town.platform.store.packs.versions()
    files = dict(town.platform.store.packs.files(version.digest))
    diagram = files["permit.bpmn"].decode()
    assert FLOW in diagram
    files["permit.bpmn"] = diagram.replace(FLOW, ASKED).replace("<bpmn:incoming>g7</bpmn:incoming>", "<bpmn:incoming>g7b</bpmn:incoming>").encode()
    files["priority.dmn"] = PRIORITY.encode()
    pack = Pack(files, "permit")
    town.platform.store.packs.publish(pack.id, pack.digest, pack.files, "designer", town.moment.now)

    usual = town.open(answer={"complete": True}).case_id
    urgent = town.open(answer={"complete": True}, purpose="Nhà sắp đổ").case_id

    said = [peek(town.case(case).state).data["priority"] for case in (usual, urgent)]
    assert said == ["usual", "urgent"]
    assert set(town.tasks(usual)) == {"review"}
