"""Messages between cases and people: nobody sends what an event waits for, nobody hears what one throws."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from wardflow.domain.findings import LintFinding
from wardflow.engine import Node
from wardflow.packs.linting.sheet import Sheet

LINKED, RELATED, LIKE = "linked", ("parent", "child", "children"), 0.8
KEY, TEXT = re.compile(r'(\w+)\s*:\s*"(\w*)"'), re.compile(r'"[^"]*"')
ACTS = {"converts": "converted", "spot": "merged"}
"""What an act tells a case whose catalogue record has the table: that another one goes on with its matter, or is about the same thing."""
CARRIED = ("message", "signal")
THROWS = ("endEvent", "intermediateThrowEvent", "sendTask")


def findings(sheet: Sheet) -> Iterator[LintFinding]:
    """Messages and signals that only one side knows."""
    if sheet.broken:
        return
    thrown, heard = _named(sheet, throws=True), _named(sheet, throws=False)
    told = {("message", name) for name in (*sheet.pack.messages, sheet.pack.withdrawal, *_acts(sheet))}
    for name, places in heard.items():
        if name not in thrown.keys() | told:
            path, node = places[0]
            yield sheet.at_node("message.unsent", path, node, message=name[1])
    for name, places in thrown.items():
        if name not in heard:
            path, node = places[0]
            yield sheet.at_node("message.unreceived", path, node, message=name[1])
    for _, places in sorted(thrown.items()):
        for path, node in places:
            yield from _carried(sheet, path, node)
    for message in sheet.pack.messages.values():
        if not message.by and ("message", message.id) not in thrown and message.id != sheet.pack.withdrawal:
            yield sheet.at_text("message.untold", "pack.toml", f"{message.id} =", message=message.id)


def _carried(sheet: Sheet, path: str, node: Node) -> Iterator[LintFinding]:
    """What a message carries, held against the form that says what belongs to it."""
    for trigger in node.triggers:
        told = sheet.pack.messages.get(trigger.name or "") if trigger.kind == "message" else None
        schema = sheet.forms.get(told.form, {}) if told is not None else {}
        yield from _parts(sheet, path, node, trigger.name or "")
        fields = schema.get("properties")
        if not isinstance(fields, dict) or "$ref" in schema:
            continue
        carried = {binding.name for binding in (*trigger.payload, *node.inputs)}
        unlike = sorted(carried - fields.keys()) + sorted(set(schema.get("required", ())) - carried)
        for name in unlike:
            yield sheet.at_node("message.field-unlike", path, node, message=str(trigger.name), field=name)


def _parts(sheet: Sheet, path: str, node: Node, message: str) -> Iterator[LintFinding]:
    """To which case a message goes, and the case of which procedure it opens."""
    for key, value in KEY.findall(node.attributes.get("keys", "")):
        if key == LINKED and value not in RELATED or key != LINKED and get_close_matches(key, [LINKED], 1, LIKE):
            yield sheet.at_node("message.key-unknown", path, node, message=message, key=key, value=value)
    opened = any(trigger.name == message for _, _, each in sheet.nodes() if each.kind == "startEvent" for trigger in each.triggers)
    codes = {record.code for record in sheet.procedures.values()}
    for binding in node.inputs:
        text = str(getattr(binding.value, "source", "")).strip()
        if opened and binding.name == "procedure" and TEXT.fullmatch(text) and text.strip('"') not in codes:
            yield sheet.at_node("message.procedure-unknown", path, node, message=message, procedure=text.strip('"'))


def _named(sheet: Sheet, *, throws: bool) -> dict[tuple[str, str], list[tuple[str, Node]]]:
    found: dict[tuple[str, str], list[tuple[str, Node]]] = {}
    for path, _, node in sheet.nodes():
        for trigger in node.triggers:
            if trigger.kind in CARRIED and trigger.name and (node.kind in THROWS) is throws:
                found.setdefault((trigger.kind, trigger.name), []).append((path, node))
    return found


def _acts(sheet: Sheet) -> Iterator[str]:
    """The messages that acts tell cases of the pack."""
    for procedure in sheet.pack.procedures.values():
        yield from (message for table, message in ACTS.items() if table in procedure.record)
