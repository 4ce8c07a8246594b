"""The figures of the city's report, run through the packs act by act and read back equal."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

from wardflow.engine import peek
from wardflow.families.asset import balance, premises
from wardflow.families.asset.importing import import_premises
from wardflow.families.asset.offices import SEVERAL, offices
from wardflow.families.asset.premises import ALL_SURPLUS, Narrow
from wardflow.families.assignment import areas, briefing
from wardflow.families.voice import long_cases

SECTORS = {"home_affairs": 156, "finance": 129, "agriculture_environment": 128, "culture_sport": 127, "health": 119, "construction": 111, "other": 159}
PETITIONS, SETTLED = 825, 801
LONG, DONE_LONG = 75, 40
LETTERS, VISITS, REPORTS = 318, 311, 327
"""A working day of the whole city: 71,134 letters, 69,712 visits and 107,620 reports in eleven months."""
COMMUNES = ("ba-vi", "soc-son", "gia-lam", "an-khanh", "phuong-duc", "minh-chau", "cau-giay", "ha-dong", "dong-da", "hoan-kiem", "thien-loc", "cua-nam")
KEY, OVERDUE, SOON = 1964, 12, 40
DESTINATIONS = {"education": 69, "health": 45, "culture": 180, "agency": 100, "house_org": 11, "project": 13}
SOURCE = {
    "source": "resolution", "source_document": "Nghị quyết 07/NQ-HĐND", "matter": "Nhiệm vụ của xã", "field": "construction",
    "axis": "committee", "priority": "key", "area_commune": "ba-vi",
}
CLEARS = {
    "title": "Nhiệm vụ trọng tâm", "description": "Làm theo kế hoạch năm.", "task_class": "own_decision", "lead_unit": "ba-vi.economy",
    "accountable_person": "Trưởng phòng Kinh tế", "start_date": "2026-03-03", "product_type": "document", "product_spec": "Báo cáo",
    "acceptance_criteria": [{"criterion": "Đủ nội dung"}], "authority_basis": "Luật 72/2025/QH15", "kpi_weight": 20,
}


def column(office: Any, sql: str, *parameters: str) -> list[Any]:
    with office.store.database.reading() as cursor:
        return [row[0] for row in cursor.rows(sql, parameters)]


def test_929_tasks_of_a_commune_read_back_by_sector(office: Any) -> None:
    for sector, count in SECTORS.items():
        for _ in range(count):
            office.open("assignment-commune", "ba-vi.general", "specialist", {**SOURCE, "field": sector})
    states = column(office, "SELECT state FROM cases WHERE procedure = ? AND authority = ?", "assignment-commune", "ba-vi")
    assert Counter(peek(bytes(state)).data["form"]["field"] for state in states) == SECTORS
    assert len(states) == 929
    [area] = areas.ledger(office.platform, office.platform.actor("chair-ba-vi-1"))
    assert (area.id, area.given, area.open, dict(area.sectors)) == ("ba-vi", 929, 929, dict(sorted(SECTORS.items(), key=lambda pair: (-pair[1], pair[0]))))


def test_801_of_825_petitions_of_units_are_settled(office: Any) -> None:
    for number in range(PETITIONS):
        petition = {"requester": "ba-vi.general", "field": "health", "title": f"Kiến nghị {number}", "content": "Trạm y tế thiếu bác sĩ."}
        case = office.open("unit-petition", "city-office", "specialist", petition)
        if number < SETTLED:
            office.do(case, "classify", {"scope": "department", "lead_department": "dept-health"})
            office.do(case, "answer", {"document_no": "88/SYT", "answer": "Đã bố trí trong kế hoạch."})
            office.do(case, "confirm", {"settled": True})
    outcomes = Counter(column(office, "SELECT outcome FROM cases WHERE procedure = ?", "unit-petition"))
    assert outcomes == {"settled": SETTLED, "": PETITIONS - SETTLED}
    assert f"{outcomes['settled'] / outcomes.total():.1%}" == "97.1%"


def test_of_1964_key_tasks_the_briefing_lists_the_12_overdue_and_those_due_in_7_days(office: Any) -> None:
    late, soon = set(), set()
    for number in range(KEY):
        case = office.open("assignment-commune", "ba-vi.general", "specialist", SOURCE)
        day = "2026-03-05" if number < OVERDUE else "2026-03-16" if number < OVERDUE + SOON else "2026-06-30"
        office.do(case, "register", {**CLEARS, "due_date": day})
        office.do(case, "assign", {"verdict": "sign"})
        (late if number < OVERDUE else soon if number < OVERDUE + SOON else set()).add(case)
    office.pass_(days=8)    # 11/03/2026: what was opened on the 3rd is new no more
    items = briefing.agenda(office.platform, office.platform.actor("chair-ba-vi-1"))
    assert {item.assignment.case.id for item in items if item.group == "overdue"} == late
    assert {item.assignment.case.id for item in items if item.group == "due_soon"} == soon
    assert len(items) == OVERDUE + SOON


def test_1010_premises_come_in_through_their_process_and_read_back_as_reported(office: Any, tmp_path: Path) -> None:
    from premises import sheet, shipped, staff

    staff(office)
    said = list(import_premises(Namespace(file=sheet(tmp_path, shipped())), office.platform))
    assert not any(line.startswith("line") for line in said), said
    kept, surplus, large = (premises.count(office.platform, Narrow(account=name)) for name in ("kept", ALL_SURPLUS, "large"))
    assert (kept, surplus, large, kept + surplus + large) == (583, 418, 9, 1010)
    found = {name: premises.count(office.platform, Narrow(destination=name)) for name in DESTINATIONS}
    assert found == DESTINATIONS
    week = balance.week(office.platform, balance.monday(office.now.date()))
    assert (week.total, week.surplus, week.accounts["decided"], week.whole.closing) == (1010, 418, 343, 418 - 343)
    assert {name: sum(row.values()) for name, row in week.destinations.items()} == DESTINATIONS
    serving = sum(DESTINATIONS[name] for name in ("education", "health", "culture"))
    assert (serving, f"{serving / surplus:.1%}", f"{343 / surplus:.2%}") == (294, "70.3%", "82.06%")
    counts = offices(office.platform).counts[SEVERAL]
    assert (dict(counts), sum(counts.values())) == ({"ward": 24, "rural": 48}, 72)
    areas = column(office, "SELECT sum(total) FROM asset_stock WHERE measure IN ('land', 'floor') GROUP BY measure ORDER BY measure")
    assert areas == [round(sum(100 * float(row[name]) for row in shipped())) for name in ("floor_area_m2", "land_area_m2")]


def test_of_75_long_cases_40_are_settled_and_35_have_a_roadmap_for_the_second_or_third_quarter(office: Any) -> None:
    for number in range(LONG):
        case = office.open("long-case", "city", "reception_clerk", {
            "place": COMMUNES[number % len(COMMUNES)], "subject": f"Vụ việc {number}", "parties": "Các hộ dân và Ủy ban xã.",
            "history": "Khiếu nại nhiều năm.", "instances": "second",
        })  # fmt: skip
        quarter = ("2026-Q2", "2026-06-30") if number % 2 else ("2026-Q3", "2026-09-30")
        office.do(case, "charge", {
            "leader": "Phó Chủ tịch N", "lead_agency": "dept-construction", "responsible": "Giám đốc Sở", "due_quarter": quarter[0],
            "due_on": quarter[1],
        })  # fmt: skip
        office.do(case, "plan", {"steps": [{"what": "Đối thoại", "unit": "thien-loc", "due": "2026-05-15"}]})
        if number < DONE_LONG:
            office.do(case, "carry_out", {"verdict": "settled", "result": "Các bên đã thống nhất."})
    rows = long_cases.register(office.platform, office.platform.actor("chair-city-1"))
    settled, open_ones = [row for row in rows if row.settled], [row for row in rows if not row.settled]
    assert (len(rows), len(settled), len(open_ones)) == (LONG, DONE_LONG, LONG - DONE_LONG)
    assert all(row.responsible and row.leader and row.steps and row.due_quarter in ("2026-Q2", "2026-Q3") for row in open_ones)
    assert Counter(row.due_quarter for row in open_ones) == {"2026-Q2": 17, "2026-Q3": 18}


def test_the_letters_visits_and_reports_of_a_working_day_read_back_by_way_and_kind(office: Any) -> None:
    for number in range(LETTERS + VISITS):
        commune = COMMUNES[number % len(COMMUNES)]
        letter = {"channel": "post" if number < LETTERS else "visit", "arrived_on": "2026-03-03", "persons": 1, "summary": f"Nội dung {number}."}
        office.open("reception", commune, "reception_clerk", letter)
    kinds = ("road", "waste", "noise", "light", "water", "food", "order")
    for number in range(REPORTS):
        commune = COMMUNES[number % len(COMMUNES)]
        report = {"commune": commune, "where": f"Ngõ {number}", "category": kinds[number % len(kinds)], "what": "Cần xử lý sớm."}
        office.open("field-report", commune, "reception_clerk", report)
    ways = Counter(peek(bytes(state)).data["form"]["channel"] for state in column(office, "SELECT state FROM cases WHERE procedure = ?", "reception"))
    assert ways == {"post": LETTERS, "visit": VISITS}
    heat = office.platform.store.spots.heat((), ["field-report"], office.now - timedelta(days=1))
    assert sum(row.count for row in heat) == sum(row.open for row in heat) == REPORTS
    assert {row.area for row in heat} == set(COMMUNES) and {row.kind for row in heat} == set(kinds)
