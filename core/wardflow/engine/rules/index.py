"""A BPMN file looked at from all sides once, so that each static rule is a short question."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from wardflow.engine.refused import BPMN, local
from wardflow.engine.vocabulary import ACTIVITY, EVENT, GATEWAY

NS = "{" + BPMN + "}"
NODES = frozenset((*ACTIVITY, *EVENT, *GATEWAY))
ACTIVITIES = frozenset(ACTIVITY)
SUBS = frozenset(("subProcess", "transaction", "adHocSubProcess"))
SCOPES = frozenset(("process", *SUBS))

Fault = tuple[Any, dict[str, Any]]
"""What a rule finds: the element, and the facts its sentence needs."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One static constraint with the place that demands it."""

    code: str
    source: str
    check: Callable[[Index], Iterator[Fault]]


class Index:
    """The elements of a file by id, by tag and by the flows between them."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.by_id: dict[str, Any] = {}
        self.by_tag: dict[str, list[Any]] = {}
        self.out: dict[str, list[Any]] = {}
        self.into: dict[str, list[Any]] = {}
        self.boundary: dict[str, list[Any]] = {}
        self.local_namespaces = {None, "", root.get("targetNamespace")}
        self.imported = {element.get("namespace") for element in root.iterchildren(NS + "import")}
        for element in root.iter(NS + "*"):
            self._add(element)

    def _add(self, element: Any) -> None:
        tag = element.tag[len(NS) :]
        self.by_tag.setdefault(tag, []).append(element)
        if element.get("id"):
            self.by_id.setdefault(element.get("id"), element)
        if tag == "sequenceFlow":
            self.out.setdefault(element.get("sourceRef"), []).append(element)
            self.into.setdefault(element.get("targetRef"), []).append(element)
        elif tag == "boundaryEvent":
            self.boundary.setdefault(element.get("attachedToRef"), []).append(element)

    def all(self, *tags: str) -> Iterator[Any]:
        """Every element with one of these tags."""
        for tag in tags:
            yield from self.by_tag.get(tag, ())

    def nodes(self) -> Iterator[Any]:
        """Every flow node."""
        return self.all(*sorted(NODES))

    def outgoing(self, node: Any) -> list[Any]:
        """The sequence flows that leave a node."""
        return self.out.get(node.get("id"), [])

    def incoming(self, node: Any) -> list[Any]:
        """The sequence flows that enter a node."""
        return self.into.get(node.get("id"), [])

    def find(self, reference: str | None, at: Any) -> Any:
        """The element a reference means; None when there is none; `ELSEWHERE` when it lies in an imported file."""
        if not reference:
            return None
        prefix, _, name = reference.strip().rpartition(":")
        space = at.nsmap.get(prefix) if prefix else None
        if space not in self.local_namespaces:
            return ELSEWHERE if space in self.imported else None
        return self.by_id.get(name)

    def triggers(self, event: Any) -> list[Any]:
        """The event definitions of an event, references followed."""
        found = []
        for child in event.iterchildren(NS + "*"):
            if child.tag == NS + "eventDefinitionRef":
                child = self.find(child.text, child)
            if child is not None and child is not ELSEWHERE and local(child).endswith("EventDefinition"):
                found.append(child)
        return found


ELSEWHERE: Any = object()
"""Stands for an element of an imported file."""


def yes(element: Any, attribute: str, default: bool = False) -> bool:
    """A boolean attribute as XML writes it."""
    value = element.get(attribute)
    return default if value is None else value.strip() in ("true", "1")


def kind(definition: Any) -> str:
    """The kind of an event definition: message, timer, …"""
    return local(definition).removesuffix("EventDefinition")


def scope(element: Any) -> Any:
    """The process or sub-process that directly holds an element."""
    parent = element.getparent()
    while parent is not None and local(parent) not in SCOPES:
        parent = parent.getparent()
    return parent


def process_of(element: Any) -> Any:
    """The process an element lies in, itself if it is one; None outside of processes."""
    return next((each for each in (element, *element.iterancestors()) if local(each) == "process"), None)


def is_event_sub(element: Any) -> bool:
    """Whether it is an event sub-process."""
    return local(element) in SUBS and yes(element, "triggeredByEvent")
