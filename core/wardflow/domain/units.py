"""The units of a city: authorities, offices, desks, each below another."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """The tier of government a unit stands on, and on which a procedure is decided."""

    CITY = "city"
    COMMUNE = "commune"


@dataclass(frozen=True, slots=True)
class Unit:
    """An authority, office or desk; `kind` is free (ward, rural, office, point, department, …)."""

    id: str
    name: str
    name_en: str = ""
    kind: str = ""
    level: str = Level.COMMUNE
    parent: str | None = None

    def facts(self, as_: str = "unit") -> dict[str, str]:
        """The unit as facts of a reason: its names, and its id beside them."""
        return {as_: self.name, f"{as_}_en": self.name_en or self.name, f"{as_}_id": self.id}
