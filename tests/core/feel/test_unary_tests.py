"""Cells of decision tables: tests without a left side, held against a value."""

from __future__ import annotations

from typing import Any

import pytest
from wardflow.feel import unary_tests


@pytest.mark.parametrize(
    ("cell", "value", "passes"),
    [
        ("-", 1, True),
        ("5", 5, True),
        ("1, 5, 9", 5, True),
        ("< 5", 5, False),
        ("[1..5]", 5, True),
        ("[1..5)", 5, False),
        ("> 1, < 0", 2, True),
        ("not(1, 2)", 3, True),
        ("not(1, 2)", 2, False),
        ('"ODT", "CLN"', "CLN", True),
        ('not("ODT")', "CLN", True),
        ("true", True, True),
        ("null", None, True),
        ("null", 1, False),
        ("? > 3 and ? < 5", 4, True),
        ('contains(?, "đất")', "thửa đất", True),
        ("limit", 5, True),
        ("< limit", 4, True),
        ("[1, 5]", 5, True),
        ("> 5", "a", None),
        ("limit = 5", "anything", True),
        ('date("2026-11-22")', None, False),
    ],
)
def test_cells(cell: str, value: Any, passes: bool | None) -> None:
    assert unary_tests(cell, value, {"limit": 5}) is passes
