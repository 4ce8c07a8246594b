"""Opens a case: the form is checked, the competent authority found, the diagram started."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from wardflow.cases import services
from wardflow.cases.adopting import pinned
from wardflow.cases.answer import Answer, judged, judged_opening
from wardflow.cases.attach_document import Upload, papers
from wardflow.cases.back_entry import Real, as_it_was
from wardflow.cases.commit import changes
from wardflow.cases.exchange import Message
from wardflow.cases.knowing import Begun
from wardflow.cases.library import Matter
from wardflow.cases.opening import Opening, beginning, competence_of, finders, places_of, without_sender
from wardflow.cases.platform import Platform
from wardflow.cases.ports import Filing
from wardflow.cases.receiving import event_of, with_message
from wardflow.cases.records import NEW_APPLICANT, Case, CaseStatus
from wardflow.cases.situation import Happening
from wardflow.cases.snapshots import Snapshot
from wardflow.cases.spots import spot_of
from wardflow.cases.stepping import host, step_further
from wardflow.domain.channels import Way
from wardflow.domain.people import Actor
from wardflow.domain.register import Competence
from wardflow.domain.routing import Places
from wardflow.engine import Step, TaskCompleted, TaskOpened, start
from wardflow.errors import ProcedureUnknown
from wardflow.permissions import Question, require

# no letters or digits that are mistaken for one another when read over a telephone
ALPHABET = "ABCDEFGHJKLMNPQRTUVWXY346789"


@dataclass(frozen=True, slots=True)
class Opened:
    """The new case: its number, its code, and the code its applicant tracks it by."""

    case_id: int
    code: str
    tracking: str


def open_case(
    platform: Platform, actor: Actor, opening: Opening, *, answer: Mapping[str, Any] | None = None, key: str | None = None,
    by: Message | None = None, real: Real | None = None, uploads: Sequence[Upload] = (),
) -> Opened:
    """The new case; with `answer`, its first step is completed at once by the person who opens it; with `by`, it is begun by a message.

    With `real` it was received on paper before: its clock counts from then, and BackEntryRefused says where that cannot be so.
    The same `key` again answers with the case it opened before. FormRefused with every objection when a value cannot
    be so; nothing is written then.
    """
    if key and (before := platform.store.cases.opened_with(key)):
        return Opened(before.id, before.code, before.tracking)
    snapshot = platform.snapshot()
    today = snapshot.calendar.local(real.at if real else platform.now()).date()
    matter = platform.library.procedure(opening.procedure, today)
    if by is None:    # who may send a message was asked when it was sent, and a case may send what its diagram says
        own = None if matter.procedure.sealed_for else opening.applicant_person    # an account would tell who sent it
        require(actor, "open_case", Question(openers=matter.pack.openers, own_only=own, procedure=matter.procedure.code))
    if real is None:
        return opened(platform, actor, matter, opening, answer=answer, key=key, by=by, uploads=uploads)
    require(actor, "enter_afterwards", Question(openers=matter.pack.openers, counter=opening.receiving))
    then = as_it_was(platform, matter, real)
    return opened(then, actor, matter, opening, answer=answer, key=key, uploads=uploads, entered=real.facts(platform.now()))


def opened(
    platform: Platform, actor: Actor, matter: Matter, opening: Opening, *, answer: Mapping[str, Any] | None = None,
    key: str | None = None, by: Message | None = None, uploads: Sequence[Upload] = (), entered: Mapping[str, Any] | None = None,
) -> Opened:
    """The new case of an act that has asked whether it may be opened, its uploads among its papers; ProcedureUnknown for what a message alone begins.

    `entered` says when it was entered and why so late, where the platform is handed over as it was at the real time.
    """
    if by is None and matter.by_message:
        raise ProcedureUnknown(procedure=opening.procedure)
    snapshot = platform.snapshot()
    today = snapshot.calendar.local(platform.now()).date()
    opening, sender = without_sender(opening, matter)
    form = judged_opening(platform, matter, opening, snapshot)
    before, step = _begun(platform, matter, snapshot, opening, form, by)
    facts = {"channel": str(opening.way.channel), **_helper(opening.way), **({"message": by.name} if by else {}), **(entered or {})}
    happening = Happening("opened", "", facts, form.open, None, (*sender, *form.sealed("form")))
    if answer is not None:
        step, happening = _answered(platform, matter, snapshot, step, happening, answer)
    change = changes(platform, before, step, happening, actor, matter, snapshot)
    change = with_message(change, by) if by else change
    change = replace(change, documents=(*change.documents, *papers(platform, actor, change.case, uploads)))
    case = platform.store.cases.open(change, _filing(platform, opening, matter, key, before.places, today, by, entered))
    platform.snapshots.given(task.person for task in change.tasks_opened)
    return Opened(case.id, case.code, case.tracking)


def _begun(
    platform: Platform, matter: Matter, snapshot: Snapshot, opening: Opening, form: Answer, by: Message | None
) -> tuple[Case, Step]:
    """The case before its first act, and the step with which its diagram starts."""
    competence = competence_of(opening, matter, snapshot, platform.now())
    places = places_of(opening, matter, snapshot.register, competence)
    data = beginning(opening, matter, places, form.open)
    if not platform.plugins.opens_in(matter.procedure.code, platform.snapshots.line(competence.unit)):
        raise ProcedureUnknown(procedure=matter.procedure.code)
    thresholds = pinned(platform, competence.unit)
    step = start(matter.definition, matter.procedure.process, data, platform.now(), host(platform, matter, snapshot, places.authority))
    if by is not None:    # what belongs to the opening is there already; its sealed values must not come in once more
        more = step_further(platform, matter, snapshot, step, event_of(by, opening.variables))
        step = replace(more, effects=(*step.effects, *more.effects), passed=(*step.passed, *more.passed))
    step = services.answered(platform, step, matter, snapshot, Begun(thresholds, platform.now()))
    kept = platform.library.pin_thresholds(thresholds)
    return replace(_fresh(platform, matter, opening, places, competence, step), thresholds_digest=kept), step


def _answered(
    platform: Platform, matter: Matter, snapshot: Snapshot, step: Step, happening: Happening, value: Mapping[str, Any]
) -> tuple[Step, Happening]:
    """The step and the happening when the first task is completed in the same act."""
    opened = next(effect for effect in step.of(TaskOpened))
    node = matter.definition.node(opened.node)
    answer = judged(matter, node, value)
    more = step_further(platform, matter, snapshot, step, TaskCompleted(opened.task, {node.element: answer.open}))
    both = replace(more, effects=(*step.effects, *more.effects), passed=(*step.passed, *more.passed))
    value_of_both = {"form": happening.value, node.element: answer.open}
    sealed = (*happening.sealed, *answer.sealed(node.element))
    return both, Happening("opened", node.element, happening.facts, value_of_both, opened.task, sealed)


def _filing(
    platform: Platform, opening: Opening, matter: Matter, key: str | None, places: Places, today: date, by: Message | None,
    entered: Mapping[str, Any] | None,
) -> Filing:
    """Who files, and the code to be: where the case was received, on which day, and its place in that day's line."""
    series, pattern = _numbered(platform, matter, places.receiving, today)
    return Filing(
        full_name=_told(opening, "full_name"), id_number=_told(opening, "id_number"), facts=opening.applicant,
        person=opening.applicant_person, key=key, series=series, pattern=pattern, reference=opening.reference,
        stranger=opening.stranger, helped=bool(opening.way.helper_person), sealed=bool(matter.procedure.sealed_for), parent=by.source if by else opening.parent, way=opening.way,
        spot=spot_of(opening.form, matter.procedure, places),
        entered_at=datetime.fromisoformat(entered["entered_at"]) if entered else None,
        # nobody looks for a confidential case: who works on it has it on the desk
        finders=() if places.kept_from else finders(places, platform.register()),
    )


