"""Nothing in a chain can be changed, left out or moved unseen."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from wardflow.domain.audit import canonical, chained, verify

ENTRIES: list[dict[str, Any]] = [
    {"act": "open", "by": "p1"},
    {"act": "claim", "by": "p2"},
    {"act": "decide", "by": "Đỗ"},
]


def chain(entries: list[dict[str, Any]]) -> list[tuple[dict[str, Any], str]]:
    written, previous = [], ""
    for entry in entries:
        previous = chained(previous, entry)
        written.append((entry, previous))
    return written


def test_a_whole_chain_holds() -> None:
    assert verify(chain(ENTRIES)) is None
    assert verify([]) is None


def test_a_later_part_holds_from_where_it_starts() -> None:
    written = chain(ENTRIES)
    assert verify(written[1:], written[0][1]) is None
    assert verify(written[1:]) == 0


@pytest.mark.parametrize(
    ("spoil", "place"),
    [
        (lambda rows: [rows[0], ({**rows[1][0], "by": "p9"}, rows[1][1]), rows[2]], 1),
        (lambda rows: [rows[0], rows[2]], 1),
        (lambda rows: [rows[1], rows[0], rows[2]], 0),
        (lambda rows: [*rows[:2], (rows[2][0], "0" * 64)], 2),
    ],
    ids=["changed", "left out", "swapped", "forged hash"],
)
def test_what_was_touched_is_found(spoil: Any, place: int) -> None:
    assert verify(spoil(chain(ENTRIES))) == place


def test_the_order_of_keys_does_not_matter_and_text_stays_as_it_is() -> None:
    assert canonical({"b": 1, "a": "Đỗ"}) == '{"a":"Đỗ","b":1}'.encode()
    decomposed = unicodedata.normalize("NFD", "Đỗ")
    assert chained("", {"a": "Đỗ"}) != chained("", {"a": decomposed})


def test_what_json_cannot_say_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        chained("", {"n": float("nan")})
