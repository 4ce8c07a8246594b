"""What lint found, as a terminal, a program or a forge reads it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from wardflow.cli.shape import DONE, REFUSED

if TYPE_CHECKING:
    from wardflow.domain.findings import LintFinding
    from wardflow.wording import Wording

FORMATS = ("text", "json", "github")


def report(findings: Sequence[LintFinding], language: str, form: str = "text", folder: str = "") -> int:
    """Print the findings; the exit code says whether one of them is an error. `folder` is how the reader calls the pack."""
    from wardflow.wording import Wording

    wording = Wording(language)
    if form == "json":
        print(json.dumps([_row(found, wording, folder) for found in findings], ensure_ascii=False, indent=1))
    else:
        line = _github if form == "github" else _text
        for found in findings:
            print(line(found, wording, folder))
    errors = sum(found.severity == "error" for found in findings)
    if form == "text":
        print(f"errors: {errors}, warnings: {len(findings) - errors}")
    return REFUSED if errors else DONE


def _file(found: LintFinding, folder: str) -> str:
    """The file by the way the reader named its pack, so that an editor finds it."""
    return f"{folder}/{found.file.partition('/')[2]}" if folder else found.file


def _text(found: LintFinding, wording: Wording, folder: str) -> str:
    mark = "" if found.severity == "error" else " (warning)"
    return f"{_file(found, folder)}:{found.line or 1}:{found.column or 1}: {found.code} {wording.say(found)}{mark}"


def _row(found: LintFinding, wording: Wording, folder: str) -> dict[str, object]:
    cure = f"lint.cure.{found.code}"
    return {
        "file": _file(found, folder), "line": found.line or 1, "column": found.column or 1, "code": found.code, "severity": found.severity,
        "element": found.element, "message": wording.say(found), "cure": wording.say(cure) if cure in wording else "",
    }


def _github(found: LintFinding, wording: Wording, folder: str) -> str:
    """A workflow command: percent signs and line ends are escaped, in properties colons and commas too."""
    place = f"file={_property(_file(found, folder))},line={found.line or 1},col={found.column or 1},title={_property(found.code)}"
    return f"::{found.severity} {place}::{_escaped(wording.say(found))}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
