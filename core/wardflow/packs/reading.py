"""Reads a pack from its folder, on disk or inside an installed package."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources.abc import Traversable

from wardflow.packs.pack import Pack


def read(folder: Traversable) -> Pack:
    """The pack of a folder; hidden files and caches are not part of it."""
    return Pack(dict(_files(folder, "")), folder.name)


def _files(folder: Traversable, above: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.name.startswith((".", "__")):
            continue
        path = above + entry.name
        if entry.is_dir():
            yield from _files(entry, f"{path}/")
        else:
            yield path, entry.read_bytes()
