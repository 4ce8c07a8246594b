"""The drawing of a diagram: every element and flow has its shape, and every shape an element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from wardflow.domain.findings import LintFinding
from wardflow.packs.linting.sheet import Sheet

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DRAWN = ("Task", "Event", "Gateway", "subProcess", "adHocSubProcess", "transaction", "callActivity", "task", "sequenceFlow", "lane")
"""How the tags of what is drawn end; a diagram may leave out data, groups and notes."""


def findings(sheet: Sheet) -> Iterator[LintFinding]:
    """Elements that nobody sees and shapes of nothing, in diagrams that are drawn at all."""
    for path in sheet.definitions:
        root = etree.fromstring(sheet.pack.files[path], etree.XMLParser(resolve_entities=False, no_network=True))
        shapes = {each.get("bpmnElement"): each for tag in ("BPMNShape", "BPMNEdge") for each in root.iter(DI + tag) if _seen(each)}
        if not shapes:
            continue
        known = {each.get("id") for each in root.iter() if isinstance(each.tag, str) and each.tag.startswith(BPMN)}
        for id in sorted(_drawn(root) - shapes.keys()):
            yield sheet.at_flow("diagram.not-drawn", path, id)
        for id in sorted(str(id) for id in shapes.keys() - known):
            yield sheet.at_text("diagram.drawn-nothing", path, f'bpmnElement="{id}"', id=id)


def _seen(shape: Any) -> bool:
    """A shape of some size, a line between two points at least."""
    bounds, points = shape.find("{*}Bounds"), shape.findall("{*}waypoint")
    if shape.tag == DI + "BPMNEdge":
        return len(points) > 1
    return bounds is not None and all(re.fullmatch(r"[\d.]*[1-9][\d.]*", bounds.get(side, "")) for side in ("width", "height"))


def _drawn(root: Any) -> set[str]:
    return {
        each.get("id") for each in root.iter()
        if isinstance(each.tag, str) and each.tag.startswith(BPMN) and each.tag.endswith(DRAWN) and each.get("id")
    }
