"""The files that lie inside this package, read once."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from wardflow.offers import SlipTemplate

HOME: Traversable = files("wardflow_culture")


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


def papers() -> tuple[SlipTemplate, ...]:
    """The papers of papers/, named `culture.` and the name of the file."""
    found = sorted(HOME.joinpath("papers").iterdir(), key=lambda file: file.name)
    return tuple(SlipTemplate(f"culture.{file.name.removesuffix('.typ')}", file.read_bytes()) for file in found if file.name.endswith(".typ"))
