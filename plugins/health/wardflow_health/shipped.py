"""The files that lie inside this package, read once."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

HOME: Traversable = files("wardflow_health")


@cache
def table(path: str) -> Mapping[str, Any]:
    """A TOML file of this package."""
    return tomllib.loads(HOME.joinpath(path).read_text("utf-8"))


@cache
def schema(path: str) -> Mapping[str, Any]:
    """A JSON file of this package."""
    found: dict[str, Any] = json.loads(HOME.joinpath(path).read_text("utf-8"))
    return found


def text(path: str) -> str:
    """A text file of this package."""
    return HOME.joinpath(path).read_text("utf-8")
