"""Scenario files are read with line numbers, and what cannot be meant is refused in a sentence."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from wardflow.domain.limits import Limit
from wardflow.errors import ScenarioUnreadable
from wardflow.packs import read_scenario

GOOD = """title: Một ngày
title_en: One day
given:
  process: small
  time_limit: 5 wd
  at: 2026-08-24 08:30
  days_off: {2026-09-02: Quốc khánh}
  worked: {2026-08-29: Làm bù}
  data: {form: {born: 1980-01-02}}
steps:
  - task: check
    by: clerk
    after: 2 wh
    value: {paid_at: 2026-08-24}
  - wait: 3 wd
    then: {open: [decide]}
  - until: 2026-09-01 10:00
  - expect: {clock: running}
"""


def test_a_scenario_says_what_is_given_and_what_happens() -> None:
    scenario = read_scenario(GOOD.encode(), "one.yaml")
    assert (scenario.title, scenario.title_en) == ("Một ngày", "One day")
    assert scenario.given.at.utcoffset() == timedelta(hours=7)
    assert [(step.line, step.verb) for step in scenario.steps] == [(11, "task"), (15, "wait"), (17, "until"), (18, "expect")]
    assert scenario.steps[0].after == Limit.parse("2 wh")


def test_dates_become_the_text_that_forms_hold() -> None:
    scenario = read_scenario(GOOD.encode(), "one.yaml")
    assert scenario.given.data == {"form": {"born": "1980-01-02"}}
    assert scenario.steps[0].value == {"paid_at": "2026-08-24"}


def test_the_calendar_knows_days_off_and_days_worked() -> None:
    calendar = read_scenario(GOOD.encode(), "one.yaml").given.calendar
    assert not calendar.is_working_day(date(2026, 9, 2)) and calendar.is_working_day(date(2026, 8, 29))


@pytest.mark.parametrize(("old", "new", "line"), [
    ("  - wait: 3 wd", "  - waits: 3 wd", 15),
    ("    by: clerk", "    role: clerk", 11),
    ("{open: [decide]}", "{opened: [decide]}", 15),
    ("wait: 3 wd", "wait: 3 days", 15),
    ("at: 2026-08-24 08:30", "at: yesterday", 4),
    ("  at: 2026-08-24 08:30\n", "", 4),
    ("  process: small\n", "", 4),
    ("time_limit: 5 wd", "time_limit: 5 weeks", 4),
    ("value: {paid_at: 2026-08-24}", "value: [1]", 11),
    ("title_en: One day", "title_en: [One", 3),
    ("title: Một ngày", "titel: Một ngày", 1),
])  # fmt: skip
def test_what_cannot_be_meant_is_refused_at_its_line(old: str, new: str, line: int) -> None:
    assert old in GOOD
    with pytest.raises(ScenarioUnreadable) as refused:
        read_scenario(GOOD.replace(old, new).encode(), "one.yaml")
    assert (refused.value.file, refused.value.line) == ("one.yaml", line)
    assert refused.value.why


@pytest.mark.parametrize("text", ["", "[]", "title: x", "title: x\ngiven: {process: p, at: 2026-08-24}\nsteps: []"])
def test_a_file_that_is_no_scenario_is_refused(text: str) -> None:
    with pytest.raises(ScenarioUnreadable):
        read_scenario(text.encode(), "one.yaml")


def test_yaml_makes_nothing_but_plain_values() -> None:
    with pytest.raises(ScenarioUnreadable):
        read_scenario(b"title: !!python/object/apply:os.getcwd []\ngiven: {}\nsteps: []", "one.yaml")
