"""Pressing what leads to another page."""

from __future__ import annotations

from typing import Any


def follow(control: Any) -> None:
    """Presses a link or a button and is back when the page it leads to stands whole.

    A click alone may be back while the page is still arriving, and what is then counted on it is counted too early.
    """
    with control.page.expect_event("load"):
        control.click()
