"""SpiffWorkflow's event definitions as triggers of the node table."""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition

from wardflow.engine.definition import Binding, Trigger
from wardflow.engine.reading.expressions import Sheet
from wardflow.engine.reading.spiff import NS, Found
from wardflow.engine.refused import local
from wardflow.engine.vocabulary import NAMESPACE

WF = "{" + NAMESPACE + "}"
FLAVOURS = {"DurationTimer": "duration", "CycleTimer": "cycle", "TimeDate": "date"}


def triggers(found: Found, sheet: Sheet) -> tuple[Trigger, ...]:
    """What the event waits for or throws, in the order of the file."""
    tag = local(found.element)
    if tag in ("sendTask", "receiveTask"):
        return _task_message(found, sheet)
    definition = getattr(found.spec, "event_definition", None)
    if definition is None or tag == "eventBasedGateway":
        return ()
    elements = definition_elements(found.element)
    return tuple(
        t for d, e in zip(_flat(definition), elements, strict=False) if (t := _trigger(d, e, found, sheet)) is not None
    )


def definition_elements(event: Any) -> list[Any]:
    """The elements of the event definitions, references followed."""
    found = []
    for child in event:
        if local(child) == "eventDefinitionRef":
            name = (child.text or "").strip().split(":")[-1]
            child = next((e for e in event.getroottree().getroot().iter() if e.get("id") == name), child)
        if local(child).endswith("EventDefinition"):
            found.append(child)
    return found


def _flat(definition: Any) -> list[Any]:
    if isinstance(definition, MultipleEventDefinition):
        return list(definition.event_definitions)
    return [] if type(definition).__name__ == "NoneEventDefinition" else [definition]


def _trigger(definition: Any, element: Any, found: Found, sheet: Sheet) -> Trigger | None:
    kind = type(definition).__name__.removesuffix("EventDefinition")
    if kind in FLAVOURS:
        holder = next((child for child in element if local(child).startswith("time")), element)
        timer = sheet.timer(FLAVOURS[kind], definition.expression, holder)
        return None if timer is None else Trigger("timer", timer=timer)
    kind = kind[0].lower() + kind[1:]
    if kind == "conditional":
        holder = element.find(NS + "condition")
        condition = sheet.expression(definition.expression, element if holder is None else holder)
        return None if condition is None else Trigger("conditional", condition=condition)
    if kind in ("error", "escalation"):
        return Trigger(kind, _code(definition, element, kind))
    if kind == "message":
        reference = element.get("messageRef")
        return Trigger(
            kind,
            definition.name or reference or found.element.get("id"),
            **_correlation(found.element, reference, sheet),
        )
    return Trigger(kind, definition.name if kind != "terminate" and kind != "cancel" else None)


def _code(definition: Any, element: Any, kind: str) -> str | None:
    """The code of an error or escalation; its name or id where the file gives no code; None catches all."""
    reference = element.get(f"{kind}Ref")
    if not reference:
        return None
    return str(definition.code or definition.name or reference)


def _task_message(found: Found, sheet: Sheet) -> tuple[Trigger, ...]:
    """The message of a send or receive task; without a message it is named after the task."""
    element = found.element
    if local(element) == "sendTask" and (element.get(WF + "handler") or element.get(WF + "topic")):
        return ()
    name = getattr(found.spec.event_definition, "name", None) or element.get("name") or element.get("id")
    return (Trigger("message", name, **_correlation(element, element.get("messageRef"), sheet)),)


def _correlation(event: Any, message: str | None, sheet: Sheet) -> dict[str, Any]:
    """The keys a message must carry: wf:keys, or the correlation subscription of the process (BPMN 2.0.2, 8.4.2)."""
    own = event.get(WF + "keys")
    if own:
        return {"keys": sheet.binding("", own, event)}
    if not message:
        return {}
    properties = _retrievals(event.getroottree().getroot(), message, sheet)
    wanted = _subscribed(event, set(properties), sheet)
    return {"keys": wanted, "payload": tuple(b for binding in properties.values() for b in binding)} if wanted else {}


def _retrievals(root: Any, message: str, sheet: Sheet) -> dict[str, tuple[Binding, ...]]:
    """How each correlation property is read from the message."""
    found: dict[str, tuple[Binding, ...]] = {}
    for prop in root.iterchildren(NS + "correlationProperty"):
        for retrieval in prop.iterchildren(NS + "correlationPropertyRetrievalExpression"):
            if retrieval.get("messageRef") == message:
                text = next((child.text for child in retrieval if isinstance(child.tag, str)), None)
                found[prop.get("id")] = sheet.binding(prop.get("id"), text, retrieval)
    return found


def _subscribed(event: Any, properties: set[str], sheet: Sheet) -> tuple[Binding, ...]:
    """What the process compares those properties with."""
    process = next((a for a in event.iterancestors(NS + "process")), None)
    if process is None:
        return ()
    bindings: tuple[Binding, ...] = ()
    for binding in process.iter(NS + "correlationPropertyBinding"):
        if binding.get("correlationPropertyRef") in properties:
            path = binding.find(NS + "dataPath")
            bindings += sheet.binding(
                binding.get("correlationPropertyRef"), None if path is None else path.text, binding
            )
    return bindings
