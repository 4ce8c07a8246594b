"""Inputs and outputs: what activities and events take in and give out, and the sets these stand in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wardflow.engine.refused import local
from wardflow.engine.rules.index import ELSEWHERE, NS, SUBS, Fault, Index, Rule, yes
from wardflow.engine.vocabulary import EVENT

SETS = (("dataInput", "inputSet", "dataInputRefs"), ("dataOutput", "outputSet", "dataOutputRefs"))
CARRIED = {
    "messageEventDefinition": ("messageRef", "itemRef"),
    "signalEventDefinition": ("signalRef", "structureRef"),
    "errorEventDefinition": ("errorRef", "structureRef"),
    "escalationEventDefinition": ("escalationRef", "structureRef"),
}
"""Event definitions that carry data: the attribute that names what is thrown, and where that names its item."""


def names(element: Any, tag: str) -> list[str]:
    """What the children with a tag refer to, without prefixes."""
    return [(child.text or "").strip().rpartition(":")[2] for child in element.iterchildren(NS + tag)]


def item(element: Any, attribute: str = "itemSubjectRef") -> str:
    """The item definition an element names, without its prefix."""
    return str(element.get(attribute) or "").rpartition(":")[2]


def unset(index: Index) -> Iterator[Fault]:
    """Every input and output stands in a set."""
    for specification in index.all("ioSpecification"):
        for tag, set_, reference in SETS:
            used = {name for each in specification.iterchildren(NS + set_) for name in names(each, reference)}
            for element in specification.iterchildren(NS + tag):
                if element.get("id") not in used:
                    yield element, {"name": element.get("name") or element.get("id") or ""}


def embedded(index: Index) -> Iterator[Fault]:
    """An embedded sub-process works on the data around it; it has no inputs and outputs."""
    for sub in index.all(*sorted(SUBS)):
        if sub.find(NS + "ioSpecification") is not None:
            yield sub, {}


def foreign_sets(index: Index) -> Iterator[Fault]:
    """Input and output sets list the inputs and outputs of their own specification."""
    for reference in index.all("dataInputRefs", "dataOutputRefs", "optionalInputRefs", "optionalOutputRefs"):
        target = index.find(reference.text, reference)
        home = reference.getparent().getparent()
        if target is not None and target is not ELSEWHERE and target.getparent() is not home:
            yield reference, {"reference": (reference.text or "").strip()}


def optional_parts(index: Index) -> Iterator[Fault]:
    """What an input or output set calls optional or needed while executing is in the set."""
    for tag, kinds in (
        ("inputSet", ("dataInputRefs", "optionalInputRefs", "whileExecutingInputRefs")),
        ("outputSet", ("dataOutputRefs", "optionalOutputRefs", "whileExecutingOutputRefs")),
    ):
        for element in index.all(tag):
            whole, *parts = (set(names(element, kind)) for kind in kinds)
            for name in sorted(set().union(*parts) - whole):
                yield element, {"reference": name}


def paired_sets(index: Index) -> Iterator[Fault]:
    """Input and output sets that name each other do so on both sides."""
    for tag, here, there in (
        ("inputSet", "outputSetRefs", "inputSetRefs"),
        ("outputSet", "inputSetRefs", "outputSetRefs"),
    ):
        for element in index.all(tag):
            for reference in element.iterchildren(NS + here):
                other = index.find(reference.text, reference)
                if other is None or other is ELSEWHERE:
                    continue
                if element.get("id") not in names(other, there):
                    yield element, {"reference": (reference.text or "").strip()}


def operations(index: Index) -> Iterator[Fault]:
    """A service task takes in the message of its operation and gives out the answer, one each."""
    for task in index.all("serviceTask"):
        operation = index.find(task.get("operationRef"), task)
        specification = task.find(NS + "ioSpecification")
        if operation is None or operation is ELSEWHERE or specification is None:
            continue
        answers = len(names(operation, "outMessageRef"))
        wrong = (
            len(specification.findall(NS + "inputSet")) != 1
            or len(specification.findall(NS + "outputSet")) > 1
            or not _carries(index, specification, "dataInput", operation, "inMessageRef", needed=True)
            or not _carries(index, specification, "dataOutput", operation, "outMessageRef", needed=answers > 0)
        )
        if wrong:
            yield task, {}


def _carries(index: Index, specification: Any, tag: str, operation: Any, reference: str, *, needed: bool) -> bool:
    """Whether there is one input or output, of the item of the operation's message."""
    found = specification.findall(NS + tag)
    message = next((index.find(e.text, e) for e in operation.iterchildren(NS + reference)), None)
    if len(found) > 1 or (needed and not found):
        return False
    return not found or message is None or message is ELSEWHERE or item(found[0]) == item(message, "itemRef")


