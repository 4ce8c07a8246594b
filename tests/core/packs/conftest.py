"""A small pack with nothing wrong, for tests that break it one thing at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from wardflow.packs import Pack

PACK = """id = "small"
title = "Quy trình nhỏ"
title_en = "Small process"
family = "sample"
openers = ["clerk"]
withdrawal = "stop"
[roles]
clerk = { vi = "Công chức", en = "Clerk" }
chief = { vi = "Trưởng phòng", en = "Head" }
[states]
checking = { vi = "Đang kiểm tra", en = "Checking" }
done = { vi = "Đã xong", en = "Done" }
[slips]
receipt = { title = "Giấy tiếp nhận", title_en = "Receipt", template = "receipt" }
[notices]
told = { vi = "Đã nhận.", en = "Received." }
late = { to = "chief", vi = "Chậm.", en = "Late." }
"""
CHECK = """{"type": "object", "title": "Kiểm tra", "required": ["result"], "properties": {
 "result": {"type": "string", "title": "Kết quả", "enum": ["complete", "incomplete"]},
 "pages": {"type": "integer", "title": "Số trang"},
 "paid": {"$ref": "money"}}}"""
RECORD = """code = "copy"
name = "Bản sao"
pack = "small"
process = "small"
form = "forms/request.json"
time_limit = "5 wd"
[[fees]]
name = "Phí"
amount = 2000
"""
REQUEST = '{"type": "object", "title": "Phiếu", "properties": {"name": {"type": "string", "title": "Tên"}}}'
SCENARIO = """title: Thẳng
given: {procedure: copy, at: 2026-08-24 08:30}
steps:
  - task: check
    by: clerk
    value: {result: complete}
    then: {open: [decide]}
"""
DIAGRAM = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xmlns:wf="http://wardflow.org/schema/bpmn" id="d" targetNamespace="x" expressionLanguage="https://www.omg.org/spec/DMN/20191111/FEEL/">
 <message id="m" name="stop"/>
 <error id="e" name="bad" errorCode="bad"/>
 <process id="small" isExecutable="true">
  <startEvent id="begin" wf:state="checking" wf:notice="told"/>
  <userTask id="check" name="Kiểm tra" wf:role="clerk" wf:unit="receiving" wf:form="forms/check.json" wf:due="8 wh"
   wf:product="Phiếu" wf:responsibility="Kiểm tra đủ" wf:authority="Văn bản 1"/>
  <exclusiveGateway id="complete" default="again"/>
  <serviceTask id="fees" wf:handler="rules.fees" wf:result="fees"/>
  <userTask id="decide" name="Quyết định" wf:role="chief" wf:unit="authority" wf:due="2 wd" wf:slip="receipt" wf:notBy="check"
   wf:product="Quyết định" wf:responsibility="Đúng thẩm quyền" wf:authority="Văn bản 2"/>
  <boundaryEvent id="reminder" attachedToRef="decide" cancelActivity="false" wf:notice="late"><timerEventDefinition>
   <timeDuration xsi:type="tFormalExpression">P3D</timeDuration></timerEventDefinition></boundaryEvent>
  <boundaryEvent id="expiry" attachedToRef="decide"><timerEventDefinition>
   <timeDate xsi:type="tFormalExpression">=add working time(now(), "15 wd")</timeDate></timerEventDefinition></boundaryEvent>
  <boundaryEvent id="wish" attachedToRef="decide"><messageEventDefinition messageRef="m"/></boundaryEvent>
  <endEvent id="done" wf:state="done"/>
  <endEvent id="reminded"/>
  <endEvent id="expired" wf:outcome="expired"/>
  <endEvent id="stopped" wf:outcome="stopped"/>
  <sequenceFlow id="f1" sourceRef="begin" targetRef="check"/>
  <sequenceFlow id="f2" sourceRef="check" targetRef="complete"/>
  <sequenceFlow id="again" sourceRef="complete" targetRef="check"/>
  <sequenceFlow id="good" sourceRef="complete" targetRef="fees">
   <conditionExpression xsi:type="tFormalExpression">check.result = "complete"</conditionExpression></sequenceFlow>
  <sequenceFlow id="f3" sourceRef="fees" targetRef="decide"/>
  <sequenceFlow id="f4" sourceRef="decide" targetRef="done"/>
  <sequenceFlow id="f5" sourceRef="reminder" targetRef="reminded"/>
  <sequenceFlow id="f6" sourceRef="expiry" targetRef="expired"/>
  <sequenceFlow id="f7" sourceRef="wish" targetRef="stopped"/>
 </process>
</definitions>"""
FILES = {
    "pack.toml": PACK, "small.bpmn": DIAGRAM, "forms/check.json": CHECK, "forms/request.json": REQUEST,
    "procedures/copy.toml": RECORD, "scenarios/one.yaml": SCENARIO,
}  # fmt: skip
MakePack = Callable[..., Pack]


@pytest.fixture
def make_pack() -> MakePack:
    """The small pack with some files changed: a text for a new content, None to leave the file out, pairs to replace."""

    def make(changes: Mapping[str, str | None | tuple[tuple[str, str], ...]] | None = None) -> Pack:
        files: dict[str, str] = dict(FILES)
        for path, change in (changes or {}).items():
            if change is None:
                del files[path]
            elif isinstance(change, str):
                files[path] = change
            else:
                for old, new in change:
                    assert old in files[path], f"{path} does not say {old}"
                    files[path] = files[path].replace(old, new)
        return Pack({path: text.encode() for path, text in files.items()}, "small")

    return make
