"""The line at a counter: numbers without people, each day anew."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from wardflow.cases import reads
from wardflow.cases.serve_queue import call_next, end_number, give_number, serving
from wardflow.errors import NotAllowed

UNIT = "east.point"


def given(platform, count: int) -> list[int]:
    binh = platform.actor("binh")
    return [give_number(platform, binh, UNIT).number for _ in range(count)]


def test_numbers_come_in_order_and_begin_anew_each_day_at_each_counter(platform) -> None:
    assert given(platform, 3) == [1, 2, 3]
    assert give_number(platform, platform.actor("hoa-west"), "west.point").number == 1
    assert given(platform.at(platform.now() + timedelta(days=1)), 1) == [1]


def test_the_next_number_is_called_to_a_desk_and_ends_the_one_before(platform) -> None:
    given(platform, 2)
    binh = platform.actor("binh")
    assert call_next(platform, binh, UNIT, "Quầy 1").number == 1
    assert call_next(platform, binh, UNIT, "Quầy 1").number == 2
    assert call_next(platform, binh, UNIT, "Quầy 1") is None
    line = reads.line(platform, UNIT)
    assert (line.given, line.done, len(line.waiting), line.called) == (2, 2, 0, ())


def test_somebody_who_does_not_come_is_counted_apart(platform) -> None:
    given(platform, 1)
    binh = platform.actor("binh")
    number = call_next(platform, binh, UNIT, "Quầy 1").number
    end_number(platform, binh, UNIT, number, absent=True)
    line = reads.line(platform, UNIT)
    assert (line.done, line.absent, serving(platform, binh, UNIT)) == (0, 1, ())


def test_only_those_of_a_counter_give_and_call_its_numbers(platform) -> None:
    for person in ("chi", "hoa-west", "an"):
        with pytest.raises(NotAllowed):
            give_number(platform, platform.actor(person), UNIT)
        with pytest.raises(NotAllowed):
            call_next(platform, platform.actor(person), UNIT, "")


def test_many_at_once_are_given_different_numbers(platform) -> None:
    binh, numbers = platform.actor("binh"), list[int]()
    threads = [threading.Thread(target=lambda: numbers.append(give_number(platform, binh, UNIT).number)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == list(range(1, 9))


def test_the_screen_shows_numbers_and_desks_and_nobody(browser, platform) -> None:
    page = browser("binh")
    page.open("/queue")
    page.post("/queue", act="give")
    assert "Số 1" in page.text and "Ông/bà là người kế tiếp." in page.text
    page.post("/queue", act="call", place="Quầy 2")
    assert "Mời số 1." in page.text
    text = browser().open(f"/queue/{UNIT}/screen")
    assert "<b>1</b>" in text and "Quầy 2" in text
    assert "Trần Thị Bình" not in text
    assert 'value="Quầy 2"' in page.open("/queue")    # who sits there says so once


def test_there_is_no_screen_of_nowhere(browser) -> None:
    page = browser()
    page.open("/queue/moon/screen")
    assert page.status == 404
