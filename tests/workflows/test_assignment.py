"""Delegation and assignments through the acts: dates, units of each part, refusals, the figures of the city."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from wardflow.cases.change_register import change_register
from wardflow.cases.legal_time import clock_of
from wardflow.cases.ring_alarm import ring_alarms
from wardflow.domain.instruments import Instrument, Item
from wardflow.domain.legal_clock import Timing
from wardflow.domain.register_changes import Grant, Withdraw
from wardflow.engine import peek
from wardflow.errors import FormRefused

Office = Any    # tests/workflows/conftest.py; test modules cannot import one another
SOURCE = {
    "source": "conclusion", "source_document": "Kết luận 15-KL/ĐU", "matter": "Rà soát điểm ngập", "field": "construction",
    "axis": "committee", "priority": "key", "area_commune": "thien-loc",
}
CLEARS = {
    "title": "Lập danh mục điểm ngập", "description": "Kiểm tra từng thôn.", "task_class": "own_decision", "lead_unit": "thien-loc.economy",
    "accountable_person": "Đinh Thị L", "start_date": "2026-03-03", "due_date": "2026-03-31", "product_type": "document",
    "product_spec": "Danh mục", "acceptance_criteria": [{"criterion": "Đủ các thôn"}], "authority_basis": "Luật 72/2025/QH15", "kpi_weight": 20,
}
FORMS = {"01": 151, "02": 14, "03": 387, "04": 3, "05": 2, "06": 15, "07": 38, "08": 2, "09": 55, "10": 2, "11": 2}
"""Procedures by form of delegation, as the city reported them."""
SECTORS = {"home_affairs": 156, "finance": 129, "agriculture_environment": 128, "culture_sport": 127, "health": 119, "construction": 111, "other": 159}
"""Tasks of a commune by sector, as the city reported them."""


def registered(office: Office, **more: Any) -> int:
    case: int = office.open("assignment-commune", "thien-loc.general", "specialist", SOURCE)
    office.do(case, "register", {**CLEARS, **more})
    return case


def at_work(office: Office, **broken_down: Any) -> int:
    case = registered(office)
    office.do(case, "assign", {"verdict": "sign"})
    office.do(case, "acknowledge", {"verdict": "accept"})
    office.do(case, "break_down", {"specialist": "specialist-thien-loc", **broken_down})
    return case


def local_due(office: Office, case: int) -> str:
    due = office.case(case).due
    return str(office.platform.snapshot().calendar.local(due).date())


def test_two_lead_units_are_refused_at_their_field(office: Office) -> None:
    case = office.open("assignment-commune", "thien-loc.general", "specialist", SOURCE)
    with pytest.raises(FormRefused) as refused:
        office.do(case, "register", {**CLEARS, "lead_unit": ["thien-loc.economy", "thien-loc.culture"]})
    assert [each.pointer for each in refused.value.objections] == ["/lead_unit"]


def test_a_lead_unit_that_also_coordinates_is_not_assigned(office: Office) -> None:
    case = registered(office, coordinating_units=[{"unit": "thien-loc.economy", "responsibility": "Số liệu", "due": "2026-03-20"}])
    assert [task.node for task in office.tasks(case)] == ["register"]


def test_an_assignment_is_due_on_the_day_that_the_assigner_set(office: Office) -> None:
    case = registered(office)
    assert office.case(case).due is None
    office.do(case, "assign", {"verdict": "sign"})
    assert local_due(office, case) == "2026-03-31"


def test_each_coordinating_unit_gets_its_own_part(office: Office) -> None:
    parts = [
        {"unit": unit, "work": "Cung cấp số liệu", "product": "Bảng", "due": due}
        for unit, due in (("thien-loc.culture", "2026-03-10"), ("thien-loc.general", "2026-03-12"))
    ]
    case = at_work(office, parts=parts)
    mine = [(task.unit, task.role) for task in office.tasks(case) if task.node == "coordinate"]
    assert sorted(mine) == [("thien-loc.culture", "office_head"), ("thien-loc.general", "office_head")]
    due = {task.unit: task.due.date().isoformat() for task in office.tasks(case) if task.node == "coordinate"}
    assert due == {"thien-loc.culture": "2026-03-10", "thien-loc.general": "2026-03-12"}
    office.do(case, "coordinate", {"part": "Số liệu", "result": "Đã gửi."}, unit="thien-loc.culture")
    assert [task.unit for task in office.tasks(case) if task.node == "coordinate"] == ["thien-loc.general"]


def test_an_extension_before_the_due_date_moves_it_and_keeps_the_original(office: Office) -> None:
    case = at_work(office)
    office.tell(case, "head-thien-loc", "extension_request", {"new_due": "2026-04-10", "reason": "Mưa kéo dài."})
    office.do(case, "decide_extension", {"verdict": "approve"})
    assert local_due(office, case) == "2026-04-10"
    assert str(office.case(case).due_original)[:10] == "2026-03-31"


def test_an_extension_approved_after_expiry_leaves_it_late(office: Office) -> None:
    case, before = at_work(office), office.now
    office.pass_(days=30)    # 02/04/2026
    ring_alarms(office.platform, office.now)
    office.tell(case, "head-thien-loc", "extension_request", {"new_due": "2026-04-10", "reason": "Chưa đo xong."})
    office.do(case, "decide_extension", {"verdict": "approve"})
    office.do(case, "work", {"percent": 100, "note": "Đã xong."})
    office.do(case, "submit", {"product": "Danh mục", "evidence": [{"criterion": "Đủ", "met": "Đủ"}]})
    done = office.do(case, "accept", {"verdict": "accept"})
    matter = office.platform.library.matter_of(done)
    clock = clock_of(done, matter.pack, matter.procedure, office.platform.snapshot())
    office.now = before
    assert done.business_state == "completed_late" and clock.timing is Timing.LATE


def test_a_new_date_of_the_briefing_counts_from_the_moment_the_clock_runs_again(office: Office) -> None:
    case = at_work(office)
    office.do(case, "work", {"percent": 100, "note": "Đã xong."})
    office.do(case, "submit", {"product": "Danh mục", "evidence": [{"criterion": "Đủ", "met": "Đủ"}]})
    for last in (False, False, True):
        office.do(case, "accept", {"verdict": "reject", "unmet": [{"criterion": "Đủ các thôn", "why": "Thiếu hai thôn"}]})
        if not last:
            office.do(case, "rework", {"changes": "Đã bổ sung."})
            office.do(case, "submit", {"product": "Danh mục", "evidence": [{"criterion": "Đủ", "met": "Đủ"}]})
    office.do(case, "brief", {"verdict": "new_due", "new_due": "2026-04-15", "conclusion": "Cho thêm đến 15/4."})
    assert (local_due(office, case), office.case(case).paused) == ("2026-04-15", False)


def instrument(office: Office, form: str, items: int) -> int:
    to_commune = form in {"04", "05", "06", "08", "09"}
    case: int = office.open("delegation-instrument", "city-office", "specialist", {
        "kind": "delegation", "delegation_form": form, "delegator": "city", "delegate": "thien-loc" if to_commune else "dept-health",
        "department": "dept-health", "items": [{"name": f"Thủ tục {n}"} for n in range(items)], "task_class": "own_decision",
        "reason": "Gần dân hơn.", "legal_basis": "Luật 72/2025/QH15, Điều 14", "valid_from": "2026-04-01", "valid_to": "2026-12-31",
        "conditions": "Có đủ người.",
    })  # fmt: skip
    return case


def test_the_eleven_forms_of_delegation_sum_to_671_and_77_reach_a_commune(office: Office) -> None:
    cases = [instrument(office, form, items) for form, items in FORMS.items()]
    forms = [peek(office.case(case).state).data["form"] for case in cases]
    read = {form["delegation_form"]: len(form["items"]) for form in forms}
    assert read == FORMS and sum(read.values()) == 671
    assert sum(len(form["items"]) for form in forms if form["delegate"] == "thien-loc") == 77


def test_without_a_qualified_person_the_department_of_health_keeps_the_matter(office: Office) -> None:
    case = instrument(office, "09", 1)
    ready = dict.fromkeys(("enough_staff", "data_access", "it_signature", "budget", "guidance", "no_upward"), True)
    office.do(case, "readiness", {**ready, "qualified_person": False, "evidence": "Chưa có dược sĩ đại học."})
    assert [(task.node, task.unit) for task in office.tasks(case)] == [("department_keeps", "dept-health")]


def test_a_tenth_of_the_communes_tasks_reads_back_by_sector(office: Office) -> None:
    wanted = {sector: count // 10 for sector, count in SECTORS.items()}
    cases = [
        office.open("assignment-commune", "minh-chau.general", "specialist", {**SOURCE, "field": sector, "area_commune": "minh-chau"})
        for sector, count in wanted.items()
        for _ in range(count)
    ]
    assert Counter(peek(office.case(case).state).data["form"]["field"] for case in cases) == wanted
    assert {office.case(case).places.authority for case in cases} == {"minh-chau"}


def test_cases_running_at_a_withdrawal_keep_their_authority_and_new_ones_go_back(office: Office) -> None:
    petition = {"requester": "thien-loc.general", "field": "health", "title": "Bổ sung bác sĩ", "content": "Trạm thiếu bác sĩ."}

    def opened() -> int:
        case: int = office.open("unit-petition", "thien-loc.general", "specialist", petition)
        return case

    today, registrar = date(2026, 3, 3), office.platform.actor("designer-city")
    items = (Item("unit-petition", "Kiến nghị"),)
    paper = Instrument(0, "12/QĐ-UBND", today, 4, "city", items, today, delegates=("thien-loc",))
    change_register(office.platform, registrar, Grant(paper))
    running = [opened() for _ in range(3)]
    number = next(each.id for each in office.platform.register().instruments if each.number == "12/QĐ-UBND")
    change_register(office.platform, registrar, Withdraw(number, today, "99/QĐ-UBND"))
    assert [office.case(case).places.authority for case in (*running, opened())] == ["thien-loc"] * 3 + ["city"]
