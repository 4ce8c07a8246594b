"""Who sent a denunciation is nowhere without the key, and whom it concerns cannot find that it exists."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest
from wardflow import app
from wardflow.cases.attach_document import Upload, attach_document
from wardflow.cases.complete_task import complete_task
from wardflow.cases.extend_clock import NewDate, extend_clock
from wardflow.cases.open_case import Opened, open_case
from wardflow.cases.open_sealed import open_sealed
from wardflow.cases.opening import Opening
from wardflow.cases.platform import Platform
from wardflow.cases.reads import case, desk, incidents, open_document, open_tasks, telling, track
from wardflow.cases.reads import task as task_page
from wardflow.cases.reads.asking import VIEWS, Asked
from wardflow.cases.reads.notices import notices_for
from wardflow.cases.reads.why_not import why_not
from wardflow.cases.tell_case import tell_case
from wardflow.cases.withdraw_case import withdraw_case
from wardflow.catalog import city_folder
from wardflow.demo.city import read_city, read_table
from wardflow.demo.making import publish, save
from wardflow.demo.stories import read_stories
from wardflow.domain.words_of_case import words_typed
from wardflow.errors import CaseUnknown, NotAllowed, ReasonMissing
from wardflow.plugins import Plugins
from wardflow.settings import Settings
from wardflow.store import Store
from wardflow_web import create_app

MONDAY = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
SENDER = {"full_name": "Vũ Thị Kín", "id_number": "001199887766", "phone": "0987123654", "address": "Ngõ Khuất 97"}
LETTER = "Tôi viết bằng nét chữ nghiêng quen thuộc."
TRACES = (*SENDER.values(), "nét chữ nghiêng", "vu thi kin", "ngo khuat", "V. T. K.")
OFFICER, CHAIR = "denunciation-thien-loc-1", "chair-thien-loc"
CONCERNED = ("head-thien-loc", "specialist-thien-loc-1")
"""Who works in the office that is denounced; the first also heads another one."""
REPORT: dict[str, Any] = {"findings": "Đã làm việc với các bên.", "statement_heard": True}
WAY: tuple[tuple[str, dict[str, Any]], ...] = (
    ("process", {"verdict": "accept", "finding": "Đủ điều kiện."}),
    ("sign_acceptance", {"document_no": "5/QĐ", "contents": "Nhận tiền trái quy định.", "nobody_related": True}),
    ("verify", REPORT),
    ("conclude", {"verdict": "sign", "result": "true", "content": "Có nhận tiền."}),
    ("send_conclusion", {"day": "2026-03-10", "denounced_told": True, "denouncer_told": True}),
    ("act", {"measures": "Khiển trách."}),
    ("redact", {"text": "Kết luận đã che.", "no_sender": True, "no_secret": True}),
    ("check_redaction", {"clean": True}),
    ("publish", {"how": "posting", "day": "2026-03-20", "where": "Trụ sở"}),
)


class Present:
    """The present of the city, moved by the test."""

    now = MONDAY

    def __call__(self) -> datetime:
        """Now."""
        return self.now


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Platform, Store, Path, Present]]:
    folder, present = tmp_path_factory.mktemp("city"), Present()
    settings = Settings(data=folder)
    store = Store(settings.database, settings.secret())
    store.upgrade()
    platform = app.assemble(settings, store, now=present, plugins=Plugins.load())
    city = city_folder()
    save(store, read_city(city))
    publish(platform, read_stories(city, read_table(city, "officials.toml")["names"]))
    yield platform, store, folder, present
    store.close()


@pytest.fixture
def city(made: tuple[Platform, Store, Path, Present]) -> Platform:
    return made[0]


def denounced(city: Platform, unit: str = "thien-loc.economy", *, code: str = "denunciation", **form: Any) -> Opened:
    """A denunciation that the clerk of another commune takes in, with everything known about who sent it."""
    opening = Opening(
        procedure=code, applicant=SENDER, components={}, receiving="cua-nam",
        form={
            "sender": SENDER, "letter": LETTER, "identity_known": True, "evidence_clear": True, "denounced": "Ông Trần Văn X",
            "denounced_unit": unit, "matter": "Nhận tiền khi kiểm tra xây dựng.", **form,
        },
    )
    return open_case(city, city.actor("reception-cua-nam-1"), opening)


def do(city: Platform, opened: Opened, node: str, value: dict[str, Any]) -> None:
    """Somebody who may does an open step."""
    [row] = [row for row in open_tasks(city, opened.case_id) if row.node == node]
    able = [held.person for held in city.register().held_in(row.unit) if held.role == row.role and held.person not in row.excluded]
    complete_task(city, city.actor(row.person or able[0]), opened.case_id, row.task, value)


def told_at_every_stage(city: Platform, opened: Opened) -> str:
    """What an officer and the settling head see while the case goes its whole way, papers in words."""
    seen = []
    for node, value in WAY:
        do(city, opened, node, value)
        for person in (OFFICER, CHAIR):
            actor = city.actor(person)
            view = case(city, actor, opened.code)
            papers = [open_document(city, actor, opened.code, paper.document).content for paper in view.papers]
            texts = [page.extract_text() for paper in papers for page in pypdf.PdfReader(io.BytesIO(paper)).pages]
            seen.append(repr((view, view.form("vi"), desk(city, actor, Asked(view="unit")), desk(city, actor, Asked(view="done")), notices_for(city, actor), texts)))
    return "\n".join(seen)


def test_a_finished_denunciation_has_no_trace_of_its_sender_anywhere(
    made: tuple[Platform, Store, Path, Present], caplog: pytest.LogCaptureFixture
) -> None:
    city, store, folder, _ = made
    caplog.set_level(logging.DEBUG)
    opened = denounced(city)
    store.intakes.save("draft", OFFICER, {"applicant": SENDER, "form": {"letter": LETTER}}, MONDAY)
    assert store.intakes.load("draft", OFFICER) == {"applicant": SENDER, "form": {"letter": LETTER}}
    shown = told_at_every_stage(city, opened)
    assert opened.code.startswith("TC-2026-") and opened.code in shown
    with store.database.reading() as cursor:
        tables = [row[0] for row in cursor.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = "\n".join(repr(tuple(row)) for table in tables for row in cursor.rows(f'SELECT * FROM "{table}"'))
    files = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert opened.code in rows and len(files) > 1
    for trace in TRACES:
        assert trace not in shown and trace not in caplog.text and trace not in rows
        assert not any(trace.encode() in content for content in files)


def test_its_pages_call_the_case_by_its_code_alone(made: tuple[Platform, Store, Path, Present]) -> None:
    city, store, _, _ = made
    opened = denounced(city)
    site = create_app(city)
    site.config["TESTING"] = True
    page = pages_of(site.test_client(), store, OFFICER, (f"/cases/{opened.code}", f"/cases/{opened.code}/answers/1", "/desk?view=queue", "/desk/warnings"))
    assert page[0][0] == page[2][0] == page[3][0] == 200 and opened.code in page[0][1] and opened.code in page[2][1]
    assert not [trace for trace in TRACES for _, text in page if trace in text]
    for person in CONCERNED:
        [hidden, never, own] = pages_of(site.test_client(), store, person, (f"/cases/{opened.code}", "/cases/TC-2026-9999", "/desk"))
        assert hidden[0] == never[0] == 404 and hidden[1].replace(opened.code, "") == never[1].replace("TC-2026-9999", "")
        assert opened.code not in own[1]


def pages_of(client: Any, store: Store, person: str, addresses: tuple[str, ...]) -> list[tuple[int, str]]:
    """Status and text of some pages for one person."""
    store.accounts.set(person, person, "mật khẩu dài")
    token = client.get("/sign-in").text.split('name="csrf_token" value="')[1].split('"')[0]
    client.post("/sign-in", data={"csrf_token": token, "login": person, "password": "mật khẩu dài"})
    return [(answer.status_code, answer.text) for answer in (client.get(address, follow_redirects=True) for address in addresses)]


def asks(city: Platform, code: str, case_id: int, task: str) -> tuple[Callable[[Any], object], ...]:
    """Every way to ask for a case by its code, its number or one of its steps."""
    return (
        lambda who: case(city, who, code), lambda who: open_document(city, who, code, "slip-1"),
        lambda who: why_not(city, who, code), lambda who: task_page(city, who, code, task), lambda who: telling(city, who, code, "withdrawal"),
        lambda who: tell_case(city, who, case_id, "withdrawal", {"reason": "Thử xem."}),
        lambda who: withdraw_case(city, who, case_id, "Thử xem."),
        lambda who: complete_task(city, who, case_id, task, {}),
        lambda who: open_sealed(city, who, case_id, "form/sender", "Thử xem."),
        lambda who: extend_clock(city, who, case_id, NewDate(MONDAY.date(), "Thử xem.", "1/QĐ")),
        lambda who: attach_document(city, who, case_id, Upload("a.pdf", "0" * 64, 1, "application/pdf")),
    )


@pytest.mark.parametrize("who", [*CONCERNED, "specialist-thien-loc", "reception-cua-nam-1", "operator", "chair-cua-nam-1", "chair-city-1"])
def test_the_unit_concerned_and_strangers_get_the_answer_of_a_case_that_never_was(city: Platform, who: str) -> None:
    opened = denounced(city)
    [row] = open_tasks(city, opened.case_id)
    actor = city.actor(who)
    for known, never in zip(asks(city, opened.code, opened.case_id, row.task), asks(city, "TC-2026-9999", 10**6, "t1"), strict=True):
        for ask in (known, never):
            with pytest.raises(CaseUnknown):
                ask(actor)
    views = [desk(city, actor, Asked(view=view)) for view in VIEWS]
    assert opened.code not in repr((views, notices_for(city, actor), incidents(city, actor)))
    assert track(city, opened.tracking) is None


def test_no_search_finds_it(made: tuple[Platform, Store, Path, Present]) -> None:
    city, store, _, _ = made
    opened, units = denounced(city), [unit.id for unit in city.register().units]
    asked = [words_typed(text) for text in (opened.code, "TC-2026", "Vũ Thị Kín", "001199887766")]
    assert [found.code for words in asked for unit in units for found in store.finding.cases(words, [unit], 50)] == []


def test_when_the_chair_is_denounced_the_city_decides_and_the_commune_sees_nothing(city: Platform) -> None:
    opened = denounced(city, "thien-loc")
    loaded = city.store.cases.load(opened.case_id).case
    assert loaded.places.authority == "city" and loaded.competence.code == "authority.by-superior"
    for person in (CHAIR, OFFICER, "reception-thien-loc-1", "records-thien-loc-1"):
        with pytest.raises(CaseUnknown):
            case(city, city.actor(person), opened.code)
    for node, value in WAY[:4]:
        do(city, opened, node, value)
    told = city.store.papers.notices(opened.case_id)
    assert not [notice for notice in told if notice.unit.startswith("thien-loc")]
    assert case(city, city.actor("chair-city-1"), opened.code).state.vi == "Đã kết luận"


def test_a_handler_named_as_related_is_kept_out_and_the_step_goes_to_somebody_else(city: Platform) -> None:
    opened = denounced(city, related=[{"person": OFFICER}])
    [row] = open_tasks(city, opened.case_id)
    assert OFFICER in row.excluded and row.person != OFFICER
    with pytest.raises(CaseUnknown):
        case(city, city.actor(OFFICER), opened.code)
    do(city, opened, "process", {"verdict": "accept", "finding": "Đủ điều kiện."})


def test_it_is_opened_by_role_and_with_a_reason_and_every_opening_stays_in_the_audit(city: Platform) -> None:
    opened = denounced(city)
    with pytest.raises(ReasonMissing):
        open_sealed(city, city.actor(OFFICER), opened.case_id, "form/sender", " ")
    assert open_sealed(city, city.actor(OFFICER), opened.case_id, "form/sender", "Xác minh họ tên.") == SENDER
    assert open_sealed(city, city.actor(CHAIR), opened.case_id, "form/letter", "Xem trước khi thụ lý.") == LETTER
    assert open_sealed(city, city.actor(OFFICER), opened.case_id, "applicant", "Xác minh họ tên.") == SENDER
    kept = [entry for entry in city.store.papers.entries(opened.case_id) if entry.kind == "sealed_opened"]
    assert [(entry.by, entry.node, entry.facts["reason"]) for entry in kept] == [
        (OFFICER, "process", "Xác minh họ tên."), (CHAIR, "", "Xem trước khi thụ lý."), (OFFICER, "process", "Xác minh họ tên."),
    ]
    do(city, opened, "process", {"verdict": "accept", "finding": "Đủ điều kiện."})
    do(city, opened, "sign_acceptance", {"contents": "Nhận tiền.", "nobody_related": True})
    with pytest.raises(NotAllowed):    # who verifies works on the case and still does not learn who sent it
        open_sealed(city, city.actor("general-specialist-thien-loc-1"), opened.case_id, "form/sender", "Hỏi thêm.")


def test_nobody_denounces_with_an_account_that_would_tell_who_it_was(city: Platform) -> None:
    citizen = city.actor("citizen-nguyen-van-a")
    opening = Opening("denunciation", {}, {}, {}, "cua-nam", applicant_person=citizen.person)
    with pytest.raises(NotAllowed):
        open_case(city, citizen, opening)


def test_thirty_days_may_be_extended_twice_in_writing_and_never_a_third_time(made: tuple[Platform, Store, Path, Present]) -> None:
    city, _, _, present = made
    opened = denounced(city)
    for node, value in WAY[:2]:
        do(city, opened, node, value)
    due = city.store.cases.load(opened.case_id).case.due
    assert due is not None and due.date().isoformat() == "2026-04-01"
    for days in (28, 56):
        extended = extend_clock(city, city.actor(CHAIR), opened.case_id, NewDate((due + timedelta(days=days)).date(), "Nhiều nội dung.", "9/QĐ"))
    assert extended.due is not None and extended.due > due + timedelta(days=50)
    with pytest.raises(Exception, match=r"extend|gia hạn|TC-2026"):
        extend_clock(city, city.actor(CHAIR), opened.case_id, NewDate((due + timedelta(days=80)).date(), "Nữa.", "10/QĐ"))
    assert present.now == MONDAY
