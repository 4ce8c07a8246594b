"""Decision tables: texts that are not FEEL, names nobody gives, rows that overlap, gaps, cells that can never match."""

from __future__ import annotations

from collections.abc import Iterator

from wardflow import dmn
from wardflow.domain.findings import LintFinding
from wardflow.errors import DmnRefused
from wardflow.packs.linting.sheet import Sheet, finding

ENDING = ".dmn"


def findings(sheet: Sheet) -> Iterator[LintFinding]:
    """What the check of DMN says of each file; its codes are listed with the language, not with the pack."""
    for path, content in sheet.pack.files.items():
        if path.endswith(ENDING):
            try:
                yield from dmn.check(content, file=sheet.pack.at(path))
            except DmnRefused as wrong:
                yield finding("table.unreadable", sheet.pack.at(path), int(wrong.line or 0), 1, why=str(wrong.why))
