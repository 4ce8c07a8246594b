"""Decision tables of plugins and those put in their place, found by digest, so that a case keeps the one it began with."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from wardflow.adopted import NOTHING_ADOPTED, Adopted
from wardflow.domain.reasons import Reason
from wardflow.errors import DmnRefused
from wardflow.offers import DecisionTable
from wardflow.plugin_errors import TableUnknown

if TYPE_CHECKING:
    from wardflow.dmn import Model

TABLES: Final = "decision_tables"
"""Beside the thresholds a case keeps: which table has which digest."""


class Tables:
    """The tables that plugins ship, with the models of all that were asked so far."""

    def __init__(self, shipped: Sequence[DecisionTable]) -> None:
        self.shipped: Mapping[str, DecisionTable] = {table.id: table for table in shipped}
        self._digest = {id: digest(table.model) for id, table in self.shipped.items()}
        self._own = {self._digest[id]: table.model for id, table in self.shipped.items()}
        self._models: dict[str, Model] = {}

    def digests(self, adopted: Adopted, on: date, units: Sequence[str]) -> dict[str, str]:
        """The digest of each table that holds on a day in a place."""
        if not adopted.tables:
            return dict(self._digest)
        chosen = {id: adopted.table_of(id, on, units) for id in self.shipped}
        return {id: row.digest if row else self._digest[id] for id, row in chosen.items()}

    def decide(
        self, adopted: Adopted, digests: Mapping[str, str], now: datetime, table: str, inputs: Mapping[str, Any]
    ) -> Any:
        """What a table says for these inputs; TableUnknown where no plugin brings it or its file is lost."""
        known = self.shipped.get(table)
        if known is None:
            raise TableUnknown(table=table)
        return self.model(digests.get(table, self._digest[table]), adopted).decide(known.decision, inputs, now=now)

    def problems(self, table: str, model: bytes) -> list[Reason]:
        """Why a file cannot stand in the place of a table; nothing where it can."""
        from wardflow import dmn

        known = self.shipped.get(table)
        if known is None:
            raise TableUnknown(table=table)
        try:
            read = dmn.read(model)
        except DmnRefused as wrong:
            return [Reason("plugins.model.unreadable", {"line": wrong.line})]
        if known.decision not in read.decisions:
            return [Reason("plugins.model.decision", {"wanted": known.decision, "found": ", ".join(read.decisions)})]
        wrongs = (found for found in read.problems if found.severity == "error")
        return [Reason("plugins.model.faulty", {"line": found.line, "what": Reason(f"lint.{found.code}", found.facts).to_json()}) for found in wrongs]

    def file(self, digest: str, adopted: Adopted = NOTHING_ADOPTED) -> bytes:
        """The file with a digest."""
        found = self._own.get(digest) or adopted.files.get(digest)
        if found is None:
            raise TableUnknown(table=digest)
        return found

    def files(self) -> Mapping[str, bytes]:
        """Every file that ships, by digest."""
        return self._own

    def model(self, digest: str, adopted: Adopted) -> Model:
        """The same, compiled once."""
        if digest not in self._models:
            from wardflow import dmn  # the compiler of tables is loaded only where a rule asks one

            self._models[digest] = dmn.read(self.file(digest, adopted))
        return self._models[digest]


def digest(model: bytes) -> str:
    """What a table's file is known by."""
    return hashlib.sha256(model).hexdigest()
