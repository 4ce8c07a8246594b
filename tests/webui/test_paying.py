"""Paying on the tracking page, through the bank that moves no money."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from wardflow import app
from wardflow.cases.open_case import Opened, Opening, open_case
from wardflow.cases.platform import Platform
from wardflow.packs import Pack
from wardflow.plugins import Plugins
from wardflow.sandbox_bank import SandboxBank
from wardflow.settings import Settings
from wardflow_web import create_app

PACK = Path(__file__).parent / "pack"
FORM = {
    "type": "object", "required": ["receipt_no", "amount", "paid_at", "method"], "additionalProperties": False,
    "properties": {
        "receipt_no": {"type": "string", "title": "Biên lai"}, "amount": {"type": "integer", "title": "Số tiền"},
        "paid_at": {"type": "string", "format": "date", "title": "Ngày"}, "method": {"type": "string", "title": "Cách nộp"},
    },
}


@pytest.fixture
def platform(platform: Platform) -> Platform:
    """The small city with the sandbox, and a fee at its counter."""
    settings = Settings(data=platform.settings.data, code_prefix="T", payment_provider="sandbox")
    plugins = Plugins.load(sources=(), builtin=(SandboxBank(settings.secret(), settings.tracking_address),))
    made = app.build(settings, now=platform.now, plugins=plugins)
    files = {p.relative_to(PACK).as_posix(): p.read_bytes() for p in PACK.rglob("*") if p.is_file()}
    drawn = files["sample.bpmn"].decode()
    drawn = drawn.replace('wf:form="forms/check.json"', 'wf:form="forms/paid.json" wf:pay="= 20000"').replace('default="f5"', 'default="f3"')
    drawn = drawn.replace('<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">Check.result = "complete"</bpmn:conditionExpression>', "")
    settings_of = files["pack.toml"].decode().replace("[slips]\n", '[slips]\nfee = { title = "Biên lai", title_en = "Fee receipt", template = "payment" }\n')
    pack = Pack({
        **files, "sample.bpmn": drawn.encode(), "forms/paid.json": json.dumps(FORM).encode(),
        "pack.toml": (settings_of + '\n[payment]\nslip = "fee"\n').encode(),
    })
    made.store.packs.publish(pack.id, pack.digest, pack.files, "", made.now())
    return made


@pytest.fixture
def case(platform: Platform) -> Opened:
    """A case whose fee waits."""
    opening = Opening(
        procedure="1.000001", applicant={"full_name": "Nguyễn Văn An", "id_number": "001080000012"},
        form={"record": "Giấy khai sinh", "copies": 2}, components={"request": "original"}, receiving="east.point",
    )
    return open_case(platform, platform.actor("binh"), opening)


def at_the_bank(page, platform: Platform, case: Opened) -> dict[str, str]:  # type: ignore[no-untyped-def]    # the fixture's class has no importable name
    """The fields of the bank's page, after pressing the button on the tracking page."""
    page.open(f"/track/{case.tracking}")
    [task] = platform.store.papers.tasks(case.case_id)
    token = page.text.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]
    answer = page.client.post(f"/track/{case.tracking}/tasks/{task.task}/pay", data={"csrf_token": token})
    assert answer.status_code == 303
    page.open(answer.headers["Location"])
    return dict(parse_qsl(urlsplit(answer.headers["Location"]).query))


def test_a_fee_is_paid_with_the_code_alone_and_the_receipt_opens(browser, platform, case) -> None:
    page = browser()
    text = page.open(f"/track/{case.tracking}")
    assert "20.000\u00a0₫" in text and "Nộp trực tuyến" in text and "không có tiền thật" in text
    asked = at_the_bank(page, platform, case)
    assert "không có đồng nào chuyển đi" in page.text and case.code in page.text
    text = page.post("/sandbox-bank", **asked, act="pay")
    assert page.place == f"/track/{case.tracking}"
    assert "Đã nhận tiền." in text and "Nộp trực tuyến" not in text and "Biên lai (PDF)" in text
    receipt = page.client.get(f"/track/{case.tracking}/receipts/{asked['order']}")
    assert receipt.data.startswith(b"%PDF") and receipt.headers["Cache-Control"] == "no-store"
    assert "Biên lai" in browser("em").open(f"/cases/{case.code}")


