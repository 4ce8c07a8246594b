"""The commands of who keeps the packages of the departments."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from wardflow.cli import main
from wardflow.hookspecs import documented


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("WARDFLOW_DATA", raising=False)
    monkeypatch.delenv("WARDFLOW_DATABASE_URL", raising=False)


def test_the_hooks_are_printed_as_the_guide_has_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plugins", "hooks"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(documented())


@pytest.mark.parametrize("name", ["Veterinary", "1st", "class", "a-b"])
def test_a_package_needs_a_name_that_python_can_say(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plugins", "new", name]) == 1
    assert "such as veterinary" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_package_is_never_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plugins", "new", "bees"]) == 0
    rules = tmp_path / "wardflow-bees" / "wardflow_bees" / "rules.py"
    rules.write_text("mine", "utf-8")
    assert main(["plugins", "new", "bees"]) == 1
    assert "wardflow-bees: is there already" in capsys.readouterr().err
    assert rules.read_text("utf-8") == "mine"


def test_a_switch_names_what_is_installed_and_a_unit_must_be_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--data", "city"]) == 0
    assert main(["plugins", "enable", "lend", "--data", "city"]) == 1
    assert "No plugin lend is installed; there are" in capsys.readouterr().err
    assert main(["plugins", "disable", "land", "--unit", "atlantis", "--data", "city"]) == 1
    assert "atlantis" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("wheel", "says"), [("missing.whl", "there is no such file"), ("wrong.whl", "was not installed")]
)
def test_what_is_no_wheel_is_refused_and_nothing_is_installed(
    wheel: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", "--data", "city"]) == 0
    (tmp_path / "wrong.whl").write_bytes(b"no archive")
    assert main(["plugins", "install", wheel, "--data", "city"]) == 1
    assert says in capsys.readouterr().err


def test_a_field_nobody_looks_at_has_nothing_to_inspect(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plugins", "inspect", "nothing.nowhere"]) == 1
    assert "0 on nothing.nowhere" in capsys.readouterr().out


def test_a_plugin_that_is_not_installed_is_not_removed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--data", "city"]) == 0
    assert main(["plugins", "remove", "nothing", "--data", "city"]) == 1
    assert "No plugin nothing is installed" in capsys.readouterr().err


def test_a_package_that_takes_what_another_offers_is_told_of_before_it_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It sorts before the package of the land department, whose schema it offers under the same id."""
    folder = tmp_path / "new"
    about = folder / "aaa-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: aaa\nVersion: 1.0\n", "utf-8")
    (about / "entry_points.txt").write_text("[wardflow]\naaa = taking_schemas\n", "utf-8")
    (folder / "taking_schemas.py").write_text(
        "import wardflow_land\nfrom wardflow import hookimpl\n\n"
        "@hookimpl\ndef schemas():\n    return dict(list(wardflow_land.schemas().items())[:1])\n", "utf-8",
    )  # fmt: skip
    monkeypatch.syspath_prepend(folder)
    assert main(["plugins", "contents", str(folder)]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["plugin"], found["inventory"]) == ("aaa", {})
    assert found["error"].startswith("land would no longer work: ")
