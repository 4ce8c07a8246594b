"""Messages from outside, and every message exactly once, whoever is first."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from wardflow.cases.correlate_message import Sought, correlate_message
from wardflow.cases.deliver_message import deliver_message, expire_messages
from wardflow.cases.exchange import MessageState, ServiceAccount
from wardflow.cases.inspection import Inspector
from wardflow.cases.receiving import receive
from wardflow.cases.remember_listeners import remember_listeners
from wardflow.cases.send_message import Sending, send_message
from wardflow.errors import CaseUnknown, NotAllowed
from wardflow.exchange_errors import KeyReused, MessageAmbiguous, MessageSpent, MessageUnheard, NameTaken

Town = Any    # tests/core/cases/conftest.py


# From outside


def test_the_same_key_has_one_effect_and_the_same_answer(town: Town, post: Any, publish: Any, begin: Any, shop: ServiceAccount) -> None:
    publish("wait", post.waits(), post.PAID)
    one, two = begin("wait"), begin("wait")
    sent = send_message(town.platform, shop, Sending("paid", value={"receipt": "BL-1"}), "k1")
    assert (sent.state, sent.case) == ("delivered", town.case(one).code)
    assert send_message(town.platform, shop, Sending("paid", value={"receipt": "BL-1"}), "k1") == sent
    assert (post.ended(one), post.ended(two)) == (True, False)
    with pytest.raises(KeyReused):
        send_message(town.platform, shop, Sending("other"), "k1")


def test_a_message_that_had_to_wait_is_answered_the_same_after_it_was_delivered(town: Town, post: Any, publish: Any, begin: Any, round_: Any, shop: ServiceAccount) -> None:
    publish("wait", post.waits(), post.PAID)
    sent = send_message(town.platform, shop, Sending("paid"), "k1")
    assert sent.state == "waiting"
    begin("wait")
    round_()
    assert post.states()[0][0] == "delivered"
    assert send_message(town.platform, shop, Sending("paid"), "k1") == sent


def test_a_message_for_one_case_reaches_no_other(town: Town, post: Any, publish: Any, begin: Any, shop: ServiceAccount) -> None:
    publish("wait", post.waits(), post.PAID)
    one, two = begin("wait"), begin("wait")
    send_message(town.platform, shop, Sending("paid", case=town.case(two).code))
    assert (post.ended(one), post.ended(two)) == (False, True)
    with pytest.raises(CaseUnknown):
        send_message(town.platform, shop, Sending("paid", case="H26.none"))


def test_a_message_that_nobody_waits_for_in_its_time_is_over(town: Town, post: Any, publish: Any, begin: Any, round_: Any, shop: ServiceAccount) -> None:
    publish("wait", post.waits(), post.PAID)
    send_message(town.platform, shop, Sending("paid", value={"receipt": "BL-1"}, wait=timedelta(days=1)))
    town.moment.pass_(days=1)
    case = begin("wait")
    assert round_() == 0
    ((state, kept),) = post.states()
    assert (post.ended(case), state) == (False, "expired")
    assert kept and "BL-1" not in kept    # sealed, for a person who sends it again
    town.moment.pass_(days=town.platform.settings.message_days)
    assert expire_messages(town.platform) == 0
    assert post.states() == []


def test_who_may_not_send_a_message_sends_nothing(town: Town, post: Any, publish: Any, begin: Any, account: Any) -> None:
    publish("wait", post.waits(), post.PAID)
    begin("wait")
    with pytest.raises(NotAllowed):
        send_message(town.platform, account("message:other"), Sending("paid"))
    with pytest.raises(NotAllowed):
        correlate_message(town.platform, account("message:other"), "paid", {}, {}, Sought())


def test_a_message_from_outside_never_writes_over_what_was_handed_in(town: Town, post: Any, publish: Any, begin: Any, shop: ServiceAccount) -> None:
    publish("wait", post.waits(), post.PAID)
    case = begin("wait")
    for sending in (Sending("paid", value={"form": {}}), Sending("unheard", value={"places": {}}), Sending("x", value={"form": {}}, signal=True)):
        with pytest.raises(NameTaken):
            send_message(town.platform, shop, sending)
    assert not post.ended(case) and post.states() == []


def test_correlating_asks_for_one_receiver_alone(town: Town, post: Any, publish: Any, begin: Any, shop: ServiceAccount) -> None:
    publish("wait", post.waits(), post.PAID)
    with pytest.raises(MessageUnheard):
        correlate_message(town.platform, shop, "paid", {}, {}, Sought())
    one, two, three = begin("wait", number=1), begin("wait", number=2), begin("wait", number=3)
    with pytest.raises(MessageAmbiguous):
        correlate_message(town.platform, shop, "paid", {}, {}, Sought())
    assert [c.case_id for c in correlate_message(town.platform, shop, "paid", {"number": 2}, {}, Sought())] == [two]
    assert {c.case_id for c in correlate_message(town.platform, shop, "paid", {}, {}, Sought(everyone=True))} == {one, three}


# Exactly once, whoever is first


def test_two_workers_deliver_a_message_once(town: Town, post: Any, publish: Any, begin: Any) -> None:
    publish("wait", post.waits(), post.PAID)
    publish("pay", post.throws(), post.PAID)
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
    assert sum(post.ended(case) for case in cases) == 2
    assert sum(len(post.told(case)) for case in cases) == 2


def test_one_key_used_by_two_callers_at_once_has_one_effect(town: Town, post: Any, publish: Any, begin: Any, shop: ServiceAccount) -> None:
    publish("wait", post.waits(), post.PAID)
    cases = [begin("wait") for _ in range(3)]
    together = threading.Barrier(2)

    def send(_: int) -> Any:
        together.wait()
        return send_message(town.platform, shop, Sending("paid"), "k1")

    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(send, range(2))
    assert one == other
    assert sum(post.ended(case) for case in cases) == 1


def test_a_message_that_another_case_took_moves_nobody(town: Town, post: Any, publish: Any, begin: Any, shop: ServiceAccount) -> None:
    publish("wait", post.waits(), post.PAID)
    send_message(town.platform, shop, Sending("paid"))
    (id,) = town.platform.store.messages.fresh(10)
    stale = town.platform.store.messages.find(id)
    one, two = begin("wait"), begin("wait")
    assert deliver_message(town.platform, id)
    with pytest.raises(MessageSpent):
        receive(town.platform, shop.actor, stale, two)
    assert (post.ended(one), post.ended(two), town.case(two).version) == (True, False, 1)
    assert stale.state is MessageState.NEW


def test_a_case_that_cannot_receive_holds_up_no_other_message(town: Town, post: Any, publish: Any, begin: Any, round_: Any) -> None:
    publish("wait", post.waits(), post.PAID)
    publish("pay", post.throws(), post.PAID)
    begin("pay")
    begin("pay")
    case = begin("wait")
    bad, _ = town.platform.store.messages.fresh(10)
    with town.platform.store.database.writing() as cursor:
        cursor.run("UPDATE message SET target = 999 WHERE id = ?", (bad,))
        cursor.run("INSERT INTO subscription (case_id, listener, kind, name, keys_hash, node, since, fresh) "
                   "VALUES (999, 'ghost', 'message', 'paid', '', 'w', '2026-01-01T00:00:00.000Z', ?)", (True,))
    assert round_() == 1
    assert post.ended(case)
    assert town.platform.store.messages.fresh(10) == [bad]    # it is tried again, later each time
    assert round_() == 0


# What it costs


def test_a_case_whose_diagram_hears_nothing_pays_nothing(town: Town, post: Any, publish: Any, begin: Any) -> None:
    publish("quiet", post.throws(definition=""), "")
    seen: list[str] = []
    town.platform.store.database.observer = seen.append
    begin("quiet")
    town.platform.store.database.observer = None
    assert not [sql for sql in seen if "subscription" in sql or "message" in sql or "external_task" in sql]


def test_a_case_that_hears_only_its_applicants_withdrawal_pays_nothing_and_no_system_withdraws_it(town: Town, post: Any, shop: ServiceAccount) -> None:
    seen: list[str] = []
    town.platform.store.database.observer = seen.append
    case = town.open().case_id
    town.do("clerk", case, "check", complete=True)
    town.platform.store.database.observer = None
    assert not [sql for sql in seen if "subscription" in sql]
    with pytest.raises(MessageUnheard):
        correlate_message(town.platform, shop, "withdrawal", {}, {}, Sought(case_id=case))


def test_listeners_are_written_only_when_they_change(town: Town, post: Any, publish: Any, begin: Any) -> None:
    beside = '<bpmn:userTask id="u" wf:role="counter" wf:unit="receiving"><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f4</bpmn:outgoing></bpmn:userTask>'
    wait = f'<bpmn:intermediateCatchEvent id="w"><bpmn:incoming>f4</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing>{post.MESSAGE}</bpmn:intermediateCatchEvent>'
    flows = post.FLOWS.format(at="w").replace('sourceRef="s" targetRef="w"', 'sourceRef="s" targetRef="u"')
    publish("wait", post.ENDS.format(start="") + beside + wait + flows + '<bpmn:sequenceFlow id="f4" sourceRef="u" targetRef="w" />', post.PAID)
    seen: list[str] = []
    town.platform.store.database.observer = seen.append
    case = begin("wait")
    assert not [sql for sql in seen if "subscription" in sql]
    town.do("clerk", case, "u")
    town.platform.store.database.observer = None
    assert [sql.split()[0] for sql in seen if "subscription" in sql] == ["INSERT"]
    assert post.listening() == [(case, "paid")]


# Cases of before


def test_cases_that_an_earlier_version_opened_are_heard_from_the_upgrade_on(town: Town, post: Any, publish: Any, begin: Any, shop: ServiceAccount) -> None:
    publish("wait", post.waits(), post.PAID)
    case, _ = begin("wait"), town.open()
    with town.platform.store.database.writing() as cursor:
        cursor.run("DELETE FROM subscription")
        cursor.run("DELETE FROM revision WHERE name = 'listeners'")
    town.platform.store.messages._remembered = False
    assert post.whole()    # nobody is blamed before they are remembered

    assert remember_listeners(town.platform) == 2
    assert remember_listeners(town.platform) == 0
    assert post.listening() == [(case, "paid")] and post.whole()
    send_message(town.platform, shop, Sending("paid"))
    assert post.ended(case)


def test_what_is_heard_and_handed_out_is_held_against_the_process(town: Town, post: Any, publish: Any, begin: Any) -> None:
    publish("wait", post.waits(), post.PAID)
    begin("wait")
    with town.platform.store.database.writing() as cursor:
        cursor.run("UPDATE subscription SET listener = 't9.0.w'")
        cursor.run("INSERT INTO external_task (case_id, task, topic, node, inputs, priority, created_at, free_at) "
                   "VALUES (1, 't9', 'x', 'w', '{}', 0, '', '')")
    found = [fault.reason.code for fault in Inspector(town.platform).faults(town.platform.store.inspection)]
    assert sorted(found) == ["verify.listener-left-over", "verify.listener-missing", "verify.work-left-over"]
