"""The life of the package in a commune that works with it: upgraded, taken away, brought back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import wardflow_land
from sqlalchemy import MetaData, select
from wardflow import app, hookimpl
from wardflow.cases.plugin_needs import needs
from wardflow.offers import Setting
from wardflow.plugins import Plugins
from wardflow.store import Store
from wardflow.testing import Source, at_work

from ..commune import Commune, commune_with
from .samples import FORM


@pytest.fixture
def commune(store_url: str, tmp_path: Path) -> Iterator[Commune]:
    with commune_with(wardflow_land, store_url, tmp_path) as commune:
        yield commune


def upgraded(fee: int) -> Source:
    """The next version of the package, in which an appraisal costs otherwise."""
    module = ModuleType("wardflow_land")
    for name, value in vars(wardflow_land).items():
        if not name.startswith("__"):
            setattr(module, name, value)

    def settings() -> list[Setting]:
        rows = wardflow_land.settings()
        return [replace(row, value=fee) if row.key == "land.appraisal_fee" else row for row in rows]

    module.settings = hookimpl(settings)    # type: ignore[attr-defined]  # a module takes any name
    return Source("land", lambda: module, "0.2.0")


def working_with(commune: Commune, plugins: Plugins) -> Commune:
    """The same city after a restart with other packages."""
    store: Any = commune.platform.store
    app.upgrade(store, plugins)
    platform = app.assemble(commune.platform.settings, store, now=lambda: commune.now, plugins=plugins)
    return Commune(platform, commune.now)


def everything(commune: Commune) -> Mapping[str, list[tuple[Any, ...]]]:
    """Every row of every table, the package's own among them."""
    store: Any = commune.platform.store
    assert isinstance(store, Store)
    known = MetaData()
    known.reflect(store.database.engine)
    with store.database.engine.connect() as connection:
        return {name: sorted(map(tuple, connection.execute(select(table))), key=repr) for name, table in sorted(known.tables.items())}


def due(commune: Commune, case: int) -> int:
    """What there is to pay, after the clerk found the file complete."""
    commune.do("clerk", case, "check", result="complete")
    total: int = commune.said(case)["fees"]["total"]
    return total


def test_a_case_begun_before_an_upgrade_finishes_under_its_old_thresholds(commune: Commune) -> None:
    begun = commune.open("land-use-change", FORM)
    after = working_with(commune, at_work(upgraded(900_000)))
    assert due(after, begun) == 500_000
    assert due(after, after.open("land-use-change", FORM)) == 900_000


def test_taken_away_and_brought_back_the_database_is_as_it_was(commune: Commune) -> None:
    app.upgrade(commune.platform.store, commune.platform.plugins)    # type: ignore[arg-type]  # the store itself
    own: Any = commune.platform.plugins.data
    own.write((
        "INSERT INTO land_zone (commune, map_sheet, first_plot, last_plot, uses, plan, feature, geometry) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [("thien-loc", "24", 1, 200, "ONT", "QH 2030", "1", "{}")],
    ))
    case = commune.open("land-use-change", FORM)
    before = everything(commune)
    without = working_with(commune, Plugins.load(sources=()))
    assert everything(without) == before
    back = working_with(without, at_work(wardflow_land))
    assert everything(back) == before
    assert due(back, case) == 500_000


def test_it_is_not_taken_away_from_under_a_case_that_needs_it(commune: Commune) -> None:
    assert needs(commune.platform, "land", None) == ()
    commune.open("land-use-change", FORM)
    told = {(need.kind, need.name) for need in needs(commune.platform, "land", None)}
    assert {("rule", "land.zoning"), ("rule", "land.fees"), ("decision table", "land.council")} <= told


def test_without_the_package_a_running_case_goes_on_with_what_it_keeps(commune: Commune) -> None:
    case = commune.open("land-use-change", FORM)
    without = working_with(commune, Plugins.load(sources=()))
    without.do("clerk", case, "check", result="complete")
    assert without.said(case)["fees"]["total"] == 0    # nobody computes them any more, and the case is not lost
