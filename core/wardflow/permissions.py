"""Who may do what: the one place that is asked by every act, so by page, API and worker alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from wardflow.cases.records import Case, Task
from wardflow.domain.people import ASSISTANT, Actor
from wardflow.domain.record import record
from wardflow.domain.register import Level, Register
from wardflow.errors import CaseUnknown, NotAllowed

DESIGNER = "process_designer"
REGISTRAR = "registrar"
APPLICANT = "applicant"
OPERATOR = "platform_operator"
KEEPER = "field_keeper"
"""Duties towards the platform itself, like that of ASSISTANT; every other role belongs to a pack. A keeper of a field keeps its plugins."""


@record(frozen=True, slots=True)
class Question:
    """What somebody wants to act on: a case, one of its tasks, or nothing yet."""

    case: Case | None = None
    task: Task | None = None
    openers: frozenset[str] = frozenset()
    """roles that may open a case of the procedure, or act for its applicant at a counter"""
    own_only: str | None = None
    """the person for whom a case is being opened, when nobody stands at a counter"""
    units: frozenset[str] = frozenset()
    """the units that have a task in the case"""
    tasks: tuple[Task, ...] = ()
    """the tasks of the case, done ones too: a confidential case is seen by who has or had one"""
    register: Register | None = None
    proved: bool = False
    """whoever acts has proved an address, where the procedure takes that for enough, or the answer of a provider its signature"""
    payable: bool = False
    """the task is one that is paid online with the tracking code"""
    by_code: bool = False
    """the task is one that its applicant may answer with the tracking code"""
    alone: bool = False
    """the task is one that nobody does in the applicant's name"""
    heads: frozenset[str] = frozenset()
    """roles that answer for a case where it is decided"""
    tellers: frozenset[str] = frozenset()
    """roles that may tell the case something; "applicant" is whoever it is for"""
    procedure: str = ""
    """the code of the procedure a case is opened for"""
    topic: str = ""
    """the topic of work that is handed to another system"""
    owner: str = ""
    """who handed the task over and gets it back"""
    shared_with: str = ""
    """the unit with which something of the desk is shared"""
    message: str = ""
    """the name of the message or signal that another system sends"""
    line: tuple[str, ...] = ()
    """the unit for which something is set and those above it; nothing means the whole city"""
    counter: str = ""
    """the receiving unit whose book it is about"""


Rule = Callable[[Actor, Question], bool]


def _anyone(actor: Actor, question: Question) -> bool:
    return bool(actor.person)


def _opens(actor: Actor, question: Question) -> bool:
    own = bool(actor.person) and question.own_only == actor.person
    return bool(actor.roles & question.openers) or own or actor.granted("procedure", question.procedure)


def _files_online(actor: Actor, question: Question) -> bool:
    """For oneself alone: with an account, or with an address that was proved where the procedure takes that."""
    return question.proved or (bool(actor.person) and question.own_only == actor.person)


def _pays(actor: Actor, question: Question) -> bool:
    """Whoever holds the tracking code, in the applicant's place, where the diagram says that the step can be paid."""
    return question.payable and _is_applicant(actor, question)


def _confirms(actor: Actor, question: Question) -> bool:
    """Nobody at a desk: the signed answer of the payment provider alone."""
    return question.proved and not actor.person


def _own(actor: Actor, question: Question) -> bool:
    """Each for themselves alone."""
    return bool(actor.person) and question.own_only == actor.person


def _everyone(actor: Actor, question: Question) -> bool:
    return True


def _receives(actor: Actor, question: Question) -> bool:
    """Whoever takes cases in, at whatever counter."""
    return bool(actor.roles & question.openers)


def _keeps_book(actor: Actor, question: Question) -> bool:
    """Whoever takes cases in at the counter whose book it is."""
    return any(held.role in question.openers and held.unit == question.counter for held in actor.holdings)


def _works_at(actor: Actor, question: Question) -> bool:
    """Whoever holds anything in the unit it is about."""
    return bool(question.counter) and question.counter in actor.units


def _is_applicant(actor: Actor, question: Question) -> bool:
    return question.case is not None and bool(actor.person) and question.case.applicant_person == actor.person


def _at_counter(actor: Actor, question: Question) -> bool:
    """The counters that received the case or will return its result act for an applicant who stands before them."""
    if question.case is None:
        return False
    places = {question.case.places.receiving, question.case.places.returning}
    return any(held.role in question.openers and held.unit in places for held in actor.holdings)


def _holds_task(actor: Actor, question: Question) -> bool:
    task = question.task
    if task is None or actor.person in task.excluded:
        return False
    if task.person is not None:
        return task.person == actor.person or _for_them(actor, question)
    return actor.holds(task.role, task.unit)


def _for_them(actor: Actor, question: Question) -> bool:
    """A counter does the applicant's step in their name, unless it is theirs alone."""
    task = question.task
    theirs = task is not None and task.person == _applicant(question)
    return theirs and not question.alone and _at_counter(actor, question)


