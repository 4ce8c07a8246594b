"""Where the shipped packs, schemas and the demo city lie: inside the installed package, or beside it in a checkout."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parents[1]
_PACK = "pack.toml"


def shipped(folder: str, chosen: Path | None = None) -> Path:
    """The folder "workflows" or "schemas": the one an installation chose, else the one that ships."""
    if chosen is not None:
        return chosen
    bundled = _PACKAGE / "bundled" / folder
    return bundled if bundled.is_dir() else _CHECKOUT / folder


def pack_folders(chosen: Path | None = None) -> tuple[Path, ...]:
    """The folders of the process packs that ship, by name."""
    return tuple(sorted(path.parent for path in shipped("workflows", chosen).glob(f"*/{_PACK}")))


def city_folder(chosen: Path | None = None) -> Path:
    """The folder of the demo city."""
    return shipped("workflows", chosen) / "demo-city"


def shared_schemas(chosen: Path | None = None) -> Mapping[str, Mapping[str, Any]]:
    """The JSON Schemas that every pack may refer to, by file name without ending."""
    return dict(_schemas(shipped("schemas", chosen)))


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file of a pack's folder by its path inside it; hidden files are not part of a pack."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith((".", "__")) for part in path.relative_to(folder).parts)
    }


def _schemas(folder: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for path in sorted(folder.glob("**/*.json")):
        yield path.relative_to(folder).with_suffix("").as_posix(), json.loads(path.read_text("utf-8"))
