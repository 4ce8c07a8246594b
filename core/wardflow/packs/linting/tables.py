"""Decision tables: texts that are not FEEL, names nobody gives, rows that overlap, gaps, cells that can never match."""

from __future__ import annotations

from collections.abc import Iterator

from wardflow import dmn
from wardflow.domain.findings import LintFinding
from wardflow.packs.linting.sheet import Sheet

ENDING = ".dmn"


def findings(sheet: Sheet) -> Iterator[LintFinding]:
    """What the check of DMN says of each file; its codes are listed with the language, not with the pack."""
    for path, content in sheet.pack.files.items():
        if path.endswith(ENDING):
            yield from dmn.check(content, file=sheet.pack.at(path))
