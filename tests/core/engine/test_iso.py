"""ISO 8601 times as timers write them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from wardflow.engine import iso

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 1, 31, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("P1M", datetime(2026, 2, 28, 8, tzinfo=UTC)),
        ("P1Y1M", datetime(2027, 2, 28, 8, tzinfo=UTC)),
        ("P2W", NOW + timedelta(weeks=2)),
        ("P1DT2H3M4.5S", NOW + timedelta(days=1, hours=2, minutes=3, seconds=4.5)),
        ("-PT1H", NOW - timedelta(hours=1)),
    ],
)
def test_durations_count_from_now_and_short_months_end_early(text: str, after: datetime) -> None:
    assert iso.firing("duration", text, NOW, UTC).at == after


def test_a_moment_without_a_zone_is_one_of_the_office() -> None:
    assert iso.firing("date", "2026-03-01T08:00:00", NOW, HANOI).at == datetime(2026, 3, 1, 1, tzinfo=UTC)
    assert iso.firing("date", "2026-03-01T08:00:00Z", NOW, HANOI).at == datetime(2026, 3, 1, 8, tzinfo=UTC)
    assert iso.firing("date", "2026-03-01T08:00:00@Asia/Ho_Chi_Minh", NOW, UTC).at == datetime(
        2026, 3, 1, 1, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("text", "left", "every"),
    [("R3/PT1H", 2, "PT1H"), ("R/PT1H", -1, "PT1H"), ("R1/PT1H", 0, "PT1H"), ("R2/2026-02-01T00:00:00Z/P1D", 1, "P1D")],
)
def test_repetitions_say_how_often_they_ring_after_the_first(text: str, left: int, every: str) -> None:
    found = iso.firing("cycle", text, NOW, UTC)
    assert (found.left, found.every) == (left, every)


def test_a_repetition_may_be_given_by_its_end() -> None:
    assert iso.firing("cycle", "R2/P1D/2026-02-01T00:00:00Z", NOW, UTC).at == datetime(2026, 1, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "tomorrow", "P1X", "R/", "Rx/PT1H", "R3", "P0.5M", "0 0/5 * * * ?", "2026-02-30"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(iso.TimerUnreadable):
        iso.firing("cycle", text, NOW, UTC)
