"""Who files, and how they are found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Applicant:
    """A person or organisation in whose matter a case runs; `person` links the account, where there is one."""

    id: int
    person: str | None
    full_name: str
    id_number: str
    facts: Mapping[str, Any]


class Applicants(Protocol):
    """People and organisations who file."""

    def find(self, id_number: str) -> Applicant | None:
        """The applicant with that identity number."""

    def with_phone(self, phone: str, limit: int) -> Sequence[Applicant]:
        """Those who gave that telephone number, in figures alone, the newest first."""

    def of_person(self, person: str) -> Sequence[Applicant]:
        """What was told of whoever files with an account, the newest record first."""

    def of(self, ids: Sequence[int]) -> Sequence[Applicant]:
        """Applicants by their numbers, in that order."""
