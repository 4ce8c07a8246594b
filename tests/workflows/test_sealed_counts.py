"""No count, list or table grows by a denunciation for anybody but those who work on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest
from offices import Office, copied
from wardflow.cases.reads import Asked, choices, desk, digest
from wardflow.cases.reads.asking import VIEWS
from wardflow.cases.reads.desk import home
from wardflow.cases.reads.panels import panels
from wardflow.permissions import Question, let_in

DENUNCIATION: dict[str, Any] = {
    "sender": {"full_name": "Vũ Thị Kín"}, "letter": "Nguyên văn đơn.", "identity_known": True, "evidence_clear": True,
    "denounced": "Ông Trần Văn X", "denounced_unit": "thien-loc.economy", "matter": "Nhận tiền khi kiểm tra xây dựng.",
}
WAY: tuple[tuple[str, dict[str, Any]], ...] = (
    ("process", {"verdict": "accept", "finding": "Đủ điều kiện."}),
    ("sign_acceptance", {"document_no": "5/QĐ", "contents": "Nhận tiền trái quy định.", "nobody_related": True}),
    ("verify", {"findings": "Đã làm việc với các bên.", "statement_heard": True}),
)


@pytest.fixture
def office(databases: Any, tmp_path: Any) -> Iterator[Office]:
    made_here = copied(databases, tmp_path)
    yield made_here
    made_here.store.close()


def counted(office: Office, person: str) -> dict[str, Any]:
    """Everything that is counted for somebody, list by list, and what lists and boxes show."""
    platform, actor = office.platform, office.platform.actor(person)
    pages = {view: desk(platform, actor, Asked(view=view)) for view in VIEWS}
    return {
        "tabs": dict(pages["mine"].tabs), "warned": pages["mine"].warned, "notices": pages["mine"].notices, "letters": pages["mine"].letters,
        "lists": {view: (dict(page.counts), page.total, page.groups) for view, page in pages.items()},
        "choices": {view: choices(platform, actor, view) for view in VIEWS}, "home": home(platform, actor),
        "digest": digest(platform, actor), "boxes": panels(platform, actor),
        "kept": [asdict(row) for row in platform.timeliness(platform.now())],
        "found": [row.code for text in ("TC-2026", "Vũ Thị Kín") for row in desk(platform, actor, Asked(q=text)).found],
    }


def officials(office: Office) -> list[str]:
    """Everybody of the commune concerned, the clerk who took it in, and who heads the city."""
    register = office.platform.register()
    near = {held.person for unit in register.within("thien-loc") for held in register.held_in(unit)}
    return sorted({*near, "reception-cua-nam-1", "chair-cua-nam-1", "chair-city-1"})


def test_nobody_who_does_not_work_on_a_denunciation_can_count_it(office: Office) -> None:
    office.open("petition", "thien-loc", "reception_clerk", {"place": "thien-loc", "subject": "Đèn đường", "content": "Lắp thêm đèn."})
    people = officials(office)
    before = {person: counted(office, person) for person in people}
    number = office.open("denunciation", "cua-nam", "reception_clerk", DENUNCIATION)
    for step, value in WAY:
        case = office.case(number)
        heads = office.platform.library.matter_of(case).heads
        tasks = office.platform.store.papers.tasks(number)
        question = Question(case, tasks=tasks, register=office.platform.register(), heads=heads)
        strangers = [person for person in people if not let_in(office.platform.actor(person), question)]
        assert {"head-thien-loc", "specialist-thien-loc-1", "reception-cua-nam-1"} <= set(strangers)
        for person in strangers:
            assert counted(office, person) == before[person], person
        office.do(number, step, value)


def test_who_works_on_it_has_it_on_the_desk_and_in_its_counts(office: Office) -> None:
    before = dict(desk(office.platform, office.platform.actor("denunciation-thien-loc-1")).tabs)
    number = office.open("denunciation", "cua-nam", "reception_clerk", DENUNCIATION)
    [task] = office.tasks(number)
    view = "mine" if task.person else "queue"
    actor = office.platform.actor(task.person or "denunciation-thien-loc-1")
    assert dict(desk(office.platform, actor).tabs)[view] == before[view] + 1
