"""What users of other platforms complained about does not happen here; README.md of this folder names a test for each."""

from __future__ import annotations

import ast
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from wardflow import packs
from wardflow.cases.change_register import change_register
from wardflow.cases.claim_task import claim_task
from wardflow.cases.open_case import Opening, open_case
from wardflow.domain.register import Holding, Person
from wardflow.domain.register_changes import RenameUnit
from wardflow.permissions import REGISTRAR

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ROWS = {6, 10, 12, 13, 14, 15, 16, 20, 25, 27}
LISTED = re.findall(r"(?m)^\| (\d+) \|.*\| ([^|]+) \|$", (HERE / "README.md").read_text("utf-8"))
NAMED = [(int(row), name) for row, names in LISTED for name in re.findall(r"`([^`]+)`", names)]
LATER = datetime(2026, 9, 1, tzinfo=UTC)


def test_every_complaint_has_its_row() -> None:
    assert {int(row) for row, _ in LISTED} == {row for row, _ in NAMED} == ROWS


@pytest.mark.parametrize(("row", "name"), NAMED)
def test_the_test_that_answers_a_complaint_exists(row: int, name: str) -> None:
    file, _, function = name.partition("::")
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    assert function in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, f"row {row}: {name}"


def publish(platform, *changes: tuple[str, str]) -> None:
    """Publishes the small city's pack with pieces of its files exchanged."""
    files = {path.relative_to(HERE / "pack").as_posix(): path.read_text("utf-8") for path in (HERE / "pack").rglob("*") if path.is_file()}
    for old, new in changes:
        assert any(old in text for text in files.values()), old
        files = {path: text.replace(old, new) for path, text in files.items()}
    changed = packs.Pack({path: text.encode() for path, text in files.items()})
    platform.store.packs.publish(changed.id, changed.digest, changed.files, "", LATER)


def filed(platform, copies: int):
    """A case that waits for a specialist."""
    opening = Opening(
        procedure="1.000001", applicant={"full_name": "Nguyễn Văn An", "id_number": "001080000012"}, form={"record": "Giấy khai sinh", "copies": copies},
        components={"request": "original"}, receiving="east.point",
    )  # fmt: skip
    return open_case(platform, platform.actor("binh"), opening, answer={"result": "complete"})


def test_a_step_goes_where_the_case_says_whatever_lane_it_is_drawn_in(platform) -> None:
    platform.store.city.save(holdings=(Holding("binh", "expert", "east.point"),))
    lanes = '<bpmn:laneSet id="ls"><bpmn:lane id="l1" name="Phòng Tổng hợp"><bpmn:flowNodeRef>Review</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>'
    by_the_case = """wf:unit="= if form.copies &gt; 3 then &quot;east.point&quot; else &quot;east.office&quot;" """
    publish(
        platform, ('<bpmn:startEvent id="Start">', lanes + '<bpmn:startEvent id="Start">'),
        ('wf:role="expert" wf:unit="office" ', f'wf:role="expert" {by_the_case}'),
    )  # fmt: skip
    for copies, unit in ((2, "east.office"), (9, "east.point")):
        task = platform.store.papers.tasks(filed(platform, copies).case_id)[-1]
        assert (task.node, task.unit) == ("Review", unit)


def test_a_unit_and_a_role_with_new_names_keep_their_tasks(platform, browser, case) -> None:
    assert case.code in browser("chi").open("/desk?view=queue")
    platform.store.city.save(holdings=(Holding("hoa", REGISTRAR, "city"),), people=(Person("hoa", "Vũ Thị Hoa"),))
    change_register(platform, platform.actor("hoa"), RenameUnit("east.office", "Phòng Kinh tế phường Đông", "Economy office of East"))
    publish(platform, ('expert = { vi = "Chuyên viên", en = "Specialist" }', 'expert = { vi = "Công chức thụ lý", en = "Case officer" }'))
    assert case.code in browser("chi").open("/desk?view=queue")
    assert "Phòng Kinh tế phường Đông" in browser("chi").open(f"/cases/{case.code}")


def test_a_head_takes_the_work_of_a_colleague_who_is_ill_and_gives_it_to_another(platform, browser, case) -> None:
    task = platform.store.papers.tasks(case.case_id)[-1].task
    claim_task(platform, platform.actor("chi"), case.case_id, task)
    em = browser("em")
    em.open("/desk?view=unit")
    given = em.post("/desk", task=f"{case.case_id}/{task}", act="assign", to="dung", reason="Chị Chi nghỉ ốm", view="unit")
    assert "Đã giao 1 việc." in given
    assert platform.store.papers.tasks(case.case_id)[-1].person == "dung"
    assert case.code in browser("dung").open("/desk") and case.code not in browser("chi").open("/desk")
    assert "Chị Chi nghỉ ốm" in em.open(f"/cases/{case.code}")
