"""A small pack with nothing wrong, for tests that break it one thing at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from wardflow.packs import Pack

EXAMPLE = Path(__file__).parents[3] / "docs" / "findings" / "example"
FILES = {path.relative_to(EXAMPLE).as_posix(): path.read_text("utf-8") for path in sorted(EXAMPLE.rglob("*")) if path.is_file()}
"""The pack that the pages of docs/findings break."""
MakePack = Callable[..., Pack]


@pytest.fixture
def make_pack() -> MakePack:
    """The small pack with some files changed: a text for a new content, None to leave the file out, pairs to replace."""

    def make(changes: Mapping[str, str | None | tuple[tuple[str, str], ...]] | None = None) -> Pack:
        files: dict[str, str] = dict(FILES)
        for path, change in (changes or {}).items():
            if change is None:
                del files[path]
            elif isinstance(change, str):
                files[path] = change
            else:
                for old, new in change:
                    assert old in files[path], f"{path} does not say {old}"
                    files[path] = files[path].replace(old, new)
        return Pack({path: text.encode() for path, text in files.items()}, "small")

    return make
