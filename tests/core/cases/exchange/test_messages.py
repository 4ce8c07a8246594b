"""Messages and signals between cases: they reach who listens, and wait for who does not yet."""

from __future__ import annotations

from typing import Any

import pytest
from wardflow.cases.exchange import ServiceAccount
from wardflow.cases.inspection import Inspector
from wardflow.cases.send_message import Sending, send_message
from wardflow.engine import peek
from wardflow.errors import FormRefused
from wardflow.exchange_errors import MessageUnheard

Town = Any    # tests/core/cases/conftest.py


# From case to case


def test_a_message_thrown_by_one_case_reaches_the_case_that_waits_for_it(town: Town, post: Any, publish: Any, begin: Any, round_: Any) -> None:
    publish("wait", post.waits(), post.PAID)
    publish("pay", post.throws('<wf:input name="receipt" value="&quot;BL-1&quot;" />'), post.PAID)
    receiver = begin("wait")
    assert post.listening() == [(receiver, "paid")]
    begin("pay")
    assert not post.ended(receiver)    # the act of the thrower moves nobody else

    assert round_() == 1
    assert (post.ended(receiver), post.told(receiver), post.listening()) == (True, [{"receipt": "BL-1"}], [])
    assert post.states() == [("delivered", None)]
    assert round_() == 0
    assert list(Inspector(town.platform).faults(town.platform.store.inspection)) == []


def test_a_message_waits_for_a_receiver_that_comes_later_and_reaches_only_the_first(town: Town, post: Any, publish: Any, begin: Any, round_: Any) -> None:
    publish("wait", post.waits(), post.PAID)
    publish("pay", post.throws(), post.PAID)
    begin("pay")
    assert round_() == 0
    assert post.states()[0][0] == "waiting"
    first = begin("wait")
    second = begin("wait")
    assert round_() == 1
    assert (post.ended(first), post.ended(second)) == (True, False)


def test_keys_choose_among_those_who_wait(town: Town, post: Any, publish: Any, begin: Any, round_: Any) -> None:
    publish("wait", post.waits('wf:keys="= {invoice: number}"'), post.PAID)
    publish("pay", post.throws(attributes='wf:keys="= {invoice: number, payer: &quot;An&quot;}"'), post.PAID)
    one, two = begin("wait", number=1), begin("wait", number=2)
    begin("pay", number=2)
    begin("pay", number=3)
    assert round_() == 1
    assert (post.ended(one), post.ended(two)) == (False, True)
    late = begin("wait", number=3)
    assert round_() == 1
    assert post.ended(late) and not post.ended(one)


def test_among_many_messages_that_wait_the_one_that_fits_is_found(town: Town, post: Any, publish: Any, begin: Any, round_: Any, shop: Any) -> None:
    publish("wait", post.waits('wf:keys="= {invoice: number}"'), post.PAID)
    for number in range(120):
        send_message(town.platform, shop, Sending("paid", {"invoice": number, "payer": "An"}))
    late = begin("wait", number=117)
    assert round_() == 1
    assert post.ended(late)


def test_keys_that_change_while_a_case_waits_count_as_they_are_now(town: Town, post: Any, publish: Any, begin: Any, shop: ServiceAccount) -> None:
    both = '<bpmn:boundaryEvent id="b" attachedToRef="w2" cancelActivity="false"><bpmn:outgoing>g1</bpmn:outgoing>' \
        '<bpmn:messageEventDefinition messageRef="named" /></bpmn:boundaryEvent><bpmn:endEvent id="ge"><bpmn:incoming>g1</bpmn:incoming></bpmn:endEvent>' \
        '<bpmn:sequenceFlow id="g1" sourceRef="b" targetRef="ge" />'
    wait = f'<bpmn:receiveTask id="w2" messageRef="paid" wf:keys="= {{invoice: number}}">{post.INOUT}</bpmn:receiveTask>'
    publish("wait", post.ENDS.format(start="") + wait + both + post.FLOWS.format(at="w2"), post.PAID + '<bpmn:message id="named" name="named" />')
    case = begin("wait", number=1)
    send_message(town.platform, shop, Sending("named", value={"number": 2}))
    assert send_message(town.platform, shop, Sending("paid", {"invoice": 1})).state == "waiting"
    assert send_message(town.platform, shop, Sending("paid", {"invoice": 2})).state == "delivered"
    assert post.ended(case)


