"""Scenarios: what is given, what happens step by step, and what must be true; YAML that an official can read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from wardflow.domain.calendar import Calendar, Day, DayKind, Span
from wardflow.domain.limits import Limit
from wardflow.errors import ScenarioUnreadable, WardflowError

VERBS = ("task", "wait", "until", "withdraw", "message", "answers", "expect")
BESIDE = {"task": ("by", "who", "value"), "message": ("value",)}
"""What a step may say beside its verb, and beside `after`, `at` and `then` that all may."""
EVERY = ("after", "at", "then")
GIVEN = (
    "procedure", "process", "time_limit", "cutoff", "options", "at", "zone", "hours", "days_off", "worked", "data", "answers",
)  # fmt: skip
EXPECTED = (
    "state", "open", "due", "due_of", "who_of", "unit_of", "clock", "slips", "notices", "ended", "reasons", "holds", "objections",
)  # fmt: skip
HOURS = "08:00-12:00 13:00-17:00"
ZONE = "Asia/Ho_Chi_Minh"


@dataclass(frozen=True, slots=True)
class Given:
    """Where a scenario begins: a procedure of the pack or a bare process, a moment, a calendar, data, services' answers."""

    at: datetime
    calendar: Calendar
    procedure: str = ""
    process: str = ""
    time_limit: Limit | None = None
    cutoff: time | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens: `verb` and what it is about; `at` or `after` say when, `then` what must be true."""

    line: int
    verb: str
    what: Any
    by: str = ""
    who: str = ""
    value: Mapping[str, Any] = field(default_factory=dict)
    at: datetime | None = None
    after: Limit | None = None
    then: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One file of `scenarios/`."""

    path: str
    title: str
    title_en: str
    given: Given
    steps: tuple[Step, ...]


def read_scenario(text: bytes, path: str) -> Scenario:
    """The scenario of a file; ScenarioUnreadable says in which line what is wrong."""
    found, lines = _loaded(text, path)
    given = _given(_table(found.get("given"), path, 1), path, lines["given"])
    zone = given.calendar.zone
    rows = found.get("steps")
    if not isinstance(rows, list) or not rows:
        raise ScenarioUnreadable(file=path, line=1, why="there are no steps")
    steps = tuple(_step(_table(row, path, at), path, at, zone) for row, at in zip(rows, lines["steps"], strict=True))
    title = str(found.get("title", path))
    return Scenario(path, title, str(found.get("title_en", title)), given, steps)


def _loaded(text: bytes, path: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The file as plain values, and the lines of `given` and of each step."""
    loader = yaml.SafeLoader(text)
    try:
        root = loader.get_single_node()
        found = _plain(loader.construct_document(root)) if root is not None else None
    except yaml.YAMLError as wrong:
        mark = getattr(wrong, "problem_mark", None)
        why = getattr(wrong, "problem", None) or str(wrong)
        raise ScenarioUnreadable(file=path, line=mark.line + 1 if mark else 1, why=why) from wrong
    finally:
        loader.dispose()
    if not isinstance(found, dict):
        raise ScenarioUnreadable(file=path, line=1, why="a scenario says title, given and steps")
    _known(found, ("title", "title_en", "given", "steps"), path, 1)
    parts = {key.value: value for key, value in root.value} if root is not None else {}
    steps = parts["steps"].value if "steps" in parts and isinstance(found["steps"], list) else []
    return found, {
        "given": parts["given"].start_mark.line + 1 if "given" in parts else 1,
        "steps": [step.start_mark.line + 1 for step in steps],
    }


def _given(row: Mapping[str, Any], path: str, line: int) -> Given:
    _known(row, GIVEN, path, line)
    if "at" not in row or not ({"procedure", "process"} & row.keys()):
        raise ScenarioUnreadable(file=path, line=line, why="given says at, and a procedure or a process")
    try:
        calendar = _calendar(row)
        return Given(
            at=_moment(row["at"], calendar.zone), calendar=calendar, procedure=str(row.get("procedure", "")),
            process=str(row.get("process", "")), time_limit=Limit.parse(str(row["time_limit"])) if "time_limit" in row else None,
            cutoff=time.fromisoformat(str(row["cutoff"])) if "cutoff" in row else None, options=row.get("options", {}),
            data=row.get("data", {}), answers=row.get("answers", {}),
        )
    except (ValueError, AttributeError, LookupError, WardflowError) as wrong:
        raise ScenarioUnreadable(file=path, line=line, why=str(wrong)) from wrong


def _calendar(row: Mapping[str, Any]) -> Calendar:
    """A calendar of five days a week with the days off and the made-up days the scenario names."""
    spans = tuple(Span.from_json(span.split("-")) for span in str(row.get("hours", HOURS)).split())
    off = {date.fromisoformat(day): Day(DayKind.HOLIDAY, str(name)) for day, name in row.get("days_off", {}).items()}
    worked = {date.fromisoformat(day): Day(DayKind.MADE_UP, str(name)) for day, name in row.get("worked", {}).items()}
    return Calendar(0, ZoneInfo(str(row.get("zone", ZONE))), dict.fromkeys(range(5), spans), {**off, **worked})


def _step(row: Mapping[str, Any], path: str, line: int, zone: ZoneInfo) -> Step:
    verbs = [verb for verb in VERBS if verb in row]
    if len(verbs) != 1:
        raise ScenarioUnreadable(file=path, line=line, why=f"a step says one of {', '.join(VERBS)}")
    verb = verbs[0]
    _known(row, (verb, *BESIDE.get(verb, ()), *EVERY), path, line)
    then = row[verb] if verb == "expect" else row.get("then", {})
    _known(_table(then, path, line), EXPECTED, path, line)
    try:
        what = row[verb]
        if verb == "wait":
            what = Limit.parse(str(what))
        elif verb == "until":
            what = _moment(what, zone)
        return Step(
            line, verb, what, str(row.get("by", "")), str(row.get("who", "")), _table(row.get("value", {}), path, line),
            _moment(row["at"], zone) if "at" in row else None,
            Limit.parse(str(row["after"])) if "after" in row else None, then,
        )
    except (ValueError, WardflowError) as wrong:
        raise ScenarioUnreadable(file=path, line=line, why=str(wrong)) from wrong


def _moment(text: Any, zone: ZoneInfo) -> datetime:
    found = datetime.fromisoformat(str(text))
    return found if found.tzinfo else found.replace(tzinfo=zone)


def _table(value: Any, path: str, line: int) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ScenarioUnreadable(file=path, line=line, why="names with values belong here")
    return value


def _known(row: Mapping[str, Any], names: tuple[str, ...], path: str, line: int) -> None:
    for name in row:
        if name not in names:
            raise ScenarioUnreadable(file=path, line=line, why=f"{name} is none of {', '.join(names)}")


def _plain(value: Any) -> Any:
    """Dates as ISO text, as every form holds them."""
    if isinstance(value, dict):
        return {_plain(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value
