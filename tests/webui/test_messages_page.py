"""Messages that nobody receives are seen by who looks after them, without anything that names a person, and settled with a reason."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from wardflow import app
from wardflow.cases.exchange import ServiceAccount
from wardflow.cases.send_message import Sending, send_message
from wardflow.cases.start_process import start_process
from wardflow.domain.register import Authority, Holding, Person
from wardflow.packs import Pack
from wardflow.permissions import DESIGNER, OPERATOR

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:wf="http://wardflow.org/schema/bpmn" targetNamespace="urn:t">'
    '<bpmn:message id="m" name="{name}" /><bpmn:process id="{id}" isExecutable="true"><bpmn:startEvent id="s" /><bpmn:endEvent id="e" wf:outcome="done" />'
    '<bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="x" /><bpmn:sequenceFlow id="f2" sourceRef="x" targetRef="e" />'
)
WAITS = HEAD + '<bpmn:intermediateCatchEvent id="x"{keys}><bpmn:messageEventDefinition messageRef="m" /></bpmn:intermediateCatchEvent></bpmn:process></bpmn:definitions>'
THROWS = HEAD + '<bpmn:intermediateThrowEvent id="x"{keys}><bpmn:messageEventDefinition messageRef="m" /></bpmn:intermediateThrowEvent></bpmn:process></bpmn:definitions>'
PHONE = "0900000456"


@pytest.fixture
def platform(platform: Any) -> Any:
    """The small city with an operator, a head and a designer, and two procedures: one waits for what the other throws."""
    platform.store.city.save(
        people=(Person("huong", "Vũ Thị Hương"), Person("khoa", "Đỗ Văn Khoa"), Person("lam", "Mai Văn Lâm")),
        holdings=(Holding("huong", "signer", "east"), Holding("khoa", OPERATOR, "city"), Holding("lam", DESIGNER, "city")),
        authorities=tuple(Authority(code, "commune", None, "Luật thử", date(2025, 7, 1)) for code in ("waits", "throws")),
    )
    for id, diagram, keys in (("waits", WAITS, ' wf:keys="= {phone: phone}"'), ("throws", THROWS, ' wf:keys="= {phone: phone}"')):
        files = {
            "pack.toml": f'id = "{id}"\ntitle = "{id}"\nopeners = []\nheads = ["signer"]\n'.encode(),
            f"{id}.bpmn": diagram.format(id=id, name="paid", keys=keys).encode(),
            f"procedures/{id}.toml": f'code = "{id}"\nname = "{id}"\npack = "{id}"\nprocess = "{id}"\nlevel = "commune"\ntime_limit = "5 wd"\n'.encode(),
        }
        pack = Pack(files, id)
        platform.store.packs.publish(pack.id, pack.digest, pack.files, "lam", platform.now())
    return platform


@pytest.fixture
def bank(platform: Any) -> ServiceAccount:
    return ServiceAccount("bank", "east.point", frozenset({"message:*", "procedure:*"}), platform.now())


def sent(platform: Any, bank: ServiceAccount) -> str:
    """A message of the bank that nobody waits for yet."""
    return send_message(platform, bank, Sending("paid", {"phone": PHONE, "who": "Nguyễn Văn An"}, {"receipt": "BL-17"})).id


def round_(platform: Any) -> int:
    found: int = app.workplace(platform, platform.store).messages.deliver_due(platform.now())
    return found


def expired(platform: Any, id: str) -> None:
    """Its time is over."""
    later = platform.at(platform.now() + timedelta(days=31))
    app.workplace(later, platform.store).messages.deliver_due(later.now())
    assert platform.store.messages.find(id).state == "expired"


def test_an_operator_sees_the_name_the_time_and_no_more_of_a_key_than_tells_two_apart(browser: Any, platform: Any, bank: Any) -> None:
    sent(platform, bank)
    text = browser("khoa").open("/messages")
    assert "paid" in text and "phone: …456" in text and "who: …" in text and "Hệ thống bank gửi" in text
    for secret in (PHONE, "Nguyễn Văn An", "BL-17"):
        assert secret not in text
    assert "Sent by the system bank" in browser("khoa").open("/messages?lang=en")
    assert 'href="/messages"' in browser("khoa").open("/incidents")


def test_a_head_sees_what_the_cases_of_their_unit_sent_and_others_see_nothing(browser: Any, platform: Any, bank: Any) -> None:
    sent(platform, bank)
    case = start_process(platform, bank, "throws", {"phone": PHONE})
    text = browser("huong").open("/messages")
    assert text.count("<details") == 1 and case.code in text and "bank" not in text
    assert browser("khoa").open("/messages").count("<details") == 2
    for who in ("lam", "binh"):
        assert "Không có thông điệp nào đang chờ" in browser(who).open("/messages")


def test_one_whose_time_is_over_is_sent_again_with_a_reason_and_reaches_its_receiver(browser: Any, platform: Any, bank: Any) -> None:
    id, page = sent(platform, bank), browser("khoa")
    expired(platform, id)
    case = start_process(platform, bank, "waits", {"phone": PHONE}).case_id
    round_(platform)
    assert str(platform.store.cases.load(case).case.status) == "open"    # what is over reaches nobody by itself
    assert "Hết hạn chờ" in page.open("/messages")

    page.post(f"/messages/{id}/again", reason=" ")
    assert page.status == 422
    page.open("/messages")
    page.post(f"/messages/{id}/again", reason="Hồ sơ đến sau")
    assert round_(platform) == 1
    assert [entry.value for entry in platform.store.papers.entries(case) if entry.kind == "message_received"] == [{"receipt": "BL-17"}]
    text = page.open("/messages")
    assert "Không có thông điệp nào đang chờ" in text and "Hồ sơ đến sau" in text and "Đỗ Văn Khoa" in text


def test_one_that_is_discarded_reaches_nobody_and_what_it_said_is_gone(browser: Any, platform: Any, bank: Any) -> None:
    id, page = sent(platform, bank), browser("khoa")
    page.open("/messages")
    page.post(f"/messages/{id}/discard", reason="Gửi nhầm")
    with platform.store.database.reading() as cursor:
        assert cursor.rows("SELECT state, value FROM message WHERE id = ?", (id,)) == [("discarded", None)]
    case = start_process(platform, bank, "waits", {"phone": PHONE}).case_id
    assert round_(platform) == 0
    assert str(platform.store.cases.load(case).case.status) == "open"
    assert "đã có nơi nhận, đã hủy" in page.post(f"/messages/{id}/again", reason="Thử lại")


def test_whoever_does_not_look_after_a_message_settles_nothing(browser: Any, platform: Any, bank: Any) -> None:
    id = sent(platform, bank)
    for who in ("lam", "huong", "binh"):    # it came from outside: no head's case
        page = browser(who)
        page.open("/messages")
        page.post(f"/messages/{id}/discard", reason="x")
        assert page.status == 403
    assert [message.id for message in platform.store.unheard.listed(9)] == [id]


def test_what_was_over_long_enough_is_forgotten_altogether(platform: Any, bank: Any) -> None:
    id = sent(platform, bank)
    expired(platform, id)
    later = platform.at(platform.now() + timedelta(days=62))
    app.workplace(later, platform.store).messages.deliver_due(later.now())
    assert platform.store.messages.find(id) is None