def test_a_message_begins_a_case_with_the_applicant_of_the_case_that_sent_it(town: Town, post: Any, publish: Any, begin: Any, round_: Any) -> None:
    start = post.ENDS.format(start=post.MESSAGE) + f'<bpmn:task id="x">{post.INOUT}</bpmn:task>' + post.FLOWS.format(at="x")
    publish("begun", start, post.PAID)
    publish("pay", post.throws('<wf:input name="receipt" value="&quot;BL-1&quot;" />'), post.PAID)
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


def test_what_is_sealed_is_never_in_a_message(town: Town, post: Any, publish: Any, begin: Any, round_: Any) -> None:
    form = '{"type": "object", "properties": {"illness": {"type": "string", "title": "Bệnh", "x-sealed": "signer"}}}'
    publish("tell", post.throws('<wf:input name="about" value="form" />'), post.PAID, form=form)
    case = begin("tell", illness="rất riêng tư")
    ((state, value),) = post.states()
    assert state == "new" and "riêng tư" not in value and "about" in value
    with town.platform.store.database.reading() as cursor:
        stored = str([cursor.rows(f"SELECT * FROM {table}") for table in ("message", "subscription", "external_task", "entry", "job")])
    assert "riêng tư" not in stored
    assert town.platform.store.papers.sealed(case, "form/illness") == ("signer", "rất riêng tư")


def test_what_is_sealed_in_a_form_that_a_message_hands_in_is_split_off(town: Town, post: Any, publish: Any, shop: ServiceAccount) -> None:
    form = '{"type": "object", "properties": {"illness": {"type": "string", "title": "Bệnh", "x-sealed": "signer"}}}'
    start = post.ENDS.format(start=post.MESSAGE) + f'<bpmn:task id="x">{post.INOUT}</bpmn:task>' + post.FLOWS.format(at="x")
    publish("begun", start, post.PAID, form=form)
    sent = send_message(town.platform, shop, Sending("paid", value={"illness": "rất riêng tư", "note": "x"}), "k")
    assert sent.state == "delivered"
    with town.platform.store.database.reading() as cursor:
        stored = str([cursor.rows(f"SELECT * FROM {table}") for table in ("message", "entry", "cases")])
    assert "riêng tư" not in stored


def test_what_comes_from_outside_lies_closed_until_a_form_has_split_off_what_is_sealed(
    town: Town, post: Any, publish: Any, begin: Any, round_: Any, shop: ServiceAccount
) -> None:
    form = '{"type": "object", "required": ["illness"], "properties": {"illness": {"type": "string", "title": "Bệnh", "x-sealed": "signer"}}}'
    told_by = '[messages]\npaid = { vi = "Báo", en = "Tell", form = "forms/form.json", by = ["counter"] }\n'
    send_message(town.platform, shop, Sending("paid", value={"illness": "rất riêng tư"}))
    publish("wait", post.waits(), post.PAID, form=form, more=told_by)
    case = begin("wait", illness="khác")
    with town.platform.store.database.reading() as cursor:
        assert "riêng tư" not in str(cursor.rows("SELECT * FROM message"))
    assert round_() == 1
    with town.platform.store.database.reading() as cursor:
        assert "riêng tư" not in str([cursor.rows(f"SELECT * FROM {table}") for table in ("message", "entry", "cases")])
    assert post.ended(case) and town.platform.store.papers.sealed(case, "paid/illness") == ("signer", "rất riêng tư")
    again = begin("wait", illness="khác")
    with pytest.raises(FormRefused):
        send_message(town.platform, shop, Sending("paid", value={}))
    assert not post.ended(again)


# Signals


def test_a_signal_reaches_every_case_that_listens_and_nobody_who_comes_later(town: Town, post: Any, publish: Any, begin: Any, round_: Any) -> None:
    publish("wait", post.waits(definition=post.SIGNAL), post.CLOSED)
    publish("close", post.throws('<wf:input name="day" value="&quot;T7&quot;" />', definition=post.SIGNAL), post.CLOSED)
    cases = [begin("wait") for _ in range(3)]
    begin("close")
    late = begin("wait")
    assert round_() == 3
    assert [post.ended(case) for case in (*cases, late)] == [True, True, True, False]
    assert post.told(cases[0]) == [{"day": "T7"}]
    assert round_() == 0


