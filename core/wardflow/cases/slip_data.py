"""What a slip says, made from what was true when it was issued; the keys are those of documents/README.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from wardflow.cases.acting import Held
from wardflow.cases.joint_list import list_of
from wardflow.cases.legal_time import clock_of, explained
from wardflow.cases.library import Matter
from wardflow.cases.platform import Platform
from wardflow.cases.records import Document
from wardflow.cases.slip_lines import said
from wardflow.cases.snapshots import Snapshot
from wardflow.domain.legal_clock import Clock, ClockEvent, ClockMove, timing
from wardflow.domain.reasons import Reason
from wardflow.domain.register import Unit
from wardflow.domain.routing import place_of
from wardflow.offers import SlipContext
from wardflow.packs import Slip
from wardflow.wording import Wording

SHOWN = 4
"""How many figures of an identity number a paper shows."""


def slip_data(platform: Platform, held: Held, paper: Document) -> dict[str, Any]:
    """The data of one slip, in Vietnamese as official papers are."""
    data: Mapping[str, Any] = paper.facts["data"]
    words = platform.wording("vi")
    return {
        **_head(held, paper, data),
        **_clock(held, paper, words),
        **said(held, _slip(held, paper), data),
        **list_of(platform, _slip(held, paper), paper),
        **platform.plugins.slip(held.matter.pack.family, slip_context(platform, held.matter, paper)),
        **paper.facts.get("said", {}),
        "steps": _steps(platform, held),
        "tracking": {} if "joint" in paper.facts else _tracking(platform, held),    # a paper over many cases leads to none of them
        "signer": _signer(held, paper),
    }


def letterhead(snapshot: Snapshot, unit: str, at: datetime) -> dict[str, Any]:
    """The day, the place and the issuing unit of a paper."""
    register = snapshot.register
    issuer = register.unit(unit)
    return {
        "date": f"{snapshot.calendar.local(at):%Y-%m-%d}",
        "place": _place(register.up(unit)),
        "issuer": {"above": register.unit(issuer.parent).name if issuer.parent else "", "name": issuer.name},
    }


def _tracking(platform: Platform, held: Held) -> dict[str, str]:
    address = f"{platform.settings.tracking_address}/track"
    return {"url": f"{address}/{held.case.tracking}", "address": address, "code": held.case.tracking}


def _head(held: Held, paper: Document, data: Mapping[str, Any]) -> dict[str, Any]:
    register, places = held.snapshot.register, held.case.places
    applicant = data["applicant"]
    return {
        **letterhead(held.snapshot, paper.facts.get("issuer") or place_of(_slip(held, paper).issuer, places), paper.at),
        "number": paper.number,
        "form": _slip(held, paper).form,
        "code": held.case.code,
        "applicant": {
            "name": applicant.get("full_name", ""), "address": applicant.get("address", ""),
            "id_number": masked(str(applicant.get("id_number", ""))), "phone": masked(str(applicant.get("phone", ""))),
        },
        "procedure": {"name": held.matter.procedure.name, "code": held.matter.procedure.code},
        "authority": register.unit(paper.facts.get("issuer") or places.authority).name,
        "receiving": register.unit(places.receiving).name,
        "return_place": register.unit(places.returning).name,
        "received_at": _local(held, held.case.opened_at),
        "subject": f"Về việc giải quyết hồ sơ {held.case.code}: {held.matter.procedure.name}",
        "bases": list(held.matter.procedure.legal_basis),
        "recipients": ["Như trên", "Lưu: VT"],
    }


def _clock(held: Held, paper: Document, words: Wording) -> dict[str, Any]:
    events = tuple(ClockEvent.from_json(event) for event in paper.facts["clock"])
    clock = clock_of(replace(held.case, clock=events), held.matter.pack, held.matter.procedure, held.snapshot)
    limit = words.say(Reason("limit." + str(clock.limit.unit), {"n": clock.limit.amount}))
    found: dict[str, Any] = {"limit": limit, "due_reasons": [words.say(reason) for reason in explained(clock, held.matter.procedure)]}
    if clock.due is not None:
        found["due_at"] = _local(held, clock.due)
    if (before := _promised(clock)) is not None:
        found["previous_due_at"] = _local(held, before)
    return found


def _promised(clock: Clock) -> datetime | None:
    """The date that was promised before the last extension; without one, the first."""
    rows = [row for row in clock.ledger() if row.applied]
    extended = [place for place, row in enumerate(rows) if row.event.move is ClockMove.EXTEND]
    return rows[extended[-1] - 1].due_after if extended else clock.original


def _steps(platform: Platform, held: Held) -> list[dict[str, Any]]:
    """Every hand-over with how it kept its limit: the process control sheet."""
    rows = []
    for task in platform.store.papers.tasks(held.case.id):
        if task.closed_at is None or task.closed_by is None:
            continue
        row = {"from": held.snapshot.name_of(task.closed_by), "to": task.title, "at": _local(held, task.closed_at)}
        if task.due is not None:
            row["due_at"] = _local(held, task.due)
            row["result"] = str(timing(task.due, task.closed_at, held.snapshot.calendar))
        rows.append(row)
    return rows


def slip_context(platform: Platform, matter: Matter, paper: Document) -> SlipContext:
    """What a family is asked to fill a paper with."""
    say = platform.wording("vi").say
    return SlipContext(paper.facts["slip"], paper.facts["data"], matter.procedure.record, say)


def _slip(held: Held, paper: Document) -> Slip:
    return held.matter.pack.slips[paper.facts["slip"]]


def _signer(held: Held, paper: Document) -> dict[str, str]:
    slip = _slip(held, paper)
    person = held.case.doers.get(slip.signed_by, paper.by)
    return {"title": slip.signer_title, "name": held.snapshot.name_of(person)}


def masked(number: str) -> str:
    """A number with only its last figures."""
    return "•" * max(0, len(number) - SHOWN) + number[-SHOWN:] if number else ""


def _place(line: tuple[Unit, ...]) -> str:
    home = line[-2] if len(line) > 1 else line[-1]
    return home.name.removeprefix("UBND ").removeprefix("phường ").removeprefix("xã ")


def _local(held: Held, at: datetime) -> str:
    return held.snapshot.calendar.local(at).strftime("%Y-%m-%dT%H:%M")