def letters(index: Index) -> Iterator[Fault]:
    """A send task takes in at most its message, a receive task gives out at most its message."""
    for tag, (data, set_, _) in zip(("sendTask", "receiveTask"), SETS, strict=True):
        for task in index.all(tag):
            specification, message = task.find(NS + "ioSpecification"), index.find(task.get("messageRef"), task)
            if specification is None or message is None or message is ELSEWHERE:
                continue
            sets, found = specification.findall(NS + set_), specification.findall(NS + data)
            if len(sets) > 1 or len(found) > 1 or any(item(each) != item(message, "itemRef") for each in found):
                yield task, {}


def event_data(index: Index) -> Iterator[Fault]:
    """An event with data has one input or output for each of its definitions, of the item that is thrown or caught."""
    for event in index.all(*sorted(EVENT)):
        data, triggers = event.findall(NS + "dataInput") + event.findall(NS + "dataOutput"), index.triggers(event)
        if not data or not triggers:
            continue
        pairs = zip(data, triggers, strict=False)
        if len(data) != len(triggers) or not all(_fits(index, each, trigger) for each, trigger in pairs):
            yield event, {"data": len(data), "definitions": len(triggers)}


def _fits(index: Index, data: Any, trigger: Any) -> bool:
    """Whether an event's data is the item of what its definition throws or catches."""
    attribute, carried = CARRIED.get(local(trigger), ("", ""))
    target = index.find(trigger.get(attribute), trigger) if attribute else None
    return target is None or target is ELSEWHERE or item(data) == item(target, carried)


def called_data(index: Index) -> Iterator[Fault]:
    """A call activity has the inputs and outputs of what it calls."""
    for call in index.all("callActivity"):
        called = index.find(call.get("calledElement"), call)
        if called is None or called is ELSEWHERE:
            continue
        theirs, ours = called.find(NS + "ioSpecification"), call.find(NS + "ioSpecification")
        if theirs is not None and (ours is None or _shape(theirs) != _shape(ours)):
            yield call, {"called": call.get("calledElement")}


def _shape(specification: Any) -> list[list[str]]:
    """The items of the inputs and outputs, and how many sets there are."""
    data = [sorted(item(each) for each in specification.findall(NS + tag)) for tag, _, _ in SETS]
    return data + [["set"] * len(specification.findall(NS + set_)) for _, set_, _ in SETS]


def looped(index: Index) -> Iterator[Fault]:
    """A loop over data goes through an input of its task, or a collection that its sub-process sees."""
    for loop in index.all("multiInstanceLoopCharacteristics"):
        activity = loop.getparent()
        for tag, own in (("loopDataInputRef", "dataInput"), ("loopDataOutputRef", "dataOutput")):
            for reference in loop.iterchildren(NS + tag):
                data = _object(index, index.find(reference.text, reference), reference)
                if data is None or data is ELSEWHERE:
                    continue
                if local(data) == own:
                    right = activity in data.iterancestors()
                else:
                    right = local(data) == "dataObject" and local(activity) in SUBS and _many(index, data)
                if not right:
                    yield loop, {"reference": (reference.text or "").strip()}


def _many(index: Index, data: Any) -> bool:
    """Whether it is a collection, by itself or by its item definition."""
    defined = index.find(data.get("itemSubjectRef"), data)
    return yes(data, "isCollection") or (defined is not None and defined is not ELSEWHERE and yes(defined, "isCollection"))


def _object(index: Index, data: Any, at: Any) -> Any:
    """The data object that a reference stands for; anything else as it is."""
    if data is not None and data is not ELSEWHERE and local(data) == "dataObjectReference":
        return index.find(data.get("dataObjectRef"), at)
    return data


RULES = (
    Rule("bpmn.data-unset", "BPMN 2.0.2, 10.4.1", unset),
    Rule("bpmn.data-embedded", "BPMN 2.0.2, 10.4.1", embedded),
    Rule("bpmn.data-set", "BPMN 2.0.2, 10.4.1", foreign_sets),
    Rule("bpmn.data-optional", "BPMN 2.0.2, 10.4.1", optional_parts),
    Rule("bpmn.data-pair", "BPMN 2.0.2, 10.4.1", paired_sets),
    Rule("bpmn.data-operation", "BPMN 2.0.2, 10.3.3 and 10.4.1, Service Task", operations),
    Rule("bpmn.data-message", "BPMN 2.0.2, 10.3.3 and 10.4.1, Send and Receive Task", letters),
    Rule("bpmn.data-event", "BPMN 2.0.2, 10.4.1, Events", event_data),
    Rule("bpmn.data-called", "BPMN 2.0.2, 10.3.6", called_data),
    Rule("bpmn.loop-data", "BPMN 2.0.2, 10.3.8", looped),
)
