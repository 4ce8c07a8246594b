"""Mapping files: what renamed steps are called in a new version, and what becomes of events that changed; TOML or YAML."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from wardflow.engine.passage import ANEW, KEEP
from wardflow.errors import WardflowError

KEYS = ("steps", "events", "stay")


class MappingUnreadable(WardflowError):
    """The mapping {file} cannot be read: {why}."""


@dataclass(frozen=True, slots=True)
class StepMapping:
    """What a migration is told beside the two versions."""

    steps: Mapping[str, str] = field(default_factory=dict)
    """old id of an element or called process → its new id"""
    events: Mapping[str, str] = field(default_factory=dict)
    """new id of an event that waits for something else now → "keep" its alarm, or set it "anew\""""
    stay: frozenset[str] = frozenset()
    """the steps, by their old ids, at which a case keeps its version"""

    def to_json(self) -> dict[str, Any]:
        """The mapping as it is kept."""
        return {"steps": dict(self.steps), "events": dict(self.events), "stay": sorted(self.stay)}

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> StepMapping:
        """The mapping that `to_json` wrote."""
        return cls(dict(found.get("steps", {})), dict(found.get("events", {})), frozenset(found.get("stay", ())))


def read_mapping(content: bytes, name: str) -> StepMapping:
    """The mapping of a file; MappingUnreadable says what in it cannot be so."""
    try:
        text = content.decode("utf-8")
        found = yaml.safe_load(text) if name.endswith((".yaml", ".yml")) else tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, yaml.YAMLError) as wrong:
        raise MappingUnreadable(file=name, why=str(wrong)) from wrong
    return _checked({} if found is None else found, name)


def _checked(found: Any, name: str) -> StepMapping:
    if not isinstance(found, dict) or found.keys() - set(KEYS):
        raise MappingUnreadable(file=name, why=f"it holds nothing but {', '.join(KEYS)}")
    for table in ("steps", "events"):
        rows = found.get(table, {})
        if not isinstance(rows, dict) or not all(isinstance(each, str) for row in rows.items() for each in row):
            raise MappingUnreadable(file=name, why=f"{table} says for each id what becomes of it")
    if wrong := sorted(set(found.get("events", {}).values()) - {KEEP, ANEW}):
        raise MappingUnreadable(file=name, why=f"an event is kept ({KEEP}) or set again ({ANEW}), not {wrong[0]}")
    stay = found.get("stay", [])
    if not isinstance(stay, list) or not all(isinstance(each, str) for each in stay):
        raise MappingUnreadable(file=name, why="stay is a list of steps")
    if twice := len(found.get("steps", {})) - len(set(found.get("steps", {}).values())):
        raise MappingUnreadable(file=name, why=f"{twice} steps become a step that another one becomes as well")
    return StepMapping.from_json(found)
