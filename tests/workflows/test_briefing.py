"""The four-axis briefing over real assignments: what it lists, what its conclusions become, and the rating of a month."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from wardflow.cases.convert_case import convert_case
from wardflow.cases.open_case import open_case
from wardflow.cases.reads import desk
from wardflow.cases.reads.asking import Asked
from wardflow.domain.people import Actor
from wardflow.families.assignment import areas, briefing, scoring
from wardflow.families.assignment.matters import assignments

Office = Any    # tests/workflows/conftest.py; test modules cannot import one another
SOURCE = {
    "source": "conclusion", "source_document": "Kết luận 15-KL/ĐU", "matter": "Rà soát điểm ngập", "field": "construction",
    "axis": "committee", "priority": "regular", "area_commune": "ba-vi",
}
CLEARS = {
    "title": "Lập danh mục điểm ngập", "description": "Kiểm tra từng thôn.", "task_class": "own_decision", "lead_unit": "ba-vi.economy",
    "accountable_person": "Trưởng phòng Kinh tế", "start_date": "2026-03-03", "due_date": "2026-03-31", "product_type": "document",
    "product_spec": "Danh mục", "acceptance_criteria": [{"criterion": "Đủ các thôn"}], "authority_basis": "Luật 72/2025/QH15", "kpi_weight": 20,
}


@pytest.fixture
def chair(office: Office) -> Actor:
    found: Actor = office.platform.actor("chair-ba-vi-1")
    return found


def given(office: Office, source: dict[str, Any] | None = None, **clears: Any) -> int:
    case: int = office.open("assignment-commune", "ba-vi.general", "specialist", {**SOURCE, **(source or {})})
    office.do(case, "register", {**CLEARS, **clears})
    office.do(case, "assign", {"verdict": "sign"})
    return case


def returned(office: Office, case: int) -> None:
    office.do(case, "acknowledge", {"verdict": "return", "cause": "authority", "reason": "Không đúng việc."})
    office.do(case, "decide_return", {"verdict": "reassign", "lead_unit": "ba-vi.culture", "reason": "Chuyển đơn vị."})


def rated(office: Office, person: str, due: str, quality: int, weight: int) -> None:
    case = given(office, accountable_person=person, due_date=due, kpi_weight=weight)
    office.do(case, "acknowledge", {"verdict": "accept"})
    office.do(case, "break_down", {"specialist": "specialist-ba-vi-1"})
    office.do(case, "work", {"percent": 100, "note": "Đã xong."})
    office.do(case, "submit", {"product": "Danh mục", "evidence": [{"criterion": "Đủ", "met": "Đủ"}]})
    office.do(case, "accept", {"verdict": "accept"})
    office.do(case, "rate", {"quality": quality, "late_through_other": False})


def test_each_assignment_stands_in_the_first_group_it_belongs_to(office: Office, chair: Actor) -> None:
    wanted = {
        given(office, start_date="2026-03-01", due_date="2026-03-02", title="Trễ"): "due_soon",    # due by the end of its first day
        given(office, due_date="2026-03-09"): "due_soon",
        given(office, {"cross_commune": True}): "cross_commune",
        given(office, {"priority": "key"}): "new_key",
    }
    blocked = given(office)
    office.do(blocked, "acknowledge", {"verdict": "accept"})
    office.do(blocked, "break_down", {"specialist": "specialist-ba-vi-1"})
    office.tell(blocked, "specialist-ba-vi-1", "obstacle", {"what": "Thiếu số liệu.", "wanted": "Cung cấp số liệu."})
    twice = given(office)
    returned(office, twice)
    returned(office, twice)
    given(office)    # far from its due date and nothing special: no matter for a briefing
    wanted |= {blocked: "blocked", twice: "returned_twice"}
    assert {item.assignment.case.id: item.group for item in briefing.agenda(office.platform, chair)} == wanted


def test_twelve_overdue_among_many_are_exactly_the_twelve_that_are_listed(office: Office, chair: Actor) -> None:
    late = {given(office, due_date="2026-03-05") for _ in range(12)}
    many = [given(office, due_date="2026-06-30") for _ in range(20)]
    before = office.now
    office.pass_(days=3)    # 06/03/2026
    items = briefing.agenda(office.platform, chair)
    office.now = before
    overdue = {item.assignment.case.id for item in items if item.group == "overdue"}
    assert late <= overdue and not overdue & set(many)
    assert [item.group for item in items] == sorted((item.group for item in items), key=briefing.GROUPS.index)


def test_a_conclusion_becomes_an_assignment_of_the_commune_once(office: Office, chair: Actor) -> None:
    concluded = briefing.Conclusion("12/TB-KL", "Xử lý điểm ngập chợ Ba Vì", "construction", "party", "key")
    opening = briefing.opening(office.platform, chair, concluded)
    first, again = (open_case(office.platform, chair, opening, key="briefing 12 1") for _ in range(2))
    case = office.case(first.case_id)
    assert first == again and case.places.authority == "ba-vi" and case.business_state == "draft"
    [task] = office.tasks(first.case_id)
    assert (task.node, task.unit) == ("register", "ba-vi.general")


def test_nobody_sees_the_assignments_of_another_commune(office: Office, chair: Actor) -> None:
    given(office)
    other = office.platform.actor("chair-soc-son-1")
    assert assignments(office.platform, chair, office.now)
    assert assignments(office.platform, other, office.now) == []


def test_an_assignment_of_the_city_is_for_the_city_and_its_office(office: Office, chair: Actor) -> None:
    case = office.open("assignment-city", "city-office", "specialist", {**SOURCE, "area_commune": "city", "priority": "key"})
    clerk = office.platform.actor(office.platform.register().holders("specialist", "city-office")[0].id)
    seen = {who.person: {each.case.id for each in assignments(office.platform, who, office.now)} for who in (chair, clerk, office.platform.actor("chair-city-1"))}
    assert {person for person, cases in seen.items() if case in cases} == {clerk.person, "chair-city-1"}


def test_a_confidential_assignment_is_for_its_assigner(office: Office, chair: Actor) -> None:
    case = given(office, {"confidential": True, "priority": "key"})
    head = office.platform.actor(office.platform.register().holders("office_head", "ba-vi.economy")[0].id)
    seen = {who.person: {item.assignment.case.id for item in briefing.agenda(office.platform, who)} for who in (chair, head)}
    assert case in seen[chair.person] and case not in seen[head.person]


def test_a_month_is_the_weighted_mean_with_its_band(office: Office, chair: Actor) -> None:
    rated(office, "Nguyễn Văn A", "2026-03-20", 90, 10)    # early: 90 × 1.1
    rated(office, "Nguyễn Văn A", "2026-03-03", 70, 30)    # on the day: 70 × 1.0
    rated(office, "Trần Thị B", "2026-03-03", 45, 10)
    found = {each.person: (round(each.score, 4), each.band, len(each.tasks)) for each in scoring.month(office.platform, chair, date(2026, 3, 1))}
    assert found["Nguyễn Văn A"] == ((90 * 1.1 * 10 + 70 * 1.0 * 30) / 40, "good", 2)
    assert found["Trần Thị B"] == (45.0, "not_completed", 1)
    assert scoring.month(office.platform, chair, date(2026, 4, 1)) == ()


@pytest.mark.parametrize(("score", "band"), [(90, "excellent"), (89.9, "good"), (70, "good"), (69.9, "completed"), (50, "completed"), (49.9, "not_completed")])
def test_the_bands_begin_where_the_table_says(office: Office, score: float, band: str) -> None:
    case = office.case(given(office))
    of = scoring.Assignment(case, {"register": {"accountable_person": "A"}})
    [rating] = scoring.rated(office.platform, [], date(2026, 3, 1), [scoring.Scored(of, score * 10, 10)])
    assert rating.band == band


def test_december_is_followed_by_january() -> None:
    assert scoring.following(date(2026, 12, 1)) == date(2027, 1, 1)


def test_a_confidential_assignment_is_in_no_count_of_its_unit(office: Office, chair: Actor) -> None:
    colleague = office.platform.actor(office.platform.register().holders("records_clerk", "ba-vi")[0].id)
    before = [dict(desk(office.platform, colleague, Asked(view=view)).tabs) for view in ("unit", "queue")]
    given(office, {"confidential": True})
    assert [dict(desk(office.platform, colleague, Asked(view=view)).tabs) for view in ("unit", "queue")] == before


def test_the_ledger_of_the_areas_says_what_a_commune_was_given_how_it_stands_and_what_was_noted(office: Office, chair: Actor) -> None:
    before = {area.id: area for area in areas.ledger(office.platform, chair)}["ba-vi"]
    late = given(office, due_date="2026-03-05")
    given(office, {"field": "health"}, due_date="2026-06-30")
    given(office, {"confidential": True})
    note = {"area_commune": "ba-vi", "leader": "Phó Chủ tịch N", "topic": "site_clearance", "source": "Giao ban", "finding": "Năm hộ chưa nhận tiền."}
    for level in ("red", "green"):
        office.open("area-entry", "ba-vi.general", "specialist", {**note, "level": level})
    office.pass_(days=7)
    [area] = areas.ledger(office.platform, chair)
    assert area.id == "ba-vi" and area.level == "red" and area.noted[0].topic.en == "Site clearance"
    assert (area.given - before.given, area.open - before.open) == (2, 2)
    assert area.sectors["health"] == before.sectors.get("health", 0) + 1
    assert area.overdue > before.overdue and office.case(late).due < office.now
    assert areas.ledger(office.platform, office.platform.actor("chair-soc-son-1")) == ()
    assert "ba-vi" in {each.id for each in areas.ledger(office.platform, office.platform.actor("chair-city-1"))}


def test_what_is_red_becomes_an_assignment_with_what_was_noted(office: Office) -> None:
    note = {"area_commune": "ba-vi", "leader": "Phó Chủ tịch N", "topic": "letters", "source": "Giao ban", "finding": "Ba đơn về chợ.", "level": "red"}
    case = office.open("area-entry", "ba-vi.general", "specialist", note)
    [task] = office.tasks(case)
    actor = office.platform.actor(task.person or office.platform.register().holders(task.role, task.unit)[0].id)
    made = convert_case(office.platform, actor, case, "assignment-commune", {**SOURCE, "matter": note["finding"]}, "Mức đỏ.")
    assert office.case(case).outcome == "task" and office.case(made.case_id).business_state == "draft"
