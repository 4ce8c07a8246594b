"""The number of a paper is written into a pattern with exactly one place for it."""

from __future__ import annotations

import pytest
from wardflow.domain.paper_numbers import written


@pytest.mark.parametrize(("pattern", "parts"), [
    ("{number:04d}/TNHS", ("", 4, "/TNHS")),
    ("{number}/QĐ-UBND", ("", 0, "/QĐ-UBND")),
    ("TB-{number:3d}", ("TB-", 3, "")),
])
def test_the_text_before_the_digits_and_the_text_after(pattern: str, parts: tuple[str, int, str]) -> None:
    assert written(pattern) == parts


@pytest.mark.parametrize("pattern", ["/TNHS", "{number}/{number}", "{number:x}", "{year}-{number}", "{number}}", ""])
def test_anything_else_is_no_number(pattern: str) -> None:
    with pytest.raises(ValueError, match="^"):
        written(pattern)
