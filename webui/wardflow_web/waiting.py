"""Lets a worker of another system wait a while for work, in a number of places that the pages can spare."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import TypeVar, cast

from flask import Flask, current_app

Found = TypeVar("Found")

LOOK_EVERY = 0.5
"""Seconds between two looks: longer keeps a worker waiting, shorter costs the database more."""


def install(app: Flask, places: int) -> None:
    """Gives the application its places to wait in; gunicorn has as many threads beside those of the pages."""
    app.extensions["wardflow.waiting"] = threading.BoundedSemaphore(places)


def awaited(ask: Callable[[], Sequence[Found]], seconds: float) -> Sequence[Found]:
    """What `ask` finds as soon as it finds something, or nothing when the time is over.

    Where every place is taken the caller waits for one look only and comes again, as such clients do.
    """
    found = ask()
    if found or seconds <= 0:
        return found
    places = cast(threading.BoundedSemaphore, current_app.extensions["wardflow.waiting"])
    held = places.acquire(blocking=False)
    try:
        return _looked(ask, seconds if held else min(seconds, LOOK_EVERY))
    finally:
        if held:
            places.release()


def _looked(ask: Callable[[], Sequence[Found]], seconds: float) -> Sequence[Found]:
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        time.sleep(min(LOOK_EVERY, left))
        if found := ask():
            return found
    return ()
