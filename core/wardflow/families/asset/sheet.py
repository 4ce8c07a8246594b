"""A list of premises as a CSV file: read whole and checked, line by line, before anything is done with it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from wardflow.domain.register import Register
from wardflow.errors import WardflowError

TEXTS: Final = ("asset_code", "name", "former_use", "address", "commune", "condition", "land_paper", "occupancy")
AREAS: Final = ("land_area_m2", "floor_area_m2")
WHOLE: Final = ("original_value", "residual_value")
NEEDED: Final = (*TEXTS, *AREAS, *WHOLE)
LATER: Final = (
    "need", "shared_area_m2", "shared_land_m2", "kept_for", "separate_plan", "destination", "legal_form", "receiver_unit", "plan_document",
    "decision_document", "handover_minute", "handover_day",
)
"""What is known of the steps that came after the inventory; what is left empty was not done yet."""
CODES: Final = {
    "condition": ("good", "fair", "poor", "dangerous"), "land_paper": ("certificate", "decision", "none"),
    "occupancy": ("in_use", "empty", "occupied", "not_found"), "need": ("keep", "surplus", "partly"), "kept_for": ("headquarters", "other"),
}


class SheetRefused(WardflowError):
    """Line {line} of {file} was not taken, and nothing was imported: {why}."""


@dataclass(frozen=True, slots=True)
class Row:
    """One premises of the file: its inventory record, and what later steps said."""

    line: int
    form: Mapping[str, Any]
    later: Mapping[str, str]

    @property
    def code(self) -> str:
        """Its asset code."""
        return str(self.form["asset_code"])

    @property
    def commune(self) -> str:
        """Where it stands."""
        return str(self.form["commune"])


def read(file: Path, register: Register) -> tuple[Row, ...]:
    """Every line of the file; SheetRefused at the first that cannot be so."""
    seen: dict[str, int] = {}
    with file.open(encoding="utf-8-sig", newline="") as text:
        found = csv.DictReader(text)
        if missing := [name for name in NEEDED if name not in (found.fieldnames or ())]:
            raise SheetRefused(line=1, file=file, why=f"the columns {', '.join(missing)} are missing")
        if unknown := [name for name in found.fieldnames or () if name not in (*NEEDED, *LATER)]:
            raise SheetRefused(line=1, file=file, why=f"the columns {', '.join(unknown)} are not known; there may be {', '.join(LATER)}")
        rows = []
        for line, said in enumerate(found, 2):
            if why := next(_wrong(said, register), ""):
                raise SheetRefused(line=line, file=file, why=why)
            if said["asset_code"] in seen:
                raise SheetRefused(line=line, file=file, why=f"{said['asset_code']} stands in line {seen[said['asset_code']]} already")
            seen[said["asset_code"]] = line
            rows.append(Row(line, _form(said), {name: value for name in LATER if (value := (said.get(name) or "").strip())}))
    return tuple(rows)


def _wrong(said: Mapping[str, str | None], register: Register) -> Iterator[str]:
    yield from (f"{name} is empty" for name in NEEDED if not (said[name] or "").strip())
    yield from (f"{name} {said[name]!r} is no number above 0" for name in (*AREAS, *WHOLE) if not _number(said[name]))
    for name, allowed in CODES.items():
        if said.get(name) and said[name] not in allowed:
            yield f"{name} {said[name]!r} is none of {', '.join(allowed)}"
    for name in ("commune", "receiver_unit"):
        if said.get(name) and not register.knows_unit(str(said[name])):
            yield f"there is no unit {said[name]} in the register"
    if said.get("plan_document") and not (said.get("destination") and said.get("receiver_unit") and said.get("legal_form")):
        yield "a plan needs destination, legal_form and receiver_unit"
    if said.get("decision_document") and not said.get("plan_document"):
        yield "a decision needs plan_document"


def _number(text: str | None) -> bool:
    try:
        return float(text or "") >= 0
    except ValueError:
        return False


def _form(said: Mapping[str, str | None]) -> dict[str, Any]:
    form: dict[str, Any] = {name: (said[name] or "").strip() for name in TEXTS}
    form |= {name: float(said[name] or 0) for name in AREAS}
    return form | {name: int(float(said[name] or 0)) for name in WHOLE}
