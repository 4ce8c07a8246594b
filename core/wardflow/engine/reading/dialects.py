"""What other tools write beside BPMN, turned into wf: attributes in the tree before it is read; everything else is
named in the report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lxml import etree

from wardflow import feel
from wardflow.engine.reading.expressions import Sheet
from wardflow.engine.reading.spiff import NS
from wardflow.engine.refused import BPMN, DRAWING, ELEMENT_ID, local, namespace
from wardflow.engine.vocabulary import NAMESPACE, PREFIX, SERVICE, USER
from wardflow.errors import WardflowError

WF = "{" + NAMESPACE + "}"
etree.register_namespace(PREFIX, NAMESPACE)  # so that an export writes wf: and not a made-up prefix
CAMUNDA = {
    "http://camunda.org/schema/1.0/bpmn": "Camunda",
    "http://operaton.org/schema/1.0/bpmn": "Operaton",
    "http://activiti.org/bpmn": "Activiti",
    "http://flowable.org/bpmn": "Flowable",
    "http://www.camunda.com/fox": "Camunda fox",
}
SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"
TOOLS = {
    **CAMUNDA,
    SPIFF: "SpiffWorkflow",
    "http://camunda.org/schema/zeebe/1.0": "Zeebe",
    "http://camunda.org/schema/modeler/1.0": "Camunda Modeler",
    "http://www.signavio.com": "Signavio",
}

UNUSED = {
    **dict.fromkeys(
        (
            "asyncBefore",
            "asyncAfter",
            "async",
            "exclusive",
            "jobPriority",
            "priority",
            "failedJobRetryTimeCycle",
            "retryTimeCycle",
        ),
        "jobs",
    ),
    **dict.fromkeys(("executionListener", "taskListener", "listener", "errorEventDefinition"), "listener"),
    **dict.fromkeys(
        (
            "formData",
            "formField",
            "formProperty",
            "formHandlerClass",
            "formRef",
            "formRefBinding",
            "formRefVersion",
            "formDefinition",
            "userTaskForm",
        ),
        "form",
    ),
    **dict.fromkeys(("dueDate", "followUpDate", "businessCalendarName", "taskSchedule"), "due"),
    **dict.fromkeys(
        (
            "candidateUsers",
            "candidateStarterUsers",
            "candidateStarterGroups",
            "initiator",
            "isStartableInTasklist",
            "assignmentDefinition",
            "allowGuest",
            "guestConfirmation",
        ),
        "people",
    ),
    **dict.fromkeys(
        (
            "versionTag",
            "historyTimeToLive",
            "calledElementBinding",
            "calledElementVersion",
            "calledElementVersionTag",
            "calledElementTenantId",
            "decisionRefBinding",
            "decisionRefVersion",
            "decisionRefTenantId",
            "caseRef",
            "caseBinding",
            "caseVersion",
            "caseTenantId",
        ),
        "version",
    ),
    **dict.fromkeys(
        (
            "modelerTemplate",
            "modelerTemplateVersion",
            "modelerTemplateIcon",
            "properties",
            "property",
            "executionPlatform",
            "executionPlatformVersion",
            "unitTests",
            "instructionsForEndUser",
            "mapDecisionResult",
            "variableName",
            "variableEvents",
            "signavioMetaData",
            "signavioDiagramMetaData",
            "signavioLabel",
        ),
        "tool",
    ),
    **dict.fromkeys(("preScript", "postScript", "field", "script", "resource"), "code"),
}
"""Why a thing of another tool is not used, by its local name."""


class Dialect:
    """One file being translated; notes what each foreign attribute and element became."""

    def __init__(self, root: Any, sheet: Sheet) -> None:
        self.root, self.sheet = root, sheet

    def translate(self) -> None:
        """Go through the whole file."""
        for element in list(self.root.iter(NS + "*")):
            for full in list(element.attrib):
                name = etree.QName(full)
                if (
                    name.namespace
                    and name.namespace not in DRAWING
                    and name.namespace != NAMESPACE
                    and full != ELEMENT_ID
                ):
                    self._attribute(element, name.namespace, name.localname, element.get(full))
            if element.tag == NS + "extensionElements":
                for child in list(element):
                    if isinstance(child.tag, str) and namespace(child) not in (NAMESPACE, BPMN):
                        self._element(element.getparent(), child)

    def _attribute(self, element: Any, space: str, name: str, value: str) -> None:
        become = ATTRIBUTES.get(name) if space in CAMUNDA else None
        done = become(self, element, value) if become is not None else None
        self._note(element, space, name, done)

    def _element(self, element: Any, child: Any) -> None:
        space, name = namespace(child), local(child)
        become = ELEMENTS.get(name) if space in CAMUNDA else SPIFF_ELEMENTS.get(name) if space == SPIFF else None
        done = become(self, element, child) if become is not None else None
        self._note(element, space, name, done)

    def _note(self, element: Any, space: str, name: str, became: str | None) -> None:
        tool = TOOLS.get(space, space)
        if became:
            self.sheet.warn("bpmn.dialect-translated", element, tool=tool, attribute=name, became=became)
        elif became is None:
            self.sheet.warn("bpmn.dialect-unused", element, tool=tool, attribute=name, why=UNUSED.get(name, "unknown"))
        else:
            self.sheet.warn("bpmn.dialect-unused", element, tool=tool, attribute=name, why="expression")

    # Writing wf:

    def own(self, element: Any, name: str, value: str, tags: tuple[str, ...]) -> str | None:
        """Set a wf: attribute where it may stand and is not set already."""
        if local(element) not in tags:
            return None
        if element.get(WF + name) is None:
            element.set(WF + name, value)
        return f"wf:{name}"

    def binding(self, element: Any, tag: str, name: str, value: str) -> None:
        """Add a wf:input or wf:output."""
        extensions = element.find(NS + "extensionElements")
        etree.SubElement(extensions, WF + tag, name=name, value=value)

    def value(self, text: str) -> str | None:
        """The FEEL text for a value of the Camunda family: an expression, or the text itself."""
        if "${" not in text and "#{" not in text:
            return f'"{text}"'.replace("\\", "\\\\")
        try:
            return feel.translate(text)
        except WardflowError:
            return None


def plain(text: str) -> str:
    """A handler's name out of `${name}`."""
    return text.strip().removeprefix("#").removeprefix("$").removeprefix("{").removesuffix("}").strip()


