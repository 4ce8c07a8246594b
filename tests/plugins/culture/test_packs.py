"""The packs of the culture package print the department's papers, and say when silence is consent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import wardflow_culture
from wardflow.documents.slips import render
from wardflow.packs import read
from wardflow.testing import at_work

FOLDERS = [Path(str(folder)) for folder in wardflow_culture.packs()]
PLUGINS = at_work(wardflow_culture)
PAPERS = [template.name for template in wardflow_culture.slip_templates()]
SAID: dict[str, Any] = {
    "date": "2026-09-04", "place": "Thiên Lộc", "issuer": {"above": "UBND Thành phố Hà Nội", "name": "UBND xã Thiên Lộc"},
    "number": "001/UBND-VHXH", "form": "", "code": "H26.0001", "applicant": {"name": "Nguyễn Văn A"},
    "procedure": {"name": "Thông báo tổ chức lễ hội cấp xã", "code": "festival-notice"}, "authority": "UBND xã Thiên Lộc",
    "received_at": "2026-08-24T08:30", "bases": ["Nghị định 110/2018/NĐ-CP"],
    "lines": [{"name": "Tên lễ hội", "value": "Hội làng Chèm"}, {"name": "Ngày bắt đầu", "value": "10/10/2026"}],
    "tracking": {"url": "http://localhost/track/ABC", "address": "http://localhost/track", "code": "ABC"},
}  # fmt: skip


@pytest.mark.parametrize("name", PAPERS)
def test_the_department_prints_its_own_papers(name: str) -> None:
    source = PLUGINS.slip_template(name)
    assert source is not None and render(source, SAID).startswith(b"%PDF")


def test_every_paper_of_the_package_is_named_by_a_pack() -> None:
    named = {slip.template for folder in FOLDERS for slip in read(folder).slips.values() if "." in slip.template}
    assert named == set(PAPERS) != set()


def test_silence_is_consent_only_where_the_law_says_so() -> None:
    records = {record["code"]: record.get("options", {}) for record in PLUGINS.procedures() if record["pack"] == "culture-notice"}
    assert {code: options["silence_agrees"] for code, options in records.items()} == {"festival-notice": True, "performance-notice": False}


def test_silence_speaks_on_the_day_the_time_limit_ends() -> None:
    for record in PLUGINS.procedures():
        assert record.get("options", {}).get("answer_within", record["time_limit"]) == record["time_limit"]
