"""Time used and left, as the early warnings read it: pauses use nothing, a restart begins anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from wardflow.domain.legal_clock import Clock
from wardflow.wording import Wording

At = Callable[[str], datetime]
Made = Callable[..., Clock]

USED = """
# 10 working days from Wednesday 01/07/2026: 02, 03, 06-10, 13-15
10 wd | start 01/07/2026 09:00                                                        | 01/07/2026 09:00 | 0 10
10 wd | start 01/07/2026 09:00                                                        | 08/07/2026 10:00 | 5 10
10 wd | start 01/07/2026 09:00                                                        | 12/07/2026 10:00 | 7 10
10 wd | start 01/07/2026 09:00                                                        | 15/07/2026 16:00 | 10 10
10 wd | start 01/07/2026 09:00                                                        | 17/07/2026 10:00 | 12 10
# a pause uses nothing, while it lasts and after it
10 wd | start 01/07/2026 09:00; pause 06/07/2026 10:00                                | 10/07/2026 10:00 | 3 10
10 wd | start 01/07/2026 09:00; pause 06/07/2026 10:00; resume 16/07/2026 10:00       | 17/07/2026 10:00 | 4 10
10 wd | start 01/07/2026 09:00; pause 06/07/2026 10:00; stop 10/07/2026 10:00         | 31/07/2026 10:00 | 3 10
10 wd | start 01/07/2026 09:00; pause 06/07/2026 10:00; restart 16/07/2026 10:00      | 17/07/2026 10:00 | 1 10
10 wd | start 01/07/2026 09:00; extend 13/07/2026 10:00 5 wd                          | 17/07/2026 10:00 | 12 15
# 30 days from 11/06/2026 end on Saturday 11/07, moved to Monday 13/07: the weekend uses nothing more
30 d  | start 11/06/2026 10:00                                                        | 26/06/2026 10:00 | 15 30
30 d  | start 11/06/2026 10:00                                                        | 12/07/2026 10:00 | 30 30
30 d  | start 11/06/2026 10:00                                                        | 13/07/2026 10:00 | 30 30
30 d  | start 11/06/2026 10:00                                                        | 14/07/2026 10:00 | 31 30
30 d  | start 11/06/2026 10:00; pause 22/06/2026 10:00; resume 06/07/2026 10:00       | 07/07/2026 10:00 | 12 30
# office hours in minutes, the break at noon uses nothing
8 wh  | start 16/07/2026 08:00                                                        | 16/07/2026 12:30 | 240 480
8 wh  | start 16/07/2026 08:00; pause 16/07/2026 10:00; resume 16/07/2026 15:00       | 16/07/2026 16:00 | 180 480
8 wh  | start 16/07/2026 08:00                                                        | 17/07/2026 09:30 | 570 480
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in USED.split("\n") if line and not line.startswith("#")]


@pytest.mark.parametrize(("limit", "entries", "now", "expected"), ROWS)
def test_used(limit: str, entries: str, now: str, expected: str, clock: Made, at: At) -> None:
    used = clock(limit, *entries.split("; ")).used(at(now))
    assert used is not None
    assert f"{used.used} {used.total}" == expected
    assert used.left - used.over == used.total - used.used


def test_the_share_is_what_the_ladder_of_warnings_asks_for(clock: Made, at: At) -> None:
    running = clock("10 wd", "start 01/07/2026 09:00")
    shares = [running.used(at(f"{day:02}/07/2026 10:00")) for day in (1, 7, 8, 13, 15, 17)]
    assert [used.percent for used in shares if used] == [0, 40, 50, 80, 100, 120]
    same_day = clock("0 wd", "start 01/07/2026 09:00").used(at("01/07/2026 10:00"))
    assert same_day is not None and same_day.percent == 100


def test_before_the_start_nothing_is_used(clock: Made, at: At) -> None:
    assert clock("10 wd").used(at("01/07/2026 09:00")) is None


@pytest.mark.parametrize(
    ("limit", "now", "vietnamese"),
    [
        ("10 wd", "08/07/2026 10:00", "Đã dùng 5 trên 10 ngày làm việc, còn 5 ngày làm việc."),
        ("10 wd", "17/07/2026 10:00", "Đã dùng hết 10 ngày làm việc và quá 2 ngày làm việc."),
        ("8 wh", "01/07/2026 11:30", "Đã dùng 2 giờ 30 phút trên 8 giờ làm việc, còn 5 giờ 30 phút."),
        ("20 d", "11/07/2026 10:00", "Đã dùng 10 trên 20 ngày, còn 10 ngày."),
    ],
)
def test_it_is_a_sentence(limit: str, now: str, vietnamese: str, clock: Made, at: At) -> None:
    used = clock(limit, "start 01/07/2026 09:00").used(at(now))
    assert used is not None
    assert Wording("vi").say(used.reason) == vietnamese
