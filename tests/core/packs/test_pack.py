"""A pack is its files: read from a folder or a published version, with a sentence for what cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from wardflow.errors import PackUnreadable, ProcedureUnreadable
from wardflow.packs import Pack, Procedure, read

MakePack = Callable[..., Pack]


def test_a_folder_and_its_files_are_the_same_pack(make_pack: MakePack, tmp_path: Path) -> None:
    made = make_pack()
    for path, content in made.files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(content)
    (tmp_path / ".hidden").write_text("x")
    (tmp_path / "__pycache__").mkdir()
    assert read(tmp_path).digest == made.digest


def test_any_changed_byte_is_another_version(make_pack: MakePack) -> None:
    assert make_pack().digest != make_pack({"scenarios/one.yaml": (("title: Thẳng", "title: Thang"),)}).digest


def test_it_knows_its_diagrams_forms_records_and_scenarios(make_pack: MakePack) -> None:
    pack = make_pack()
    assert (list(pack.definitions), list(pack.procedures), list(pack.scenarios)) == (["small.bpmn"], ["copy"], ["scenarios/one.yaml"])
    assert set(pack.forms) == {"forms/check.json", "forms/decide.json", "forms/request.json"}
    assert pack.definition_of("small")[0] == "small.bpmn"
    assert pack.procedures["copy"].fee_lines()[0]["amount"] == 2000


def test_slips_and_notices_are_rows_with_known_words(make_pack: MakePack) -> None:
    pack = make_pack()
    assert (pack.slips["receipt"].template, pack.notices["late"].to, pack.notices["told"].to) == ("receipt", "chief", "applicant")
    with pytest.raises(PackUnreadable, match=r"small/pack\.toml cannot be read: late: .*too"):
        make_pack({"pack.toml": (("{ to =", "{ too ="),)})


def test_settings_that_are_no_toml_are_refused_with_their_file(make_pack: MakePack) -> None:
    with pytest.raises(PackUnreadable, match=r"small/pack\.toml"):
        make_pack({"pack.toml": "id ="})
    with pytest.raises(PackUnreadable, match="missing"):
        make_pack({"pack.toml": None})


def test_an_unknown_process_and_an_unknown_decision_are_said(make_pack: MakePack) -> None:
    with pytest.raises(PackUnreadable, match="no diagram holds the process large"):
        make_pack().definition_of("large")
    with pytest.raises(PackUnreadable, match="no table holds the decision priority"):
        make_pack().decide("priority", {})


@pytest.mark.parametrize("who", ["account", "email"])
def test_a_record_says_who_may_file_it_online(who: str) -> None:
    record = {"code": "x", "name": "X", "pack": "p", "process": "P", "time_limit": "5 wd"}
    assert Procedure.read(record, "x.toml").online is None
    assert Procedure.read({**record, "online_filing": who}, "x.toml").online == who


def test_a_way_of_filing_that_is_none_is_refused_with_the_choice() -> None:
    record = {"code": "x", "name": "X", "pack": "p", "process": "P", "time_limit": "5 wd", "online_filing": "sms"}
    with pytest.raises(ProcedureUnreadable, match='"account", "email" or "open"'):
        Procedure.read(record, "x.toml")
