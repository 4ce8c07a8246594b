"""The six clears of every step that a person does: person, work, responsibility, deadline, product, authority."""

from __future__ import annotations

from collections.abc import Iterator

from wardflow.domain.findings import LintFinding
from wardflow.packs.linting.sheet import Sheet

WRITTEN = ("responsibility", "product", "authority")


def findings(sheet: Sheet) -> Iterator[LintFinding]:
    """Each clear that is not clear."""
    for path, _, node in sheet.tasks():
        own = node.attributes
        lights = {"person": own.get("role") or own.get("person"), "work": node.name, "deadline": own.get("due")}
        lights |= {light: own.get(light) for light in WRITTEN}
        for light, text in lights.items():
            if not (text or "").strip():
                yield sheet.at_node("clear.missing", path, node, clear=light)
