"""Stories as data: what kind of case, how many, since when, and what happened to each, step by step."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from importlib.resources.abc import Traversable
from typing import Any, Literal

import yaml

from wardflow.domain.limits import Limit

ONE_OF = "one_of"
_LATER = re.compile(r"\{day \+ (\d+ w?d)\}")
Act = Literal["complete", "claim", "withdraw", "tell", "merge", "convert"]
ACTS: Mapping[Act, str] = {"claim": "claim", "withdraw": "withdraw", "tell": "tell", "merge": "merge", "convert": "convert", "complete": "task"}
"""The key of a step that says what somebody did."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened: somebody took a task, finished it with a value, told the case something, merged it or made another matter of it, or the applicant withdrew."""

    act: Act
    what: str
    after: Limit
    value: Mapping[str, Any]
    by: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """One case to be: opened by a holder of `role` where it is received, or by its `applicant` where no role is named."""

    id: str
    procedure: str
    began: Limit
    at: time
    receiving: str
    returning: str
    role: str
    applicant: str
    organisation: str
    """the name of a body for which the case is, where it is for no person"""
    form: Mapping[str, Any]
    components: Mapping[str, Any]
    answer: Mapping[str, Any] | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Publication:
    """Who put the packs in force, and when."""

    by: str
    began: Limit
    at: time


@dataclass(frozen=True, slots=True)
class Stories:
    """Every story of a folder, with the names that applicants get."""

    seed: int
    publication: Publication
    names: Mapping[str, Sequence[str]]
    stories: tuple[Story, ...]


def read_stories(folder: Traversable, names: Mapping[str, Sequence[str]]) -> Stories:
    """The stories of stories.yaml and of the files in stories/, each copy a story of its own."""
    described = yaml.safe_load(folder.joinpath("stories.yaml").read_text("utf-8"))
    beside = sorted((file for file in _files(folder.joinpath("stories"))), key=lambda file: file.name)
    rows = [*described["stories"], *(row for file in beside for row in yaml.safe_load(file.read_text("utf-8"))["stories"])]
    told = tuple(_story(row, n) for row in rows for n in range(row.get("count", 1)))
    first = described["published"]
    publication = Publication(first["by"], Limit.parse(first["began"]), time.fromisoformat(first["at"]))
    return Stories(described["seed"], publication, names, told)


def _files(folder: Traversable) -> Iterator[Traversable]:
    if folder.is_dir():
        yield from (file for file in folder.iterdir() if file.name.endswith(".yaml"))


def _story(row: Mapping[str, Any], n: int) -> Story:
    own = chosen({key: value for key, value in row.items() if key != "steps"}, n)
    return Story(
        id=f"{own['id']}-{n + 1}",
        procedure=own["procedure"],
        began=Limit.parse(own["began"]),
        at=time.fromisoformat(own["at"]),
        receiving=own["receiving"],
        returning=own.get("returning", ""),
        role=own.get("role", ""),
        applicant=own.get("applicant", ""),
        organisation=own.get("organisation", ""),
        form=own.get("form", {}),
        components=own.get("components", {}),
        answer=own.get("answer"),
        steps=tuple(_step(chosen(step, n)) for step in _flat(row.get("steps", ()))),
    )


def _step(row: Mapping[str, Any]) -> Step:
    act, named = next(pair for pair in ACTS.items() if pair[1] in row)
    return Step(act, row[named], Limit.parse(row["after"]), row.get("value", {}), row.get("by", ""))


def _flat(steps: Sequence[Any]) -> Iterator[Mapping[str, Any]]:
    """The steps one by one; a list inside is a part that several stories share."""
    for step in steps:
        if isinstance(step, Mapping):
            yield step
        else:
            yield from _flat(step)


def chosen(value: Any, n: int) -> Any:
    """The value for the nth copy: `one_of` gives each copy its own, in turn."""
    if isinstance(value, Mapping):
        if set(value) == {ONE_OF}:
            return chosen(value[ONE_OF][n % len(value[ONE_OF])], n)
        return {key: chosen(inner, n) for key, inner in value.items()}
    if isinstance(value, list):
        return [chosen(inner, n) for inner in value]
    return value


def dated(value: Any, on: Callable[[Limit], str]) -> Any:
    """The value with every {day + 20 wd} replaced by the day so much later, which `on` answers."""
    if isinstance(value, Mapping):
        return {key: dated(inner, on) for key, inner in value.items()}
    if isinstance(value, list):
        return [dated(inner, on) for inner in value]
    return _LATER.sub(lambda found: on(Limit.parse(found[1])), value) if isinstance(value, str) else value


def filled(value: Any, facts: Mapping[str, str]) -> Any:
    """The value with every {name} of a fact replaced; other braces stay."""
    if isinstance(value, Mapping):
        return {key: filled(inner, facts) for key, inner in value.items()}
    if isinstance(value, list):
        return [filled(inner, facts) for inner in value]
    if isinstance(value, str):
        for name, said in facts.items():
            value = value.replace(f"{{{name}}}", said)
    return value
