"""The command: help that reads well, one sentence for an error, and exit codes 0, 1 and 2."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from wardflow.cli import main

COMMANDS = ("demo", "serve", "worker", "init", "upgrade", "plugins", "check", "test", "publish", "feel", "decide")


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("DATA", "DATABASE_URL", "PORT", "HOST", "DEMO"):
        monkeypatch.delenv(f"WARDFLOW_{name}", raising=False)


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def usage(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    said = capsys.readouterr()
    return int(str(left.value.code)), said.out + said.err


def test_help_names_every_command_and_where_to_begin(capsys: pytest.CaptureFixture[str]) -> None:
    code, text = usage(capsys, "--help")

    assert code == 0
    assert "wardflow demo" in text
    assert all(f"\n    {command}" in text for command in COMMANDS)
    assert max(map(len, text.splitlines())) <= 110


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself_in_a_sentence(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, text = usage(capsys, command, "--help")

    assert code == 0
    assert text.split("\n\n")[1].strip().endswith(".")


@pytest.mark.parametrize(
    "arguments",
    [[], ["dance"], ["serve", "--port", "0"], ["serve", "--port", "http"], ["check"], ["feel", "1", "--context", "[1]"]],
)
def test_wrong_usage_is_exit_code_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, text = usage(capsys, *arguments)

    assert code == 2
    assert "usage: wardflow" in text


def test_a_busy_port_is_said_plainly_before_anything_is_made(
    busy_port: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", "--port", str(busy_port)]) == 1

    said = capsys.readouterr().err
    assert said.startswith(f"wardflow: Port {busy_port} on 127.0.0.1 is in use")
    assert str(busy_port + 1) in said
    assert list(tmp_path.iterdir()) == []


def test_serving_where_nothing_is_installed_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--data", "nowhere"]) == 1
    assert "wardflow init" in capsys.readouterr().err


def test_the_demo_never_touches_a_folder_that_holds_something_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "wardflow.db").write_text("real")

    assert main(["demo", "--data", "real", "--port", "47811"]) == 1
    assert "choose another one with --data" in capsys.readouterr().err
    assert (tmp_path / "real" / "wardflow.db").read_text() == "real"


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("WARDFLOW_LANGUAGE", "fr")

    assert main(["plugins"]) == 1
    assert capsys.readouterr().err == "wardflow: WARDFLOW_LANGUAGE cannot be used: vi or en is expected.\n"


def test_a_file_that_is_not_there_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["decide", "nothing.dmn", "Fee"]) == 1
    assert capsys.readouterr().err == "wardflow: nothing.dmn: No such file or directory\n"


def test_init_makes_an_installation_and_a_second_time_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", "--data", "city"]) == 0
    secret = (tmp_path / "city" / "secret").read_bytes()
    assert (tmp_path / "city" / "wardflow.db").exists()

    assert main(["init", "--data", "city"]) == 0
    assert (tmp_path / "city" / "secret").read_bytes() == secret
    assert "wardflow serve" in capsys.readouterr().out


def test_the_help_answers_without_loading_the_platform() -> None:
    loaded = "import sys; from wardflow.cli import parser; parser(); print(*sorted(sys.modules))"
    modules = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True).stdout.split()

    assert not {"flask", "sqlalchemy", "SpiffWorkflow", "typst", "gunicorn"} & set(modules)
