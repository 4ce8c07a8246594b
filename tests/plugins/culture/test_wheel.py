"""The distribution holds the data of the package, and its entry point names the module with the hooks."""

from __future__ import annotations

import zipfile
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

CULTURE = Path(__file__).parents[3] / "plugins" / "culture"
DATA = (".toml", ".json", ".yaml", ".bpmn", ".dmn", ".typ", ".md", ".typed")


def test_nothing_the_package_reads_is_left_out(tmp_path: Path) -> None:
    [built] = WheelBuilder(str(CULTURE)).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(built) as wheel:
        inside = set(wheel.namelist())
        entry = wheel.read(next(name for name in inside if name.endswith("entry_points.txt"))).decode()
    needed = {path.relative_to(CULTURE).as_posix() for path in CULTURE.rglob("wardflow_culture/**/*") if path.suffix in DATA}
    assert needed and needed <= inside
    assert "[wardflow]" in entry and "culture = wardflow_culture" in entry
