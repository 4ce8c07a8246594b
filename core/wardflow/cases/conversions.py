"""What a case may become: the tables [[converts]] of its catalogue record, and what goes along into the new form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wardflow import forms
from wardflow.cases.secrecy import value_at
from wardflow.errors import ConversionUnknown
from wardflow.packs import Procedure


@dataclass(frozen=True, slots=True)
class Conversion:
    """One thing a case may become: the procedure, where its fields stand in the data of the case, and where its sender does."""

    to: str
    carry: Mapping[str, str]
    sender: str = "/applicant"


def conversions(procedure: Procedure) -> tuple[Conversion, ...]:
    """Everything that a case of the procedure may become, as its record lists it."""
    return tuple(
        Conversion(str(row["to"]), dict(row.get("carry", {})), str(row.get("sender", "/applicant")))
        for row in procedure.record.get("converts", ())
    )


def conversion_of(procedure: Procedure, to: str) -> Conversion:
    """The one to a procedure; ConversionUnknown where the record has none."""
    for each in conversions(procedure):
        if each.to == to:
            return each
    raise ConversionUnknown(procedure=procedure.code, to=to)


def carried(conversion: Conversion, data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the new form that were typed already; what is sealed does not show here."""
    found = {name: value_at(data, pointer) for name, pointer in conversion.carry.items()}
    return {name: value for name, value in found.items() if value not in (None, "", [], {}) and not forms.is_sealed(value)}


def sender_of(conversion: Conversion, data: Mapping[str, Any]) -> Any:
    """What the case knows of who sent it: a table, or the mark of what is sealed."""
    return value_at(data, conversion.sender) or {}
