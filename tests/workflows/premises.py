"""Premises for tests: their inventory records, and what each step of the process may be answered with."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from wardflow.catalog import city_folder
from wardflow.domain.register import Holding, Person

FORM = {
    "asset_code": "TS-0001", "name": "Trụ sở UBND phường cũ", "former_use": "Trụ sở làm việc", "address": "12 phố Chợ",
    "commune": "thien-loc", "land_area_m2": 820.5, "floor_area_m2": 1450, "condition": "fair", "original_value": 5_200_000_000,
    "residual_value": 1_900_000_000, "land_paper": "certificate", "occupancy": "empty",
}
STANDARD = "Xã mới đã đủ trụ sở theo định mức."
PROPOSED = {
    "destination": "education", "legal_form": "transfer", "receiver_unit": "dept-education", "file": [{"name": "Văn bản đề nghị"}],
    "reason": "Khu vực thiếu lớp học mầm non.",
}
HANDED = {"day": "2026-06-01", "minute_no": "07/BB", "keys": True, "papers": [{"name": "Hồ sơ hoàn công"}], "value": 1_900_000_000}
REFUSED = {"decision": "refuse", "reason": "Không phù hợp.", "legal_basis": "Luật 15/2017/QH14"}
ANSWERS: dict[str, tuple[dict[str, Any], ...]] = {
    "report_violation": ({"facts": "Người khác chiếm giữ.", "referred_to": "thien-loc", "document_no": "5/BC"},),
    "legal_check": ({"status": "A", "basis": "Nghị định 186/2025/NĐ-CP"}, {"status": "B", "missing": [{"name": "Giấy chứng nhận"}]}),
    "complete_papers": ({"papers": [{"name": "Giấy chứng nhận"}]},),
    "need_check": (
        {"need": "surplus", "standard": STANDARD}, {"need": "keep", "standard": STANDARD},
        {"need": "partly", "shared_area_m2": 450, "shared_land_m2": 120.5, "standard": STANDARD},
    ),
    "separate_plan": ({"plan": "Lập phương án riêng.", "document_no": "10/TTr"},),
    "take_custody": ({"guard": "Nguyễn Văn G", "utilities_off": True, "state_now": "Còn nguyên trạng."},),
    "announce": ({"document_no": "45/TB-STC", "where": "Cổng thông tin"},),
    "register_demand": ({"demands": [{"unit": "dept-education", "destination": "education", "standard_met": True}]},),
    "propose": (PROPOSED, {**PROPOSED, "destination": "agency", "receiver_unit": "dept-health"}),
    "sign_proposal": ({"verdict": "sign"},),
    "planning_opinion": ({"fit": "fit", "content": "Phù hợp quy hoạch."}, {"fit": "not_fit", "content": "Không phù hợp."}),
    "land_opinion": ({"position": "agree", "content": "Không vướng giấy tờ."},),
    "appraise_plan": ({"verdict": "submit", "report": "Các bên đồng ý.", "value": 1_900_000_000, "document_no": "118/TTr-STC"},),
    "approve_plan": (
        {"decision": "approve", "document_no": "900/QĐ-UBND"}, {"decision": "return", "reason": "Cần thẩm định lại."}, REFUSED,
    ),
    "decide": ({"decision": "approve", "document_no": "990/QĐ-UBND"}, REFUSED),
    "hand_over": (HANDED, {**HANDED, "floor_area_m2": 700, "land_area_m2": 300.25}),
    "accept_handover": ({"received_by": "Trần Thị R"},),
    "update_books": ({"entry_no": "TS-17", "value": 1_900_000_000},),
    "update_land": ({"paper": "certificate", "number": "CS 01234"},),
    "put_into_use": ({"day": "2026-07-01", "use": "Trường mầm non"},),
    "propose_recall": ({"recall": True, "reason": "Bỏ trống quá lâu."}, {"recall": False, "reason": "Đang sửa chữa."}),
    "post_check": ({"round": 1, "right_use": True, "findings": "Đang dạy 6 lớp."}, {"round": 1, "right_use": False, "findings": "Cho thuê sai."}),
}


def step_of(node: str) -> str:
    """The step without the sub-process it stands in."""
    return node.rsplit("/", 1)[-1].rsplit(".", 1)[-1]


def opened(office: Any, **form: Any) -> int:
    """A new premises case, filed by the unit that holds it."""
    return int(office.open("surplus-premises", str(form.get("commune", "thien-loc")), "asset_holder", {**FORM, **form}))


def brought(office: Any, until: str, **form: Any) -> int:
    """A case led to a step by the first answer of each step before it."""
    case = opened(office, **form)
    for _ in range(40):
        tasks = office.tasks(case)
        waiting = [step_of(task.node) for task in tasks]
        if until in waiting or not tasks:
            return case
        office.do(case, waiting[0], ANSWERS[waiting[0]][0], tasks[0].unit)
    raise AssertionError(waiting)


def staff(office: Any) -> None:
    """Gives every commune a holder of premises and a specialist of its economy office: the demo city has them in twelve."""
    units = office.platform.register().units
    communes = {unit.id for unit in units if unit.kind in ("ward", "rural")}
    economy = {unit.id for unit in units if unit.parent in communes and unit.kind == "economy"}
    people, holdings = [], []
    if office.platform.register().knows(f"asset_holder-{min(communes)}-1"):
        return
    for role, places in (("asset_holder", communes), ("specialist", economy)):
        for place in sorted(places):
            for number in (1, 2):    # who proposes does not sign, who hands over does not accept
                person = f"{role}-{place}-{number}"
                people.append(Person(person, person))
                holdings.append(Holding(person, role, place))
    office.store.city.save((), people, holdings)


def sheet(folder: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    """A file of premises."""
    file = folder / "premises.csv"
    with file.open("w", encoding="utf-8", newline="") as text:
        lines = csv.DictWriter(text, list(rows[0]))
        lines.writeheader()
        lines.writerows(rows)
    return file


def shipped() -> list[dict[str, str]]:
    """The 1,010 premises of the demo city."""
    with city_folder().joinpath("premises.csv").open(encoding="utf-8") as text:
        return list(csv.DictReader(text))