def _may_claim(actor: Actor, question: Question) -> bool:
    task = question.task
    return task is not None and actor.person not in task.excluded and actor.holds(task.role, task.unit)


def _has_claimed(actor: Actor, question: Question) -> bool:
    return question.task is not None and bool(actor.person) and question.task.person == actor.person


def _by_code(actor: Actor, question: Question) -> bool:
    """Whoever holds the tracking code speaks as the applicant, in the steps that say so and nowhere else."""
    return question.by_code and _is_applicant(actor, question)


def _for_applicant(actor: Actor, question: Question) -> bool:
    return _is_applicant(actor, question) or _at_counter(actor, question)


def _sees(actor: Actor, question: Question) -> bool:
    if question.case is None or _is_applicant(actor, question):
        return question.case is not None
    places, register = question.case.places, question.register
    near = {places.receiving, places.returning, places.support, places.authority, places.office} | question.units
    if register is not None:
        near |= {unit.id for place in (places.authority,) for unit in register.children(place)}
    return bool(actor.units & near)


def _tells(actor: Actor, question: Question) -> bool:
    """The applicant where the message is theirs, and whoever holds one of its roles and may see the case."""
    if APPLICANT in question.tellers and _for_applicant(actor, question):
        return True
    return bool(actor.roles & question.tellers) and _sees(actor, question)


def _heads(actor: Actor, question: Question) -> bool:
    """Those who answer for the case in the unit that decides it, or in one of its offices."""
    if question.case is None or question.register is None:
        return False
    places, register = question.case.places, question.register
    near = {places.authority, places.office}
    # below the city itself are other authorities, not offices; a confidential case is no matter of other offices
    if register.unit(places.authority).parent is not None and not places.kept_from:
        near |= {unit.id for unit in register.children(places.authority)}
    return any(held.role in question.heads and held.unit in near for held in actor.holdings)


def _tends(actor: Actor, question: Question) -> bool:
    """Those who answer for the case, and the operators, who see what stopped and why but nothing of the matter."""
    return OPERATOR in actor.roles or _heads(actor, question)


def _tends_or_opens(actor: Actor, question: Question) -> bool:
    """Those who tend the case, and other systems that may open cases of its procedure: a new try decides nothing."""
    return _tends(actor, question) or question.case is not None and actor.granted("procedure", question.case.procedure)


def _sees_alarms(actor: Actor, question: Question) -> bool:
    return DESIGNER in actor.roles or _tends(actor, question)


def _has(role: str) -> Rule:
    """Whoever holds a duty towards the platform, in whatever unit."""
    return lambda actor, _question: role in actor.roles


_operates, _designs, _registers = _has(OPERATOR), _has(DESIGNER), _has(REGISTRAR)


def _opens_for_others(actor: Actor, question: Question) -> bool:
    return actor.granted("procedure", question.procedure)


def _works(actor: Actor, question: Question) -> bool:
    return actor.granted("topic", question.topic)


def _sends(actor: Actor, question: Question) -> bool:
    return actor.granted("message", question.message)


def _keeps(actor: Actor, question: Question) -> bool:
    """Keepers in the units concerned, and for the whole city those of its own departments."""
    register = question.register
    if register is None:
        return False
    kept = [held.unit for held in actor.holdings if held.role == KEEPER]
    return any(unit in question.line or register.unit(unit).level == Level.CITY for unit in kept)


def _plans_absence(actor: Actor, question: Question) -> bool:
    """Who is away themselves, who keeps the register, and the heads of a unit they work in or of one above it."""
    if _registers(actor, question) or (bool(actor.person) and question.own_only == actor.person):
        return True
    register = question.register
    above = {one.id for unit in question.units for one in register.up(unit)} if register is not None else set()
    return any(held.role in question.heads and held.unit in above for held in actor.holdings)


def _declares(actor: Actor, question: Question) -> bool:
    """Whoever keeps the register, and each official for themselves."""
    own = bool(actor.holdings) and question.own_only == actor.person
    return own or _registers(actor, question)


def _works_here(actor: Actor, question: Question) -> bool:
    return bool(actor.units)


def _works_on(actor: Actor, question: Question) -> bool:
    """Those who see the case because of what they hold, never because it is their own matter."""
    return bool(actor.holdings) and not _is_applicant(actor, question) and _sees(actor, question)


def _dealt_with(actor: Actor, question: Question) -> bool:
    """Who has or did one of its tasks or may take one, and who answers for it; never in one's own matter."""
    near = any(near_task(actor, task) for task in question.tasks if task.role != APPLICANT)
    return bool(actor.holdings) and not _is_applicant(actor, question) and (near or _heads(actor, question))


