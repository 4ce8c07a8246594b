"""Nothing in a chain can be changed, left out or moved unseen."""

from __future__ import annotations

import json
import unicodedata
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
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


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(), inside, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), JSON, max_size=6))
def test_an_entry_is_written_as_the_standard_library_writes_it_whatever_wrote_it(entry: dict[str, Any]) -> None:
    as_ever = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    assert canonical(entry) == as_ever.encode()


@pytest.mark.parametrize("number", [1e16, 1e22, 1e-5, 0.0001, 5e-324, -0.0, 2.5e-7, 123456789.125, 2**70, 1.7976931348623157e308])
def test_numbers_of_every_size_are_written_as_ever(number: float) -> None:
    assert canonical({"n": number}) == f'{{"n":{json.dumps(number)}}}'.encode()


def test_what_json_cannot_say_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        chained("", {"n": float("nan")})
    with pytest.raises(TypeError):
        chained("", {"at": datetime(2026, 9, 4, tzinfo=UTC)})
