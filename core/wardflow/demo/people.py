"""People with generic names: those one can be, and those who only hold roles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

from wardflow.domain.register import Holding, Person
from wardflow.domain.units import Unit


def generic_name(names: Mapping[str, Sequence[str]], random: Random) -> str:
    """A full name put together from lists, in Vietnamese order."""
    sex = random.choice(("women", "men"))
    return " ".join(random.choice(names[part]) for part in ("family", f"middle_{sex}", f"given_{sex}"))


def officials(described: Mapping[str, Any], units: Sequence[Unit]) -> Iterator[tuple[Person, Holding]]:
    """Every official the folder describes, with the role held; the seed makes them the same each time."""
    random = Random(described["seed"])
    for row in described["officials"]:
        for of in _of(row, units):
            for n in range(1, row["count"] + 1):
                id = row["id"].format(of=of, n=n)
                person = Person(id, generic_name(described["names"], random))
                yield person, Holding(id, row["role"], row["unit"].format(of=of))


def _of(row: Mapping[str, Any], units: Sequence[Unit]) -> list[str]:
    kinds = row.get("of_kinds", ())
    named = row.get("of") or [unit.id for unit in units if unit.kind in kinds]
    return [id for id in named if id not in row.get("except", ())]
