"""The rules of the field at one form: where they are asked, and everything they say there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from wardflow.cases.knowing import known_at, known_in
from wardflow.cases.library import Matter
from wardflow.cases.opening import Opening, competence_of
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case
from wardflow.cases.snapshots import Snapshot
from wardflow.domain.reasons import Objection
from wardflow.engine import Node, peek
from wardflow.errors import AuthorityUnknown
from wardflow.offers import nobody_named
from wardflow.permissions import APPLICANT
from wardflow.plugins import Plugins
from wardflow.rulings import Advice, Computed, Narrowed


@dataclass(frozen=True, slots=True)
class Said:
    """Everything the rules of the field say at a form as it stands."""

    objections: tuple[Objection, ...] = ()
    hints: tuple[Advice, ...] = ()
    narrowed: tuple[Narrowed, ...] = ()
    computed: tuple[Computed, ...] = ()
    reads: frozenset[str] = frozenset()
    """fields that, when they change, may change all this"""


NOTHING_SAID: Final = Said()


@dataclass(frozen=True, slots=True)
class Fielded:
    """One form of one procedure, with what its rules may know; `known` is handed to every question."""

    plugins: Plugins
    procedure: str
    now: Any
    known: Mapping[str, Any]

    def completed(self, form: Mapping[str, Any]) -> dict[str, Any]:
        """The form with every computed field set."""
        return self.plugins.completed(self.procedure, form, self.now, **self.known)

    def objections(self, form: Mapping[str, Any], already: Sequence[Objection] = ()) -> tuple[Objection, ...]:
        """What cannot be so, or should be looked at again."""
        return self.plugins.objections(self.procedure, form, self.now, already=already, **self.known)

    def said(self, form: Mapping[str, Any]) -> Said:
        """Everything they say about the form as it stands, for the page it is typed on."""
        asked = (self.procedure, form, self.now)
        return Said(
            self.objections(form), self.plugins.hints(*asked, **self.known), self.plugins.narrowed(*asked, **self.known),
            self.plugins.computed(*asked, **self.known), self.plugins.reads(self.procedure, self.known.get("at", "")),
        )  # fmt: skip


def at_opening(platform: Platform, matter: Matter, opening: Opening, snapshot: Snapshot) -> Fielded:
    """The form with which a case opens: its rules are those of the unit that will decide."""
    try:
        unit = competence_of(opening, matter, snapshot, platform.now()).unit
    except AuthorityUnknown:    # the place on the form is none yet
        unit = opening.receiving
    return Fielded(platform.plugins, matter.procedure.code, platform.now(), known_at(platform, matter.procedure, unit))


def at_step(platform: Platform, case: Case, node: Node) -> Fielded | None:
    """The form of a later step; None where no rule looks at it, which is told without reading the case's state."""
    path = node.attributes.get("form", "")
    if not platform.plugins.looks_at(case.procedure, path):
        return None
    known = {"at": path, **known_in(platform, case, peek(case.state).data)}
    if node.attributes.get("role") == APPLICANT:    # what other cases show is for officials
        known["named"] = nobody_named
    return Fielded(platform.plugins, case.procedure, platform.now(), known)
