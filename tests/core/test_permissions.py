"""Every act against every kind of person: what is not in this table may not exist."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from wardflow.cases.records import Case, CaseStatus, Task, TaskStatus
from wardflow.domain.people import ASSISTANT, Actor
from wardflow.domain.reasons import Reason
from wardflow.domain.register import Holding, Register, Unit
from wardflow.domain.routing import Places
from wardflow.domain.six_clears import SixClears
from wardflow.errors import CaseUnknown
from wardflow.permissions import ACTS, DESIGNER, KEEPER, OPERATOR, REGISTRAR, Question, may, require

NOW = datetime(2026, 9, 4, tzinfo=UTC)
UNITS = (
    Unit("city", "City", level="city"), Unit("ward", "Ward", parent="city"), Unit("ward.office", "Office", parent="ward"),
    Unit("ward.point", "Point", parent="ward"), Unit("far", "Far", parent="city"),
)
PEOPLE = {
    "nobody": Actor("", ""),
    "applicant": Actor("an", "An"),
    "other citizen": Actor("binh", "Bình"),
    "counter": Actor("clerk", "Clerk", (Holding("clerk", "counter", "ward.point"),)),
    "far counter": Actor("far-clerk", "Far", (Holding("far-clerk", "counter", "far"),)),
    "holder": Actor("reviewer", "Reviewer", (Holding("reviewer", "reviewer", "ward.office"),)),
    "colleague": Actor("second", "Second", (Holding("second", "reviewer", "ward.office"),)),
    "head": Actor("head", "Head", (Holding("head", "chief", "ward"),)),
    "head of the office": Actor("office-head", "Office", (Holding("office-head", "chief", "ward.office"),)),
    "head elsewhere": Actor("far-head", "Elsewhere", (Holding("far-head", "chief", "far"),)),
    "excluded": Actor("apart", "Apart", (Holding("apart", "reviewer", "ward.office"),)),
    "stranger": Actor("stranger", "Stranger", (Holding("stranger", "reviewer", "far"),)),
    "designer": Actor("designer", "Designer", (Holding("designer", DESIGNER, "city"),)),
    "helper": Actor("helper", "Helper", (Holding("helper", ASSISTANT, "ward.point"),)),
    "helper elsewhere": Actor("far-helper", "Helper", (Holding("far-helper", ASSISTANT, "far"),)),
    "other system": Actor("service:tax", "tax", (), frozenset({"topic:tax.notice", "message:paid", "procedure:permit"})),
    "system elsewhere": Actor("service:land", "land", (), frozenset({"topic:land", "message:*", "procedure:land"})),
    "operator": Actor("operator", "Operator", (Holding("operator", OPERATOR, "city"),)),
    "keeper of the ward": Actor("keeper", "Keeper", (Holding("keeper", KEEPER, "ward"),)),
    "keeper of the city": Actor("city-keeper", "Keeper", (Holding("city-keeper", KEEPER, "city"),)),
    "keeper elsewhere": Actor("far-keeper", "Keeper", (Holding("far-keeper", KEEPER, "far"),)),
    "registrar": Actor("registrar", "Registrar", (Holding("registrar", REGISTRAR, "city"),)),
}
HELPERS = {"helper", "helper elsewhere"}
HEADS = {"head", "head of the office"}
KEEPERS = {"keeper of the ward", "keeper of the city"}
NEAR = {"applicant", "counter", "holder", "colleague", "excluded", "keeper of the ward", *HEADS}
EXPECTED = {
    "add_key": {"applicant"},
    "answer_by_code": set(),
    "ask_payment": set(),
    "attach_by_code": set(),
    "answer_work": {"other system"},
    "assist_filing": {"helper"},
    "attach_document": NEAR,
    "call_number": {"counter"},
    "cancel_case": HEADS,
    "change_register": {"registrar"},
    "claim_task": {"holder", "colleague"},
    "complete_task": {"holder"},
    "confirm_bundle": {"counter"},
    "confirm_payment": set(),
    "convert_case": {"holder", "colleague", "excluded", *HEADS},
    "declare_interest": {"registrar"},
    "discard_message": HEADS | {"operator"},
    "draft_by_code": set(),
    "delegate_task": {"holder"},
    "edit_calendar": {"registrar"},
    "enter_afterwards": {"counter"},
    "extend_clock": HEADS,
    "fetch_work": {"other system"},
    "file_online": {"applicant"},
    "find_applicant": {"counter", "far counter"},
    "fire_alarm": HEADS,
    "migrate_case": {"designer"},
    "give_number": {"counter"},
    "keep_filter": set(PEOPLE) - {"nobody"},
    "mend_incident": HEADS,
    "merge_case": {"holder", "colleague", "excluded", *HEADS},
    "move_alarm": HEADS,
    "move_token": HEADS,
    "note_case": NEAR - {"applicant"},
    "open_case": {"applicant", "counter", "far counter", "other system"},
    "open_document": NEAR,
    "open_sealed": NEAR,
    "plan_absence": {"applicant", "registrar", *HEADS},
    "prove_address": set(PEOPLE),
    "publish_pack": {"designer"},
    "reassign_task": HEADS,
    "remove_key": {"applicant"},
    "renew_codes": {"applicant"},
    "release_task": {"holder"},
    "restore_pack": {"designer"},
    "resend_message": HEADS | {"operator"},
    "retry_incident": HEADS | {"operator", "other system"},
    "replace_table": KEEPERS,
    "save_draft": {"holder"},
    "save_intake": set(PEOPLE) - {"nobody"},
    "see_alarms": HEADS | {"operator", "designer"},
    "see_book": {"counter"},
    "see_case": NEAR,
    "see_incidents": HEADS | {"operator"},
    "see_jobs": {"operator"},
    "see_messages": HEADS | {"operator"},
    "see_progress": {"other system"},
    "send_bundle": {"counter"},
    "send_message": {"other system", "system elsewhere"},
    "sign_out_everywhere": set(PEOPLE) - {"nobody"},
    "skip_incident": HEADS,
    "take_back_task": {"colleague"},
    "tell_case": {"applicant", "counter", "holder", "colleague", "excluded"},
    "undo_migration": {"designer"},
    "see_plugins": {name for name, actor in PEOPLE.items() if actor.holdings} - HELPERS,
    "set_threshold": KEEPERS,
    "switch_plugin": KEEPERS,
    "see_register": set(PEOPLE) - {"nobody", "applicant", "other citizen", "other system", "system elsewhere"} - HELPERS,
    "watch_case": NEAR - {"applicant"},
    "withdraw_case": {"applicant", "counter"},
}
CASE = Case(
    id=1, code="C", tracking="C-X", version=1, status=CaseStatus.OPEN, pack="", process="", procedure="permit", procedure_digest="",
    business_state="", outcome="", applicant_id=1, applicant_person="an", applicant_label="An",
    places=Places(receiving="ward.point", returning="ward.point", authority="ward", office="ward.office"),
    competence=Reason("authority.by-level"), opened_at=NOW, ended_at=None, time_limit="5 wd", thresholds_digest="", clock=(), doers={},
    due_original=None, due=None, paused=False, audit_seq=1, audit_hash="", state=b"",
)
TASK = Task(
    case_id=1, task="t1", node="review", status=TaskStatus.OPEN, role="reviewer", unit="ward.office", person="reviewer",
    title="", title_en="", opened_at=NOW, due=None, closed_at=None, closed_by=None, excluded=frozenset({"apart"}), reasons=(),
    clears=SixClears.of({}, ""), draft=None,
)
QUESTION = Question(
    CASE, TASK, frozenset({"counter"}), own_only="an", units=frozenset({"ward.office"}), register=Register(1, UNITS), heads=frozenset({"chief"}),
    tellers=frozenset({"applicant", "reviewer"}), procedure="permit", topic="tax.notice", message="paid", owner="second",
    line=("ward.office", "ward", "city"), counter="ward.point", tasks=(TASK,),
)


@pytest.mark.parametrize("act", sorted(ACTS))
def test_who_may(act: str) -> None:
    assert act in EXPECTED, "a new act needs its line in this table"
    assert {name for name, actor in PEOPLE.items() if may(actor, act, QUESTION)} == EXPECTED[act]


def test_a_task_in_a_queue_is_completed_by_any_holder_of_its_role_but_those_kept_apart() -> None:
    queued = replace(QUESTION, task=replace(TASK, person=None))
    assert {name for name, actor in PEOPLE.items() if may(actor, "complete_task", queued)} == {"holder", "colleague"}


def test_the_applicants_own_task_is_done_by_them_or_at_the_counter_that_received_it() -> None:
    own = replace(QUESTION, task=replace(TASK, person="an", role="applicant", excluded=frozenset()))
    assert {name for name, actor in PEOPLE.items() if may(actor, "complete_task", own)} == {"applicant", "counter"}


def test_a_step_that_is_the_applicants_alone_is_done_by_nobody_in_their_name() -> None:
    alone = replace(QUESTION, task=replace(TASK, person="an", role="applicant", excluded=frozenset()), by_code=True, alone=True)
    for act in ("answer_by_code", "attach_by_code", "draft_by_code", "complete_task"):
        assert {name for name, actor in PEOPLE.items() if may(actor, act, alone)} == {"applicant"}


def test_an_official_declares_an_interest_of_their_own_and_of_nobody_else() -> None:
    own = replace(QUESTION, own_only="reviewer")
    assert {name for name, actor in PEOPLE.items() if may(actor, "declare_interest", own)} == {"holder", "registrar"}


def test_a_step_that_may_also_be_answered_by_code_is_done_at_the_counter_too() -> None:
    shared = replace(QUESTION, task=replace(TASK, person="an", role="applicant", excluded=frozenset()), by_code=True)
    assert {name for name, actor in PEOPLE.items() if may(actor, "complete_task", shared)} == {"applicant", "counter"}
    assert {name for name, actor in PEOPLE.items() if may(actor, "answer_by_code", shared)} == {"applicant"}


def test_below_the_city_itself_are_other_authorities_and_not_its_offices() -> None:
    city = replace(QUESTION, case=replace(CASE, places=replace(CASE.places, authority="city", office="city")))
    assert not {name for name, actor in PEOPLE.items() if may(actor, "cancel_case", city)}


def test_what_holds_in_the_whole_city_is_kept_by_the_citys_own_departments() -> None:
    city = replace(QUESTION, line=())
    assert {name for name, actor in PEOPLE.items() if may(actor, "set_threshold", city)} == {"keeper of the city"}


@pytest.mark.parametrize("act", sorted(ACTS))
def test_a_confidential_case_is_for_who_has_a_task_in_it_and_the_heads_of_the_unit_that_decides(act: str) -> None:
    hidden = replace(QUESTION, case=replace(CASE, places=replace(CASE.places, kept_from=("ward.point", "second"))))
    can = {name for name, actor in PEOPLE.items() if may(actor, act, hidden)}
    assert can == EXPECTED[act] & {"holder", "excluded", *HEADS}


def test_a_confidential_case_of_others_is_answered_as_one_that_never_was() -> None:
    hidden = replace(QUESTION, case=replace(CASE, places=replace(CASE.places, kept_from=("ward.office",))))
    for name in ("holder", "counter", "operator", "designer", "head of the office", "stranger"):
        with pytest.raises(CaseUnknown):
            require(PEOPLE[name], "see_case", hidden)
    require(PEOPLE["head"], "see_case", hidden)
