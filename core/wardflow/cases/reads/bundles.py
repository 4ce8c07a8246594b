"""Papers on their way between points: what may be sent, what is under way, what arrived, and the paper that goes with a bundle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from wardflow.cases.counter_records import Bundle, Bundled
from wardflow.cases.platform import Platform
from wardflow.cases.reads.shared import procedure_words, unit_words
from wardflow.cases.reads.views import Words
from wardflow.cases.records import Case, CaseStatus
from wardflow.cases.slip_data import letterhead
from wardflow.cases.snapshots import Snapshot
from wardflow.counter_errors import BundleUnknown
from wardflow.domain.people import Actor
from wardflow.domain.reasons import Reason
from wardflow.permissions import Question, may, require

RECENT = timedelta(days=14)
MOST = 500


@dataclass(frozen=True, slots=True)
class BundledRow:
    """One file in a bundle, or one that may go into one: no name of an applicant travels on the outside."""

    code: str
    procedure: Words
    state: Bundled = Bundled.SENT


@dataclass(frozen=True, slots=True)
class BundleView:
    """One bundle."""

    id: str
    origin: Words
    target: Words
    sent_at: datetime
    sent_by: str
    arrived_at: datetime | None
    arrived_by: str
    carrier: str
    note: str
    rows: tuple[BundledRow, ...]
    confirms: bool
    """whether the reader may confirm what arrived"""

    @property
    def missing(self) -> int:
        """How many were not there on arrival."""
        return sum(row.state is Bundled.MISSING for row in self.rows)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Files that wait to travel to one place."""

    to: str
    name: Words
    rows: tuple[BundledRow, ...]


def bundles(platform: Platform, actor: Actor) -> tuple[BundleView, ...]:
    """Those to and from the reader's units of the last two weeks, and those under way, the newest first."""
    found = platform.store.bundles.near(sorted(actor.units), platform.now() - RECENT)
    return tuple(_view(platform, actor, each) for each in found)


def bundle(platform: Platform, actor: Actor, id: str) -> BundleView:
    """One bundle, for those who work at one of its ends; BundleUnknown for anybody else."""
    return _view(platform, actor, _seen(platform, actor, id))


def bundle_paper(platform: Platform, actor: Actor, id: str) -> bytes:
    """The paper that goes with a bundle as PDF, in Vietnamese as official papers are."""
    found = _seen(platform, actor, id)
    view, snapshot = _view(platform, actor, found), platform.snapshot()
    say = platform.wording("vi").say
    data: dict[str, Any] = {
        **letterhead(snapshot, found.from_unit, found.sent_at), "number": view.id, "from": view.origin.vi, "to": view.target.vi,
        "sent_at": _local(snapshot, found.sent_at), "sent_by": view.sent_by, "carrier": view.carrier, "note": view.note,
        "arrived_at": _local(snapshot, found.arrived_at), "arrived_by": view.arrived_by, "missing": view.missing,
        "rows": [_paper_row(row, say(Reason(f"bundle.state.{row.state}")) if found.arrived_at else "") for row in view.rows],
    }
    return platform.press("transfer", data)


def to_send(platform: Platform, actor: Actor, unit: str) -> tuple[Waiting, ...]:
    """The cases received at a point lately that another unit decides and whose papers never left, by where they have to go."""
    require(actor, "send_bundle", Question(counter=unit))
    snapshot = platform.snapshot()
    found = [case for case in _lately(platform, unit, snapshot) if _travels(platform, case, unit, snapshot)]
    grouped: dict[str, list[Case]] = {}
    for case in found:
        grouped.setdefault(_point(case, unit, snapshot), []).append(case)
    return tuple(Waiting(to, unit_words(snapshot, to), _rows(platform, cases)) for to, cases in grouped.items())


def _lately(platform: Platform, unit: str, snapshot: Snapshot) -> Sequence[Case]:
    today = snapshot.calendar.day_of(platform.now())
    series = f"{platform.settings.code_prefix}.{platform.store.city.unit_number(unit):03d}-"
    first, last = (f"{series}{day:%y%m%d}-" for day in (today - RECENT, today + timedelta(days=1)))
    return platform.store.worklist.received(first, last, MOST)


def _travels(platform: Platform, case: Case, unit: str, snapshot: Snapshot) -> bool:
    elsewhere = case.places.authority not in {each.id for each in snapshot.register.up(unit)}
    open_and_shared = case.status is CaseStatus.OPEN and not case.places.kept_from
    return elsewhere and open_and_shared and not platform.store.bundles.of_case(case.id)


def _point(case: Case, unit: str, snapshot: Snapshot) -> str:
    """The point of the unit that decides, where it has one of the same kind, else that unit itself."""
    register, authority = snapshot.register, case.places.authority
    kind = register.unit(unit).kind
    return next((each.id for each in register.children(authority) if each.kind == kind), authority)


def _seen(platform: Platform, actor: Actor, id: str) -> Bundle:
    found = platform.store.bundles.load(id)
    if found is None or not actor.units & {found.from_unit, found.to_unit}:
        raise BundleUnknown(bundle=id)
    return found


def _view(platform: Platform, actor: Actor, found: Bundle) -> BundleView:
    snapshot = platform.snapshot()
    cases = [platform.store.cases.load(id).case for id in found.cases]
    confirms = found.arrived_at is None and may(actor, "confirm_bundle", Question(counter=found.to_unit))
    return BundleView(
        found.id, unit_words(snapshot, found.from_unit), unit_words(snapshot, found.to_unit), found.sent_at, snapshot.name_of(found.sent_by),
        found.arrived_at, snapshot.name_of(found.arrived_by or ""), found.facts.get("carrier", ""), found.facts.get("note", ""),
        _rows(platform, cases, found.cases), confirms,
    )


def _rows(platform: Platform, cases: Sequence[Case], states: Mapping[int, Bundled] | None = None) -> tuple[BundledRow, ...]:
    known = states or {}
    return tuple(
        BundledRow(case.code, procedure_words(platform.library.matter_of(case)), known.get(case.id, Bundled.SENT)) for case in cases
    )


def _paper_row(row: BundledRow, state: str) -> dict[str, str]:
    return {"code": row.code, "procedure": row.procedure.vi, "state": state}


def _local(snapshot: Snapshot, at: datetime | None) -> str:
    return f"{snapshot.calendar.local(at):%Y-%m-%dT%H:%M}" if at else ""
