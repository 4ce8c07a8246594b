"""Loop characteristics, multi-instance and ad-hoc settings of an activity."""

from __future__ import annotations

from typing import Any

from wardflow.engine.definition import AdHoc, Expression, Loop, Trigger
from wardflow.engine.reading.data import outside_name
from wardflow.engine.reading.expressions import Sheet
from wardflow.engine.reading.spiff import NS
from wardflow.engine.refused import local


def loop(element: Any, sheet: Sheet) -> Loop | None:
    """How often the activity is done; None when once."""
    standard = element.find(NS + "standardLoopCharacteristics")
    if standard is not None:
        return _standard(standard, sheet)
    several = element.find(NS + "multiInstanceLoopCharacteristics")
    return None if several is None else _several(several, element, sheet)


def _standard(element: Any, sheet: Sheet) -> Loop:
    """BPMN 2.0.2, 10.3.8, StandardLoopCharacteristics."""
    maximum = element.get("loopMaximum")
    return Loop(
        standard=True,
        maximum=int(maximum) if maximum and maximum.strip().lstrip("-").isdigit() else None,
        condition=sheet.child(element, NS + "loopCondition"),
        test_before=element.get("testBefore") in ("true", "1"),
    )


def _several(element: Any, activity: Any, sheet: Sheet) -> Loop:
    """BPMN 2.0.2, 10.3.8, MultiInstanceLoopCharacteristics."""
    return Loop(
        standard=False,
        sequential=element.get("isSequential") in ("true", "1"),
        cardinality=sheet.child(element, NS + "loopCardinality"),
        collection=_collection(element, activity, sheet),
        item=_item(element, "inputDataItem"),
        output=_variable(element, activity, "loopDataOutputRef"),
        output_item=_item(element, "outputDataItem"),
        done=sheet.child(element, NS + "completionCondition"),
        behaviour=(element.get("behavior") or "All").lower(),
        each=_referenced(element, "noneBehaviorEventRef"),
        first=_referenced(element, "oneBehaviorEventRef"),
        complex=_complex(element, sheet),
    )


def _collection(element: Any, activity: Any, sheet: Sheet) -> Expression | None:
    name = _variable(element, activity, "loopDataInputRef")
    return None if name is None else sheet.expression(name, element)


def _variable(element: Any, activity: Any, tag: str) -> str | None:
    """The variable that a data reference means: the data object behind it, or the text itself."""
    found = element.find(NS + tag)
    name = (found.text or "").strip() if found is not None else ""
    return outside_name(activity, name) if name else None


def _item(element: Any, tag: str) -> str | None:
    found = element.find(NS + tag)
    return None if found is None else found.get("name") or found.get("id")


def _complex(element: Any, sheet: Sheet) -> tuple[tuple[Expression, tuple[Trigger, ...]], ...]:
    found = []
    for behaviour in element.iterchildren(NS + "complexBehaviorDefinition"):
        condition = sheet.child(behaviour, NS + "condition")
        events = [e for e in behaviour.iter() if local(e).endswith("EventDefinition")]
        if condition is not None:
            found.append((condition, tuple(_thrown(e) for e in events)))
    return tuple(found)


def _referenced(element: Any, attribute: str) -> tuple[Trigger, ...]:
    reference = element.get(attribute)
    if not reference:
        return ()
    name = reference.split(":")[-1]
    return tuple(
        _thrown(e)
        for e in element.getroottree().getroot().iter()
        if e.get("id") == name and local(e).endswith("EventDefinition")
    )


def _thrown(element: Any) -> Trigger:
    """An event that a multi-instance activity throws by itself."""
    kind = local(element).removesuffix("EventDefinition")
    reference = element.get(f"{kind}Ref")
    target = next((e for e in element.getroottree().getroot() if reference and e.get("id") == reference), None)
    name = (
        None
        if target is None
        else target.get("errorCode") or target.get("escalationCode") or target.get("name") or reference
    )
    return Trigger(kind, name)


def adhoc(element: Any, sheet: Sheet) -> AdHoc | None:
    """BPMN 2.0.2, 10.3.5, Ad-Hoc Sub-Process."""
    if local(element) != "adHocSubProcess":
        return None
    return AdHoc(
        sequential=element.get("ordering") == "Sequential",
        done=sheet.child(element, NS + "completionCondition"),
        cancel_rest=element.get("cancelRemainingInstances") not in ("false", "0"),
    )
