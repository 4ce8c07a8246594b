"""Every pack that asks for a fee lets it be paid on the tracking page, and one payment moves the whole matter on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from wardflow import app, catalog
from wardflow.cases import reads
from wardflow.cases.ask_payment import ask_payment
from wardflow.cases.confirm_payment import Outcome, confirm_payment
from wardflow.cases.open_case import Opening, open_case
from wardflow.offers import PaymentAnswer, signed
from wardflow.packs import read
from wardflow.plugins import Plugins
from wardflow.sandbox_bank import SandboxBank, answering_key

PLUGINS = Plugins.load()
FOLDERS = (*catalog.pack_folders(), *(Path(str(folder)) for folder in PLUGINS.packs()))
FORM = {"business_name": "Karaoke Sao Mai", "address": "12 phố Huế", "commune": "cua-nam", "rooms": 6, "smallest_m2": 20}


def asks_for_fees(folder: Path) -> bool:
    return any('wf:handler="rules.fees"' in diagram.read_text("utf-8") for diagram in folder.glob("*.bpmn"))


CHARGING = [folder for folder in FOLDERS if asks_for_fees(folder)]


def test_several_packs_ask_for_fees() -> None:
    assert {"dossier", "linked", "inspection"} <= {folder.name for folder in CHARGING}


@pytest.mark.parametrize("folder", CHARGING, ids=[folder.name for folder in CHARGING])
def test_a_pack_that_computes_fees_lets_them_be_paid_online_with_a_receipt_and_a_notice(folder: Path) -> None:
    pack = read(folder)
    assert any('wf:pay="= fees.total"' in diagram.read_text("utf-8") for diagram in folder.glob("*.bpmn"))
    assert pack.slips[pack.payment.slip].template == "payment"
    assert pack.payment.notice in pack.notices


@pytest.fixture
def paying(office: Any) -> Any:
    """The office with the bank that moves no money."""
    settings = office.platform.settings.but(payment_provider="sandbox")
    bank = SandboxBank(settings.secret(), settings.tracking_address)
    plugins = Plugins.load(builtin=(*app.BUILT_IN, bank), sources=())
    return replace(office.platform, settings=settings, plugins=plugins)


def said_by(platform: Any, asked: Mapping[str, str]) -> PaymentAnswer:
    fields = {"order": asked["order"], "amount": asked["amount"], "reference": "GD-1", "paid": "yes"}
    return PaymentAnswer(signed(answering_key(platform.settings.secret()), fields))


def test_a_linked_group_is_paid_once_on_the_tracking_page_and_its_first_part_opens(office: Any, paying: Any) -> None:
    clerk = next(person for person in paying.register().holders("intake_clerk", "cua-nam.point"))
    opening = Opening("karaoke-group", {"full_name": "Nguyễn Thị C"}, FORM, {"request": "original", "premises": "copy"}, "cua-nam.point")
    case = open_case(paying, paying.actor(clerk.id), opening)
    office.do(case.case_id, "check", {"result": "complete"})
    [payable] = [each for each in reads.track(paying, case.tracking).payments.due]
    assert payable.amount == 100_000
    asked = dict(parse_qsl(urlsplit(ask_payment(paying, case.tracking, payable.task)).query))
    assert confirm_payment(paying, "sandbox", said_by(paying, asked)).outcome is Outcome.PAID
    assert office.case(case.case_id).business_state == "in_business"
    assert reads.receipt(paying, case.tracking, asked["order"]).content.startswith(b"%PDF")
    assert confirm_payment(paying, "sandbox", said_by(paying, asked)).outcome is Outcome.AGAIN