def _numbered(platform: Platform, matter: Matter, receiving: str, today: date) -> tuple[str, str]:
    """The line of numbers and the pattern of the code: a record's own `code_prefix` counts by the year and names no place."""
    own = matter.procedure.record.get("code_prefix")
    if own:
        return f"case:{own}:{today:%Y}", f"{own}-{today:%Y}-" + "{number:04d}"
    unit = platform.store.city.unit_number(receiving)
    return f"case:{receiving}:{today:%y%m%d}", f"{platform.settings.code_prefix}.{unit:03d}-{today:%y%m%d}-" + "{number:04d}"


def _helper(way: Way) -> Mapping[str, str]:
    """What the timeline tells of who helped: what they are, and who, where they did it with an account."""
    return {name: value for name, value in (("helper", str(way.helper or "")), ("helper_person", way.helper_person)) if value}


def _told(opening: Opening, name: str) -> str:
    return str(opening.applicant.get(name, ""))


def _fresh(
    platform: Platform, matter: Matter, opening: Opening, places: Places, competence: Competence, step: Step
) -> Case:
    known = None if opening.applicant_person or opening.stranger else platform.store.applicants.find(_told(opening, "id_number"))
    person = opening.applicant_person or (known.person if known else None) or NEW_APPLICANT
    suffix = "".join(secrets.choice(ALPHABET) for _ in range(4))
    return Case(
        id=0, code="", tracking="{code}-" + suffix, version=0, status=CaseStatus.OPEN, pack=matter.pack.digest,
        process=matter.procedure.process, procedure=matter.procedure.code, procedure_digest=platform.library.pin(matter),
        business_state="", outcome="", applicant_id=0,
        applicant_person=person, applicant_label=_told(opening, "full_name"),
        places=places, competence=competence.reason, opened_at=platform.now(), ended_at=None,
        time_limit=str(matter.procedure.time_limit), thresholds_digest="", clock=(), doers={}, due_original=None, due=None, paused=False,
        audit_seq=0, audit_hash="", state=step.state,
    )
