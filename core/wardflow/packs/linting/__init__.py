"""What is wrong in a pack before anybody publishes it; each file of this folder asks one kind of question."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import Any

from wardflow.domain.findings import LintFinding
from wardflow.packs.linting import (
    asked,
    bilingual,
    built,
    catalogue,
    clocks,
    declared,
    diagrams,
    drawing,
    ends,
    expressions,
    flows,
    joins,
    letters,
    limits,
    pages,
    paying,
    records,
    rehearsed,
    rulings,
    seals,
    six,
    slips,
    spelling,
    stories,
    tables,
    timers,
    writing,
)
from wardflow.packs.linting.sheet import Sheet
from wardflow.packs.pack import Pack

CHECKS: tuple[Callable[[Sheet], Iterator[LintFinding]], ...] = (
    declared.findings,
    diagrams.findings,
    six.findings,
    expressions.findings,
    flows.findings,
    joins.findings,
    timers.findings,
    tables.findings,
    pages.findings,
    paying.findings,
    built.findings,
    records.findings,
    spelling.findings,
    stories.findings,
    asked.findings,
    bilingual.findings,
    catalogue.findings,
    clocks.findings,
    drawing.findings,
    ends.findings,
    letters.findings,
    limits.findings,
    slips.findings,
    rehearsed.findings,
    rulings.findings,
    seals.findings,
    writing.findings,
)


def lint(
    pack: Pack,
    *,
    handlers: Collection[str] = frozenset(),
    roles: Collection[str] | None = None,
    schemas: Mapping[str, Mapping[str, Any]] | None = None,
    papers: Collection[str] = frozenset(),
    on: date | None = None,
) -> tuple[LintFinding, ...]:
    """Everything wrong or doubtful in a pack, by file and line; empty for a good one.

    `handlers` are the services beside the platform's own, `roles` those that somebody holds (None: not known here),
    `schemas` the shared ones (None: references outside the pack are trusted), `papers` the templates of plugins,
    `on` the day by which records may have run out (None: that is not asked).
    """
    sheet = Sheet.of(pack, handlers, roles, schemas, papers, on)
    found = {finding_key(each): each for check in (sheet.unread, *CHECKS) for each in check(sheet)}
    return tuple(sorted(found.values(), key=lambda each: (each.file, each.line, each.column, each.code, each.element)))


def finding_key(found: LintFinding) -> tuple[str, str, int, str, str]:
    """What makes two findings the same."""
    return found.code, found.file, found.line, found.element, repr(sorted(found.facts.items(), key=lambda fact: fact[0]))


__all__ = ["CHECKS", "lint"]
