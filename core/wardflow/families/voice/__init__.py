"""Citizens' voice: reports of the same thing, hot spots, and matters that take longer than the law allows."""

from __future__ import annotations

from collections.abc import Sequence

from wardflow import hookimpl
from wardflow.families.voice.alike import HOURS, METRES
from wardflow.families.voice.hot import DAYS, LETTERS, MEDIA, PERSONS, REPORTS
from wardflow.offers import Setting


@hookimpl
def settings() -> Sequence[Setting]:
    """How near and how soon a report is the same, and how many matters make a hot spot."""
    return (
        Setting(METRES, 50, assumed=True), Setting(HOURS, 24, assumed=True), Setting(DAYS, 30, assumed=True),
        Setting(LETTERS, 3, assumed=True), Setting(PERSONS, 5, assumed=True), Setting(REPORTS, 10, assumed=True),
        Setting(MEDIA, 1, assumed=True),
    )
