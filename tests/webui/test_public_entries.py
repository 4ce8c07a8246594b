"""Every page that needs nobody signed in: what it is for is listed here, and each lets one caller try only so often."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import wardflow_web
from wardflow.packs import Pack
from wardflow_web import create_app, rates
from werkzeug.routing import Rule

OFTEN = 400
"""Tries after which every limited page must have said no"""
LIMITED = {
    "tracking.show": "codes are guessed here",
    "tracking.answer": "an answer and its files",
    "paying.pay": "orders to pay",
    "paying.back": "answers of a payment provider, in the payer's browser",
    "paying.told": "answers of a payment provider, from its server",
    "paying.receipt": "codes are guessed here too",
    "sandbox_bank.ask": "the bank that moves no money",
    "sandbox_bank.answer": "the bank that moves no money",
    "filing.prove": "letters are sent, codes tried, sheets begun",
    "filing.act": "a sheet and its files",
    "procedures.listed": "a search over everything",
    "procedures.show": "who decides is worked out",
    "sign_in.enter": "passwords are guessed here",
    "security_keys.prove": "keys and codes are tried here",
    "security_keys.recover": "keys and codes are tried here",
}
FREE = {
    "home.show": "shows what is the same for everybody",
    "sign_in.show": "an empty form",
    "sign_in.sit": "a demo only, where no data is anybody's",
    "sign_in.leave": "ends the caller's own session",
    "tracking.ask": "an empty form",
    "reporting.show": "a list that is the same for everybody",
    "filing.start": "an empty form, or the caller's own drafts",
    "filing.fill": "the caller's own draft",
    "filing.received": "the caller's own receipt",
    "security_keys.ask": "only after the password, which is limited",
    "queue.screen": "numbers and desks, no person: it hangs above everybody",
    "static": "files of ours",
}
SIGNED_IN = (301, 302, 303, 308, 401)


@pytest.fixture
def pages(platform):
    """The pages of an installation with every public part, its one procedure filed with a proved address."""
    (version,) = platform.store.packs.versions()
    files = dict(platform.store.packs.files(version.digest))
    (record,) = [path for path in files if path.startswith("procedures/")]
    pack = Pack({**files, record: b'online_filing = "email"\n' + files[record]})
    platform.store.packs.publish(pack.id, pack.digest, pack.files, "", platform.now())
    return create_app(replace(platform, settings=replace(platform.settings, payment_provider="sandbox", demo=True)))


def address_of(rule: Rule) -> str:
    """An address of the rule with something in each gap."""
    return re.sub(r"<[^>]+>", "x", re.sub(r"<int:[^>]+>", "1", rule.rule))


def test_every_page_that_lets_strangers_in_is_listed_here(platform, pages) -> None:
    """A page that is not listed sends a stranger to the way in, or asks other systems for their token."""
    pages.config["WTF_CSRF_ENABLED"] = False
    client, open_ones = pages.test_client(), set()
    for number, rule in enumerate(pages.url_map.iter_rules()):
        for method in sorted({"GET", "POST"} & rule.methods):
            # each from an address of its own: nobody is sent away for having asked too often
            answer = client.open(address_of(rule), method=method, environ_base={"REMOTE_ADDR": f"10.0.{number // 250}.{number % 250}"})
            sent_away = answer.status_code == 401 or (answer.status_code in SIGNED_IN and answer.headers.get("Location") in ("/", "/sign-in"))
            if not sent_away:
                open_ones.add(rule.endpoint)
            answer.close()
    assert open_ones - LIMITED.keys() - FREE.keys() == set()


ENTRIES: dict[str, Callable[[object], object]] = {
    "tracking.show": lambda client: client.get("/track/X"),
    "tracking.answer": lambda client: client.post("/track/X/tasks/t1"),
    "paying.pay": lambda client: client.post("/track/X/tasks/t1/pay"),
    "paying.back": lambda client: client.get("/payments/sandbox/back?order=x"),
    "paying.told": lambda client: client.post("/payments/sandbox/told"),
    "paying.receipt": lambda client: client.get("/track/X/receipts/y"),
    "sandbox_bank.ask": lambda client: client.get("/sandbox-bank"),
    "sandbox_bank.answer": lambda client: client.post("/sandbox-bank"),
    "filing.prove": lambda client: client.post("/procedures/1.000001/file", data={"act": "check", "code": "1"}),
    "filing.act": lambda client: client.post("/filing/x"),
    "procedures.listed": lambda client: client.get("/procedures?q=x"),
    "procedures.show": lambda client: client.get("/procedures/1.000001"),
    "sign_in.enter": lambda client: client.post("/sign-in", data={"login": "", "password": ""}),
    "security_keys.prove": lambda client: client.post("/sign-in/key"),
    "security_keys.recover": lambda client: client.post("/sign-in/key/recovery"),
}


def test_the_list_and_the_tries_are_the_same() -> None:
    assert ENTRIES.keys() == LIMITED.keys()


@pytest.mark.parametrize("entry", sorted(ENTRIES))
def test_each_lets_one_caller_try_only_so_often(platform, pages, monkeypatch, entry: str) -> None:
    pages.config["WTF_CSRF_ENABLED"] = False
    monkeypatch.setattr(type(platform.store.accounts), "person_of", lambda self, login, password: None)    # the hash takes long by design
    client = pages.test_client()
    if entry.startswith("security_keys"):
        with client.session_transaction() as session:
            session["half"] = {"person": "chi", "back": "", "at": platform.now().timestamp()}
    for _ in range(OFTEN):
        answer = ENTRIES[entry](client)
        answer.close()
        if answer.status_code == 429:
            assert int(answer.headers["Retry-After"]) > 0
            return
    pytest.fail("nobody said no")


def test_no_limit_is_written_down_and_asked_by_nobody() -> None:
    code = "\n".join(file.read_text("utf-8") for file in Path(wardflow_web.__file__).parent.rglob("*.py"))
    assert [name for name in rates.LIMITS if f'check("{name}"' not in code] == []
