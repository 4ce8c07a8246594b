"""Catalogue records: each is run by this pack, by a process that is here, and opens with a form that is here."""

from __future__ import annotations

from collections.abc import Iterator

from wardflow.domain.findings import LintFinding
from wardflow.packs.linting.sheet import Sheet

FORMS = "forms/"


def findings(sheet: Sheet) -> Iterator[LintFinding]:
    """Records that could not be filed."""
    processes = {process for definition in sheet.definitions.values() for process in definition.processes}
    codes: set[str] = set()
    for path, record in sheet.procedures.items():
        if record.pack != sheet.pack.id:
            yield sheet.at_text("procedure.other-pack", path, "pack", pack=record.pack, own=sheet.pack.id)
        if record.process not in processes and not sheet.broken:
            yield sheet.at_text("procedure.process-unknown", path, "process", process=record.process)
        if _missing(sheet, record.form):
            yield sheet.at_text("procedure.form-missing", path, "form", form=record.form)
        if record.code in codes:
            yield sheet.at_text("procedure.twice", path, "code", procedure=record.code)
        codes.add(record.code)


def _missing(sheet: Sheet, form: str) -> bool:
    """A form by a path is one of the pack; any other name may be brought by a package."""
    return form.startswith(FORMS) and form not in sheet.pack.files
