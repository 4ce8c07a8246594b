"""Data associations of an element: what is set before it begins and after it is done (BPMN 2.0.2, 10.4.1)."""

from __future__ import annotations

from typing import Any

from wardflow.engine.definition import Carry
from wardflow.engine.reading.expressions import Sheet
from wardflow.engine.reading.spiff import NS
from wardflow.engine.refused import local


def data_name(element: Any, reference: str) -> str:
    """The variable behind a data object, data object reference, data input or data output; the text itself when it
    names nothing."""
    target = _find(element, reference)
    if target is None:
        return reference
    behind = _find(element, target.get("dataObjectRef")) if local(target) == "dataObjectReference" else None
    target = target if behind is None else behind
    return str(target.get("name") or target.get("id"))


def outside_name(activity: Any, reference: str) -> str:
    """The variable outside an activity that one of its inputs comes from or one of its outputs goes to."""
    for tag, inner, outer in (
        ("dataInputAssociation", "targetRef", "sourceRef"),
        ("dataOutputAssociation", "sourceRef", "targetRef"),
    ):
        for association in activity.iterchildren(NS + tag):
            if _text(association, inner) == reference and _text(association, outer):
                return data_name(activity, _text(association, outer))
    return data_name(activity, reference)


def before(element: Any, sheet: Sheet) -> tuple[Carry, ...]:
    """What the input associations set."""
    found = [
        a for a in element.iterchildren(NS + "dataInputAssociation") if not _loops_over(element, _text(a, "targetRef"))
    ]
    return tuple(carry for association in found for carry in _carries(association, element, sheet))


def after(element: Any, sheet: Sheet) -> tuple[Carry, ...]:
    """What the output associations set."""
    found = [
        a for a in element.iterchildren(NS + "dataOutputAssociation") if not _loops_over(element, _text(a, "sourceRef"))
    ]
    return tuple(carry for association in found for carry in _carries(association, element, sheet))


def _loops_over(element: Any, reference: str) -> bool:
    """Whether a multi-instance reads or fills that end item by item; it then looks at the variable outside by
    itself."""
    loop = element.find(NS + "multiInstanceLoopCharacteristics")
    return loop is not None and reference in (_text(loop, "loopDataInputRef"), _text(loop, "loopDataOutputRef"))


def _carries(association: Any, element: Any, sheet: Sheet) -> tuple[Carry, ...]:
    target = data_name(element, _text(association, "targetRef"))
    transformation = association.find(NS + "transformation")
    if transformation is not None:
        return _carry(target, transformation.text, transformation, sheet)
    assigned: tuple[Carry, ...] = ()
    for assignment in association.iterchildren(NS + "assignment"):
        name = _text(assignment, "to") or target
        assigned += _carry(data_name(element, name), _text(assignment, "from"), assignment, sheet)
    source = data_name(element, _text(association, "sourceRef"))
    if assigned or source == target or not source.isidentifier():
        return assigned
    return _carry(target, source, association, sheet, source)


def _carry(name: str, text: str | None, element: Any, sheet: Sheet, source: str = "") -> tuple[Carry, ...]:
    value = sheet.expression(text, element)
    return () if value is None else (Carry(name, value, source),)


def _find(element: Any, id: str) -> Any:
    return next((e for e in element.getroottree().getroot().iter(NS + "*") if e.get("id") == id), None)


def _text(element: Any, tag: str) -> str:
    found = element.find(NS + tag)
    return (found.text or "").strip().split(":")[-1] if found is not None else ""
