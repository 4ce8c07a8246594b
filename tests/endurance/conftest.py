"""What is killed, crowded and asked of the engine here uses the helpers of the acceptance tests and of the unit tests."""

import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

TESTS = Path(__file__).parents[1]
for helpers in ("core/engine", "core/cases", "acceptance", "benchmarks", "endurance", "workflows"):
    sys.path.insert(0, str(TESTS / helpers))


@pytest.fixture
def town_at(tmp_path: Path) -> Iterator[Callable[[str], Any]]:
    """Makes the town of the unit tests in a database that has its tables."""
    from wardflow import app
    from wardflow.plugins import Plugins
    from wardflow.settings import Settings

    towns, built = _module(TESTS / "core" / "cases" / "conftest.py"), list[Any]()

    def made(address: str) -> Any:
        moment = towns.Moment(towns.MORNING)
        settings = Settings().but(data=tmp_path, database_url=address)
        platform = app.build(settings, now=moment, plugins=Plugins.load(sources=()))
        built.append(platform)
        towns.fill(platform)
        return towns.Town(platform, moment)

    yield made
    for platform in built:
        platform.store.close()


def _module(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("towns", file)
    assert spec is not None and spec.loader is not None
    module = sys.modules["towns"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Any]:
    """The demo city with its packs in force and no case in it."""
    made = _module(TESTS / "workflows" / "offices.py").made(tmp_path)
    yield made
    made.store.close()
