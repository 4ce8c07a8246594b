"""Data objects and stores: what may be read and written, and from where."""

from __future__ import annotations

from collections.abc import Iterator

from wardflow.engine.refused import local
from wardflow.engine.rules.index import ELSEWHERE, NS, Fault, Index, Rule, scope, yes

OBJECTS = frozenset(("dataObject", "dataObjectReference"))


def pointless_references(index: Index) -> Iterator[Fault]:
    """A data reference names the data object it stands for."""
    for reference in index.all("dataObjectReference"):
        if not reference.get("dataObjectRef"):
            yield reference, {}


def associations(index: Index) -> Iterator[Fault]:
    """A data association leads from one thing that holds data to another."""
    for association in index.all("dataInputAssociation", "dataOutputAssociation"):
        sources = list(association.iterchildren(NS + "sourceRef"))
        if len(sources) > 1 and association.find(NS + "transformation") is None:
            yield association, {}
        if (
            not sources
            and association.find(NS + "assignment") is None
            and association.find(NS + "transformation") is None
        ):
            yield association, {}
        for end in (*sources, *association.iterchildren(NS + "targetRef")):
            target = index.find(end.text, end)
            if target is None or (target is not ELSEWHERE and local(target) not in HOLDERS):
                yield association, {"reference": (end.text or "").strip()}


HOLDERS = frozenset(
    (
        "dataObject",
        "dataObjectReference",
        "dataStoreReference",
        "dataInput",
        "dataOutput",
        "property",
        "inputDataItem",
        "outputDataItem",
    )
)


def inputs_of_outputs(index: Index) -> Iterator[Fault]:
    """An input association ends at an input of its own activity or event, an output association begins at an output of it.

    Some tools put a property in the place of an input that nobody drew.
    """
    for tag, end, wanted in (
        ("dataInputAssociation", "targetRef", "dataInput"),
        ("dataOutputAssociation", "sourceRef", "dataOutput"),
    ):
        for association in index.all(tag):
            for reference in association.iterchildren(NS + end):
                target = index.find(reference.text, reference)
                if target is None or target is ELSEWHERE or local(target) == "property":
                    continue
                if local(target) != wanted or association.getparent() not in target.iterancestors():
                    yield association, {"reference": (reference.text or "").strip()}


def collections(index: Index) -> Iterator[Fault]:
    """A data element is a collection exactly when its item definition says so."""
    for element in index.all("dataObject", "dataInput", "dataOutput"):
        item = index.find(element.get("itemSubjectRef"), element)
        if item is None or item is ELSEWHERE or element.get("isCollection") is None:
            continue
        if yes(element, "isCollection") != yes(item, "isCollection"):
            yield element, {"item": item.get("id")}


def stateless(index: Index) -> Iterator[Fault]:
    """A data object has no state of its own, a reference to it no item definition of its own."""
    for reference in index.all("dataObjectReference"):
        if reference.get("itemSubjectRef"):
            yield reference, {"part": "itemSubjectRef"}
    for data in index.all("dataObject"):
        if data.find(NS + "dataState") is not None:
            yield data, {"part": "dataState"}


def out_of_reach(index: Index) -> Iterator[Fault]:
    """Data is read and written where it lives: in its process or sub-process and all that lies in it."""
    for association in index.all("dataInputAssociation", "dataOutputAssociation"):
        for end in association.iterchildren(NS + "sourceRef", NS + "targetRef"):
            target = index.find(end.text, end)
            if target is None or target is ELSEWHERE or local(target) not in OBJECTS | {"property"}:
                continue
            home = scope(target) if local(target) in OBJECTS else target.getparent()
            if home not in association.iterancestors():
                yield association, {"reference": (end.text or "").strip()}


RULES = (
    Rule("bpmn.data-reference", "BPMN 2.0.2, 10.4.1", pointless_references),
    Rule("bpmn.data-state", "BPMN 2.0.2, 10.4.1", stateless),
    Rule("bpmn.data-association", "BPMN 2.0.2, 10.4.1", associations),
    Rule("bpmn.data-association-end", "BPMN 2.0.2, 10.4.1", inputs_of_outputs),
    Rule("bpmn.data-collection", "BPMN 2.0.2, 10.4.1", collections),
    Rule("bpmn.data-reach", "BPMN 2.0.2, 10.4.1", out_of_reach),
)
