"""A designer makes a step shorter: check, test (fails where it should), diff says exactly that, publish; new cases follow, old ones keep."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from wardflow import app
from wardflow.cases.complete_task import complete_task
from wardflow.cases.migrate_pack import plan_for, rehearse
from wardflow.cases.open_case import Opening, open_case
from wardflow.cases.reads import open_tasks
from wardflow.catalog import city_folder
from wardflow.cli import main
from wardflow.demo.city import read_city
from wardflow.demo.making import save
from wardflow.packs.mapping import StepMapping
from wardflow.settings import Settings

SHIPPED = Path(__file__).parents[2] / "workflows" / "dossier"
MORNING = datetime(2026, 9, 7, 1, 30, tzinfo=UTC)    # Monday 07/09/2026, 08:30 in Hanoi
RECORD = """code = "certified-copy"
name = "Chứng thực bản sao từ bản chính"
name_en = "Certified copy of an original"
pack = "dossier"
process = "dossier"
form = "forms/certified-copy.json"
level = "commune"
place = "receiving"
office = "general"
field = "Chứng thực"
field_en = "Certification"
online_level = "part"
non_boundary = true
assumed = ["online_level"]
result = "Bản sao có chứng thực"
result_en = "Certified copy"
legal_basis = ["Nghị định 23/2015/NĐ-CP"]
valid_from = 2025-07-01
time_limit = "20 d"
fees = []
components = []
"""
FORM = {"papers": [{"name": "Giấy khai sinh", "pages": 2, "copies": 1}], "originals_shown": True}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The dossier pack on a designer's desk, with one procedure that goes through appraisal."""
    folder = Path(shutil.copytree(SHIPPED, tmp_path / "dossier"))
    (folder / "procedures" / "certified-copy.toml").write_text(RECORD, "utf-8")
    for scenario in folder.glob("scenarios/1[23]-copy-*.yaml"):
        scenario.unlink()    # they tell of the same-day record
    return folder


@pytest.fixture
def platform(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An installation with the people of the demo city and no cases."""
    monkeypatch.setenv("WARDFLOW_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("WARDFLOW_DATABASE_URL", database_url)
    assert main(["init"]) == 0
    made = app.build(Settings.from_environment(), now=lambda: MORNING)
    save(made.store, read_city(city_folder()))    # type: ignore[arg-type]
    yield made
    made.store.close()


def appraised(platform: Any) -> Any:
    """A new case at the step "appraise", with that task."""
    clerk, head = platform.actor("clerk-cua-nam-1"), platform.actor("general-head-cua-nam-1")
    opening = Opening(
        procedure="certified-copy", applicant={"full_name": "Nguyễn Văn An", "id_number": "001080000012"}, form=FORM,
        components={}, receiving="cua-nam.point",
    )
    case = open_case(platform, clerk, opening, answer={"result": "complete", "digitised": "done"}).case_id
    [assign] = open_tasks(platform, case)
    complete_task(platform, head, case, assign.task, {"specialist": "general-specialist-cua-nam-1"})
    [task] = open_tasks(platform, case)
    assert task.node == "appraise"
    return task


def local(task: Any) -> str:
    return f"{task.due.astimezone(Settings().zone):%d/%m/%Y}"


def test_five_working_days_become_three(pack: Path, platform: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert [main([command, str(pack)]) for command in ("check", "test", "publish")] == [0, 0, 0]
    old = appraised(platform)
    capsys.readouterr()

    diagram = pack / "dossier.bpmn"
    shorter, count = re.subn(r'(id="appraise"[^>]*wf:due=")5 wd"', r'\g<1>3 wd"', diagram.read_text("utf-8"))
    assert count == 1
    diagram.write_text(shorter, "utf-8")

    assert main(["check", str(pack)]) == 0
    assert capsys.readouterr().out.startswith("errors: 0, warnings: 0")
    assert main(["test", str(pack)]) == 1
    failed = [line for line in capsys.readouterr().out.splitlines() if line.startswith("FAIL")]
    assert [line.split()[1] for line in failed] == ["scenarios/01-straight-through.yaml:"]

    for language, sentence in (("en", "step Appraise the dossier: 5 → 3 working days"), ("vi", "bước Thẩm định hồ sơ: 5 → 3 ngày làm việc")):
        assert main(["diff", "dossier@1", str(pack), "--language", language]) == 0
        assert capsys.readouterr().out.splitlines()[:-1] == [f"dossier.bpmn: {sentence}"]

    scenario = pack / "scenarios" / "01-straight-through.yaml"
    scenario.write_text(scenario.read_text("utf-8").replace("due_of: {appraise: 2026-08-27}", "due_of: {appraise: 2026-08-25}"), "utf-8")
    assert main(["test", str(pack)]) == 0
    assert main(["publish", str(pack), "--as", "designer"]) == 0

    new = appraised(platform)
    assert (local(old), local(new)) == ("14/09/2026", "10/09/2026")
    [kept] = open_tasks(platform, old.case_id)
    assert (kept.task, kept.due) == (old.task, old.due)
    numbers = [platform.library.version(platform.store.cases.load(task.case_id).case.pack) for task in (old, new)]
    assert numbers == [1, 2]
    [outcome] = rehearse(platform, plan_for(platform, "dossier", 2, StepMapping()))
    assert (outcome.case_id, str(outcome.result)) == (old.case_id, "moves"), "the old case keeps until somebody migrates it"
