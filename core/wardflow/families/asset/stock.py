"""The stock of one premises: how much of it stands in which account, and which movements lead from one standing to the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any, Final

from wardflow.offers import Standing

MEASURES: Final = ("sites", "land", "floor")
"""Premises as a whole, and their land and floor in dm² (hundredths of a m²), so that every sum is exact."""
OUTSIDE: Final = "outside"
"""Where stock comes from when it is taken in and goes when its record was a mistake; it has no balance of its own."""
ACCOUNTS: Final = ("reviewing", "referred", "kept", "large", "surplus", "planned", "decided", "handed_over")
SURPLUS: Final = ("surplus", "planned", "decided", "handed_over")
"""What counts as surplus in the balance kept + surplus + large = total, however far it has come."""
DESTINED: Final = ("planned", "decided", "handed_over")
DM2: Final = 100

Quantities = Mapping[str, int]
Position = Mapping[str, Quantities]
"""Account → measure → quantity."""

_OF_STATE: Final = {
    **dict.fromkeys(("inventoried", "legal_check", "file_incomplete", "disputed"), "reviewing"),
    "violation": "referred", "plan_approved": "planned",
    **dict.fromkeys(("decided", "handing_over"), "decided"),
    **dict.fromkeys(("handed_over", "in_use", "idle_alert", "closed"), "handed_over"),
}
"""States of the process that say where a surplus premises stands; in every other it is surplus and nothing more."""


@dataclass(frozen=True, slots=True)
class Movement:
    """So much from one account to another; `counter` takes back what an earlier movement did."""

    source: str
    target: str
    quantities: Quantities
    counter: bool = False


def position(standing: Standing | None) -> Position:
    """How much stands where, as the process says; nothing for a premises that is not in stock."""
    if standing is None or (standing.ended and standing.outcome == "cancelled"):
        return {}
    total = whole(standing.data)
    stage = _OF_STATE.get(standing.state, "")
    if stage in ("reviewing", "referred"):
        return {stage: total}
    need, group = _said(standing.data, "need_check"), standing.data.get("asset_class")
    if not need or not group:
        return {"reviewing": total}
    if group == "keep":
        return {"kept": total}
    shared = _shared(need) if need.get("need") == "partly" else {}
    rest = _less(total, shared)
    return {"kept": shared, **({"large": rest} if group == "large" else _surplus(standing.data, stage, rest))}


def _surplus(data: Mapping[str, Any], stage: str, rest: Quantities) -> Position:
    """What was handed over so far, and what is still to be."""
    if stage not in ("decided", "handed_over"):
        return {stage or "surplus": rest}
    # versions of the process before the rest could follow said no total, and the one minute counts
    handed = _named(data, rest) if stage == "handed_over" and not _counted(data) else handed_over(data)
    return {"decided": _less(rest, handed), "handed_over": handed}


def whole(data: Mapping[str, Any]) -> Quantities:
    """The premises as its inventory record measures it."""
    form = _said(data, "form")
    return {"sites": 1, "land": dm2(form.get("land_area_m2")), "floor": dm2(form.get("floor_area_m2"))}


def appraised(data: Mapping[str, Any]) -> Quantities:
    """What may be handed over: the premises without the part that stays in use."""
    need = _said(data, "need_check")
    return _less(whole(data), _shared(need) if need.get("need") == "partly" else {})


def handed_over(data: Mapping[str, Any]) -> Quantities:
    """What was handed over and accepted under the decision in force; the premises count with the last of it."""
    counted, most = _counted(data), appraised(data)
    part = {measure: dm2(counted.get(measure)) for measure in MEASURES[1:]}
    return {"sites": int(bool(counted) and all(part[measure] >= most[measure] for measure in part)), **part}


def remaining(data: Mapping[str, Any]) -> Quantities:
    """What may still be handed over."""
    return _less(appraised(data), handed_over(data))


def _counted(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The total that the process keeps; that of an earlier decision counts no more once the premises were recalled."""
    total = _said(data, "handed")
    return total if total.get("decision") == _said(data, "decide").get("document_no") else {}


def _named(data: Mapping[str, Any], most: Quantities) -> Quantities:
    """What the handover minute names; everything where it names no areas."""
    said = _said(data, "hand_over")
    areas = {"land": said.get("land_area_m2"), "floor": said.get("floor_area_m2")}
    return {**most, **{name: dm2(area) for name, area in areas.items() if area is not None}}


def movements(before: Position, after: Position) -> Iterator[Movement]:
    """The movements that lead from one position to the next, each for all measures that move the same way."""
    moved: dict[tuple[str, str], dict[str, int]] = {}
    for measure in MEASURES:
        change = {name: _of(after, name, measure) - _of(before, name, measure) for name in ACCOUNTS}
        change[OUTSIDE] = -sum(change.values())
        for source, target, amount in _paired(change):
            moved.setdefault((source, target), {})[measure] = amount
    for (source, target), quantities in moved.items():
        yield Movement(source, target, {**dict.fromkeys(MEASURES, 0), **quantities}, _back(source, target))


def _paired(change: dict[str, int]) -> Iterator[tuple[str, str, int]]:
    """What flows from each account that loses to each that gains, until both are even."""
    for source, target in product(change, change):
        amount = min(-change[source], change[target])
        if amount > 0:
            change[source] += amount
            change[target] -= amount
            yield source, target, amount


def _back(source: str, target: str) -> bool:
    order = (OUTSIDE, *ACCOUNTS)
    return order.index(target) < order.index(source)


def dm2(area: Any) -> int:
    """An area in m² as whole dm²; 0 where there is none."""
    return round(float(area) * DM2) if isinstance(area, int | float) else 0


def _shared(need: Mapping[str, Any]) -> Quantities:
    return {"sites": 0, "land": dm2(need.get("shared_land_m2")), "floor": dm2(need.get("shared_area_m2"))}


def _less(total: Quantities, part: Quantities) -> Quantities:
    return {measure: total[measure] - part.get(measure, 0) for measure in MEASURES}


def _of(position: Position, account: str, measure: str) -> int:
    return position.get(account, {}).get(measure, 0)


def _said(data: Mapping[str, Any], step: str) -> Mapping[str, Any]:
    said = data.get(step)
    return said if isinstance(said, Mapping) else {}
