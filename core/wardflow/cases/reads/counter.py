"""What the counter shows before a case is opened: the procedures, their papers and fees, the date it would be due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from wardflow.cases.fielded import at_opening
from wardflow.cases.legal_time import calendar_of, explained
from wardflow.cases.library import Matter
from wardflow.cases.opening import Opening, competence_of, places_of
from wardflow.cases.platform import Platform
from wardflow.cases.reads.counter_views import CounterView, FeeRow
from wardflow.cases.reads.shared import field_words, procedure_words, unit_words
from wardflow.cases.reads.views import ClockView, Offer, Place, Words
from wardflow.cases.services import fee_lines
from wardflow.cases.snapshots import Snapshot
from wardflow.domain.legal_clock import Clock, ClockEvent, ClockMove
from wardflow.domain.names import in_order
from wardflow.domain.reasons import Reason
from wardflow.engine import TaskOpened, start


def offers(platform: Platform) -> tuple[Offer, ...]:
    """What may be filed today, by name."""
    today = _today(platform, platform.snapshot())
    found = [_offer(matter) for matter in platform.library.procedures(today).values() if not matter.by_message]
    return tuple(sorted(found, key=lambda offer: in_order(offer.name.vi)))


def counter(platform: Platform, opening: Opening) -> CounterView:
    """The chosen procedure with what has been typed so far."""
    snapshot = platform.snapshot()
    matter = platform.library.procedure(opening.procedure, _today(platform, snapshot))
    node, schema, title = _first_step(platform, matter, opening)
    return CounterView(
        offer=_offer(matter),
        components=tuple((part.id, Words(part.name, part.name_en), part.required) for part in matter.procedure.components),
        schema=matter.opening_schema, schemas=matter.schemas, first_schema=schema, first_title=title, first_node=node,
        fees=_fees(platform, matter, opening), places=_places(matter, opening, snapshot, platform),
        clock=preview(platform, matter, snapshot, competence_of(opening, matter, snapshot, platform.now()).unit),
        said=at_opening(platform, matter, opening, snapshot).said(opening.form),
    )


def completed(platform: Platform, opening: Opening) -> Mapping[str, Any]:
    """What has been typed so far with every computed field set."""
    snapshot = platform.snapshot()
    matter = platform.library.procedure(opening.procedure, _today(platform, snapshot))
    return at_opening(platform, matter, opening, snapshot).completed(opening.form)


def preview(platform: Platform, matter: Matter, snapshot: Snapshot, authority: str) -> ClockView:
    """The legal clock as it would run if the case were accepted now."""
    now, calendar = platform.now(), calendar_of(authority, matter.procedure, snapshot)
    clock = Clock(matter.procedure.time_limit, (ClockEvent(ClockMove.START, now),), calendar, matter.time_rules)
    return ClockView(
        limit=str(matter.procedure.time_limit), due=clock.due, original=clock.original, standing=clock.standing(now),
        days=clock.days(now), life=clock.life(now), reasons=explained(clock, matter.procedure), ledger=clock.ledger(),
        basis=matter.procedure.legal_basis,
    )


def _offer(matter: Matter) -> Offer:
    record = matter.procedure
    return Offer(record.code, procedure_words(matter), field_words(record), str(record.time_limit), record.legal_basis)


def _today(platform: Platform, snapshot: Snapshot) -> date:
    return snapshot.calendar.local(platform.now()).date()


def _first_step(platform: Platform, matter: Matter, opening: Opening) -> tuple[str, Mapping[str, Any] | None, Words]:
    """The step that the counter may answer together with the filing: the first one its diagram opens."""
    step = start(matter.definition, matter.procedure.process, {"form": {}, "options": matter.options}, platform.now())
    opened = next((effect for effect in step.of(TaskOpened)), None)
    if opened is None:
        return "", None, Words("", "")
    node = matter.definition.node(opened.node)
    return node.element, matter.schema(node.attributes.get("form")), Words(node.name, node.attributes.get("nameEn", node.name))


def _fees(platform: Platform, matter: Matter, opening: Opening) -> tuple[FeeRow, ...]:
    lines = fee_lines(platform, matter, {"form": opening.form})
    return tuple(FeeRow(Reason.from_json(line["name"]), line["amount"], line["basis"]) for line in lines)


def _places(matter: Matter, opening: Opening, snapshot: Snapshot, platform: Platform) -> tuple[Place, ...]:
    competence = competence_of(opening, matter, snapshot, platform.now())
    places = places_of(opening, matter, snapshot.register, competence)
    return (
        Place("receiving", unit_words(snapshot, places.receiving)),
        Place("authority", unit_words(snapshot, places.authority), competence.reason),
        Place("returning", unit_words(snapshot, places.returning)),
    )
