"""A worker that finds no work may wait for it, in the places there are and no longer than it asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from wardflow_web import waiting


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.BoundedSemaphore]:
    """One place to wait in, looked at in quick succession."""
    monkeypatch.setattr(waiting, "LOOK_EVERY", 0.01)
    app = Flask(__name__)
    waiting.install(app, 1)
    with app.app_context():
        yield app.extensions["wardflow.waiting"]


class Work:
    """Work that is there at the n-th look."""

    def __init__(self, at: int) -> None:
        self.looks, self._at = 0, at

    def __call__(self) -> list[str]:
        self.looks += 1
        return ["work"] if self.looks >= self._at else []


def test_work_that_is_there_is_handed_over_without_waiting(places: threading.BoundedSemaphore) -> None:
    assert list(waiting.awaited(Work(1), 60)) == ["work"]


def test_who_does_not_want_to_wait_is_told_at_once(places: threading.BoundedSemaphore) -> None:
    work = Work(2)
    assert (list(waiting.awaited(work, 0)), work.looks) == ([], 1)


def test_work_that_comes_while_somebody_waits_is_handed_over(places: threading.BoundedSemaphore) -> None:
    work = Work(5)
    assert (list(waiting.awaited(work, 60)), work.looks) == (["work"], 5)
    assert places.acquire(blocking=False)    # the place is free again


def test_nobody_waits_longer_than_they_asked(places: threading.BoundedSemaphore) -> None:
    assert list(waiting.awaited(Work(10**9), 0.05)) == []


def test_where_every_place_is_taken_one_more_look_is_all(places: threading.BoundedSemaphore) -> None:
    places.acquire()
    work = Work(10**9)
    assert (list(waiting.awaited(work, 60)), work.looks) == ([], 2)
    with pytest.raises(ValueError, match="released too many"):
        places.release()
        places.release()


def test_a_place_is_given_back_when_looking_fails(places: threading.BoundedSemaphore) -> None:
    def broken() -> list[str]:
        looks.append(1)
        if len(looks) > 1:
            raise ConnectionError
        return []

    looks: list[int] = []
    with pytest.raises(ConnectionError):
        waiting.awaited(broken, 60)
    assert places.acquire(blocking=False)
