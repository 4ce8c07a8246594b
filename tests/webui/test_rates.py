"""A caller who tries too often has to wait, and the memory this takes is bounded."""

from __future__ import annotations

from wardflow_web.rates import Rate


class Hand:
    """A moment that only moves when the test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_caller_waits_after_as_many_tries_as_are_allowed() -> None:
    hand = Hand()
    rate = Rate(2, 60, now=hand)
    assert [rate.wait("a"), rate.wait("a"), rate.wait("a")] == [0, 0, 60]
    hand.now = 45
    assert rate.wait("a") == 15


def test_waiting_long_enough_starts_a_new_count() -> None:
    hand = Hand()
    rate = Rate(1, 60, now=hand)
    rate.wait("a")
    hand.now = 60
    assert rate.wait("a") == 0


def test_callers_do_not_pay_for_one_another() -> None:
    rate = Rate(1, 60, now=Hand())
    rate.wait("a")
    assert rate.wait("b") == 0


def test_the_callers_that_were_quiet_for_longest_are_forgotten() -> None:
    rate = Rate(1, 60, callers=2, now=Hand())
    for caller in "abc":
        rate.wait(caller)
    assert rate.wait("a") == 0
    assert rate.wait("c") == 60
