"""The distribution holds the data of the package, and its entry point names the module with the hooks."""

from __future__ import annotations

import zipfile
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

LAND = Path(__file__).parents[3] / "plugins" / "land"
DATA = (".toml", ".csv", ".json", ".yaml", ".typed")


def test_nothing_the_package_reads_is_left_out(tmp_path: Path) -> None:
    [built] = WheelBuilder(str(LAND)).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(built) as wheel:
        inside = set(wheel.namelist())
        entry = wheel.read(next(name for name in inside if name.endswith("entry_points.txt"))).decode()
    needed = {path.relative_to(LAND).as_posix() for path in LAND.rglob("wardflow_land/**/*") if path.suffix in DATA}
    assert needed and needed <= inside
    assert "[wardflow]" in entry and "land = wardflow_land" in entry