def _handler(dialect: Dialect, element: Any, value: str) -> str | None:
    return dialect.own(element, "handler", plain(value), SERVICE)


def _topic(dialect: Dialect, element: Any, value: str) -> str | None:
    return dialect.own(element, "topic", plain(value), SERVICE)


def _priority(dialect: Dialect, element: Any, value: str) -> str | None:
    """A number or an expression; that of a process is that of all its work for other systems which says none itself."""
    found = dialect.value(value) if "{" in value else value.strip()
    if found is None or not (found != value.strip() or found.lstrip("-").isdigit()):
        return ""
    if local(element) != "process":
        return dialect.own(element, "priority", found, SERVICE)
    for each in element.iter(*(NS + tag for tag in SERVICE)):
        if not any(etree.QName(name).localname in ("taskPriority", "priority") for name in each.attrib):
            each.set(WF + "priority", found)
    return "wf:priority"


def _person(dialect: Dialect, element: Any, value: str) -> str | None:
    found = dialect.value(value)
    return "" if found is None else dialect.own(element, "person", f"= {found}", USER)


def _role(dialect: Dialect, element: Any, value: str) -> str | None:
    if "{" in value:
        return None
    return dialect.own(element, "role", value.split(",")[0].strip(), USER)


def _form(dialect: Dialect, element: Any, value: str) -> str | None:
    return dialect.own(element, "form", value, USER)


def _result(dialect: Dialect, element: Any, value: str) -> str | None:
    return dialect.own(element, "result", value, (*SERVICE, "scriptTask"))


def _decision(dialect: Dialect, element: Any, value: str) -> str | None:
    return dialect.own(element, "decision", value, ("businessRuleTask",))


def _collection(dialect: Dialect, element: Any, value: str) -> str | None:
    found = dialect.value(value) if "{" in value else value
    if local(element) != "multiInstanceLoopCharacteristics" or found is None:
        return "" if found is None else None
    etree.SubElement(element, NS + "loopDataInputRef").text = found
    return "loopDataInputRef"


