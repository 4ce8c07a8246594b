"""Messages between cases and people: nobody sends what an event waits for, nobody hears what one throws."""

from __future__ import annotations

from collections.abc import Iterator

from wardflow.domain.findings import LintFinding
from wardflow.engine import Node
from wardflow.packs.linting.sheet import Sheet

CARRIED = ("message", "signal")
THROWS = ("endEvent", "intermediateThrowEvent", "sendTask")


def findings(sheet: Sheet) -> Iterator[LintFinding]:
    """Messages and signals that only one side knows."""
    if sheet.broken:
        return
    thrown, heard = _named(sheet, throws=True), _named(sheet, throws=False)
    told = {("message", name) for name in (*sheet.pack.messages, sheet.pack.withdrawal)}
    for name, places in heard.items():
        if name not in thrown.keys() | told:
            path, node = places[0]
            yield sheet.at_node("message.unsent", path, node, message=name[1])
    for name, places in thrown.items():
        if name not in heard:
            path, node = places[0]
            yield sheet.at_node("message.unreceived", path, node, message=name[1])
    for message in sheet.pack.messages.values():
        if not message.by and ("message", message.id) not in thrown and message.id != sheet.pack.withdrawal:
            yield sheet.at_text("message.untold", "pack.toml", f"{message.id} =", message=message.id)


def _named(sheet: Sheet, *, throws: bool) -> dict[tuple[str, str], list[tuple[str, Node]]]:
    found: dict[tuple[str, str], list[tuple[str, Node]]] = {}
    for path, _, node in sheet.nodes():
        for trigger in node.triggers:
            if trigger.kind in CARRIED and trigger.name and (node.kind in THROWS) is throws:
                found.setdefault((trigger.kind, trigger.name), []).append((path, node))
    return found
