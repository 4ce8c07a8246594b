"""A matter in several hands: whose clock runs now, and who is late; the linked group of Decree 297/2025, 3 + 3 + 10 in 16."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from wardflow.domain.clock_parts import Part, PartKind, Turn, outlasting, whose_turn
from wardflow.domain.legal_clock import Clock
from wardflow.domain.units import Unit
from wardflow.wording import Wording

At = Callable[[str], datetime]
Shown = Callable[[datetime | None], str]
Made = Callable[..., Clock]

COMMUNE = Unit("thien-loc", "UBND xã Thiên Lộc")
POLICE = Unit("police", "Công an Thành phố", level="city")
CULTURE = Unit("culture", "Sở Văn hóa và Thể thao", level="city")
START = "start 01/07/2026 09:00"  # 16 working days end on 23/07/2026


def part(unit: Unit, clock: Clock, kind: PartKind = PartKind.LINKED) -> Part:
    return Part(unit, clock, kind)


def said(turns: tuple[Turn, ...]) -> list[str]:
    return [turn.reason.code.removeprefix("clock.turn-") for turn in turns]


def test_the_parts_in_sequence_fill_the_whole_exactly(clock: Made, shown: Shown) -> None:
    whole = clock("16 wd", START)
    first = clock("3 wd", START)
    second = clock("3 wd", "start 06/07/2026 17:00")
    third = clock("10 wd", "start 09/07/2026 17:00")
    assert [shown(each.due) for each in (first, second, third)] == ["06/07/2026 17:00", "09/07/2026 17:00", "23/07/2026 17:00"]
    assert outlasting(whole, [part(COMMUNE, first), part(POLICE, second), part(CULTURE, third)]) == ()


def test_a_part_that_began_too_late_outlasts_the_whole(clock: Made) -> None:
    slow = part(CULTURE, clock("10 wd", "start 10/07/2026 08:00"))
    (reason,) = outlasting(clock("16 wd", START), [slow])
    assert Wording("vi").say(reason) == "Phần của Sở Văn hóa và Thể thao đến hạn 24/07/2026, sau hạn chung 23/07/2026."


def test_the_linked_part_has_the_turn_and_its_owner_is_late_not_the_commune(clock: Made, at: At) -> None:
    whole, linked = clock("16 wd", START), part(POLICE, clock("3 wd", "start 06/07/2026 17:00"))
    (turn,) = whose_turn(COMMUNE, whole, [linked], at("08/07/2026 10:00"))
    assert (turn.unit, turn.running, turn.late) == (POLICE, True, False)
    (turn,) = whose_turn(COMMUNE, whole, [linked], at("10/07/2026 10:00"))
    assert (turn.unit, turn.late) == (POLICE, True)
    assert Wording("vi").say(turn.reason).endswith("không tính cho UBND xã Thiên Lộc.")


def test_consulted_units_run_side_by_side_within_the_whole_time(clock: Made, at: At) -> None:
    asked = [
        part(POLICE, clock("5 wd", "start 02/07/2026 09:00"), PartKind.CONSULTED),
        part(CULTURE, clock("2 wd", "start 02/07/2026 09:00"), PartKind.CONSULTED),
    ]
    turns = whose_turn(COMMUNE, clock("16 wd", START), asked, at("08/07/2026 10:00"))
    assert said(turns) == ["consulted", "consulted-late"]


@pytest.mark.parametrize(
    ("entries", "code", "running"),
    [
        ((), "not-started", False),
        ((START,), "whole", True),
        ((START, "pause 06/07/2026 10:00"), "waiting", False),
        ((START, "stop 06/07/2026 10:00"), "ended", False),
    ],
)
def test_without_a_running_part_the_turn_is_the_whole_matters(
    entries: tuple[str, ...], code: str, running: bool, clock: Made, at: At
) -> None:
    answered = part(POLICE, clock("3 wd", START, "stop 02/07/2026 10:00"), PartKind.CONSULTED)
    (turn,) = whose_turn(COMMUNE, clock("16 wd", *entries), [answered], at("08/07/2026 10:00"))
    assert (turn.reason.code, turn.unit, turn.running) == (f"clock.turn-{code}", COMMUNE, running)
    assert all(COMMUNE.name in Wording(language).say(turn.reason) for language in ("vi", "en"))


def test_the_end_of_the_whole_ends_every_turn(clock: Made, at: At) -> None:
    forgotten = part(POLICE, clock("3 wd", START))
    (turn,) = whose_turn(COMMUNE, clock("16 wd", START, "stop 02/07/2026 10:00"), [forgotten], at("08/07/2026 10:00"))
    assert said((turn,)) == ["ended"]
