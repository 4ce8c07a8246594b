"""The designer's loop on files: new, check in three forms, test with a diagram, diff in words, publish, versions, restore."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from wardflow.cli import main

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("DATA", "DATABASE_URL"):
        monkeypatch.delenv(f"WARDFLOW_{name}", raising=False)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack as `new` makes it."""
    assert main(["new", "dog-licence", "--title", "Giấy phép nuôi chó", "--title-en", "Dog licence"]) == 0
    return tmp_path / "dog-licence"


def changed(pack: Path, old: str, new: str) -> None:
    file = pack / f"{pack.name}.bpmn"
    assert old in file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


def test_a_new_pack_passes_its_own_check_and_tests_with_everything_covered(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(pack)]) == 0
    assert "errors: 0, warnings: 0" in capsys.readouterr().out
    assert main(["test", str(pack)]) == 0
    out = capsys.readouterr().out
    assert "2 of 2 scenarios went as they say" in out
    assert out.count("(100 %)") == 2
    assert "@" not in "".join(file.read_text("utf-8") for file in pack.rglob("*") if file.is_file())


def test_a_new_pack_is_made_in_a_new_folder_with_a_name_that_can_be_an_id(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {file: file.read_bytes() for file in pack.rglob("*") if file.is_file()}
    assert main(["new", str(pack)]) == 1
    assert "holds something already" in capsys.readouterr().err
    assert {file: file.read_bytes() for file in pack.rglob("*") if file.is_file()} == before
    assert main(["new", "Dog Licence"]) == 1
    assert "small letters" in capsys.readouterr().err


def test_findings_come_as_lines_that_editors_know(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed(pack, 'wf:due="2 wd"', 'wf:due="2 days"')
    assert main(["check", "dog-licence"]) == 1
    lines = capsys.readouterr().out.splitlines()
    found = re.fullmatch(r"(\S+):(\d+):(\d+): limit\.unreadable The limit “2 days” of decide cannot be read\.", lines[0])
    assert found is not None, lines
    assert 'id="decide"' in Path(found[1]).read_text("utf-8").splitlines()[int(found[2]) - 1][int(found[3]) - 1 :]
    assert main(["check", "dog-licence", "--language", "vi"]) == 1
    assert "“2 days”" in capsys.readouterr().out


def test_findings_come_as_json_with_the_cure(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed(pack, 'wf:due="2 wd"', 'wf:due="2 days"')
    assert main(["check", "dog-licence", "--format", "json"]) == 1
    [row] = json.loads(capsys.readouterr().out)
    assert (row["code"], row["severity"], row["element"], row["file"]) == ("limit.unreadable", "error", "decide", "dog-licence/dog-licence.bpmn")
    assert row["line"] > 1 and row["column"] > 1 and "5 wd" in row["cure"]


def test_findings_come_as_annotations_of_a_forge(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed(pack, 'wf:due="2 wd"', 'wf:due="100%"')
    assert main(["check", "dog-licence", "--format", "github"]) == 1
    [line] = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"::error file=dog-licence/dog-licence\.bpmn,line=\d+,col=\d+,title=limit\.unreadable::.*100%25.*", line)


def test_the_diagram_shows_what_no_scenario_passed(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (pack / "scenarios" / "02-declined.yaml").unlink()
    assert main(["test", str(pack), "--diagram", "covered.html"]) == 0
    assert "not passed: declined" in capsys.readouterr().out
    text = Path("covered.html").read_text("utf-8")
    assert "<script" not in text and not re.search(r'(?:src|href)=', text)
    [drawn] = re.findall(r"<svg xmlns.*?</svg>", text, re.DOTALL)
    shapes = {
        each.findtext("{http://www.w3.org/2000/svg}title"): each.get("class")
        for each in ElementTree.fromstring(drawn).iter()
        if each.get("class")
    }
    assert {id for id, kind in shapes.items() if kind == "missed"} == {"declined", "decided__declined"}
    assert shapes["decide"] == shapes["decided__granted"] == "passed"


def test_versions_are_compared_listed_and_brought_back(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--data", "city"]) == 0
    assert main(["publish", str(pack), "--data", "city", "--as", "hoa"]) == 0
    changed(pack, 'wf:due="2 wd"', 'wf:due="3 wd"')
    capsys.readouterr()

    assert main(["diff", "dog-licence@1", "dog-licence", "--data", "city"]) == 0
    assert capsys.readouterr().out == "dog-licence.bpmn: step Decide: 2 → 3 working days\n1 change\n"
    assert main(["diff", "dog-licence@1", "dog-licence", "--data", "city", "--language", "vi"]) == 0
    assert "bước Quyết định: 2 → 3 ngày làm việc" in capsys.readouterr().out
    assert main(["diff", "dog-licence", "dog-licence"]) == 0
    assert "do not differ" in capsys.readouterr().out

    assert main(["publish", str(pack), "--data", "city", "--as", "hoa"]) == 0
    assert main(["restore", "dog-licence", "--version", "1", "--data", "city"]) == 0
    capsys.readouterr()
    assert main(["versions", "dog-licence", "--data", "city"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["dog-licence@2", "dog-licence@1"]
    assert [line.endswith("in force") for line in lines] == [False, True] and "hoa" in lines[0]

    changed(pack, 'wf:due="3 wd"', 'wf:due="4 wd"')
    assert main(["publish", str(pack), "--data", "city"]) == 0
    assert "version 3" in capsys.readouterr().out
    for wrong in (["versions", "none"], ["restore", "none", "--version", "1"], ["diff", "dog-licence@9", "dog-licence"]):
        assert main([*wrong, "--data", "city"]) == 1
