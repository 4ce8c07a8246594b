"""The tables of the stock ledger hold what they promise on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from wardflow import app
from wardflow.families import Family, asset
from wardflow.families.asset.ledger import enter
from wardflow.offers import BookContext, Standing
from wardflow.plugins import Plugins
from wardflow.store import Store
from wardflow.store.backup import write_backup
from wardflow.store.restore import restore_backup

MIGRATIONS = Path(asset.__file__).parent / "migrations"
NOW = datetime(2026, 3, 3, 1, 30, tzinfo=UTC)
FORM = {"asset_code": "TS-0001", "commune": "thien-loc", "land_area_m2": 100, "floor_area_m2": 200}
SURPLUS = {"need_check": {"need": "surplus"}, "asset_class": "surplus", "propose": {"destination": "health"}}


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    store = Store(store_url, b"a secret for tests, 32 bytes long")
    plugins = Plugins.load(builtin=(Family("asset"),), sources=())
    app.migrate(store, plugins.plugin("asset"))
    yield store
    store.close()


@pytest.fixture
def write(store: Store) -> Callable[..., None]:
    """Enters an act on a case, as the store does with an act."""

    def entered(case: int, before: Standing | None, after: Standing) -> None:
        context = BookContext(NOW, date(2026, 3, 3), "g", 1, "thien-loc", "thien-loc", after, before)
        with store.database.writing() as cursor:
            for writing in enter(context):
                cursor.run_many(writing.sql, writing.rows_of(case))

    return entered


def standing(state: str, ended: bool = False, **data: Any) -> Standing:
    return Standing(state, {"form": FORM, **data}, ended)


def rows(store: Store, sql: str) -> list[tuple[Any, ...]]:
    with store.database.reading() as cursor:
        return [tuple(row) for row in cursor.rows(sql)]


def test_stock_and_entries_follow_the_premises(store: Store, write: Callable[..., None]) -> None:
    write(1, None, standing("inventoried"))
    write(1, standing("inventoried"), standing("decided", **SURPLUS))
    assert rows(store, "SELECT measure, total, reviewing, decided, destination FROM asset_stock ORDER BY measure") == [
        ("floor", 20_000, 0, 20_000, "health"), ("land", 10_000, 0, 10_000, "health"), ("sites", 1, 0, 1, "health"),
    ]
    assert rows(store, "SELECT source, target, sites, land, floor FROM asset_entry ORDER BY id") == [
        ("outside", "reviewing", 1, 10_000, 20_000), ("reviewing", "decided", 1, 10_000, 20_000),
    ]


def test_nothing_is_handed_over_twice(store: Store, write: Callable[..., None]) -> None:
    write(1, None, standing("decided", **SURPLUS))
    write(1, standing("decided", **SURPLUS), standing("handed_over", **SURPLUS))
    with pytest.raises(Exception, match="ck_asset_stock_decided"):
        write(1, standing("decided", **SURPLUS), standing("handed_over", **SURPLUS))
    assert len(rows(store, "SELECT id FROM asset_entry")) == 2


def test_more_than_was_appraised_is_not_handed_over(store: Store, write: Callable[..., None]) -> None:
    write(1, None, standing("decided", **SURPLUS))
    with pytest.raises(Exception, match="ck_asset_stock_decided"):
        write(1, standing("decided", **SURPLUS), standing("handed_over", **SURPLUS, hand_over={"floor_area_m2": 200.01}))


def test_a_running_file_keeps_its_code_and_an_ended_one_gives_its_stock_up(store: Store, write: Callable[..., None]) -> None:
    write(1, None, standing("inventoried"))
    with pytest.raises(Exception, match="asset_stock"):
        write(2, None, standing("inventoried"))
    write(1, standing("inventoried"), standing("kept", True, need_check={"need": "keep"}, asset_class="keep"))
    write(2, None, standing("inventoried"))
    assert rows(store, "SELECT case_id, live, total FROM asset_stock WHERE measure = 'floor' ORDER BY case_id") == [(1, 0, 0), (2, 1, 20_000)]
    assert rows(store, "SELECT case_id, source, target, counter FROM asset_entry ORDER BY id")[2:] == [
        (1, "kept", "outside", 1), (2, "outside", "reviewing", 0),
    ]


def test_a_backup_brings_stock_and_entries_back_as_they_were(
    store: Store, write: Callable[..., None], databases: Any, database_kind: str, tmp_path: Path
) -> None:
    write(1, None, standing("inventoried"))
    write(1, standing("inventoried"), standing("decided", **SURPLUS))
    kept = [rows(store, f"SELECT * FROM {table} ORDER BY 1, 2") for table in ("asset_stock", "asset_entry", "asset_premises")]
    write_backup(store.database, tmp_path / "blobs", tmp_path / "monday.wfb", NOW)
    empty = f"sqlite:///{tmp_path / 'back.db'}" if database_kind == "sqlite" else databases.empty(database_kind)
    restore_backup(empty, tmp_path / "back", tmp_path / "monday.wfb", {"asset": MIGRATIONS})
    back = Store(empty, b"a secret for tests, 32 bytes long")
    found = [rows(back, f"SELECT * FROM {table} ORDER BY 1, 2") for table in ("asset_stock", "asset_entry", "asset_premises")]
    assert found == kept and all(kept)
    back.close()


@pytest.mark.parametrize("sql", ["UPDATE asset_entry SET sites = 2", "DELETE FROM asset_entry"])
def test_an_entry_is_never_edited(store: Store, write: Callable[..., None], sql: str) -> None:
    write(1, None, standing("inventoried"))
    with pytest.raises(Exception, match="never edited") as refused, store.database.writing() as cursor:
        cursor.run(sql)
    assert store.database.is_duplicate(refused.value)
