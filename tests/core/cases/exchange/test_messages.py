"""Messages and signals: they reach who listens, wait for who does not yet, and arrive once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from wardflow import app
from wardflow.cases.correlate_message import Sought, correlate_message
from wardflow.cases.deliver_message import deliver_message, expire_messages
from wardflow.cases.exchange import MessageState, ServiceAccount
from wardflow.cases.inspection import Inspector
from wardflow.cases.receiving import receive
from wardflow.cases.remember_listeners import remember_listeners
from wardflow.cases.send_message import Sending, send_message
from wardflow.cases.start_process import start_process
from wardflow.engine import peek
from wardflow.errors import (
    CaseUnknown,
    FormRefused,
    KeyReused,
    MessageAmbiguous,
    MessageSpent,
    MessageUnheard,
    NameTaken,
    NotAllowed,
)

Town = Any    # tests/core/cases/conftest.py
FLOWS = '<bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="{at}" /><bpmn:sequenceFlow id="f2" sourceRef="{at}" targetRef="e" />'
ENDS = (
    '<bpmn:startEvent id="s"><bpmn:outgoing>f1</bpmn:outgoing>{start}</bpmn:startEvent>'
    '<bpmn:endEvent id="e" wf:outcome="done"><bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>'
)
INOUT = "<bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing>"
PAID = '<bpmn:message id="paid" name="paid" />'
CLOSED = '<bpmn:signal id="closed" name="closed" />'
MESSAGE, SIGNAL = '<bpmn:messageEventDefinition messageRef="paid" />', '<bpmn:signalEventDefinition signalRef="closed" />'


def waits(attributes: str = "", definition: str = MESSAGE) -> str:
    """A process that waits for one event and ends."""
    event = f'<bpmn:intermediateCatchEvent id="w" {attributes}>{INOUT}{definition}</bpmn:intermediateCatchEvent>'
    return ENDS.format(start="") + event + FLOWS.format(at="w")


def throws(inputs: str = "", attributes: str = "", definition: str = MESSAGE) -> str:
    """A process that throws one event and ends."""
    said = f"<bpmn:extensionElements>{inputs}</bpmn:extensionElements>" if inputs else ""
    event = f'<bpmn:intermediateThrowEvent id="t" {attributes}>{said}{INOUT}{definition}</bpmn:intermediateThrowEvent>'
    return ENDS.format(start="") + event + FLOWS.format(at="t")


@pytest.fixture
def shop(account: Callable[..., ServiceAccount]) -> ServiceAccount:
    return account("procedure:*", "message:*", name="shop")


@pytest.fixture
def begin(town: Town, shop: ServiceAccount) -> Callable[..., int]:
    return lambda process, **values: start_process(town.platform, shop, process, values).case_id


@pytest.fixture
def round_(town: Town) -> Callable[[], int]:
    """One round of a worker over messages."""
    place = app.workplace(town.platform, town.platform.store)
    return lambda: place.messages.deliver_due(town.moment.now)


def ended(town: Town, case: int) -> bool:
    return str(town.case(case).status) == "ended"


def told(town: Town, case: int) -> list[Any]:
    return [e.value for e in town.platform.store.papers.entries(case) if e.kind.endswith("_received")]


def states(town: Town) -> list[tuple[str, Any]]:
    with town.platform.store.database.reading() as cursor:
        return [(row[0], row[1]) for row in cursor.rows("SELECT state, value FROM message ORDER BY at, id")]


def listening(town: Town) -> list[tuple[int, str]]:
    with town.platform.store.database.reading() as cursor:
        return [(row[0], row[1]) for row in cursor.rows("SELECT case_id, name FROM subscription ORDER BY case_id")]


# From case to case


def test_a_message_thrown_by_one_case_reaches_the_case_that_waits_for_it(town: Town, publish: Any, begin: Any, round_: Any) -> None:
    publish("wait", waits(), PAID)
    publish("pay", throws('<wf:input name="receipt" value="&quot;BL-1&quot;" />'), PAID)
    receiver = begin("wait")
    assert listening(town) == [(receiver, "paid")]
    begin("pay")
    assert not ended(town, receiver)    # the act of the thrower moves nobody else

    assert round_() == 1
    assert (ended(town, receiver), told(town, receiver), listening(town)) == (True, [{"receipt": "BL-1"}], [])
    assert states(town) == [("delivered", None)]
    assert round_() == 0
    assert list(Inspector(town.platform).faults(town.platform.store.inspection)) == []


def test_a_message_waits_for_a_receiver_that_comes_later_and_reaches_only_the_first(town: Town, publish: Any, begin: Any, round_: Any) -> None:
    publish("wait", waits(), PAID)
    publish("pay", throws(), PAID)
    begin("pay")
    assert round_() == 0
    assert states(town)[0][0] == "waiting"
    first = begin("wait")
    second = begin("wait")
    assert round_() == 1
    assert (ended(town, first), ended(town, second)) == (True, False)


def test_keys_choose_among_those_who_wait(town: Town, publish: Any, begin: Any, round_: Any) -> None:
    publish("wait", waits('wf:keys="= {invoice: number}"'), PAID)
    publish("pay", throws(attributes='wf:keys="= {invoice: number, payer: &quot;An&quot;}"'), PAID)
    one, two = begin("wait", number=1), begin("wait", number=2)
    begin("pay", number=2)
    begin("pay", number=3)
    assert round_() == 1
    assert (ended(town, one), ended(town, two)) == (False, True)
    late = begin("wait", number=3)
    assert round_() == 1
    assert ended(town, late) and not ended(town, one)


def test_among_many_messages_that_wait_the_one_that_fits_is_found(town: Town, publish: Any, begin: Any, round_: Any, shop: Any) -> None:
    publish("wait", waits('wf:keys="= {invoice: number}"'), PAID)
    for number in range(120):
        send_message(town.platform, shop, Sending("paid", {"invoice": number, "payer": "An"}))
    late = begin("wait", number=117)
    assert round_() == 1
    assert ended(town, late)


def test_keys_that_change_while_a_case_waits_count_as_they_are_now(town: Town, publish: Any, begin: Any, shop: ServiceAccount) -> None:
    both = '<bpmn:boundaryEvent id="b" attachedToRef="w2" cancelActivity="false"><bpmn:outgoing>g1</bpmn:outgoing>' \
        '<bpmn:messageEventDefinition messageRef="named" /></bpmn:boundaryEvent><bpmn:endEvent id="ge"><bpmn:incoming>g1</bpmn:incoming></bpmn:endEvent>' \
        '<bpmn:sequenceFlow id="g1" sourceRef="b" targetRef="ge" />'
    wait = f'<bpmn:receiveTask id="w2" messageRef="paid" wf:keys="= {{invoice: number}}">{INOUT}</bpmn:receiveTask>'
    publish("wait", ENDS.format(start="") + wait + both + FLOWS.format(at="w2"), PAID + '<bpmn:message id="named" name="named" />')
    case = begin("wait", number=1)
    send_message(town.platform, shop, Sending("named", value={"number": 2}))
    assert send_message(town.platform, shop, Sending("paid", {"invoice": 1})).state == "waiting"
    assert send_message(town.platform, shop, Sending("paid", {"invoice": 2})).state == "delivered"
    assert ended(town, case)


def test_a_message_begins_a_case_with_the_applicant_of_the_case_that_sent_it(town: Town, publish: Any, begin: Any, round_: Any) -> None:
    start = ENDS.format(start=MESSAGE) + f'<bpmn:task id="x">{INOUT}</bpmn:task>' + FLOWS.format(at="x")
    publish("begun", start, PAID)
    publish("pay", throws('<wf:input name="receipt" value="&quot;BL-1&quot;" />'), PAID)
    begin("pay", applicant={"full_name": "Lê Thị Sen", "id_number": "001080000777"})
    assert round_() == 1
    newest = max(case for case in range(1, 10) if _there(town, case))
    case = town.case(newest)
    assert (case.procedure, case.applicant_label, case.places.receiving) == ("begun", "Lê Thị Sen", "north.point")
    assert peek(case.state).data["receipt"] == "BL-1"
    assert round_() == 0


def _there(town: Town, case: int) -> bool:
    with town.platform.store.database.reading() as cursor:
        return cursor.row("SELECT 1 FROM cases WHERE id = ?", (case,)) is not None


def test_what_is_sealed_is_never_in_a_message(town: Town, publish: Any, begin: Any, round_: Any) -> None:
    form = '{"type": "object", "properties": {"illness": {"type": "string", "title": "Bệnh", "x-sealed": "signer"}}}'
    publish("tell", throws('<wf:input name="about" value="form" />'), PAID, form=form)
    case = begin("tell", illness="rất riêng tư")
    ((state, value),) = states(town)
    assert state == "new" and "riêng tư" not in value and "about" in value
    with town.platform.store.database.reading() as cursor:
        stored = str([cursor.rows(f"SELECT * FROM {table}") for table in ("message", "subscription", "external_task", "entry", "job")])
    assert "riêng tư" not in stored
    assert town.platform.store.papers.sealed(case, "form/illness") == ("signer", "rất riêng tư")


def test_what_is_sealed_in_a_form_that_a_message_hands_in_is_split_off(town: Town, publish: Any, shop: ServiceAccount) -> None:
    form = '{"type": "object", "properties": {"illness": {"type": "string", "title": "Bệnh", "x-sealed": "signer"}}}'
    start = ENDS.format(start=MESSAGE) + f'<bpmn:task id="x">{INOUT}</bpmn:task>' + FLOWS.format(at="x")
    publish("begun", start, PAID, form=form)
    sent = send_message(town.platform, shop, Sending("paid", value={"illness": "rất riêng tư", "note": "x"}), "k")
    assert sent.state == "delivered"
    with town.platform.store.database.reading() as cursor:
        stored = str([cursor.rows(f"SELECT * FROM {table}") for table in ("message", "entry", "cases")])
    assert "riêng tư" not in stored


def test_what_comes_from_outside_lies_closed_until_a_form_has_split_off_what_is_sealed(
    town: Town, publish: Any, begin: Any, round_: Any, shop: ServiceAccount
) -> None:
    form = '{"type": "object", "required": ["illness"], "properties": {"illness": {"type": "string", "title": "Bệnh", "x-sealed": "signer"}}}'
    told_by = '[messages]\npaid = { vi = "Báo", en = "Tell", form = "forms/form.json", by = ["counter"] }\n'
    send_message(town.platform, shop, Sending("paid", value={"illness": "rất riêng tư"}))
    publish("wait", waits(), PAID, form=form, more=told_by)
    case = begin("wait", illness="khác")
    with town.platform.store.database.reading() as cursor:
        assert "riêng tư" not in str(cursor.rows("SELECT * FROM message"))
    assert round_() == 1
    with town.platform.store.database.reading() as cursor:
        assert "riêng tư" not in str([cursor.rows(f"SELECT * FROM {table}") for table in ("message", "entry", "cases")])
    assert ended(town, case) and town.platform.store.papers.sealed(case, "paid/illness") == ("signer", "rất riêng tư")
    again = begin("wait", illness="khác")
    with pytest.raises(FormRefused):
        send_message(town.platform, shop, Sending("paid", value={}))
    assert not ended(town, again)


# Signals


def test_a_signal_reaches_every_case_that_listens_and_nobody_who_comes_later(town: Town, publish: Any, begin: Any, round_: Any) -> None:
    publish("wait", waits(definition=SIGNAL), CLOSED)
    publish("close", throws('<wf:input name="day" value="&quot;T7&quot;" />', definition=SIGNAL), CLOSED)
    cases = [begin("wait") for _ in range(3)]
    begin("close")
    late = begin("wait")
    assert round_() == 3
    assert [ended(town, case) for case in (*cases, late)] == [True, True, True, False]
    assert told(town, cases[0]) == [{"day": "T7"}]
    assert round_() == 0


def test_a_signal_from_outside_is_spread_once_under_its_key(town: Town, publish: Any, begin: Any, round_: Any, shop: ServiceAccount) -> None:
    publish("wait", waits(definition=SIGNAL), CLOSED)
    one = begin("wait")
    first = send_message(town.platform, shop, Sending("closed", signal=True), "k")
    later = begin("wait")
    assert send_message(town.platform, shop, Sending("closed", signal=True), "k") == first
    assert round_() == 1
    assert (ended(town, one), ended(town, later)) == (True, False)


# From outside


def test_the_same_key_has_one_effect_and_the_same_answer(town: Town, publish: Any, begin: Any, shop: ServiceAccount) -> None:
    publish("wait", waits(), PAID)
    one, two = begin("wait"), begin("wait")
    sent = send_message(town.platform, shop, Sending("paid", value={"receipt": "BL-1"}), "k1")
    assert (sent.state, sent.case) == ("delivered", town.case(one).code)
    assert send_message(town.platform, shop, Sending("paid", value={"receipt": "BL-1"}), "k1") == sent
    assert (ended(town, one), ended(town, two)) == (True, False)
    with pytest.raises(KeyReused):
        send_message(town.platform, shop, Sending("other"), "k1")


def test_a_message_that_had_to_wait_is_answered_the_same_after_it_was_delivered(town: Town, publish: Any, begin: Any, round_: Any, shop: ServiceAccount) -> None:
    publish("wait", waits(), PAID)
    sent = send_message(town.platform, shop, Sending("paid"), "k1")
    assert sent.state == "waiting"
    begin("wait")
    round_()
    assert states(town)[0][0] == "delivered"
    assert send_message(town.platform, shop, Sending("paid"), "k1") == sent


def test_a_message_for_one_case_reaches_no_other(town: Town, publish: Any, begin: Any, shop: ServiceAccount) -> None:
    publish("wait", waits(), PAID)
    one, two = begin("wait"), begin("wait")
    send_message(town.platform, shop, Sending("paid", case=town.case(two).code))
    assert (ended(town, one), ended(town, two)) == (False, True)
    with pytest.raises(CaseUnknown):
        send_message(town.platform, shop, Sending("paid", case="H26.none"))


def test_a_message_that_nobody_waits_for_in_its_time_is_over(town: Town, publish: Any, begin: Any, round_: Any, shop: ServiceAccount) -> None:
    publish("wait", waits(), PAID)
    send_message(town.platform, shop, Sending("paid", value={"receipt": "BL-1"}, wait=timedelta(days=1)))
    town.moment.pass_(days=1)
    case = begin("wait")
    assert round_() == 0
    assert not ended(town, case) and states(town) == [("expired", None)]
    town.moment.pass_(days=town.platform.settings.message_days)
    assert expire_messages(town.platform) == 0
    assert states(town) == []


def test_who_may_not_send_a_message_sends_nothing(town: Town, publish: Any, begin: Any, account: Any) -> None:
    publish("wait", waits(), PAID)
    begin("wait")
    with pytest.raises(NotAllowed):
        send_message(town.platform, account("message:other"), Sending("paid"))
    with pytest.raises(NotAllowed):
        correlate_message(town.platform, account("message:other"), "paid", {}, {}, Sought())


def test_a_message_from_outside_never_writes_over_what_was_handed_in(town: Town, publish: Any, begin: Any, shop: ServiceAccount) -> None:
    publish("wait", waits(), PAID)
    case = begin("wait")
    for sending in (Sending("paid", value={"form": {}}), Sending("unheard", value={"places": {}}), Sending("x", value={"form": {}}, signal=True)):
        with pytest.raises(NameTaken):
            send_message(town.platform, shop, sending)
    assert not ended(town, case) and states(town) == []


def test_correlating_asks_for_one_receiver_alone(town: Town, publish: Any, begin: Any, shop: ServiceAccount) -> None:
    publish("wait", waits(), PAID)
    with pytest.raises(MessageUnheard):
        correlate_message(town.platform, shop, "paid", {}, {}, Sought())
    one, two, three = begin("wait", number=1), begin("wait", number=2), begin("wait", number=3)
    with pytest.raises(MessageAmbiguous):
        correlate_message(town.platform, shop, "paid", {}, {}, Sought())
    assert [c.case_id for c in correlate_message(town.platform, shop, "paid", {"number": 2}, {}, Sought())] == [two]
    assert {c.case_id for c in correlate_message(town.platform, shop, "paid", {}, {}, Sought(everyone=True))} == {one, three}


# Exactly once, whoever is first


def test_two_workers_deliver_a_message_once(town: Town, publish: Any, begin: Any) -> None:
    publish("wait", waits(), PAID)
    publish("pay", throws(), PAID)
    cases = [begin("wait") for _ in range(4)]
    for _ in range(2):
        begin("pay")
    ids = town.platform.store.messages.fresh(10)
    together = threading.Barrier(2)

    def deliver(_: int) -> int:
        together.wait()
        return sum(deliver_message(town.platform, id) for id in ids)

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(deliver, range(2))) == 2
    assert sum(ended(town, case) for case in cases) == 2
    assert sum(len(told(town, case)) for case in cases) == 2


def test_one_key_used_by_two_callers_at_once_has_one_effect(town: Town, publish: Any, begin: Any, shop: ServiceAccount) -> None:
    publish("wait", waits(), PAID)
    cases = [begin("wait") for _ in range(3)]
    together = threading.Barrier(2)

    def send(_: int) -> Any:
        together.wait()
        return send_message(town.platform, shop, Sending("paid"), "k1")

    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(send, range(2))
    assert one == other
    assert sum(ended(town, case) for case in cases) == 1


def test_a_message_that_another_case_took_moves_nobody(town: Town, publish: Any, begin: Any, shop: ServiceAccount) -> None:
    publish("wait", waits(), PAID)
    send_message(town.platform, shop, Sending("paid"))
    (id,) = town.platform.store.messages.fresh(10)
    stale = town.platform.store.messages.find(id)
    one, two = begin("wait"), begin("wait")
    assert deliver_message(town.platform, id)
    with pytest.raises(MessageSpent):
        receive(town.platform, shop.actor, stale, two)
    assert (ended(town, one), ended(town, two), town.case(two).version) == (True, False, 1)
    assert stale.state is MessageState.NEW


def test_a_case_that_cannot_receive_holds_up_no_other_message(town: Town, publish: Any, begin: Any, round_: Any) -> None:
    publish("wait", waits(), PAID)
    publish("pay", throws(), PAID)
    begin("pay")
    begin("pay")
    case = begin("wait")
    bad, _ = town.platform.store.messages.fresh(10)
    with town.platform.store.database.writing() as cursor:
        cursor.run("UPDATE message SET target = 999 WHERE id = ?", (bad,))
        cursor.run("INSERT INTO subscription (case_id, listener, kind, name, keys_hash, node, since, fresh) "
                   "VALUES (999, 'ghost', 'message', 'paid', '', 'w', '2026-01-01T00:00:00.000Z', ?)", (True,))
    assert round_() == 1
    assert ended(town, case)
    assert town.platform.store.messages.fresh(10) == [bad]    # it is tried again, later each time
    assert round_() == 0


# What it costs


def test_a_case_whose_diagram_hears_nothing_pays_nothing(town: Town, publish: Any, begin: Any) -> None:
    publish("quiet", throws(definition=""), "")
    seen: list[str] = []
    town.platform.store.database.observer = seen.append
    begin("quiet")
    town.platform.store.database.observer = None
    assert not [sql for sql in seen if "subscription" in sql or "message" in sql or "external_task" in sql]


def test_listeners_are_written_only_when_they_change(town: Town) -> None:
    case = town.open().case_id    # it may be withdrawn until its handling ends
    seen: list[str] = []
    town.platform.store.database.observer = seen.append
    town.do("clerk", case, "check", complete=True)
    assert not [sql for sql in seen if "subscription" in sql]
    assert listening(town) == [(case, "withdrawal")]
    town.do("reviewer", case, "review", opinion="good")
    town.platform.store.database.observer = None
    assert [sql.split()[0] for sql in seen if "subscription" in sql] == ["SELECT", "DELETE"]    # the first is the look above
    assert listening(town) == []


# Cases of before


def test_cases_that_an_earlier_version_opened_are_heard_from_the_upgrade_on(town: Town, publish: Any, begin: Any, shop: ServiceAccount) -> None:
    publish("wait", waits(), PAID)
    case, other = begin("wait"), int(town.open().case_id)
    with town.platform.store.database.writing() as cursor:
        cursor.run("DELETE FROM subscription")
        cursor.run("DELETE FROM revision WHERE name = 'listeners'")
    town.platform.store.messages._remembered = False
    assert whole(town)    # nobody is blamed before they are remembered

    assert remember_listeners(town.platform) == 2
    assert remember_listeners(town.platform) == 0
    assert listening(town) == [(case, "paid"), (other, "withdrawal")] and whole(town)
    send_message(town.platform, shop, Sending("paid"))
    assert ended(town, case)


def test_what_is_heard_and_handed_out_is_held_against_the_process(town: Town, publish: Any, begin: Any) -> None:
    publish("wait", waits(), PAID)
    begin("wait")
    with town.platform.store.database.writing() as cursor:
        cursor.run("UPDATE subscription SET listener = 't9.0.w'")
        cursor.run("INSERT INTO external_task (case_id, task, topic, node, inputs, priority, created_at, free_at) "
                   "VALUES (1, 't9', 'x', 'w', '{}', 0, '', '')")
    found = [fault.reason.code for fault in Inspector(town.platform).faults(town.platform.store.inspection)]
    assert sorted(found) == ["verify.listener-left-over", "verify.listener-missing", "verify.work-left-over"]


def whole(town: Town) -> bool:
    return list(Inspector(town.platform).faults(town.platform.store.inspection)) == []
