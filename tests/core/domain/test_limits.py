"""Limits are written and read as in packs."""

from __future__ import annotations

import pytest
from wardflow.domain.limits import Limit, LimitUnit
from wardflow.errors import LimitUnreadable


@pytest.mark.parametrize("text", ["5 wd", "8 wh", "30 d", "0 wd"])
def test_a_limit_is_written_as_it_was_read(text: str) -> None:
    assert str(Limit.parse(text)) == text


def test_spaces_do_not_matter() -> None:
    assert Limit.parse(" 20wd ") == Limit(20, LimitUnit.WORKING_DAY)


@pytest.mark.parametrize(
    "text", ["", "wd", "5", "5 days", "-1 wd", "1.5 wd", "5 WD", "5 wd 3 wh", "10001 d", "9999999 wd", "٥ wd x"]
)
def test_anything_else_is_refused_with_the_text_and_what_would_be_right(text: str) -> None:
    with pytest.raises(LimitUnreadable) as refusal:
        Limit.parse(text)
    assert '"30 d"' in str(refusal.value)
