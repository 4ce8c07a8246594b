"""One evaluation: the names in sight, what the host lent, what has been spent and what went wrong on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from wardflow.domain.reasons import Reason
from wardflow.errors import FeelLimit
from wardflow.feel.limits import DEFAULT, Limits

MISSING: Any = object()
"""Stands for "no such name", which null is not."""

MOST_SEARCHES = 20


class Run:
    """What one evaluation lends to everything in it, and its budget."""

    calls = 0
    """Functions running within each other at this moment."""
    searches = 0
    """Names that were not there so far."""
    steps = DEFAULT.steps
    """What is left of the budget."""
    limits = DEFAULT
    trace: list[Any] | None = None
    """Where tables note how they were answered, when somebody asked."""

    def __init__(
        self,
        calendar: Any = None,
        now: datetime | None = None,
        warnings: list[Reason] | None = None,
        limits: Limits = DEFAULT,
    ) -> None:
        self.calendar = calendar
        self.now = now
        self.warnings = warnings
        if limits is not DEFAULT:
            self.limits = limits
            self.steps = limits.steps

    @cached_property
    def memo(self) -> dict[Any, Any]:
        """The host's lists and contexts that have become FEEL values already, by path."""
        return {}

    def warn(self, code: str, **facts: Any) -> None:
        """Note why something became null; kept only where somebody asked, and not without end."""
        if self.warnings is not None and len(self.warnings) < 100:
            reason = Reason("feel." + code, facts)
            if reason not in self.warnings:
                self.warnings.append(reason)

    def warn_unknown(self, code: str, name: str, known: Callable[[], Sequence[str]], **facts: Any) -> None:
        """Note a name that is not there with the nearest that is; in a loop the search for it would soon cost too much."""
        if self.warnings is None:
            return
        self.searches += 1
        nearest = get_close_matches(name, known(), n=1, cutoff=0.6) if self.searches <= MOST_SEARCHES else []
        if nearest or not any(reason.facts.get("name") == name for reason in self.warnings):
            self.warn(code, name=name, **facts, nearest=nearest[0] if nearest else "")

    def spend(self, steps: int) -> None:
        """Use up part of the budget."""
        self.steps -= steps
        if self.steps < 0:
            raise FeelLimit(limit=self.limits.steps, what="steps")

    def fits_items(self, count: int) -> None:
        """Make sure that a list of this length may be made."""
        if count > self.limits.items:
            raise FeelLimit(limit=self.limits.items, what="items in a list")

    def fits_characters(self, count: int) -> None:
        """Make sure that a text of this length may be made."""
        if count > self.limits.characters:
            raise FeelLimit(limit=self.limits.characters, what="characters in a text")


class Scope:
    """Names bound at one level; `raw` where the values are the host's, not yet FEEL's."""

    __slots__ = ("names", "parent", "raw", "run")

    def __init__(self, names: Mapping[str, Any], parent: Scope | None, run: Run, raw: bool = False) -> None:
        self.names = names
        self.parent = parent
        self.run = run
        self.raw = raw

    def within(self, names: Mapping[str, Any]) -> Scope:
        """A scope inside this one."""
        return Scope(names, self, self.run)

    def visible(self) -> set[str]:
        """Every name in sight, for the message about one that is not."""
        seen: set[str] = set()
        scope: Scope | None = self
        while scope is not None:
            seen.update(scope.names)
            scope = scope.parent
        return seen


Lent = tuple[Any, datetime | None, list[Reason] | None, Limits]
"""What a host lends to one evaluation: calendar, present moment, a list for warnings, bounds."""


class Outset(Scope):
    """The host's own names, where an evaluation begins; most conditions end before they ask for anything it lends."""

    __slots__ = ("_lent", "_run")

    parent = None
    raw = True

    def __init__(self, names: Mapping[str, Any], lent: Lent) -> None:
        self.names = names
        self._lent = lent
        self._run: Run | None = None

    @property
    def run(self) -> Run:    # type: ignore[override]    # nobody sets the run of a scope
        """The evaluation, put together when something first asks for it."""
        if self._run is None:
            self._run = Run(*self._lent)
        return self._run


Evaluator = Callable[[Scope], Any]
"""A compiled construct: a closure from the names in sight to a FEEL value."""
