"""A time limit for rules: one that hangs costs its own opinion, one that hangs again and again is no longer asked."""

from __future__ import annotations

import ctypes
import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, Generic, TypeVar

log = logging.getLogger(__name__)
T = TypeVar("T")

LIMIT_SECONDS: Final = 2.0
"""As long as somebody at a counter waits for a form without doubting it."""
SLOW_SECONDS: Final = 0.05
HANGS: Final = 3


class TimeIsUp(BaseException):
    """The rule took too long."""


class Watch:
    """Asks rules in a thread of their own, a whole round in one, so that a round without rules costs nothing.

    A rule that takes longer than `limit` seconds is stopped and the rest of the round goes on without it; after
    `hangs` times it is off in this process. One slower than `slow` seconds is named in the log, once.
    """

    def __init__(self, limit: float = LIMIT_SECONDS, slow: float = SLOW_SECONDS, hangs: int = HANGS) -> None:
        self.limit, self.slow, self.hangs = limit, slow, hangs
        self.hung: Counter[str] = Counter()
        self.worst: dict[str, float] = {}
        """seconds of the slowest answer, for the rules that were ever slow"""

    def off(self, rule: str) -> bool:
        """True for a rule that hung too often to be asked again."""
        return bool(self.hung) and self.hung[rule] >= self.hangs

    def each(self, rules: Sequence[str], ask: Callable[[int], T], otherwise: T) -> list[T]:
        """What `ask` answers for the place of each rule, in order; `otherwise` for a rule that hangs or is off."""
        answers, begin = [otherwise] * len(rules), 0
        while begin < len(rules):
            begin = _Round(self, rules, ask, answers, begin).done()
        return answers

    def took(self, rule: str, seconds: float) -> None:
        """Remembers that a rule was slow, and says so the first time."""
        if rule not in self.worst:
            log.warning("rule %s took %.0f ms", rule, seconds * 1000)
        self.worst[rule] = max(seconds, self.worst.get(rule, 0.0))

    def hangs_again(self, rule: str) -> None:
        """Counts a rule that was stopped."""
        self.hung[rule] += 1
        log.warning("rule %s was stopped after %.1f s (%s of %s)", rule, self.limit, self.hung[rule], self.hangs)


class _Round(Generic[T]):
    """The rules from one place on, asked in one thread until the end or until one hangs."""

    def __init__(
        self, watch: Watch, rules: Sequence[str], ask: Callable[[int], T], answers: list[T], begin: int
    ) -> None:
        self._watch, self._rules, self._ask, self._answers = watch, rules, ask, answers
        self._place, self._since = begin, time.monotonic()
        self._given_up = False
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="rules", daemon=True)    # a stuck one never keeps a process

    def done(self) -> int:
        """The place at which the next round begins: past the last rule, or past the one that hung."""
        self._thread.start()
        while not self._over.wait(max(0.001, self._since + self._watch.limit - time.monotonic())):
            with self._lock:
                if time.monotonic() - self._since >= self._watch.limit and not self._over.is_set():
                    self._give_up()
                    break
        else:
            return len(self._rules)
        self._watch.hangs_again(self._rules[self._place])
        return self._place + 1

    def _give_up(self) -> None:
        """Ends a loop written in Python; code that waits in C ends by itself or stays asleep in its thread.

        Under the lock the thread cannot end, so that its number is nobody else's yet.
        """
        self._given_up = True
        if self._thread.is_alive() and self._thread.ident is not None:
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self._thread.ident), ctypes.py_object(TimeIsUp))

    def _run(self) -> None:
        try:
            self._through()
        except TimeIsUp:
            return
        self._over.set()

    def _through(self) -> None:
        now = self._since
        for place in range(self._place, len(self._rules)):
            rule = self._rules[place]
            with self._lock:
                if self._given_up:
                    return
                self._place, self._since = place, now
            if not self._watch.off(rule):
                answer = self._ask(place)
                with self._lock:
                    if self._given_up:
                        return
                    self._answers[place] = answer
            before, now = now, time.monotonic()
            if now - before > self._watch.slow:
                self._watch.took(rule, now - before)
