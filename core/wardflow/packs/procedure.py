"""Catalogue records: what a procedure is called, who decides it, how long it may take, what to bring, what it costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as kept
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Any

from wardflow.domain.limits import Limit, LimitUnit
from wardflow.errors import ProcedureUnreadable, WardflowError
from wardflow.packs.extension import Extension

REQUIRED = ("code", "name", "pack", "process", "time_limit")


class Online(StrEnum):
    """Who may file a procedure online: whoever has an account, whoever proves an e-mail address too, or anybody who says nothing of themselves."""

    ACCOUNT = "account"
    EMAIL = "email"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Component:
    """One paper of the file an applicant hands in."""

    id: str
    name: str
    name_en: str
    kind: str = "original"
    required: bool = True


@dataclass(frozen=True, slots=True)
class Procedure:
    """One catalogue record; `record` is the whole table as it was written."""

    code: str
    name: str
    name_en: str
    field: str
    level: str
    pack: str
    process: str
    form: str
    time_limit: Limit
    cutoff: time | None
    last_hour: bool
    """whether a filing in the last office hour counts from the next working day"""
    extension: Extension | None
    """how its time limit may be extended, where that is not as its pack says"""
    office: str
    place: str
    components: tuple[Component, ...]
    legal_basis: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    record: Mapping[str, Any] = kept(repr=False)
    replaced_by: str = ""
    """the code of the procedure that takes its place once it is over"""
    retention: timedelta | None = None
    """how long a closed case stays in the database before it may be archived"""
    online: Online | None = None
    """who may file it online; None where it is handed in elsewhere"""
    confidential: bool = False
    """whether its cases are known only to who works on them and who heads the deciding unit"""
    sealed_for: str = ""
    """the roles, with spaces between, that may open who sent it; none where the sender is no secret"""

    @classmethod
    def read(cls, record: Mapping[str, Any], file: str) -> Procedure:
        """The procedure of a record; ProcedureUnreadable says what is missing."""
        missing = [key for key in REQUIRED if key not in record]
        if missing:
            raise ProcedureUnreadable(file=file, why=f"{', '.join(missing)} is missing")
        cutoff = record.get("cutoff")
        name = str(record["name"])
        return cls(
            code=str(record["code"]), name=name, name_en=str(record.get("name_en", name)),
            field=str(record.get("field", "")), level=str(record.get("level", "commune")), pack=str(record["pack"]),
            process=str(record["process"]), form=str(record.get("form", "")), time_limit=Limit.parse(str(record["time_limit"])),
            cutoff=time.fromisoformat(str(cutoff)) if cutoff else None, last_hour=bool(record.get("last_hour", False)),
            extension=_extension(record, file), office=str(record.get("office", "")),
            place=str(record.get("place", "receiving")),
            components=tuple(_component(row) for row in record.get("components", ())),
            legal_basis=tuple(record.get("legal_basis", ())), valid_from=_day(record.get("valid_from")),
            valid_to=_day(record.get("valid_to")), record=record, retention=_retention(record, file),
            online=_online(record, file), replaced_by=str(record.get("replaced_by", "")),
            confidential=bool(record.get("confidential", False)), sealed_for=str(record.get("sealed_for", "")),
        )

    def in_force(self, on: date) -> bool:
        """True on the days from valid_from to valid_to, both counted."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)

    def fee_lines(self) -> list[dict[str, Any]]:
        """The fees with a fixed amount, as JSON values."""
        return [
            {
                "name": {"code": "fee.line", "facts": {"name": row["name"], "name_en": row.get("name_en", row["name"])}},
                "amount": row["amount"], "moment": row.get("moment", "filing"), "basis": row.get("basis", ""),
            }
            for row in self.record.get("fees", ())
        ]


def _extension(record: Mapping[str, Any], file: str) -> Extension | None:
    try:
        return Extension.read(record.get("extension"))
    except (AttributeError, TypeError, ValueError, WardflowError) as wrong:
        raise ProcedureUnreadable(file=file, why=str(wrong)) from wrong


def _online(record: Mapping[str, Any], file: str) -> Online | None:
    try:
        return Online(record["online_filing"]) if record.get("online_filing") else None
    except ValueError as wrong:
        raise ProcedureUnreadable(file=file, why='online_filing is "account", "email" or "open"') from wrong


def _retention(record: Mapping[str, Any], file: str) -> timedelta | None:
    """Calendar days: an archive keeps no office hours."""
    if "retention" not in record:
        return None
    limit = Limit.parse(str(record["retention"]))
    if limit.unit is not LimitUnit.CALENDAR_DAY:
        raise ProcedureUnreadable(file=file, why='retention is written in days, such as "1825 d"')
    return timedelta(days=limit.amount)


def _component(row: Mapping[str, Any]) -> Component:
    return Component(
        str(row["id"]), str(row["name"]), str(row.get("name_en", row["name"])), str(row.get("kind", "original")),
        bool(row.get("required", True)),
    )


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) or value is None else date.fromisoformat(str(value))
