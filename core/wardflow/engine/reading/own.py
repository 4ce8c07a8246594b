"""The wf: attributes and elements of an element: what they say, and the effects they become."""

from __future__ import annotations

from typing import Any

from lxml import etree

from wardflow.engine.definition import Binding
from wardflow.engine.effects import ClockMoved, Effect, NoticeDue, SlipIssued, StateEntered
from wardflow.engine.reading.expressions import Sheet
from wardflow.engine.reading.spiff import NS
from wardflow.engine.vocabulary import NAMESPACE

WF = "{" + NAMESPACE + "}"


def attributes(element: Any) -> dict[str, str]:
    """The wf: attributes by their local name."""
    return {etree.QName(name).localname: value for name, value in element.attrib.items() if name.startswith(WF)}


def on_enter(node: str, own: dict[str, str]) -> tuple[Effect, ...]:
    """What entering the node means for the case."""
    effects: list[Effect] = []
    if own.get("state"):
        effects.append(StateEntered(own["state"], node))
    if own.get("clock"):
        effects.append(ClockMoved(own["clock"], node, own.get("basis", "")))
    return tuple(effects)


def on_leave(node: str, own: dict[str, str]) -> tuple[Effect, ...]:
    """What leaving the node means for the case."""
    slips = [SlipIssued(name, node) for name in words(own.get("slip", ""))]
    return (*slips, *(NoticeDue(name, node) for name in words(own.get("notice", ""))))


def words(text: str) -> list[str]:
    """Names separated by spaces or commas."""
    return text.replace(",", " ").split()


def bindings(element: Any, tag: str, sheet: Sheet) -> tuple[Binding, ...]:
    """The wf:input or wf:output elements of an element."""
    found: tuple[Binding, ...] = ()
    extensions = element.find(NS + "extensionElements")
    for child in () if extensions is None else extensions.iterchildren(WF + tag):
        if not child.get("name") or not (child.get("value") or "").strip():
            sheet.refuse("bpmn.binding-incomplete", child)
            continue
        found += sheet.binding(child.get("name"), child.get("value"), child)
    return found


def check(root: Any, sheet: Sheet) -> None:
    """Refuse wf: elements that are not in the vocabulary."""
    for child in root.iter(WF + "*"):
        if etree.QName(child).localname not in ("input", "output"):
            sheet.refuse("bpmn.unknown-wf", child, attribute=etree.QName(child).localname)
