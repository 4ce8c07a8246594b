"""What fields choose from that no schema can know: colleagues and units."""

from __future__ import annotations

from wardflow.domain.names import folded

from wardflow_web.marks import unit_name
from wardflow_web.visitor import colleagues, platform


def choices() -> dict[str, list[tuple[str, str]]]:
    """The entries by the name of the list, each with its value and its words."""
    return {"person": colleagues(), **units()}


def units() -> dict[str, list[tuple[str, str]]]:
    """The units, all of them and those of each kind, by name: what also somebody without an account may choose from."""
    lists: dict[str, list[tuple[str, str]]] = {}
    for unit in sorted(platform().register().units, key=lambda unit: folded(unit.name)):
        for name in ("unit", f"unit.{unit.kind}"):
            lists.setdefault(name, []).append((unit.id, unit_name(unit)))
    return lists
