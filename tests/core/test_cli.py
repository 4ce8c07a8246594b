"""The command: help that reads well, one sentence for an error, and exit codes 0, 1 and 2."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from wardflow.cli import main

ROOT = Path(__file__).parents[2]
COMMANDS = ("demo", "serve", "worker", "init", "upgrade", "plugins", "verify", "backup", "restore", "calendar", "new", "check", "test", "publish", "diff", "versions", "rehearse", "migrate", "feel", "decide")


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


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the shipped pack, to be spoilt."""
    return Path(shutil.copytree(ROOT / "workflows" / "dossier", tmp_path / "mine"))


def test_a_pack_is_found_by_its_folder_or_by_its_shipped_name(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(pack)]) == 0
    assert main(["check", "dossier"]) == 0
    assert capsys.readouterr().out.count("errors: 0") == 2

    assert main(["check", "nowhere"]) == 1
    assert "nowhere is neither a folder with a pack.toml nor a shipped pack (" in capsys.readouterr().err


def test_a_fault_is_shown_with_file_line_and_element_and_nothing_is_published(
    pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    diagram = next(pack.glob("*.bpmn"))
    spoilt = diagram.read_text("utf-8").replace("<bpmn:userTask ", "<bpmn:adHocSubProcess ", 1)
    diagram.write_text(spoilt.replace("</bpmn:userTask>", "</bpmn:adHocSubProcess>", 1), "utf-8")
    assert main(["init", "--data", "city"]) == 0
    capsys.readouterr()

    assert main(["check", str(pack)]) == 1
    assert re.search(rf"{diagram.name}:\d+:\d+: bpmn\.\S+ ", capsys.readouterr().out)
    assert main(["publish", str(pack), "--data", "city"]) == 1
    assert "not published" in capsys.readouterr().err


def test_a_good_pack_is_published_and_the_same_content_is_no_new_version(
    pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", "--data", "city"]) == 0
    assert [main(["publish", str(pack), "--data", "city"]) for _ in range(2)] == [0, 0]
    assert capsys.readouterr().out.count("Published dossier, version 1.") == 2


def test_scenarios_are_run_and_what_they_cover_is_counted(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", str(pack)]) == 0
    said = capsys.readouterr().out
    assert re.search(r"(?m)^(\d+) of \1 scenarios went as they say$", said)
    assert re.search(r"\d+ of \d+ flows covered", said)


def test_a_scenario_that_does_not_go_as_it_says_fails_with_its_line(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for other in sorted((pack / "scenarios").iterdir())[1:]:
        other.unlink()
    (only,) = (pack / "scenarios").iterdir()
    only.write_text(re.sub(r"(?m)^( *- )?task: \w+", r"\1task: no_such_step", only.read_text("utf-8"), count=1), "utf-8")

    assert main(["test", str(pack), "--language", "vi"]) == 1
    said = capsys.readouterr().out
    assert "FAIL" in said
    assert re.search(r"line \d+: .*no_such_step", said)


def test_an_expression_is_evaluated_in_its_context(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feel", "if area > 100 then \"lớn\" else \"nhỏ\"", "--context", '{"area": 120}']) == 0
    assert capsys.readouterr().out == '"lớn"\n'

    assert main(["feel", "1 +"]) == 1
    assert "column 4" in capsys.readouterr().err


def test_the_help_answers_without_loading_the_platform() -> None:
    loaded = "import sys; from wardflow.cli import parser; parser(); print(*sorted(sys.modules))"
    modules = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True).stdout.split()

    assert not {"flask", "sqlalchemy", "SpiffWorkflow", "typst", "gunicorn"} & set(modules)


def test_a_new_installation_is_whole_and_says_what_was_looked_at(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--data", "city"]) == 0
    capsys.readouterr()

    assert main(["verify", "--data", "city"]) == 0
    said = capsys.readouterr().out
    assert re.search(r"(?m)^cases +0 +0$", said)
    assert said.endswith("Everything kept is whole.\n")


def test_a_number_that_nothing_carries_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from wardflow.store import Store

    assert main(["init", "--data", "city"]) == 0
    store = Store(f"sqlite:///{tmp_path / 'city' / 'wardflow.db'}", b"s" * 32)
    with store.database.writing() as cursor:
        cursor.run("INSERT INTO numbering (series, last) VALUES ('TN:x:2026', 1)")
    store.close()

    assert main(["verify", "--data", "city", "--language", "vi"]) == 1
    assert "Dãy TN:x:2026 thiếu 1 số" in capsys.readouterr().out


def test_verifying_without_the_secret_makes_no_new_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--data", "city"]) == 0
    (tmp_path / "city" / "secret").unlink()

    assert main(["verify", "--data", "city"]) == 1
    assert "secret is missing" in capsys.readouterr().err
    assert not (tmp_path / "city" / "secret").exists()


def test_a_backup_comes_back_into_a_new_folder_with_its_secret(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--data", "city"]) == 0
    assert main(["backup", "monday.wfb", "--data", "city"]) == 0
    assert "Keep it apart from the backup" in capsys.readouterr().out
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in ("monday.wfb", "monday.wfb.secret")] == [0o600, 0o600]

    assert main(["restore", "monday.wfb", "--data", "new"]) == 0
    assert (tmp_path / "new" / "secret").read_bytes() == (tmp_path / "city" / "secret").read_bytes()
    assert main(["verify", "--data", "new"]) == 0


def test_a_backup_whose_secret_is_kept_elsewhere_says_what_stays_closed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--data", "city"]) == 0
    assert main(["backup", "monday.wfb", "--data", "city"]) == 0
    (tmp_path / "monday.wfb.secret").rename(tmp_path / "safe")

    assert main(["restore", "monday.wfb", "--data", "new"]) == 0
    assert "The secret is missing" in capsys.readouterr().out
    assert main(["restore", "monday.wfb", "--data", "third", "--secret", "safe"]) == 0
    assert (tmp_path / "third" / "secret").exists()


def test_nothing_is_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--data", "city"]) == 0
    assert main(["backup", "monday.wfb", "--data", "city"]) == 0
    before = (tmp_path / "monday.wfb").read_bytes()

    assert main(["backup", "monday.wfb", "--data", "city"]) == 1
    assert main(["restore", "monday.wfb", "--data", "city"]) == 1
    assert capsys.readouterr().err.count("\n") == 2
    assert (tmp_path / "monday.wfb").read_bytes() == before


def test_feel_takes_its_names_from_a_file_and_says_beside_the_value_why_it_is_null(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    context = tmp_path / "context.json"
    context.write_text('{"area": 120}', encoding="utf-8")
    assert main(["feel", "area * 2", "--context", str(context)]) == 0
    assert capsys.readouterr().out == "240\n"

    assert main(["feel", "aera * 2", "--context", str(context)]) == 0
    said = capsys.readouterr()
    assert said.out == "null\n"
    assert "“area”" in said.err


def test_jobs_are_counted_dead_letters_listed_and_one_runs_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from wardflow.store import Store

    city = tmp_path / "city"
    assert main(["init", "--data", str(city)]) == 0
    store = Store(f"sqlite:///{city / 'wardflow.db'}", b"a secret for tests, 32 bytes long")
    with store.database.writing() as cursor:
        cursor.run(
            "INSERT INTO job (id, case_id, key, name, payload, state, tries, run_at, error) "
            "VALUES (5, 7, '7:t1', 'tax.notice', '{}', 'dead', 8, '2026-09-04T08:00:00.000Z', 'ConnectionError at send:12')"
        )
    store.close()
    capsys.readouterr()

    assert main(["jobs", "--data", str(city)]) == 0
    assert capsys.readouterr().out.splitlines()[1].split() == ["tax.notice", "dead", "1", "2026-09-04", "08:00:00", "UTC"]
    assert main(["jobs", "--retry", "5", "--data", str(city)]) == 0
    assert main(["jobs", "--retry", "5", "--data", str(city)]) == 1
    capsys.readouterr()
    assert main(["jobs", "--data", str(city)]) == 0
    assert "waiting" in capsys.readouterr().out


def test_nothing_is_put_away_where_nothing_closed_and_a_file_that_is_no_archive_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    city, file = tmp_path / "city", tmp_path / "old.db"
    assert main(["init", "--data", str(city)]) == 0
    assert main(["archive", str(file), "--older-than", "365", "--data", str(city)]) == 0
    assert "No closed case" in capsys.readouterr().out
    assert not file.exists()
    assert main(["archive", str(file), "--find", "H26"]) == 1
    assert "no archive" in capsys.readouterr().err
