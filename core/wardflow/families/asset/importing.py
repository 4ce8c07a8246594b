"""`wardflow asset import FILE`: premises that are known already, brought in through the acts of their process."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from wardflow.cases.complete_task import complete_task
from wardflow.cases.open_case import open_case
from wardflow.cases.opening import Opening
from wardflow.cases.platform import Platform
from wardflow.cases.reads import open_tasks
from wardflow.cases.records import Task
from wardflow.domain.people import Actor
from wardflow.errors import WardflowError
from wardflow.families.asset.history import answer
from wardflow.families.asset.rules import PROCEDURES
from wardflow.families.asset.sheet import Row, read
from wardflow.offers import Command

HOLDER = "asset_holder"
SHOWN = 100
"""After so many premises a line says how far it is."""


class NobodyThere(WardflowError):
    """{unit} has nobody in the role {role} who may do this today; give it to somebody in the register."""


def import_premises(options: argparse.Namespace, platform: Platform) -> Iterator[str]:
    """The lines to print. A file with a line that cannot be so is not begun; a premises that stops is told and the rest go on.

    Each step is the act of somebody who holds its role today. The same file again goes on where it stopped.
    """
    rows, done = read(options.file, platform.register()), Counter[str]()
    for number, row in enumerate(rows, 1):
        try:
            done[bring_in(platform, row)] += 1
        except WardflowError as why:
            done["stopped"] += 1
            yield f"line {row.line}, {row.code}: {_why(platform, why)}"
        if number % SHOWN == 0:
            yield f"{number} of {len(rows)}"
    yield ", ".join(f"{state} {count}" for state, count in sorted(done.items()))


def bring_in(platform: Platform, row: Row) -> str:
    """The state the premises came to, as far as the file knows."""
    procedure, unit = PROCEDURES[0], row.commune
    opening = Opening(procedure, {"full_name": platform.register().unit(unit).name}, row.form, {}, unit)
    case = open_case(platform, _actor(platform, HOLDER, unit), opening, key=f"import {row.code}").case_id
    while _step(platform, case, row):
        pass
    return platform.store.cases.load(case).case.business_state


def _step(platform: Platform, case: int, row: Row) -> bool:
    """True when a step that the file knows was taken."""
    for task in open_tasks(platform, case):
        said = answer(task.node.rsplit("/", 1)[-1], row)
        if said is not None:
            complete_task(platform, _doer(platform, task), case, task.task, said)
            return True
    return False


def _doer(platform: Platform, task: Task) -> Actor:
    return platform.actor(task.person) if task.person else _actor(platform, task.role, task.unit, task.excluded)


def _actor(platform: Platform, role: str, unit: str, but: frozenset[str] = frozenset()) -> Actor:
    found = [person.id for person in platform.register().holders(role, unit) if person.id not in but]
    if not found:
        raise NobodyThere(unit=unit, role=role)
    return platform.actor(found[0])


def _why(platform: Platform, why: WardflowError) -> str:
    objections = why.facts.get("objections", ())
    said = "; ".join(f"{each.pointer} {platform.wording('en').say(each.reason)}" for each in objections)
    return f"{why} {said}".strip()


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a CSV file, a premises a line; columns as in core/wardflow/families/README.md")


COMMANDS = (Command("import", "bring in premises that are known already, through the acts of their process", _arguments, import_premises, acts=True),)