def _hands_over(actor: Actor, question: Question) -> bool:
    """Officials, the tasks in their hands; a step of one's own matter is one's own."""
    return bool(actor.holdings) and _has_claimed(actor, question) and not _is_applicant(actor, question)


def _handed_over(actor: Actor, question: Question) -> bool:
    return bool(actor.person) and question.owner == actor.person


def _keeps_own(actor: Actor, question: Question) -> bool:
    """Everybody for themselves, and for the units they work in."""
    return bool(actor.person) and question.shared_with in ("", *actor.units)


ACTS: Mapping[str, Rule] = {
    "add_key": _own,
    "answer_by_code": _by_code,
    "ask_payment": _pays,
    "attach_by_code": _by_code,
    "answer_work": _works,
    "assist_filing": lambda actor, question: actor.holds(ASSISTANT, question.counter),
    "attach_document": _sees,
    "call_number": _keeps_book,
    "cancel_case": _heads,
    "change_register": _registers,
    "claim_task": _may_claim,
    "complete_task": _holds_task,
    "confirm_bundle": _works_at,
    "confirm_payment": _confirms,
    "convert_case": _dealt_with,
    "declare_interest": _declares,
    "delegate_task": _hands_over,
    "edit_calendar": _registers,
    "enter_afterwards": _keeps_book,
    "extend_clock": _heads,
    "fetch_work": _works,
    "file_online": _files_online,
    "find_applicant": _receives,
    "fire_alarm": _heads,
    "give_number": _works_at,
    "keep_filter": _keeps_own,
    "mend_incident": _heads,
    "merge_case": _dealt_with,
    "migrate_case": _designs,
    "move_alarm": _heads,
    "move_token": _heads,
    "note_case": _works_on,
    "open_case": _opens,
    "open_document": _sees,
    "open_sealed": _sees,
    "plan_absence": _plans_absence,
    "prove_address": _everyone,
    "publish_pack": _designs,
    "reassign_task": _heads,
    "remove_key": _own,
    "renew_codes": _own,
    "release_task": _has_claimed,
    "replace_table": _keeps,
    "restore_pack": _designs,
    "resend_message": _tends,
    "retry_incident": _tends_or_opens,
    "discard_message": _tends,
    "draft_by_code": _by_code,
    "save_draft": _holds_task,
    "save_intake": _anyone,
    "see_alarms": _sees_alarms,
    "see_book": _keeps_book,
    "see_case": _sees,
    "see_incidents": _tends,
    "see_jobs": _operates,
    "see_plugins": _works_here,
    "see_messages": _tends,
    "see_progress": _opens_for_others,
    "see_register": _works_here,
    "send_bundle": _works_at,
    "send_message": _sends,
    "set_threshold": _keeps,
    "sign_out_everywhere": _anyone,
    "skip_incident": _heads,
    "switch_plugin": _keeps,
    "take_back_task": _handed_over,
    "tell_case": _tells,
    "undo_migration": _designs,
    "watch_case": _works_on,
    "withdraw_case": _for_applicant,
}


def may(actor: Actor, act: str, question: Question) -> bool:
    """True when the actor may do the act there; an act that is not listed is a fault of the platform."""
    return let_in(actor, question) and ACTS[act](actor, question)


def kept_from(actor: Actor, case: Case) -> bool:
    """True where the case is kept from the actor, by name or by one of their units: no list may show it to them."""
    return not {actor.person, *actor.units}.isdisjoint(case.places.kept_from)


def let_in(actor: Actor, question: Question) -> bool:
    """False where a confidential case is not the actor's: they hold none of its tasks and do not head the unit that decides it."""
    case = question.case
    if case is None or not case.places.kept_from:
        return True
    if kept_from(actor, case):
        return False
    asked = question.tasks if question.task is None else (question.task, *question.tasks)
    return _heads(actor, question) or any(near_task(actor, task) for task in asked)


def near_task(actor: Actor, task: Task) -> bool:
    """True for who holds a task, did it, or may take it."""
    return actor.person in (task.person, task.closed_by) or actor.holds(task.role, task.unit)


def require(actor: Actor, act: str, question: Question) -> None:
    """Nothing, or NotAllowed; CaseUnknown for a confidential case of others, so that nobody learns that it exists."""
    known_to(actor, question)
    if not may(actor, act, question):
        raise NotAllowed(person=actor.name or actor.person or "Nobody", act=act.replace("_", " "))


def known_to(actor: Actor, question: Question) -> None:
    """Nothing, or the answer that a case which does not exist would give."""
    if question.case is not None and not let_in(actor, question):
        raise CaseUnknown(case=question.case.id)


def allowed(actor: Actor, acts: Iterable[str], question: Question) -> frozenset[str]:
    """Those of some acts that the actor may do there: what a page offers."""
    return frozenset(act for act in acts if may(actor, act, question))


def _applicant(question: Question) -> str:
    return question.case.applicant_person if question.case else ""
