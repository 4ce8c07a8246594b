"""The guide "your first field rule in ten minutes", followed to the letter in an environment of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

GUIDE = Path(__file__).parents[2] / "plugins" / "first-rule.md"
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"`(wardflow-veterinary/[^`]+)`:\s*\Z")
SEEN = """
import sys
from wardflow import app
from wardflow.cases import reads
from wardflow.settings import Settings
platform = app.build(Settings.from_environment())
offered = {offer.code: offer.name.vi for offer in reads.offers(platform)}
print(offered["veterinary"])
objections = platform.plugins.objections("veterinary", {"count": 1, "vaccinated": 3}, platform.now())
print([platform.wording("vi").say(each) for each in objections])
print([(entry.kind, entry.facts["plugin"]) for entry in platform.store.adoption.entries()])
"""


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str], str]:
    """The folder after every step of the guide, the environment it ran in, and everything that was printed."""
    folder = tmp_path_factory.mktemp("guide")
    environment = _own_environment(folder)
    printed = ""
    text = GUIDE.read_text("utf-8")
    for block in FENCE.finditer(text):
        kind, body = block[1], block[2]
        if kind == "sh":
            for line in body.splitlines():
                done = subprocess.run(line, shell=True, cwd=folder, env=environment, capture_output=True, text=True, check=False)
                assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
                printed += done.stdout
        else:
            named = FILE.search(text[: block.start()])
            assert named, f"before this block no file is named: {body[:60]}"
            assert (folder / named[1]).exists(), named[1]
            (folder / named[1]).write_text(body, "utf-8")
    return folder, environment, printed


def _own_environment(folder: Path) -> dict[str, str]:
    """Variables of an environment that sees what is installed here and installs into a folder of its own."""
    venv = folder / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    [site] = venv.glob("lib/python*/site-packages")
    (site / "parent.pth").write_text(f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})\n")
    for name, module in (("pip", "pip"), ("pytest", "pytest"), ("wardflow", "wardflow.cli")):
        script = venv / "bin" / name
        script.write_text(f'#!/bin/sh\nexec "{venv}/bin/python" -m {module} "$@"\n')
        script.chmod(0o755)
    offline = {"PIP_NO_INDEX": "1", "PIP_NO_BUILD_ISOLATION": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "NO_COLOR": "1"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WARDFLOW_", "PYTEST_"))}
    return {**kept, **offline, "PATH": f"{venv / 'bin'}:{os.environ['PATH']}", "WARDFLOW_DATA": str(folder / "city")}


def test_every_command_of_the_guide_works(followed: tuple[Path, dict[str, str], str]) -> None:
    _, _, printed = followed
    assert "veterinary       0.1.0" in printed
    assert re.findall(r"(\d+) passed", printed) == ["6", "9"]
    assert "veterinary.vaccinated" in printed and "Luật Thú y, Điều 15" in printed
    assert "veterinary 0.1.0 is installed." in printed and "veterinary is off in the whole city." in printed


def test_the_package_is_at_the_counter_and_its_rule_speaks(followed: tuple[Path, dict[str, str], str]) -> None:
    folder, environment, _ = followed
    said = subprocess.run(
        [str(folder / "venv/bin/python"), "-c", SEEN], env=environment, capture_output=True, text=True, check=True, cwd=folder
    ).stdout
    assert "Đăng ký nuôi chó" in said
    assert "Số con đã tiêm nhiều hơn số con đăng ký 2 con. Nhiều nhất là 1." in said
    assert "('installed', 'veterinary')" in said and said.count("switched") == 2


def test_a_wheel_without_a_plugin_or_with_a_broken_one_is_not_installed(followed: tuple[Path, dict[str, str], str]) -> None:
    folder, environment, _ = followed
    rules = folder / "wardflow-veterinary" / "wardflow_veterinary" / "__init__.py"
    whole = rules.read_text("utf-8")
    rules.write_text(whole.replace("def field_rules", "def feild_rules"), "utf-8")
    broken = folder / "broken"
    build = ["pip", "wheel", "--no-deps", "--wheel-dir", str(broken), "./wardflow-veterinary"]
    subprocess.run(build, cwd=folder, env=environment, check=True, capture_output=True)
    rules.write_text(whole, "utf-8")
    [wheel] = broken.glob("*.whl")
    done = subprocess.run(
        ["wardflow", "plugins", "install", str(wheel)], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1 and "feild_rules" in done.stderr


def test_a_plugin_is_removed_and_what_was_adopted_stays(followed: tuple[Path, dict[str, str], str]) -> None:
    folder, environment, _ = followed
    done = subprocess.run(
        ["wardflow", "plugins", "remove", "veterinary"], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "its tables and settings stay" in done.stdout
    listed = subprocess.run(["wardflow", "plugins"], cwd=folder, env=environment, capture_output=True, text=True, check=True)
    assert "veterinary" not in listed.stdout
