"""Forms: every one can be drawn, and is asked for by a step or a procedure."""

from __future__ import annotations

from collections.abc import Iterator

from wardflow import forms
from wardflow.domain.findings import LintFinding
from wardflow.packs.linting.sheet import Sheet
from wardflow.packs.pack import SETTINGS


def findings(sheet: Sheet) -> Iterator[LintFinding]:
    """Forms that cannot be drawn, and forms nobody sees."""
    asked = {node.attributes.get("form") for _, _, node in sheet.tasks()} | {each.form for each in sheet.procedures.values()}
    told = {message.form for message in sheet.pack.messages.values() if message.form}
    registry = sheet.registry()
    for form in sorted(told - sheet.forms.keys()):
        yield sheet.at_text("form.missing", SETTINGS, form, form=form)
    for path, schema in sheet.forms.items():
        for pointer, why in forms.undrawable(schema, schemas=registry):
            text = f'"{pointer.rsplit("/", 1)[-1]}"'
            yield sheet.at_text("form.undrawable", path, text, pointer=pointer, why=why.to_json())
        if path not in asked | told and not sheet.broken:
            yield sheet.at_text("form.unused", path, "", form=path)
