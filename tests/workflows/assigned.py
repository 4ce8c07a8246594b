"""Assignments of a commune brought as far as a test needs them."""

from __future__ import annotations

from datetime import date
from typing import Any

from offices import Office

SOURCE = {
    "source": "conclusion", "source_document": "Kết luận 15-KL/ĐU", "matter": "Rà soát điểm ngập", "field": "construction",
    "axis": "committee", "priority": "regular", "area_commune": "thien-loc",
}
CLEARS = {
    "title": "Lập danh mục điểm ngập", "description": "Kiểm tra từng thôn.", "task_class": "own_decision", "lead_unit": "thien-loc.economy",
    "start_date": "2026-03-03", "product_type": "document", "product_spec": "Danh mục", "acceptance_criteria": [{"criterion": "Đủ các thôn"}],
    "authority_basis": "Luật 72/2025/QH15",
}
PRODUCT = {"product": "Danh mục", "evidence": [{"criterion": "Đủ", "met": "Đủ"}]}
DUE = date(2026, 3, 10)


def at_work(office: Office, person: str, *, weight: int = 10, **source: Any) -> int:
    """An assignment to a person that is broken down and worked on."""
    case: int = office.open("assignment-commune", "thien-loc.general", "specialist", {**SOURCE, **source})
    office.do(case, "register", {**CLEARS, "accountable_person": person, "due_date": DUE.isoformat(), "kpi_weight": weight})
    office.do(case, "assign", {"verdict": "sign"})
    office.do(case, "acknowledge", {"verdict": "accept"})
    office.do(case, "break_down", {"specialist": "specialist-thien-loc"})
    return case


def handed_in(office: Office, person: str, *, days_late: int, weight: int = 10, **source: Any) -> int:
    """One whose product is handed in so many days after its due date (before it when negative) and waits to be accepted."""
    case, start = at_work(office, person, weight=weight, **source), office.now
    office.pass_(days=(DUE - start.date()).days + days_late)
    office.do(case, "work", {"percent": 100, "note": "Đã xong."})
    office.do(case, "submit", PRODUCT)
    return case