def test_the_page_is_in_english_too(browser, platform, case) -> None:
    page = browser()
    assert "Pay online" in page.open(f"/track/{case.tracking}?lang=en")
    asked = at_the_bank(page, platform, case)
    assert "no money moves" in page.open(f"/sandbox-bank?{urlencode(asked)}&lang=en")


def test_whoever_turns_back_sees_that_nothing_was_paid(browser, platform, case) -> None:
    page = browser()
    asked = at_the_bank(page, platform, case)
    text = page.post("/sandbox-bank", **asked, act="back")
    assert "Ông/bà chưa nộp tiền." in text and "Nộp trực tuyến" in text


def test_an_amount_that_does_not_fit_is_told_and_waits_for_a_person(browser, platform, case) -> None:
    page = browser()
    asked = at_the_bank(page, platform, case)
    text = page.post("/sandbox-bank", **asked, act="short")
    assert "Có người đang xem lại" in text and "Nộp trực tuyến" not in text
    listed = browser("em").open("/incidents")
    assert case.code in listed and "19.000\u00a0₫" in listed and "20.000\u00a0₫" in listed


def test_the_banks_page_shows_nothing_that_was_not_asked(browser, platform, case) -> None:
    page = browser()
    asked = at_the_bank(page, platform, case)
    page.open(f"/sandbox-bank?{urlencode(asked)}")
    page.post("/sandbox-bank", **{**asked, "amount": "1"}, act="pay")
    assert page.status == 404
    page.open(f"/sandbox-bank?{urlencode(asked)}")
    page.post("/sandbox-bank", **{**asked, "back": "https://evil.example/"}, act="pay")
    assert page.status == 404


def test_a_forged_return_is_told_and_changes_nothing(browser, platform, case) -> None:
    page = browser()
    asked = at_the_bank(page, platform, case)
    text = page.open(f"/payments/sandbox/back?order={asked['order']}&amount=20000&reference=X&paid=yes&signature={asked['signature']}")
    assert page.status == 400 and "không phải do bên thu hộ gửi" in text
    assert "Nộp trực tuyến" in page.open(f"/track/{case.tracking}")


def test_the_banks_server_tells_the_same_without_a_cookie_and_as_often_as_it_likes(browser, platform, case) -> None:
    page = browser()
    asked = at_the_bank(page, platform, case)
    token = page.text.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]
    answer = page.client.post("/sandbox-bank", data={**asked, "act": "pay", "csrf_token": token})
    fields = dict(parse_qsl(urlsplit(answer.headers["Location"]).query))
    server = create_app(platform).test_client()
    outcomes = [server.post("/payments/sandbox/told", data=fields).get_json()["outcome"] for _ in range(3)]
    assert outcomes == ["paid", "again", "again"]
    assert server.post("/payments/sandbox/told", data={**fields, "amount": "5"}).status_code == 400
    assert "Khoản này đã được ghi nhận từ trước" in page.open(answer.headers["Location"])


def test_the_bank_that_moves_no_money_is_not_there_unless_it_is_asked_for(platform) -> None:
    plain = app.build(Settings(data=platform.settings.data), now=platform.now, plugins=Plugins.load(sources=()))
    assert create_app(plain).test_client().get("/sandbox-bank").status_code == 404
    assert Settings().pays_through == "" and Settings(demo=True).pays_through == "sandbox"


def test_a_form_may_lead_to_the_pages_of_the_provider_and_nowhere_else(browser, platform, case) -> None:
    page = browser()
    page.open(f"/track/{case.tracking}")
    assert "form-action 'self';" in page.headers["Content-Security-Policy"]
