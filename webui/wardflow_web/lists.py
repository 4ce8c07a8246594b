"""What fields choose from that no schema can know: colleagues and units."""

from __future__ import annotations

from wardflow_web.marks import unit_name
from wardflow_web.visitor import colleagues, platform


def choices() -> dict[str, list[tuple[str, str]]]:
    """The entries by the name of the list, each with its value and its words."""
    units = platform().register().units
    return {"person": colleagues(), "unit": [(unit.id, unit_name(unit)) for unit in units]}
