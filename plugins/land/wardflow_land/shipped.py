"""The files that lie inside this package, read once."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

HOME: Traversable = files("wardflow_land")


@cache
def table(path: str) -> Mapping[str, Any]:
    """A TOML file of this package."""
    return tomllib.loads(HOME.joinpath(path).read_text("utf-8"))


def records() -> tuple[Mapping[str, Any], ...]:
    """Every catalogue record of this package, by the name of its file."""
    names = sorted(file.name for file in HOME.joinpath("procedures").iterdir() if file.name.endswith(".toml"))
    return tuple(table(f"procedures/{name}") for name in names)


@cache
def schema(path: str) -> Mapping[str, Any]:
    """A JSON file of this package."""
    found: dict[str, Any] = json.loads(HOME.joinpath(path).read_text("utf-8"))
    return found


def text(path: str) -> str:
    """A text file of this package."""
    return HOME.joinpath(path).read_text("utf-8")
