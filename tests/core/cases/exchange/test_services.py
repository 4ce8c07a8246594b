"""Service tasks: the handler named gets what it declares, its answer and its business errors move the case."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from wardflow import app
from wardflow.cases.start_process import start_process
from wardflow.engine import peek
from wardflow.errors import ServiceRefused
from wardflow.jobs import Backoff, Runner
from wardflow.offers import Handler, HandlerContext
from wardflow.plugins import Installed, Plugins
from wardflow.settings import Settings

Town = Any    # tests/core/cases/conftest.py
ASK = (
    '<bpmn:startEvent id="s"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>'
    '<bpmn:serviceTask id="ask" wf:handler="{handler}" wf:result="answer"><bpmn:extensionElements>{inputs}</bpmn:extensionElements>'
    "<bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing></bpmn:serviceTask>"
    '<bpmn:boundaryEvent id="b" attachedToRef="ask"><bpmn:outgoing>f3</bpmn:outgoing><bpmn:errorEventDefinition errorRef="no" /></bpmn:boundaryEvent>'
    '<bpmn:endEvent id="e" wf:outcome="done"><bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>'
    '<bpmn:endEvent id="ne" wf:outcome="refused"><bpmn:incoming>f3</bpmn:incoming></bpmn:endEvent>'
    '<bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="ask" /><bpmn:sequenceFlow id="f2" sourceRef="ask" targetRef="e" />'
    '<bpmn:sequenceFlow id="f3" sourceRef="b" targetRef="ne" />'
)
AMOUNT = {"type": "object", "required": ["amount"], "properties": {"amount": {"type": "integer"}}}
PAID = {"type": "object", "required": ["paid"], "properties": {"paid": {"type": "boolean"}}}
PAPERS = '[slips]\nreceipt = { title = "Giấy", title_en = "Paper", template = "receipt", sequence = "TN", number = "{number:04d}/TN" }\n' \
    '[notices]\ndone = { vi = "Xong", en = "Done" }\n'


class Tax:
    """A service that does what the test says and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Mapping[str, Any], str]] = []
        self.answers: list[Any] = []

    def __call__(self, inputs: Mapping[str, Any], context: HandlerContext) -> Mapping[str, Any]:
        self.asked.append((inputs, context.key))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return dict(answer)


@pytest.fixture
def tax() -> Tax:
    return Tax()


@pytest.fixture
def run(town: Town, tax: Tax) -> Callable[[], int]:
    """One round of the worker over jobs, with the tax service installed."""
    handler = Handler("tax.ask", AMOUNT, PAID, tax, timeout=5, tries=2)
    offers = defaultdict(tuple, {"service_handlers": (handler,), "translations": {}, "schemas": {}})
    plugins = Plugins((Installed("tax", "1", offers),), (), {}, town.platform.settings.zone)
    place = app.workplace(replace(town.platform, plugins=plugins), town.platform.store)
    runner = Runner(place.jobs, place.handlers, place.answered, place.gave_up, tries=8, backoff=Backoff(chance=lambda: 0.5))
    return lambda: runner.run_due(lambda: town.moment.now)


@pytest.fixture
def begin(town: Town, publish: Any, account: Any) -> Callable[..., int]:
    def begun(handler: str, error: str = "tax.debt", more: str = "", **inputs: str) -> int:
        written = "".join(f'<wf:input name="{name}" value="{value}" />' for name, value in inputs.items())
        publish("duty", ASK.format(handler=handler, inputs=written), f'<bpmn:error id="no" errorCode="{error}" />', more=more)
        applicant = {"full_name": "An", "email": "an@example.vn"}
        return start_process(town.platform, account("procedure:duty"), "duty", {"applicant": applicant}).case_id

    return begun


def end(town: Town, case: int) -> str:
    return str(town.case(case).outcome)


def causes(town: Town, case: int) -> list[Any]:
    return [incident.facts.get("error") for incident in town.platform.store.incidents.of_case(case)]


