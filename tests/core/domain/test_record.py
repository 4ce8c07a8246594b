"""A record is frozen for whoever reads the code, and compared and hashed by its values."""

from __future__ import annotations

import pytest
from wardflow.domain.record import record


@record(frozen=True, slots=True)
class Line:
    """A record as a step makes it."""

    number: int
    said: str = ""


def test_records_of_equal_values_are_one() -> None:
    assert Line(1) == Line(1, "")
    assert {Line(1), Line(1), Line(2)} == {Line(1), Line(2)}


def test_the_type_checker_lets_nobody_change_one() -> None:
    line = Line(1)
    line.number = 2    # type: ignore[misc]    # the checker reports an ignore that it does not need: that is the test
    assert line == Line(2)


def test_a_record_has_no_other_fields() -> None:
    with pytest.raises(AttributeError):
        Line(1).spoken = ""    # type: ignore[attr-defined]    # the field that nobody declared