def test_a_signal_from_outside_is_spread_once_under_its_key(town: Town, post: Any, publish: Any, begin: Any, round_: Any, shop: ServiceAccount) -> None:
    publish("wait", post.waits(definition=post.SIGNAL), post.CLOSED)
    one = begin("wait")
    first = send_message(town.platform, shop, Sending("closed", signal=True), "k")
    later = begin("wait")
    assert send_message(town.platform, shop, Sending("closed", signal=True), "k") == first
    assert round_() == 1
    assert (post.ended(one), post.ended(later)) == (True, False)


def test_a_signal_begins_a_case_of_every_procedure_that_starts_with_it_once_each(
    town: Town, post: Any, publish: Any, round_: Any, shop: ServiceAccount
) -> None:
    for id in ("one", "two"):
        publish(id, begun_by_signal(post), post.CLOSED)
    publish("other", post.waits(definition=post.SIGNAL), post.CLOSED)
    send_message(town.platform, shop, Sending("closed", value={"day": "T7"}, signal=True), "k")
    send_message(town.platform, shop, Sending("closed", value={"day": "T7"}, signal=True), "k")
    assert round_() == 2
    assert round_() == 0
    assert sorted(town.case(case).procedure for case in all_cases(town)) == ["one", "two"]
    assert {peek(town.case(case).state).data["day"] for case in all_cases(town)} == {"T7"}
    assert {town.case(case).places.receiving for case in all_cases(town)} == {shop.unit}
    assert post.whole()


def test_a_signal_that_a_case_raises_begins_others_with_its_applicant_and_never_its_own_procedure(
    town: Town, post: Any, publish: Any, begin: Any, round_: Any
) -> None:
    publish("begun", begun_by_signal(post), post.CLOSED)
    publish("close", post.throws('<wf:input name="day" value="&quot;T7&quot;" />', definition=post.SIGNAL), post.CLOSED)
    first = begin("close", applicant={"full_name": "Lê Văn Tám", "id_number": "001080000779"})
    assert round_() == 1
    (second,) = [case for case in all_cases(town) if case != first]
    assert (town.case(second).procedure, town.case(second).applicant_label) == ("begun", "Lê Văn Tám")
    assert round_() == 0
    assert post.whole()


def test_a_signal_whose_procedure_was_withdrawn_meanwhile_is_over_and_holds_up_nothing(
    town: Town, post: Any, publish: Any, round_: Any, shop: ServiceAccount
) -> None:
    publish("one", begun_by_signal(post), post.CLOSED)
    send_message(town.platform, shop, Sending("closed", signal=True))
    publish("one", post.waits(definition=post.SIGNAL), post.CLOSED)    # it is filed by people from now on
    assert round_() == 0
    assert [state for state, _ in post.states()] == ["expired"]


def test_a_signal_for_one_case_is_heard_by_it_alone_or_refused(town: Town, post: Any, publish: Any, begin: Any, shop: ServiceAccount) -> None:
    publish("wait", post.waits(definition=post.SIGNAL), post.CLOSED)
    one, other = begin("wait"), begin("wait")
    sending = Sending("closed", case=town.case(one).code, signal=True)
    assert send_message(town.platform, shop, sending).case == town.case(one).code
    assert (post.ended(one), post.ended(other)) == (True, False)
    with pytest.raises(MessageUnheard):
        send_message(town.platform, shop, sending)


def begun_by_signal(post: Any) -> str:
    """A process that begins with the signal and then waits for a month."""
    timer = "<bpmn:timerEventDefinition><bpmn:timeDuration>P30D</bpmn:timeDuration></bpmn:timerEventDefinition>"
    event = f'<bpmn:intermediateCatchEvent id="w">{post.INOUT}{timer}</bpmn:intermediateCatchEvent>'
    return str(post.ENDS.format(start=post.SIGNAL) + event + post.FLOWS.format(at="w"))


def all_cases(town: Town) -> list[int]:
    with town.platform.store.database.reading() as cursor:
        return [int(row[0]) for row in cursor.rows("SELECT id FROM cases ORDER BY id")]