def test_the_answer_of_a_handler_moves_the_case(town: Town, tax: Tax, run: Any, begin: Any) -> None:
    case = begin("tax.ask", amount="7")
    tax.answers = [{"paid": True}]
    assert run() == 1
    assert (tax.asked, end(town, case)) == ([({"amount": 7}, f"{case}:t1")], "done")
    assert peek(town.case(case).state).data["answer"] == {"paid": True}


def test_a_business_error_is_caught_by_the_event_for_its_code(town: Town, tax: Tax, run: Any, begin: Any) -> None:
    case = begin("tax.ask", amount="7")
    tax.answers = [ServiceRefused(code="tax.debt")]
    run()
    assert end(town, case) == "refused"


def test_a_failure_is_tried_again_under_the_same_key_as_often_as_the_handler_says(town: Town, tax: Tax, run: Any, begin: Any) -> None:
    case = begin("tax.ask", amount="7")
    tax.answers = [ConnectionError("a"), ConnectionError("b")]
    assert [run(), run()] == [1, 0]    # the second try is not due yet
    town.moment.now += timedelta(seconds=10)
    run()
    assert len({key for _, key in tax.asked}) == 1 and len(tax.asked) == 2
    assert causes(town, case) == ["service.failed"]


def test_what_a_handler_is_asked_and_what_it_answers_must_fit_what_it_declares(town: Town, tax: Tax, run: Any, begin: Any) -> None:
    case = begin("tax.ask", amount="&quot;seven&quot;")
    run()
    assert (tax.asked, causes(town, case)) == ([], ["service.input"])
    case = begin("tax.ask", amount="7")
    tax.answers = [{"paid": "yes"}]
    run()
    assert causes(town, case) == ["service.output"]


def test_a_paper_chosen_while_the_case_runs_is_issued_with_the_act(town: Town, begin: Any) -> None:
    case = begin("document.issue", more=PAPERS, slip="if applicant.full_name = &quot;An&quot; then &quot;receipt&quot; else null")
    (paper,) = town.platform.store.papers.documents(case)
    assert (paper.name, paper.number, paper.node, end(town, case)) == ("Giấy", "0001/TN", "ask", "done")
    assert causes(town, begin("document.issue", more=PAPERS, slip="&quot;unknown&quot;")) == ["service.input"]
    assert end(town, begin("document.issue", error="service.input", more=PAPERS, slip="&quot;unknown&quot;")) == "refused"


def test_a_notice_chosen_while_the_case_runs_is_sent(town: Town, begin: Any) -> None:
    case = begin("notice.send", more=PAPERS, notice="&quot;done&quot;")
    assert [(n.notice, n.address) for n in town.platform.store.papers.notices(case)] == [("done", "an@example.vn")]
    assert causes(town, begin("notice.send", more=PAPERS, notice="&quot;unknown&quot;")) == ["service.input"]


def test_a_mail_leaves_by_the_channel_of_notices_once_for_its_key(town: Town, begin: Any, tmp_path: Path) -> None:
    case = begin("mail.send", to="applicant.email", subject="&quot;Về hồ sơ&quot;", text="&quot;Mời đến nhận.&quot;")
    plugins = app.load_plugins(Settings(data=tmp_path))
    place = app.workplace(replace(town.platform, plugins=plugins), town.platform.store)
    Runner(place.jobs, place.handlers, place.answered, place.gave_up).run_due(lambda: town.moment.now)
    (file,) = (tmp_path / "outbox").iterdir()
    assert (json.loads(file.read_text("utf-8"))["to"], end(town, case)) == ("an@example.vn", "done")


def test_the_services_that_ship_are_known_to_whoever_checks_a_pack() -> None:
    from wardflow.cases.services import known

    assert {"http.call", "mail.send", "document.issue", "notice.send"} <= known(app.load_plugins(Settings()))
