"""What a clerk has typed at the counter so far: kept on the server, filled from what is known of the applicant, marked where it came from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask import request
from wardflow import forms
from wardflow.cases import reads
from wardflow.cases.applicant_ports import Applicant
from wardflow.cases.reads import Lookup
from wardflow.domain.names import figures
from wardflow.domain.reasons import Reason

from wardflow_web.earlier import KEPT_OF_APPLICANT, marks, source
from wardflow_web.intake import CAME_TO_COUNTER, Sheet
from wardflow_web.uploads import Files
from wardflow_web.visitor import platform, someone

PHONE = re.compile(r"\+|0[235789]")
"""How telephone numbers of the country begin; a tax code of ten figures begins with the number of its province."""
LONGEST_PHONE = 12


@dataclass(frozen=True, slots=True)
class Draft:
    """One unfinished sheet."""

    procedure: str
    value: Mapping[str, Any] = field(default_factory=dict)
    files: Files = field(default_factory=dict)
    earlier: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """by pointer: a value that the applicant declared before, in which case, and when"""
    begun: Any = None
    """what the step after the first one began with, so that a clerk's own change of it is told apart"""

    def marks(self) -> dict[str, Reason]:
        """Where each value came from, as long as it still is that value."""
        return marks(self.value, self.earlier)

    def unpaid(self, made: Sheet) -> bool:
        """Whether nobody has typed anything about the step after the first one: then it waits as a task of its own."""
        return made.after is None or self.value.get("next") in (None, {}, dict(made.after.value))


def load(intake: str) -> Draft | None:
    """The draft, for whoever typed it."""
    kept = platform().store.intakes.load(intake, someone().person)
    if kept is None:
        return None
    return Draft(kept["procedure"], kept["value"], kept.get("files") or {}, kept.get("earlier") or {}, kept.get("begun"))


def keep(intake: str, draft: Draft) -> None:
    """Keeps it."""
    kept = {
        "procedure": draft.procedure, "value": draft.value, "files": draft.files, "earlier": draft.earlier, "begun": draft.begun,
    }  # fmt: skip
    platform().store.intakes.save(intake, someone().person, kept, platform().now())


def settled(draft: Draft, made: Sheet) -> Draft:
    """The draft with what its procedure computed, with scanned papers ticked, and with what the next step begins with."""
    value = dict(draft.value)
    if made.view.schema:
        value["form"] = dict(made.opening.form)
    if made.opening.components:
        value["components"] = list(made.opening.components)
    value.setdefault("way", dict(CAME_TO_COUNTER))
    if made.after is None:
        value.pop("next", None)
    elif value.get("next") in (None, {}, draft.begun):
        value["next"] = dict(made.after.value)
    return replace(draft, value=value, begun=dict(made.after.value) if made.after else None)


def looked_up(draft: Draft, text: str) -> tuple[Draft, Lookup, str]:
    """The draft, who may be meant by what was typed, and the name of who was found at once or of nobody."""
    found = reads.look_up(platform(), someone(), text)
    if len(found.people) == 1 and not any(c.isalpha() for c in text):
        return _chosen(draft, text, found.people[0].id), Lookup(), found.people[0].name
    if not found.people and not found.too_short and not found.too_many:
        return _typed_anew(draft, text), found, ""
    return draft, found, ""


def chosen(draft: Draft) -> tuple[Draft, str]:
    """The draft with the one of several people that was pressed, and their name."""
    text, id = request.form.get("_find", ""), request.form.get("_choose", "")
    known = reads.known_applicant(platform(), someone(), text, int(id)) if id.isdigit() else None
    return (_filled(draft, known), known.full_name) if known else (draft, "")


def _chosen(draft: Draft, text: str, id: int) -> Draft:
    known = reads.known_applicant(platform(), someone(), text, id)
    return _filled(draft, known) if known else draft


def _typed_anew(draft: Draft, text: str) -> Draft:
    """Somebody new: what was typed to find them is not typed again."""
    told = dict(draft.value.get("applicant") or {})
    if any(c.isalpha() for c in text):
        told["full_name"] = " ".join(text.split())
    else:
        told["phone" if PHONE.match(text.strip()) and len(figures(text)) < LONGEST_PHONE else "id_number"] = "".join(text.split())
    return replace(draft, value={**draft.value, "applicant": told})


def _filled(draft: Draft, known: Applicant) -> Draft:
    """The sheet with what is known of the applicant, and with what they declared before where the form asks the same."""
    facts = {name: text for name in KEPT_OF_APPLICANT if (text := known.facts.get(name))}
    applicant = {**facts, "full_name": known.full_name, "id_number": known.id_number}
    form: Any = draft.value.get("form") or {}
    today = platform().snapshot().calendar.day_of(platform().now())
    matter = platform().library.procedure(draft.procedure, today)
    offered = reads.earlier_data(platform(), someone(), matter, known.person or f"applicant:{known.id}", form)
    sources = {}
    for path, said in offered.items():
        form = forms.put(form, path, said.value)
        sources["/form" + forms.pointer(path)] = source(said.value, said, platform())
    value = {**draft.value, "applicant": applicant, **({"form": form} if form else {})}
    return replace(draft, value=value, earlier=sources)
