"""What the README says about connecting another system is done as it is written there."""

from __future__ import annotations

import re
import shutil
import subprocess
import textwrap
import warnings
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from wardflow.cases.exchange import ServiceAccount
from wardflow.cases.start_process import start_process
from wardflow.cli import main
from wardflow.domain.register import Authority
from wardflow.engine import peek
from wardflow.packs import Pack

ROOT = Path(__file__).parents[3]
HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:wf="http://wardflow.org/schema/bpmn" targetNamespace="urn:t">'
    '<bpmn:message id="tax_paid" name="tax-paid" /><bpmn:process id="duty" isExecutable="true"><bpmn:startEvent id="s" /><bpmn:endEvent id="e" />'
)
FLOWS = "".join(
    f'<bpmn:sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}" />'
    for source, target in (("s", "notice"), ("notice", "paid"), ("paid", "e"))
)


def blocks() -> dict[str, list[str]]:
    """The fenced blocks of the section, by language."""
    text = (ROOT / "README.md").read_text("utf-8").partition("\n## Connect another system\n")[2].partition("\n## ")[0]
    found: dict[str, list[str]] = {}
    for language, block in re.findall(r"```(\w+)\n(.*?)```", text, re.DOTALL):
        found.setdefault(language, []).append(textwrap.dedent(block))
    return found


def publish(platform: Any, elements: str) -> None:
    files = {
        "pack.toml": b'id = "duty"\ntitle = "duty"\nopeners = []\n', "duty.bpmn": f"{HEAD}{elements}{FLOWS}</bpmn:process></bpmn:definitions>".encode(),
        "procedures/duty.toml": b'code = "duty"\nname = "duty"\npack = "duty"\nprocess = "duty"\ntime_limit = "5 wd"\n',
    }
    pack = Pack(files, "duty")
    platform.store.packs.publish(pack.id, pack.digest, pack.files, "", platform.now())
    platform.store.city.save(authorities=[Authority("duty", "commune", None, "x", date(2025, 7, 1))])


def test_the_commands_of_the_readme_connect_a_system(
    platform: Any, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed, and the README uses it")
    written = blocks()
    (elements,), (worker,), (create, tell) = written["xml"], written["python"], written["sh"]
    publish(platform, elements)
    opener = ServiceAccount("x", "east.point", frozenset({"procedure:duty"}), platform.now())
    case = start_process(platform, opener, "duty", {"area": 100}).case_id

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WARDFLOW_DATABASE_URL", platform.settings.database_url)
    command, _, file = create.strip().partition(" > ")
    assert main(command.replace("--data var", f"--data {platform.settings.data}").split()[1:]) == 0
    Path(file).write_text(capsys.readouterr().out)

    base = address.removesuffix("/engine-rest")
    program = worker.replace("http://127.0.0.1:8000", base).replace(".subscribe(", ".fetch_and_execute(")    # once, not for ever
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")    # the library is written for an older pydantic, and the file is left to be closed
        exec(program, {})  # noqa: S102  # it is our own README that is being run
    answer = subprocess.run(["bash", "-c", tell.replace("http://127.0.0.1:8000", base)], capture_output=True, text=True, check=True)

    found = platform.store.cases.load(case).case
    assert f'"case":"{found.code}"' in answer.stdout.replace(" ", "")
    assert str(found.status) == "ended"
    data = peek(found.state).data
    assert (data["notice"], data["payment"]) == ({"number": "TB-1024", "amount": 1500000}, {"receipt": "GNT-88213"})


def test_an_account_is_listed_and_revoked(platform: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("WARDFLOW_DATABASE_URL", platform.settings.database_url)
    data = ["--data", str(platform.settings.data)]
    assert main(["tokens", "create", "tax", "--topic", "tax.notice", "--days", "9", "--unit", "east.point", *data]) == 0
    token = capsys.readouterr().out.strip()
    assert token.startswith("wf_") and platform.store.service_accounts.of_token(token, platform.now()).unit == "east.point"
    main(["tokens", "list", *data])
    listed = capsys.readouterr().out
    assert "topic:tax.notice" in listed and token not in listed
    for refused in (["create", "tax", "--topic", "x"], ["create", "new"], ["create", "new", "--topic", "x", "--unit", "nowhere"], ["revoke", "none"]):
        assert main(["tokens", *refused, *data]) == 1
    assert main(["tokens", "revoke", "tax", *data]) == 0
    assert platform.store.service_accounts.of_token(token, platform.now()) is None
