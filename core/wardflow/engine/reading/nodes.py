"""One flow node of the file as one row of the node table."""

from __future__ import annotations

from typing import Any

from wardflow.engine.definition import Node, Out
from wardflow.engine.reading import data
from wardflow.engine.reading import own as wf
from wardflow.engine.reading.expressions import Sheet
from wardflow.engine.reading.loops import adhoc, loop
from wardflow.engine.reading.spiff import NS, Container, Found
from wardflow.engine.reading.triggers import triggers
from wardflow.engine.refused import ELEMENT_ID, local

CALLS = frozenset(("subProcess", "transaction", "adHocSubProcess", "callActivity"))
CONDITIONAL = frozenset(
    (
        "exclusiveGateway",
        "inclusiveGateway",
        "complexGateway",
        "task",
        "userTask",
        "manualTask",
        "serviceTask",
        "sendTask",
        "receiveTask",
        "scriptTask",
        "businessRuleTask",
        "subProcess",
        "transaction",
        "adHocSubProcess",
        "callActivity",
    )
)
"""Elements whose outgoing flows may carry conditions (BPMN 2.0.2, 8.4.13)."""

FEEL_SCRIPTS = frozenset(("", "feel", "application/feel", "text/feel"))


def node(found: Found, container: Container, process: str, sheet: Sheet) -> Node:
    """The row of the node table for a flow node."""
    element, tag = found.element, local(found.element)
    id = element.get("id")
    own = wf.attributes(element)
    row = Node(id, element.get("name") or "", tag, process, container.id, element.get(ELEMENT_ID, id))
    row.lane = getattr(found.spec, "lane", None) or ""
    row.line = element.sourceline or 0
    documentation = element.find(NS + "documentation")
    row.documentation = (documentation.text or "") if documentation is not None else ""
    row.attributes = own
    row.on_enter, row.on_leave = wf.on_enter(id, own), wf.on_leave(id, own)
    row.outs = tuple(_out(flow, row, element, sheet) for flow in found.flows)
    row.boundary = tuple(found.boundary)
    row.triggers = triggers(found, sheet)
    _event(row, element)
    _activity(row, found, sheet)
    row.inputs = wf.bindings(element, "input", sheet)
    row.outputs = wf.bindings(element, "output", sheet)
    row.before, row.after = data.before(element, sheet), data.after(element, sheet)
    row.isolated = tag == "callActivity" and bool(row.inputs or row.outputs)
    return row


def _out(flow: Any, row: Node, element: Any, sheet: Sheet) -> Out:
    id = flow.get("id") or f"{flow.get('sourceRef')}-{flow.get('targetRef')}"
    text = flow.find(NS + "conditionExpression")
    condition = None
    if text is not None and row.kind in CONDITIONAL:
        condition = sheet.expression(text.text, text)
    elif text is not None:
        sheet.warn("bpmn.condition-unused", text)
    return Out(flow.get("targetRef"), id, condition, element.get("default") == flow.get("id") is not None)


def _event(row: Node, element: Any) -> None:
    row.host = element.get("attachedToRef")
    row.interrupting = element.get("cancelActivity", element.get("isInterrupting", "true")) not in ("false", "0")
    row.parallel_multiple = element.get("parallelMultiple") in ("true", "1")
    row.instantiates = element.get("instantiate") in ("true", "1")


def _activity(row: Node, found: Found, sheet: Sheet) -> None:
    element = found.element
    row.for_compensation = element.get("isForCompensation") in ("true", "1")
    row.start_quantity = _quantity(element, "startQuantity")
    row.completion_quantity = _quantity(element, "completionQuantity")
    row.loop, row.adhoc = loop(element, sheet), adhoc(element, sheet)
    row.transaction = row.kind == "transaction"
    row.event_sub = row.kind in CALLS and element.get("triggeredByEvent") in ("true", "1")
    if row.kind in CALLS:
        row.inner = found.spec.spec
    if row.kind == "complexGateway":
        row.activation = sheet.child(element, NS + "activationCondition")
    row.handler = row.attributes.get("topic") or row.attributes.get("handler", "")
    row.decision = row.attributes.get("decision", "")
    row.result = row.attributes.get("result", "")
    if row.kind == "scriptTask":
        _script(row, found, sheet)


def _quantity(element: Any, name: str) -> int:
    text = (element.get(name) or "1").strip()
    return int(text) if text.isdigit() else 0


def _script(row: Node, found: Found, sheet: Sheet) -> None:
    """FEEL, or the text for a language the host registers; FEEL without a target must give the variables by name."""
    language = (found.element.get("scriptFormat") or "").strip()
    row.script_text = str(found.spec.script or "").strip()
    if language.lower() not in FEEL_SCRIPTS:
        row.script_language = language
        if sheet.languages is None:
            sheet.warn("bpmn.script-language", found.element, language=language)
        elif language not in sheet.languages:
            sheet.refuse("bpmn.script-language", found.element, language=language)
        return
    script = found.element.find(NS + "script")
    if not row.script_text:
        sheet.warn("bpmn.script-empty", found.element)
        row.kind = "task"
    elif not language:
        sheet.refuse("bpmn.script-format", found.element)
    elif not row.result and not row.script_text.lstrip("= \n\t").startswith(("{", "if ", "if(", "context")):
        sheet.refuse("bpmn.script-target", found.element, text=row.script_text)
    else:
        row.script = sheet.expression(row.script_text, script if script is not None else found.element)
