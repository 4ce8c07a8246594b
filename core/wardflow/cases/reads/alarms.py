"""The next alarms of a case: what will move it by itself, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wardflow.cases.library import Matter
from wardflow.cases.platform import Platform
from wardflow.cases.projections.warnings import WARNING
from wardflow.cases.reads.shared import procedure_words, step_words
from wardflow.cases.reads.views import Words
from wardflow.cases.records import AlarmRow
from wardflow.domain.people import Actor
from wardflow.engine.state import load
from wardflow.permissions import Question, allowed, require

OFFERED = ("fire_alarm", "move_alarm")


@dataclass(frozen=True, slots=True)
class AlarmLine:
    """One alarm: the event it belongs to, the step it watches, and whether it interrupts that step or repeats."""

    alarm: str
    step: Words
    watches: Words | None
    interrupts: bool
    repeats: bool
    fire_at: datetime


@dataclass(frozen=True, slots=True)
class AlarmsView:
    """The alarms of a case, earliest first, with what their reader may do about them; nothing of the matter itself."""

    case_id: int
    code: str
    procedure: Words
    rows: tuple[AlarmLine, ...]
    can: frozenset[str]


def alarms(platform: Platform, actor: Actor, code: str) -> AlarmsView:
    """The alarms of a case for its heads, operators and designers; CaseUnknown, or NotAllowed."""
    loaded = platform.store.cases.load(platform.store.cases.id_of(code))
    snapshot = platform.snapshots.at(loaded.revision)
    matter = platform.library.matter_of(loaded.case)
    question = Question(loaded.case, None, matter.pack.openers, register=snapshot.register, heads=matter.heads)
    require(actor, "see_alarms", question)
    repeating = {f"a{alarm.id}" for alarm in load(loaded.case.state).alarms.values() if alarm.left}
    return AlarmsView(
        case_id=loaded.case.id, code=loaded.case.code, procedure=procedure_words(matter),
        # a warning moves nothing and follows the legal clock alone
        rows=tuple(_line(row, matter, repeating) for row in platform.store.alarms.of_case(loaded.case.id) if row.alarm != WARNING),
        can=allowed(actor, OFFERED, question),
    )


def _line(row: AlarmRow, matter: Matter, repeating: set[str]) -> AlarmLine:
    node = matter.definition.nodes.get(row.node)
    host = node.host if node else None
    return AlarmLine(
        alarm=row.alarm, step=step_words(matter, row.node), watches=step_words(matter, host) if host else None,
        interrupts=bool(node and host and node.interrupting), repeats=row.alarm in repeating, fire_at=row.fire_at,
    )
