"""The agenda of the four-axis briefing, made from the tables; and a conclusion as the source of a new assignment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from wardflow.cases.opening import Opening
from wardflow.cases.platform import Platform
from wardflow.domain.people import Actor
from wardflow.errors import AuthorityUnknown
from wardflow.families.assignment.matters import Assignment, assignments, procedures

SOON = "assignment.soon_days"
"""The threshold in calendar days: what is due within them, and what is new since them."""
GROUPS = ("overdue", "due_soon", "blocked", "returned_twice", "cross_commune", "new_key")
TWICE = 2


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the agenda; an assignment stands once, in the first group it belongs to."""

    group: str
    assignment: Assignment


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What the briefing concluded: the number of its notice, the matter, and how the new assignment is sorted."""

    notice: str
    matter: str
    field: str
    axis: str
    priority: str


def agenda(platform: Platform, actor: Actor) -> tuple[Item, ...]:
    """Everything the briefing has to speak about, group by group, earliest due first."""
    now = platform.now()
    on = platform.snapshot().calendar.local(now).date()
    days = int(platform.plugins.settings(on, sorted(actor.units))[SOON])
    found = [each for each in assignments(platform, actor, now) if each.case.ended_at is None]
    items = [Item(group, each) for each in found if (group := _group(platform, each, now, timedelta(days=days)))]
    return sort(items)


def sort(items: Iterable[Item]) -> tuple[Item, ...]:
    """Group by group, earliest due first."""

    def place(item: Item) -> tuple[int, str, str]:
        due = item.assignment.case.due
        return GROUPS.index(item.group), due.isoformat() if due else "9", item.assignment.case.code

    return tuple(sorted(items, key=place))


def opening(platform: Platform, actor: Actor, concluded: Conclusion) -> Opening:
    """What `open_case` takes so that the conclusion becomes an assignment of the actor's own unit; AuthorityUnknown where that unit gives none."""
    register, levels = platform.register(), procedures(platform)
    for unit in (register.unit(each) for each in sorted(actor.units)):
        place = unit if unit.parent is None or register.unit(unit.parent).parent is None else register.unit(unit.parent)
        code = next((code for code, level in levels.items() if level == place.level), "")
        if code:
            form = {
                "source": "meeting", "source_document": concluded.notice, "matter": concluded.matter, "field": concluded.field,
                "axis": concluded.axis, "priority": concluded.priority, "area_commune": place.id,
            }
            return Opening(code, {"full_name": place.name}, form, {}, unit.id)
    raise AuthorityUnknown(procedure="briefing", place=", ".join(sorted(actor.units)) or "-")


def _group(platform: Platform, each: Assignment, now: datetime, soon: timedelta) -> str:
    case = each.case
    if case.due is not None and case.stopped_at is None:
        if case.due < now:
            return "overdue"
        if case.due <= now + soon:
            return "due_soon"
    if case.business_state == "blocked":
        return "blocked"
    if "decide_return" in each.data and _returns(platform, case.id) >= TWICE:
        return "returned_twice"
    if each.said("form", "cross_commune"):
        return "cross_commune"
    return "new_key" if each.said("form", "priority") == "key" and case.opened_at >= now - soon else ""


def _returns(platform: Platform, case: int) -> int:
    """How often lead units gave it back."""
    said: Sequence[object] = [entry.value for entry in platform.store.papers.entries(case) if entry.node == "acknowledge"]
    return sum(isinstance(value, dict) and value.get("verdict") == "return" for value in said)
