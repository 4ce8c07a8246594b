"""What the desk asks of the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from wardflow.cases.desk_lists import Facet, Heap, Key, Line, Narrow
from wardflow.cases.desk_records import Delegation, KeptFilter, Note
from wardflow.cases.records import Case


class DeskLists(Protocol):
    """Lists of tasks, a page at a time."""

    def page(self, heap: Heap, narrow: Narrow, sort: str, after: Key, limit: int) -> Sequence[Line]:
        """The next tasks of a list after a key: by due date, or by procedure, step or commune and then due date."""

    def tally(self, heap: Heap, narrow: Narrow, bounds: Sequence[str]) -> Sequence[int]:
        """How many tasks are due before each bound (and after the one before), later, paused, and without a date."""

    def counts(self, heaps: Sequence[Heap]) -> Sequence[int]:
        """How many tasks each of some lists has."""

    def facets(self, heap: Heap) -> Sequence[Facet]:
        """What a list can be narrowed to, with how many there are of each."""


class Finding(Protocol):
    """Cases found by what is known of them."""

    def cases(self, words: Sequence[str], units: Sequence[str], limit: int) -> Sequence[Case]:
        """Cases that some units may see, in which each word begins a word."""


class DeskNotes(Protocol):
    """Notes on cases, what people watch, filters they keep, tasks they handed over."""

    def of_case(self, case_id: int) -> Sequence[Note]:
        """The notes on a case, oldest first."""

    def watches(self, person: str, case_id: int) -> bool:
        """Whether a person watches a case."""

    def watch(self, person: str, case_id: int, *, on: bool) -> None:
        """Begins or ends watching."""

    def filters(self, person: str, units: Sequence[str]) -> Sequence[KeptFilter]:
        """The filters of a person and those shared with their units, by name."""

    def keep_filter(self, kept: KeptFilter) -> None:
        """Keeps a filter, in place of the person's own one of the same name."""

    def filter(self, id: str) -> KeptFilter | None:
        """One kept filter."""

    def drop_filter(self, id: str) -> None:
        """Forgets a filter."""

    def delegation(self, case_id: int, task: str) -> Delegation | None:
        """Who handed a task to whom; None when it was not handed over."""

    def delegated_by(self, person: str) -> Mapping[tuple[int, str], str]:
        """The open tasks a person handed over, with who has each."""


class DeskStore(Protocol):
    """What of everything kept is the desk's."""

    @property
    def desk(self) -> DeskLists: ...

    @property
    def desk_notes(self) -> DeskNotes: ...

    @property
    def finding(self) -> Finding: ...
