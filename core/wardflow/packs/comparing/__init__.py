"""What changed between two versions of a pack, one sentence a change; each file of this folder reads one kind of file."""

from __future__ import annotations

from wardflow.packs.comparing import catalogue, diagrams, pages, tables
from wardflow.packs.comparing.difference import Difference, gone_and_come
from wardflow.packs.pack import SETTINGS, Pack

READERS = ((".bpmn", diagrams.differences), (".dmn", tables.differences), (".json", pages.differences), (".toml", catalogue.differences))
"""Which reader knows the files with which ending."""


def compare(old: Pack, new: Pack) -> tuple[Difference, ...]:
    """Every change in words, by file; nothing for packs of the same content, never nothing for a changed file."""
    found: list[Difference] = []
    gone, come, both = gone_and_come(old.files, new.files)
    found += [Difference("diff.file-gone", path) for path in gone]
    found += [Difference("diff.file-come", path) for path in come]
    for path in both:
        if old.files[path] == new.files[path]:
            continue
        read = next((reader for ending, reader in READERS if path.endswith(ending)), None)
        said = list(read(old, new, path)) if read is not None else []
        found += said or [Difference("diff.drawing" if path.endswith(".bpmn") else "diff.file-changed", path)]
    return tuple(found)


__all__ = ["SETTINGS", "Difference", "compare"]
