"""The distribution holds the data of the package, and its entry point names the module with the hooks."""

from __future__ import annotations

import zipfile
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

HEALTH = Path(__file__).parents[3] / "plugins" / "health"
DATA = (".toml", ".json", ".dmn", ".bpmn", ".yaml", ".typed")


def test_nothing_the_package_reads_is_left_out(tmp_path: Path) -> None:
    [built] = WheelBuilder(str(HEALTH)).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(built) as wheel:
        inside = set(wheel.namelist())
        entry = wheel.read(next(name for name in inside if name.endswith("entry_points.txt"))).decode()
    needed = {path.relative_to(HEALTH).as_posix() for path in HEALTH.rglob("wardflow_health/**/*") if path.suffix in DATA}
    assert needed and needed <= inside
    assert "[wardflow]" in entry and "health = wardflow_health" in entry
