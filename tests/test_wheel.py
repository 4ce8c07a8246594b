"""The wheel alone: what a city installs holds the pages, the packs and the schemas."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as hatchling builds it here; browser bundles that are built already are taken, none is built."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    environment = {**os.environ, "WARDFLOW_SKIP_ASSETS": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def files(wheel: Path) -> list[str]:
    return zipfile.ZipFile(wheel).namelist()


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("wardflow_web/templates/", ".html"),
        ("wardflow_web/static/", ".css"),
        ("wardflow/bundled/workflows/dossier/", "dossier.bpmn"),
        ("wardflow/bundled/workflows/dossier/", "pack.toml"),
        ("wardflow/bundled/schemas/", ".json"),
        ("wardflow/documents/templates/", "receipt.typ"),
        ("wardflow/wording/vi/", ".toml"),
        ("wardflow/authoring/template/", "rules.py.in"),
        ("wardflow/store/migrations/versions/", ".py"),
        ("wardflow/", "py.typed"),
    ],
)
def test_the_wheel_holds(files: list[str], start: str, end: str) -> None:
    assert any(file.startswith(start) and file.endswith(end) for file in files)


def test_the_wheel_holds_no_tests_no_plugin_and_no_node_modules(files: list[str]) -> None:
    strange = [file for file in files if "node_modules" in file or file.startswith(("tests/", "wardflow_land/"))]
    assert strange == []


def test_a_template_a_workflow_and_a_schema_open_from_the_unpacked_wheel(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    look = (
        "import wardflow; from wardflow import catalog, documents;"
        "print(wardflow.__file__);"
        "print(len(documents.template('receipt')));"
        "print(len(catalog.files_of(catalog.shipped('workflows') / 'dossier')['dossier.bpmn']));"
        "print(len(catalog.shared_schemas()))"
    )
    seen = subprocess.run(
        [sys.executable, "-c", look], cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )

    assert seen.returncode == 0, seen.stderr
    place, *sizes = seen.stdout.split()
    assert place.startswith(str(tmp_path))
    assert all(int(size) > 0 for size in sizes)
