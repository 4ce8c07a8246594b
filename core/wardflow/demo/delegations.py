"""The instruments of a city as its folder describes them: so many procedures of a field in each, with made-up names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from wardflow.domain.register import Instrument, Item


def instruments(described: Mapping[str, Any]) -> tuple[Instrument, ...]:
    """Every paper, numbered in the order of the folder; procedures are counted through all papers of a form."""
    counted: Counter[int] = Counter()
    return tuple(_paper(number, row, described, counted) for number, row in enumerate(described["paper"], 1))


def _paper(number: int, row: Mapping[str, Any], described: Mapping[str, Any], counted: Counter[int]) -> Instrument:
    return Instrument(
        id=number, number=row["number"], signed_on=row["signed_on"], form=row["form"], delegator=row["delegator"],
        items=tuple(_items(row, described, counted)), valid_from=row.get("valid_from", described["valid_from"]),
        valid_to=row.get("valid_to"), delegates=tuple(row.get("delegates", ())), level=row.get("level", ""),
        conditions=described["conditions"], generated=described["generated"],
    )


def _items(row: Mapping[str, Any], described: Mapping[str, Any], counted: Counter[int]) -> Iterator[Item]:
    form = row["form"]
    for field, count in row["fields"].items():
        words = described["fields"][field]
        for _ in range(count):
            counted[form] += 1
            said = {"form": form, "n": counted[form]}
            yield Item(
                described["code"].format(**said), described["name"].format(**said, field=words["vi"]),
                described["name_en"].format(**said, field=words["en"]),
            )
