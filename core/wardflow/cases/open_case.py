"""Opens a case: the form is checked, the competent authority found, the diagram started."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from wardflow.cases import services
from wardflow.cases.answer import judged, judged_opening
from wardflow.cases.commit import changes, host
from wardflow.cases.library import Matter
from wardflow.cases.platform import Platform
from wardflow.cases.ports import Applicant
from wardflow.cases.records import Case, CaseStatus
from wardflow.cases.situation import Happening
from wardflow.cases.snapshots import Snapshot
from wardflow.domain.people import Actor
from wardflow.domain.register import Competence, Register
from wardflow.domain.routing import Places
from wardflow.engine import Step, TaskCompleted, TaskOpened, advance, start
from wardflow.permissions import Question, require

# no letters or digits that are mistaken for one another when read over a telephone
ALPHABET = "ABCDEFGHJKLMNPQRTUVWXY346789"


@dataclass(frozen=True, slots=True)
class Opening:
    """What somebody hands in: whose matter, the form, the papers, where it is received and where its result goes."""

    procedure: str
    applicant: Mapping[str, Any]
    form: Mapping[str, Any]
    components: Mapping[str, Any]
    receiving: str
    returning: str = ""
    support: str = ""
    applicant_person: str | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """The new case: its number, its code, and the code its applicant tracks it by."""

    case_id: int
    code: str
    tracking: str


def open_case(
    platform: Platform, actor: Actor, opening: Opening, *, answer: Mapping[str, Any] | None = None, key: str | None = None
) -> Opened:
    """The new case; with `answer`, its first step is completed at once by the person who opens it.

    The same `key` again answers with the case it opened before. FormRefused with every objection when a value cannot
    be so; nothing is written then.
    """
    if key and (before := platform.store.cases.opened_with(key)):
        return Opened(before.id, before.code, before.tracking)
    snapshot = platform.snapshot()
    today = snapshot.calendar.local(platform.now()).date()
    matter = platform.library.procedure(opening.procedure, today)
    question = Question(openers=matter.pack.openers, own_only=opening.applicant_person)
    require(actor, "open_case", question)
    form = judged_opening(platform, matter, opening.form)
    applicant = platform.store.applicants.keep(
        str(opening.applicant.get("full_name", "")), str(opening.applicant.get("id_number", "")), opening.applicant,
        opening.applicant_person,
    )
    competence = _competence(opening, matter, snapshot, platform)
    places = _places(opening, matter, snapshot.register, competence)
    data = {
        "procedure": matter.procedure.code, "applicant": dict(opening.applicant), "form": form.open,
        "components": dict(opening.components), "places": asdict(places),
    }
    step = start(matter.definition, matter.procedure.process, data, platform.now(), host(matter, snapshot))
    step = services.answered(platform, step, matter, snapshot)
    before = _fresh(platform, matter, applicant, places, competence, step)
    happening = Happening("opened", "", {}, data["form"], None, form.sealed("form"))
    if answer is not None:
        step, happening = _answered(platform, matter, snapshot, step, happening, answer)
    change = changes(platform, before, step, happening, actor, matter, snapshot)
    series = f"case:{places.receiving}:{today:%y%m%d}"
    case = platform.store.cases.open(change, key, series, _pattern(platform, places.receiving, today))
    return Opened(case.id, case.code, case.tracking)


def _answered(
    platform: Platform, matter: Matter, snapshot: Snapshot, step: Step, happening: Happening, value: Mapping[str, Any]
) -> tuple[Step, Happening]:
    """The step and the happening when the first task is completed in the same act."""
    opened = next(effect for effect in step.effects if isinstance(effect, TaskOpened))
    node = matter.definition.node(opened.node)
    answer = judged(platform, matter, node, value, step.state)
    more = advance(
        matter.definition, step.state, TaskCompleted(opened.task, {node.element: answer.open}), platform.now(),
        host(matter, snapshot),
    )
    both = replace(more, effects=(*step.effects, *more.effects), passed=(*step.passed, *more.passed))
    value_of_both = {"form": happening.value, node.element: answer.open}
    sealed = (*happening.sealed, *answer.sealed(node.element))
    return both, Happening("opened", node.element, {}, value_of_both, opened.task, sealed)


def _competence(opening: Opening, matter: Matter, snapshot: Snapshot, platform: Platform) -> Competence:
    """The unit that decides: by the place of the object, never by the receiving point."""
    today = snapshot.calendar.local(platform.now()).date()
    place = opening.receiving
    if matter.procedure.place.startswith("/"):
        place = str(_at({"form": opening.form, "applicant": opening.applicant}, matter.procedure.place) or place)
    return snapshot.register.authority(matter.procedure.code, matter.procedure.level, place, today)


def _places(opening: Opening, matter: Matter, register: Register, competence: Competence) -> Places:
    office = next(
        (unit.id for unit in register.children(competence.unit) if matter.procedure.office in (unit.kind, unit.id)),
        competence.unit,
    )
    return Places(
        receiving=register.unit(opening.receiving).id, returning=opening.returning or opening.receiving,
        support=opening.support or opening.receiving, authority=competence.unit, office=office,
        applicant_unit=opening.receiving,
    )


def _pattern(platform: Platform, receiving: str, today: date) -> str:
    """The code of a case: where it was received, on which day, and its place in that day's line."""
    unit = platform.store.city.unit_number(receiving)
    return f"{platform.settings.code_prefix}.{unit:03d}-{today:%y%m%d}-" + "{number:04d}"


def _at(value: Any, pointer: str) -> Any:
    for part in pointer.split("/")[1:]:
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _fresh(
    platform: Platform, matter: Matter, applicant: Applicant, places: Places, competence: Competence, step: Step
) -> Case:
    suffix = "".join(secrets.choice(ALPHABET) for _ in range(4))
    return Case(
        id=0, code="", tracking="{code}-" + suffix, version=0, status=CaseStatus.OPEN, pack=matter.pack.digest,
        process=matter.procedure.process, procedure=matter.procedure.code, procedure_digest=platform.library.pin(matter),
        business_state="", outcome="", applicant_id=applicant.id,
        applicant_person=applicant.person or f"applicant:{applicant.id}", applicant_label=applicant.full_name,
        places=places, competence=competence.reason, opened_at=platform.now(), ended_at=None,
        time_limit=str(matter.procedure.time_limit), clock=(), doers={}, due_original=None, due=None, paused=False,
        audit_seq=0, audit_hash="", state=step.state,
    )
