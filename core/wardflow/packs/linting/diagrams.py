"""What single elements name: limits, forms, services, decisions, other steps, the message of a withdrawal."""

from __future__ import annotations

from collections.abc import Iterator

from wardflow.domain.findings import LintFinding
from wardflow.domain.limits import Limit
from wardflow.engine import Definition, Node
from wardflow.errors import LimitUnreadable
from wardflow.packs.linting.declared import words
from wardflow.packs.linting.sheet import PEOPLE, Sheet
from wardflow.packs.pack import SETTINGS


def findings(sheet: Sheet) -> Iterator[LintFinding]:
    """Names that lead nowhere."""
    for path, definition, node in sheet.nodes():
        yield from _limit(sheet, path, node)
        if node.attributes.get("clock") and not node.attributes.get("basis", "").strip():
            yield sheet.at_node("clock.no-basis", path, node, move=node.attributes["clock"])
        yield from _service(sheet, path, node)
        yield from _not_by(sheet, path, definition, node)
        form = node.attributes.get("form")
        if form and form not in sheet.pack.files:
            yield sheet.at_node("form.missing", path, node, form=form)
    yield from _messages(sheet)
    yield from _clocks(sheet)


def _limit(sheet: Sheet, path: str, node: Node) -> Iterator[LintFinding]:
    if text := node.attributes.get("due", "").strip():
        try:
            Limit.parse(text)
        except LimitUnreadable:
            yield sheet.at_node("limit.unreadable", path, node, text=text)


def _service(sheet: Sheet, path: str, node: Node) -> Iterator[LintFinding]:
    if node.handler and "topic" not in node.attributes and node.handler not in sheet.handlers:
        yield sheet.at_node("handler.unknown", path, node, handler=node.handler)
    if node.decision and sheet.decisions is not None and node.decision not in sheet.decisions:
        yield sheet.at_node("decision.unknown", path, node, decision=node.decision)


def _not_by(sheet: Sheet, path: str, definition: Definition, node: Node) -> Iterator[LintFinding]:
    steps = {other.element for other in definition.nodes.values() if other.kind in PEOPLE}
    for name in words(node.attributes.get("notBy", "")):
        if name not in steps:
            yield sheet.at_node("task.unknown", path, node, step=name)


def _messages(sheet: Sheet) -> Iterator[LintFinding]:
    message = sheet.pack.withdrawal
    heard = {trigger.name for _, _, node in sheet.nodes() for trigger in node.triggers if trigger.kind == "message"}
    if message and not sheet.broken and message not in heard:
        yield sheet.at_text("message.withdrawal-unheard", SETTINGS, "withdrawal", message=message)
    for name in sheet.pack.messages:
        if not sheet.broken and name not in heard:
            yield sheet.at_text("message.unheard", SETTINGS, f"{name} =", message=name)


def _clocks(sheet: Sheet) -> Iterator[LintFinding]:
    """Diagrams that move a legal clock which nothing in them starts."""
    for path, definition in sheet.definitions.items():
        moving = [node for node in definition.nodes.values() if node.attributes.get("clock")]
        if moving and not any(node.attributes["clock"] in ("start", "restart") for node in moving):
            yield sheet.at_node("clock.never-started", path, moving[0], move=moving[0].attributes["clock"])
