"""The six clears of every step that a person does: person, work, responsibility, deadline, product, authority."""

from __future__ import annotations

from collections.abc import Iterator

from wardflow.domain.findings import LintFinding
from wardflow.engine import Node
from wardflow.packs.linting.sheet import Sheet
from wardflow.packs.procedure import Procedure
from wardflow.packs.steps import said_of

WRITTEN = ("responsibility", "product", "authority")


def findings(sheet: Sheet) -> Iterator[LintFinding]:
    """Each clear that neither the step nor its pack gives, and that not every procedure of the pack gives."""
    for path, _, node in sheet.tasks():
        for light in _dark(node, sheet, None):
            if not sheet.procedures or all(light in _dark(node, sheet, each) for each in sheet.procedures.values()):
                yield sheet.at_node("clear.missing", path, node, clear=light)
                continue
            for record in sheet.procedures.values():
                if light in _dark(node, sheet, record):
                    yield sheet.at_node("clear.missing-for", path, node, clear=light, procedure=record.code)


def _dark(node: Node, sheet: Sheet, procedure: Procedure | None) -> list[str]:
    own = said_of(node, sheet.pack, procedure)
    lights = {"person": own.get("role") or own.get("person"), "work": node.name, "deadline": own.get("due")}
    lights |= {light: own.get(light) for light in WRITTEN}
    return [light for light, text in lights.items() if not (text or "").strip()]
