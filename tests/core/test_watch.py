"""A rule that hangs is stopped, the others are heard, and after three times it is not asked again."""

from __future__ import annotations

import logging
import threading

import pytest
from wardflow.watch import Watch

LIMIT = 0.05


def forever(place: int) -> str:
    while True:
        pass


def test_every_rule_is_asked_in_its_order() -> None:
    assert Watch().each(["a", "b"], lambda at: f"said {at}", "nothing") == ["said 0", "said 1"]


def test_without_rules_there_is_no_thread() -> None:
    before = threading.active_count()
    assert Watch().each([], forever, "nothing") == []
    assert threading.active_count() == before


def test_a_rule_that_hangs_costs_its_own_opinion_only() -> None:
    watch = Watch(limit=LIMIT)
    assert watch.each(["a", "bad", "c"], lambda at: forever(at) if at == 1 else "ok", "nothing") == ["ok", "nothing", "ok"]
    assert watch.hung == {"bad": 1}


def test_after_three_times_it_is_off() -> None:
    watch = Watch(limit=LIMIT)
    asked = []

    def ask(at: int) -> str:
        asked.append(at)
        return forever(at)

    for _ in range(5):
        assert watch.each(["bad"], ask, "nothing") == ["nothing"]
    assert len(asked) == 3 and watch.off("bad") and not watch.off("good")


def test_a_loop_in_python_does_not_go_on_in_the_background() -> None:
    watch = Watch(limit=LIMIT)
    before = set(threading.enumerate())
    watch.each(["bad"], forever, "nothing")
    for left in set(threading.enumerate()) - before:
        left.join(5)
        assert not left.is_alive()


def test_a_slow_rule_is_named_once(caplog: pytest.LogCaptureFixture) -> None:
    watch = Watch(slow=0)
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            watch.each(["a.slow"], lambda at: at, None)
    assert caplog.text.count("a.slow") == 1 and watch.worst["a.slow"] > 0
