"""Sealed answers that a paper or an expression asks for: it never gets them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from wardflow.domain.findings import LintFinding
from wardflow.packs.linting.asked import said
from wardflow.packs.linting.built import parts
from wardflow.packs.linting.sheet import PEOPLE, Sheet
from wardflow.packs.linting.slips import speaks
from wardflow.packs.pack import SETTINGS

SEALED = "x-sealed"


def findings(sheet: Sheet) -> Iterator[LintFinding]:
    """Papers and expressions about a field that is sealed."""
    for path, schema in sheet.forms.items():
        for _, part in parts(schema):
            for role in str(part.get(SEALED) or "").split():
                if role not in sheet.pack.roles:
                    yield sheet.at_text("role.undeclared", path, f'"{SEALED}"', role=role)
    fields = _sealed(sheet)
    if not fields:
        return
    for slip in sheet.pack.slips.values():
        for answer in speaks(slip):
            if answer in fields:
                yield sheet.at_text("sealed.read", SETTINGS, f"{slip.id} =", field=answer)
    for path, _, node in sheet.nodes():
        for text, flow in said(node):
            for field in sorted(fields):
                if re.search(rf"(?<![\w.]){re.escape(field)}\b", text):
                    yield sheet.at_flow("sealed.read", path, flow or node.element, field=field)


def _sealed(sheet: Sheet) -> set[str]:
    """Every sealed answer as papers and expressions call it."""
    asked = {(node.element, node.attributes.get("form", "")) for _, _, node in sheet.nodes() if node.kind in PEOPLE}
    asked |= {("form", record.form) for record in sheet.procedures.values()}
    return {f"{step}.{name}" for step, form in asked for name, part in _fields(sheet.forms.get(form, {})).items() if part.get(SEALED)}


def _fields(schema: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    found = schema.get("properties")
    return {name: part for name, part in found.items() if isinstance(part, Mapping)} if isinstance(found, Mapping) else {}
