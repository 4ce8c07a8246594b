"""Helpers of these tests are plain modules beside them; the import mode of the suite does not look there by itself."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="module")
def office(databases: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The demo city with its packs in force and no case in it."""
    from offices import copied

    office = copied(databases, tmp_path_factory.mktemp("office"))
    yield office
    office.store.close()


@pytest.fixture
def march(office: Any) -> Iterator[Any]:
    """The office on the morning of 03/03/2026, whatever a test lets pass."""
    before = office.now
    yield office
    office.now = before