def _item(dialect: Dialect, element: Any, value: str) -> str | None:
    if local(element) != "multiInstanceLoopCharacteristics":
        return None
    etree.SubElement(element, NS + "inputDataItem", name=value)
    return "inputDataItem"


def _type(dialect: Dialect, element: Any, value: str) -> str | None:
    return "wf:topic" if value == "external" else dialect.own(element, "handler", value, SERVICE)


ATTRIBUTES: dict[str, Callable[[Dialect, Any, str], str | None]] = {
    "assignee": _person,
    "candidateGroups": _role,
    "formKey": _form,
    "class": _handler,
    "delegateExpression": _handler,
    "expression": _handler,
    "topic": _topic,
    "taskPriority": _priority,
    "type": _type,
    "resultVariable": _result,
    "decisionRef": _decision,
    "collection": _collection,
    "elementVariable": _item,
}


def _in(dialect: Dialect, element: Any, child: Any) -> str | None:
    return _map(
        dialect, element, child, "input", child.get("target"), child.get("source"), child.get("sourceExpression")
    )


def _out(dialect: Dialect, element: Any, child: Any) -> str | None:
    return _map(
        dialect, element, child, "output", child.get("target"), child.get("source"), child.get("sourceExpression")
    )


def _map(
    dialect: Dialect, element: Any, child: Any, tag: str, target: str | None, source: str | None, expression: str | None
) -> str | None:
    if local(element) != "callActivity":
        return None
    if child.get("variables") == "all":
        return "variables of the caller"
    if child.get("businessKey") or not target:
        return None
    found = source if source else dialect.value(expression or "")
    if found is None:
        return ""
    dialect.binding(element, tag, target, found)
    return f"wf:{tag}"


def _parameters(dialect: Dialect, element: Any, child: Any) -> str | None:
    """camunda:inputOutput: each plain parameter becomes an input or output."""
    if local(element) not in (*SERVICE, "callActivity"):
        return None
    for parameter in child:
        tag = {"inputParameter": "input", "outputParameter": "output"}.get(local(parameter))
        if tag is None:
            continue
        found = dialect.value((parameter.text or "").strip()) if not len(parameter) else None
        if found is None:
            dialect.sheet.warn(
                "bpmn.dialect-unused", element, tool="Camunda", attribute=parameter.get("name") or "", why="expression"
            )
        else:
            dialect.binding(element, tag, parameter.get("name") or "value", found)
    return "wf:input, wf:output"


def _connector(dialect: Dialect, element: Any, child: Any) -> str | None:
    name = next((e.text for e in child.iter() if local(e) == "connectorId"), None)
    return dialect.own(element, "handler", plain(name or "connector"), SERVICE)


ELEMENTS: dict[str, Callable[[Dialect, Any, Any], str | None]] = {
    "in": _in,
    "out": _out,
    "inputOutput": _parameters,
    "connector": _connector,
}


def _spiff_decision(dialect: Dialect, element: Any, child: Any) -> str | None:
    return dialect.own(element, "decision", (child.text or "").strip(), ("businessRuleTask",))


def _spiff_operator(dialect: Dialect, element: Any, child: Any) -> str | None:
    if child.get("resultVariable"):
        dialect.own(element, "result", child.get("resultVariable"), SERVICE)
    return dialect.own(element, "handler", child.get("id") or "", SERVICE)


def _spiff_properties(dialect: Dialect, element: Any, child: Any) -> str | None:
    form = next((p.get("value") for p in child if p.get("name") == "formJsonSchemaFilename"), None)
    return dialect.own(element, "form", form, USER) if form else None


def _spiff_variable(dialect: Dialect, element: Any, child: Any) -> str | None:
    event = element.getparent() if local(element).endswith("EventDefinition") else element
    return dialect.own(
        event,
        "result",
        (child.text or "").strip(),
        ("intermediateCatchEvent", "startEvent", "boundaryEvent", "receiveTask"),
    )


SPIFF_ELEMENTS: dict[str, Callable[[Dialect, Any, Any], str | None]] = {
    "calledDecisionId": _spiff_decision,
    "serviceTaskOperator": _spiff_operator,
    "properties": _spiff_properties,
    "messageVariable": _spiff_variable,
}


def translate(root: Any, sheet: Sheet) -> None:
    """Turn what other tools wrote into wf: attributes, and report every foreign attribute and element."""
    Dialect(root, sheet).translate()
