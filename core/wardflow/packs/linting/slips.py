"""Slips and notices: texts that speak of answers nobody gives, numbers without a number, places that are none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from wardflow.domain.findings import LintFinding
from wardflow.domain.paper_numbers import written
from wardflow.engine.vocabulary import PLACES
from wardflow.packs.answers import BEGINNING
from wardflow.packs.linting.expressions import names_of, together
from wardflow.packs.linting.sheet import Sheet
from wardflow.packs.pack import SETTINGS, Slip

GAP = re.compile(r"\{([\w.]+)\}")
LIKE = 0.8


def findings(sheet: Sheet) -> Iterator[LintFinding]:
    """What papers say that cannot be filled in."""
    known = together(names_of(sheet, definition).types for definition in sheet.definitions.values())
    for slip in sheet.pack.slips.values():
        if not sheet.broken:
            for text in speaks(slip):
                if not _there(text, known):
                    yield sheet.at_text("slip.answer-unknown", SETTINGS, f"{slip.id} =", slip=slip.id, answer=text)
        if slip.issuer not in PLACES:
            yield sheet.at_text("slip.issuer-unknown", SETTINGS, f"{slip.id} =", slip=slip.id, issuer=slip.issuer)
        if bool(slip.sequence) != bool(slip.number) or slip.number and not _counts(slip.number):
            yield sheet.at_text("slip.number", SETTINGS, f"{slip.id} =", slip=slip.id, number=slip.number or "-")
    yield from _told(sheet)


def _counts(pattern: str) -> bool:
    """Whether a number can be written so."""
    try:
        return bool(written(pattern))
    except ValueError:
        return False


def speaks(slip: Slip) -> Iterator[str]:
    """The answers that a slip's texts name."""
    yield from slip.lines
    for text in (slip.subject, *slip.articles, *slip.reasons):
        yield from GAP.findall(text)


def _there(answer: str, known: Mapping[str, Any]) -> bool:
    name, *rest = answer.split(".")
    if name in BEGINNING and name not in known or name in ("case", "procedure"):
        return True
    if name not in known:
        return False
    found = known[name]
    for part in rest:
        if not isinstance(found, Mapping):
            return True
        if part not in found:
            return False
        found = found[part]
    return True


def _told(sheet: Sheet) -> Iterator[LintFinding]:
    """Notices to a place that is called nearly so; any other word may be a kind of unit of the register."""
    said = {notice.unit for notice in sheet.pack.notices.values()}
    for notice in sheet.pack.notices.values():
        known = [*PLACES, "above", *(said - {notice.unit})]
        if notice.unit and not notice.unit.startswith("=") and notice.unit not in known[: len(PLACES) + 1]:
            for near in get_close_matches(notice.unit, known, 1, LIKE):
                yield sheet.at_text("notice.unit-misspelt", SETTINGS, f"{notice.id} =", notice=notice.id, unit=notice.unit, nearest=near)
