"""Work that other systems do: handed out once, answered by who has it, told to the case when it fails."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from wardflow.cases import reads
from wardflow.cases.cancel_case import cancel_case
from wardflow.cases.complete_work import complete_work, raise_error
from wardflow.cases.exchange import Order, ServiceAccount, Wanted
from wardflow.cases.fail_work import fail_work, set_retries
from wardflow.cases.fetch_work import fetch_work
from wardflow.cases.hold_work import extend_lock, unlock
from wardflow.cases.inspection import Inspector
from wardflow.cases.reads.instances import work_listed
from wardflow.cases.records import CaseStatus
from wardflow.cases.retry_incident import retry_incident
from wardflow.cases.start_process import start_process
from wardflow.domain.register import Holding
from wardflow.engine import peek
from wardflow.errors import NotAllowed
from wardflow.exchange_errors import LockOver, NameTaken, WorkGone, WorkHeld
from wardflow.packs import Pack

Town = Any    # tests/core/cases/conftest.py
LOCK = timedelta(minutes=5)
ASK = """
<bpmn:startEvent id="s"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
<bpmn:serviceTask id="ask" name="Hỏi thuế" {topic}><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing></bpmn:serviceTask>
<bpmn:endEvent id="e" wf:outcome="done"><bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>
<bpmn:boundaryEvent id="refused" attachedToRef="ask"><bpmn:outgoing>f3</bpmn:outgoing><bpmn:errorEventDefinition errorRef="no" /></bpmn:boundaryEvent>
<bpmn:endEvent id="no_end" wf:outcome="refused"><bpmn:incoming>f3</bpmn:incoming></bpmn:endEvent>
<bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="ask" /><bpmn:sequenceFlow id="f2" sourceRef="ask" targetRef="e" />
<bpmn:sequenceFlow id="f3" sourceRef="refused" targetRef="no_end" />
"""
ERROR = '<bpmn:error id="no" errorCode="tax.refused" />'


@pytest.fixture
def tax(town: Town, publish: Callable[..., None], account: Callable[..., ServiceAccount]) -> ServiceAccount:
    """A process that asks the tax office, and the account of that office."""
    publish("duty", ASK.format(topic='camunda:type="external" camunda:topic="tax.notice"'), ERROR)
    return account("topic:tax.notice", "procedure:duty")


def begin(town: Town, tax: ServiceAccount, **values: Any) -> int:
    return start_process(town.platform, tax, "duty", {"amount": 7, **values}).case_id


def fetch(town: Town, tax: ServiceAccount, worker: str = "w1", **wanted: Any) -> list[Any]:
    asked = Wanted("tax.notice", town.moment.now + LOCK, **wanted)
    return [found.task for found in fetch_work(town.platform, tax.actor, worker, [asked], 10)]


def head(town: Town) -> Any:
    """Who answers for cases of the north."""
    town.platform.store.city.save(holdings=[Holding("second", "signer", "north")])
    return town.actor("second")


def outcome(town: Town, case: int) -> str:
    return str(town.case(case).outcome)


def whole(town: Town) -> bool:
    return list(Inspector(town.platform).faults(town.platform.store.inspection)) == []


def test_a_worker_is_handed_the_work_with_what_the_case_knows_and_its_answer_moves_the_case(town: Town, tax: ServiceAccount) -> None:
    case = begin(town, tax)
    (work,) = fetch(town, tax)
    assert (work.topic, work.node, work.inputs["amount"], work.worker) == ("tax.notice", "ask", 7, "w1")

    complete_work(town.platform, tax.actor, work.id, "w1", {"paid": True})

    assert (outcome(town, case), peek(town.case(case).state).data["paid"]) == ("done", True)
    assert [(e.kind, e.by) for e in town.platform.store.papers.entries(case)] == [("opened", "service:tax"), ("service_answered", "service:tax")]
    assert whole(town)
    with pytest.raises(WorkGone):
        complete_work(town.platform, tax.actor, work.id, "w1", {})


def test_our_own_attribute_names_the_topic_too(town: Town, publish: Callable[..., None], account: Callable[..., ServiceAccount]) -> None:
    publish("duty", ASK.format(topic='wf:topic="tax.notice"'), ERROR)
    tax = account("topic:*", "procedure:*")
    begin(town, tax)
    assert len(fetch(town, tax)) == 1


def test_locked_work_is_handed_to_nobody_else_until_its_lock_ends(town: Town, tax: ServiceAccount) -> None:
    begin(town, tax)
    (work,) = fetch(town, tax)
    assert fetch(town, tax, "w2") == []
    with pytest.raises(WorkHeld):
        complete_work(town.platform, tax.actor, work.id, "w2", {})

    town.moment.pass_(minutes=6)
    assert [found.id for found in fetch(town, tax, "w2")] == [work.id]
    with pytest.raises(WorkHeld):
        complete_work(town.platform, tax.actor, work.id, "w1", {})


def test_a_worker_may_finish_late_as_long_as_nobody_else_came(town: Town, tax: ServiceAccount) -> None:
    case = begin(town, tax)
    (work,) = fetch(town, tax)
    town.moment.pass_(hours=1)
    complete_work(town.platform, tax.actor, work.id, "w1", {})
    assert outcome(town, case) == "done"


def test_a_lock_is_held_longer_or_given_back(town: Town, tax: ServiceAccount) -> None:
    begin(town, tax)
    (work,) = fetch(town, tax)
    extend_lock(town.platform, tax.actor, work.id, "w1", timedelta(hours=1))
    town.moment.pass_(minutes=30)
    assert fetch(town, tax, "w2") == []
    unlock(town.platform, tax.actor, work.id)
    assert len(fetch(town, tax, "w2")) == 1
    town.moment.pass_(hours=2)
    with pytest.raises(LockOver):
        extend_lock(town.platform, tax.actor, work.id, "w2", timedelta(hours=1))


def test_an_account_touches_its_own_topics_only_and_the_same_worker_name_of_another_account_is_a_stranger(
    town: Town, tax: ServiceAccount, account: Callable[..., ServiceAccount]
) -> None:
    begin(town, tax)
    land, twin = account("topic:land", name="land"), account("topic:tax.notice", name="twin")
    with pytest.raises(NotAllowed):
        fetch(town, land)
    (work,) = fetch(town, tax)
    assert work_listed(town.platform, land.actor, {}) == ()
    with pytest.raises(NotAllowed):
        complete_work(town.platform, land.actor, work.id, "w1", {})
    with pytest.raises(WorkHeld):
        complete_work(town.platform, twin.actor, work.id, "w1", {})


def test_a_business_error_is_caught_by_the_event_for_its_code_with_what_the_worker_said(town: Town, tax: ServiceAccount) -> None:
    case = begin(town, tax)
    (work,) = fetch(town, tax)
    raise_error(town.platform, tax.actor, work.id, "w1", "tax.refused", {"why": "Nợ thuế"})
    assert (outcome(town, case), peek(town.case(case).state).data["why"]) == ("refused", "Nợ thuế")
    assert work_listed(town.platform, tax.actor, {}) == () and whole(town)


def test_an_error_nobody_catches_is_an_incident_and_a_head_hands_the_work_out_anew(town: Town, tax: ServiceAccount) -> None:
    case = begin(town, tax)
    (work,) = fetch(town, tax)
    raise_error(town.platform, tax.actor, work.id, "w1", "unheard.of", {})
    (row,) = town.platform.store.incidents.of_case(case)
    assert (row.code, row.facts["error"]) == ("bpmn.service-failed", "unheard.of")
    heads = head(town)
    retry_incident(town.platform, heads, case, row.key, "Đường truyền đã thông")
    (again,) = fetch(town, tax)
    assert again.id == work.id
    complete_work(town.platform, tax.actor, again.id, "w1", {})
    assert outcome(town, case) == "done"


def test_a_failure_is_tried_again_after_its_wait_and_the_last_one_is_an_incident(town: Town, tax: ServiceAccount) -> None:
    case = begin(town, tax)
    (work,) = fetch(town, tax)
    said = {"message": "không kết nối được", "details": "dòng 12"}
    fail_work(town.platform, tax.actor, work.id, "w1", **said, retries=1, wait=timedelta(minutes=1))
    assert fetch(town, tax) == []
    town.moment.pass_(minutes=1)
    (again,) = fetch(town, tax)
    assert (again.retries, again.error, again.details) == (1, "không kết nối được", "dòng 12")

    fail_work(town.platform, tax.actor, work.id, "w1", **said, retries=0, wait=timedelta())
    town.moment.pass_(hours=9)
    assert fetch(town, tax) == []
    (incident,) = town.platform.store.incidents.of_case(case)
    assert "kết nối" not in str(incident)
    assert whole(town)
    set_retries(town.platform, tax.actor, work.id, 2)
    (once_more,) = fetch(town, tax)
    complete_work(town.platform, tax.actor, once_more.id, "w1", {})
    assert town.case(case).status is CaseStatus.ENDED
    assert reads.incidents(town.platform, town.actor("signer")) == ()


def test_work_of_a_case_that_goes_another_way_is_taken_back(town: Town, tax: ServiceAccount) -> None:
    case = begin(town, tax)
    (work,) = fetch(town, tax)
    cancel_case(town.platform, head(town), case, "Nộp nhầm")
    assert work_listed(town.platform, tax.actor, {}) == ()
    with pytest.raises(WorkGone):
        complete_work(town.platform, tax.actor, work.id, "w1", {})


def test_a_worker_never_writes_over_what_was_handed_in(town: Town, tax: ServiceAccount) -> None:
    case = begin(town, tax)
    (work,) = fetch(town, tax)
    with pytest.raises(NameTaken):
        complete_work(town.platform, tax.actor, work.id, "w1", {"applicant": {"full_name": "Kẻ khác"}})
    assert town.case(case).version == 1


def test_work_is_chosen_by_what_the_case_is_called_by_its_process_and_by_its_values(town: Town, tax: ServiceAccount) -> None:
    first = start_process(town.platform, tax, "duty", {"amount": 7}, reference="TB-1").case_id
    second = begin(town, tax, amount=9)
    asked: list[tuple[dict[str, Any], list[int]]] = [
        ({"reference": "TB-1"}, [first]), ({"reference": town.case(second).code}, [second]), ({"processes": frozenset({"other"})}, []),
        ({"values": {"amount": 9}}, [second]), ({"values": {"amount": 8}}, []), ({"processes": frozenset({"duty"})}, [first, second]),
    ]
    for wanted, cases in asked:
        found = fetch(town, tax, **wanted)
        assert [work.case_id for work in found] == cases, wanted
        for work in found:
            unlock(town.platform, tax.actor, work.id)


def test_two_workers_that_ask_at_once_share_the_work(town: Town, tax: ServiceAccount) -> None:
    for _ in range(12):
        begin(town, tax)

    def take(worker: str) -> list[str]:
        asked = Wanted("tax.notice", town.moment.now + LOCK)
        return [f.task.id for _ in range(6) for f in fetch_work(town.platform, tax.actor, worker, [asked], 2)]

    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(take, ("w1", "w2"))
    assert len(one) + len(other) == 12 and not set(one) & set(other)


def test_opening_twice_under_one_key_opens_one_case(town: Town, tax: ServiceAccount) -> None:
    one = start_process(town.platform, tax, "duty", {}, key="k1")
    assert start_process(town.platform, tax, "duty", {}, key="k1") == one
    assert start_process(town.platform, tax, "duty", {}, key="k2") != one


def test_an_account_opens_cases_of_its_procedures_only(town: Town, tax: ServiceAccount, account: Callable[..., ServiceAccount]) -> None:
    with pytest.raises(NotAllowed):
        start_process(town.platform, account("topic:tax.notice", "procedure:permit"), "duty", {})


# In which order


def ranked(town: Town, tax: ServiceAccount, order: Order, most: int = 10, topics: tuple[str, ...] = ("tax.notice",)) -> list[int]:
    """The amounts of the work as it is handed out."""
    wanted = [Wanted(topic, town.moment.now + LOCK) for topic in topics]
    return [found.task.inputs["amount"] for found in fetch_work(town.platform, tax.actor, "w1", wanted, most, order)]


@pytest.mark.parametrize(
    ("written", "amounts"),
    [
        ('camunda:taskPriority="50"', [50, 50, 50]), ('camunda:taskPriority="${amount * 2}"', [14, 2, 6]), ('wf:priority="= amount"', [7, 1, 3]),
        ('wf:priority="10 - amount"', [3, 9, 7]), ("", [0, 0, 0]), ('wf:priority="= missing"', [0, 0, 0]), ('camunda:taskPriority="high"', [0, 0, 0]),
    ],
)
def test_the_diagram_says_how_urgent_work_is(town: Town, publish: Any, account: Any, written: str, amounts: list[int]) -> None:
    tax = account("topic:tax.notice", "procedure:duty")
    publish("duty", ASK.format(topic=f'camunda:type="external" camunda:topic="tax.notice" {written}'), ERROR)
    for amount in (7, 1, 3):
        begin(town, tax, amount=amount)
    assert [work.priority for work in fetch(town, tax)] == amounts


def test_a_process_says_it_for_all_its_work_that_says_nothing_itself(town: Town, publish: Any, account: Any) -> None:
    tax = account("topic:tax.notice", "procedure:duty", "procedure:own")
    for id, own in (("duty", ""), ("own", 'camunda:taskPriority="9"')):
        body = ASK.format(topic=f'camunda:type="external" camunda:topic="tax.notice" {own}')
        publish_with(town, publish, id, body)
        start_process(town.platform, tax, id, {"amount": 1})
    assert sorted(work.priority for work in fetch(town, tax)) == [5, 9]


def publish_with(town: Town, publish: Any, id: str, body: str) -> None:
    """A pack whose process has a priority of its own."""
    publish(id, body, ERROR)
    (version,) = [each for each in town.platform.store.packs.versions() if each.pack_id == id]
    files = dict(town.platform.store.packs.files(version.digest))
    files[f"{id}.bpmn"] = files[f"{id}.bpmn"].replace(b'isExecutable="true"', b'isExecutable="true" camunda:taskPriority="5"')
    pack = Pack(files, id)
    town.platform.store.packs.publish(pack.id, pack.digest, pack.files, "designer", town.moment.now)


def test_work_is_handed_out_oldest_first_unless_the_worker_asks_for_the_urgent_or_the_newest(town: Town, publish: Any, account: Any) -> None:
    tax = account("topic:tax.notice", "procedure:duty")
    publish("duty", ASK.format(topic='wf:topic="tax.notice" wf:priority="= amount"'), ERROR)
    for amount in (2, 9, 2, 5):
        begin(town, tax, amount=amount)
        town.moment.pass_(minutes=1)
    for order, amounts in (
        (Order(), [2, 9, 2, 5]), (Order(by_priority=True), [9, 5, 2, 2]), (Order(newest_first=True), [5, 2, 9, 2]),
    ):
        assert ranked(town, tax, order) == amounts
        town.moment.pass_(minutes=6)    # the locks are over


def test_an_order_holds_over_all_topics_that_are_asked_for(town: Town, publish: Any, account: Any) -> None:
    tax = account("topic:*", "procedure:*")
    for id in ("a", "b"):
        publish(id, ASK.format(topic=f'wf:topic="{id}" wf:priority="= amount"'), ERROR)
        for amount in (1, 5, 3) if id == "a" else (4, 2, 6):
            start_process(town.platform, tax, id, {"amount": amount})
    assert ranked(town, tax, Order(by_priority=True), 4, ("a", "b")) == [6, 5, 4, 3]
    assert ranked(town, tax, Order(by_priority=True), 4, ("a", "b")) == [2, 1]
