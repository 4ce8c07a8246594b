"""The zoning layer: a table of the package's own, filled from GeoJSON, all of it or nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import wardflow_land
from wardflow import app
from wardflow.cli import main
from wardflow.errors import RestoreRefused
from wardflow.plugins import Plugins
from wardflow.settings import Settings
from wardflow.store import Store
from wardflow.store.backup import write_backup
from wardflow.store.restore import restore_backup
from wardflow.testing import Source
from wardflow_land.law import PROCEDURE
from wardflow_land.shipped import HOME

NOW = datetime(2026, 9, 4, 2, 40, tzinfo=UTC)
LAND = Source("land", lambda: wardflow_land)
SQUARE = {"type": "Polygon", "coordinates": [[[105.8, 21.1], [105.9, 21.1], [105.9, 21.2], [105.8, 21.1]]]}
PLOT = {"commune": "thien-loc", "map_sheet": "24", "plot_no": "112", "to_type": "ONT", "from_type": "CLN", "area_m2": 60}


def layer(**changes: Any) -> dict[str, Any]:
    known = {"commune": "thien-loc", "map_sheet": "24", "first_plot": 100, "last_plot": 120, "uses": "LUC HNK", "plan": "QĐ 5", **changes}
    properties = {name: value for name, value in known.items() if value is not None}
    geometry = properties.pop("geometry", SQUARE)
    return {"type": "FeatureCollection", "features": [{"type": "Feature", "id": "z1", "properties": properties, "geometry": geometry}]}


@pytest.fixture
def installation(tmp_path: Path, store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """An installation with the package's tables, as `wardflow upgrade` leaves it."""
    monkeypatch.setenv("WARDFLOW_DATA", str(tmp_path))
    monkeypatch.setenv("WARDFLOW_DATABASE_URL", store_url)
    store = Store(store_url, Settings(data=tmp_path).secret())
    app.upgrade(store, Plugins.load(sources=[LAND]))
    yield store
    store.close()


def brought(tmp_path: Path, content: Any) -> int:
    file = tmp_path / "layer.geojson"
    file.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return main(["land", "import-zoning", str(file)])


def zoning(store: Store, **changes: Any) -> str:
    platform = app.assemble(Settings(), store, now=lambda: NOW, plugins=Plugins.load(sources=[LAND]))
    platform.snapshot()
    return str(platform.plugins.completed(PROCEDURE, {**PLOT, **changes}, NOW)["zoning"]["result"])


def test_a_layer_brought_in_answers_instead_of_the_sample(installation: Store, tmp_path: Path, capsys: Any) -> None:
    assert zoning(installation) == "fit"
    assert brought(tmp_path, layer()) == 0 and "thien-loc: 1 zones" in capsys.readouterr().out
    assert zoning(installation) == "not_fit"
    assert zoning(installation, plot_no="99") == "no_data"
    assert zoning(installation, commune="ba-vi", map_sheet="12", plot_no="21") == "fit"    # another commune keeps the sample


def test_a_second_layer_replaces_the_first(installation: Store, tmp_path: Path) -> None:
    brought(tmp_path, layer())
    brought(tmp_path, layer(first_plot=None, last_plot=None, plot_no=112, uses=["ONT"]))
    assert zoning(installation) == "fit" and zoning(installation, plot_no="113") == "no_data"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("{", "not JSON"), ({"type": "Feature"}, "FeatureCollection"), (layer(commune="atlantis"), "no commune atlantis"),
        (layer(uses="XYZ"), "no use XYZ"), (layer(plan=None), "plan is missing"), (layer(first_plot=130), "whole numbers"),
        (layer(geometry={"type": "Point", "coordinates": [1, 2]}), "Polygon"),
    ],
)  # fmt: skip
def test_a_layer_that_cannot_be_so_changes_nothing_and_says_where(
    installation: Store, tmp_path: Path, capsys: Any, wrong: Any, says: str
) -> None:
    brought(tmp_path, layer())
    assert brought(tmp_path, wrong) == 1
    assert says in capsys.readouterr().err
    assert zoning(installation) == "not_fit"


def test_an_upgrade_of_the_platform_without_the_package_leaves_its_tables_as_they_were(
    installation: Store, tmp_path: Path
) -> None:
    brought(tmp_path, layer())
    kept = rows_of(installation)
    app.upgrade(installation, Plugins.load(sources=[]))
    app.upgrade(installation, Plugins.load(sources=[LAND]))
    assert rows_of(installation) == kept


def test_a_backup_brings_the_tables_of_a_package_back(
    installation: Store, tmp_path: Path, databases: Any, database_kind: str
) -> None:
    brought(tmp_path, layer())
    write_backup(installation.database, tmp_path / "blobs", tmp_path / "monday.wfb", NOW)
    empty = databases.empty(database_kind)
    restore_backup(empty, tmp_path / "back", tmp_path / "monday.wfb", {"land": Path(str(HOME / "migrations"))})
    back = Store(empty, b"a secret for tests, 32 bytes long")
    assert rows_of(back) == rows_of(installation)
    back.close()
    databases.drop(empty)


def test_a_backup_with_tables_of_a_package_that_is_not_there_says_so(
    installation: Store, tmp_path: Path, databases: Any, database_kind: str
) -> None:
    if installation.database.is_sqlite:
        pytest.skip("a SQLite file brings every table with it")
    write_backup(installation.database, tmp_path / "blobs", tmp_path / "monday.wfb", NOW)
    empty = databases.empty(database_kind)
    with pytest.raises(RestoreRefused, match="package land"):
        restore_backup(empty, tmp_path / "back", tmp_path / "monday.wfb")
    databases.drop(empty)


def rows_of(store: Store) -> list[Any]:
    with store.database.reading() as cursor:
        return [cursor.rows(f"SELECT * FROM {table}") for table in ("land_zone", "schema_version_land", "schema_version", "revision")]
