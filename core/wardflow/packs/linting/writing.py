"""How files are written: UTF-8, and Vietnamese in composed letters (NFC)."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator

from wardflow.domain.findings import LintFinding
from wardflow.packs.linting.sheet import Sheet, finding

TEXTS = (".bpmn", ".dmn", ".json", ".toml", ".yaml", ".yml", ".md", ".typ")
LOST = "\ufffd"
"""What a program writes for a letter that it could not read."""
MISREAD = re.compile("Ã[¡-¿]|á[º»][\u0080-\u2122]|Ä‘|Æ°")
"""Vietnamese letters of a UTF-8 file that was read as a Western one and written again."""


def findings(sheet: Sheet) -> Iterator[LintFinding]:
    """Files that cannot be read as they are meant."""
    for path, content in sheet.pack.files.items():
        if not path.endswith(TEXTS):
            continue
        if content.startswith(codecs.BOM_UTF8):
            yield finding("file.encoding", sheet.pack.at(path), 1, 1)
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as wrong:
            yield finding("file.encoding", sheet.pack.at(path), content.count(b"\n", 0, wrong.start) + 1, 1)
            continue
        for number, line in enumerate(text.split("\n"), 1):
            if LOST in line or MISREAD.search(line):
                yield finding("file.encoding", sheet.pack.at(path), number, 1)
                break
        for number, line in enumerate(text.split("\n"), 1):
            if not unicodedata.is_normalized("NFC", line):
                yield finding("file.not-composed", sheet.pack.at(path), number, _place(line))
                break


def _place(line: str) -> int:
    """The column of the first letter that is written in parts."""
    for place in range(1, len(line) + 1):
        if not unicodedata.is_normalized("NFC", line[:place]):
            return place
    return 1
