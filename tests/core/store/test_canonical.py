"""The quick way of writing an entry gives the bytes that the audit chain was always made of."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wardflow.domain import audit
from wardflow.store.canonical import canonical

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(), inside, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), JSON, max_size=6))
def test_whatever_an_entry_says_its_bytes_are_those_of_the_chain(entry: dict[str, Any]) -> None:
    assert canonical(entry) == audit.canonical(entry)


@pytest.mark.parametrize("number", [1e16, 1e22, 1e-5, 0.0001, 5e-324, -0.0, 2.5e-7, 123456789.125, 2**70, 1.7976931348623157e308])
def test_so_they_are_for_numbers_of_every_size(number: float) -> None:
    assert canonical({"n": number}) == audit.canonical({"n": number})


@pytest.mark.parametrize("value", [float("nan"), datetime(2026, 9, 4, tzinfo=UTC), "\ud800"])
def test_what_the_chain_cannot_hold_is_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        canonical({"n": value})
