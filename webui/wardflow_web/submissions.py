"""What was written in one step, as its form: to read, to print, and beside what the same step said the time before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, g, render_template
from wardflow import forms
from wardflow.cases import reads
from wardflow.cases.library import Matter
from wardflow.cases.reads.views import CaseView, TimelineRow
from wardflow.cases.records import Entry

from wardflow_web.filling import Filling
from wardflow_web.language import wording
from wardflow_web.lists import choices
from wardflow_web.said import named
from wardflow_web.visitor import me, platform, required, someone

pages = Blueprint("submissions", __name__)


@dataclass(frozen=True, slots=True)
class Submission:
    """One form as it was sent; `before` is what the same step said earlier, None when this was the first time."""

    seq: int
    row: TimelineRow
    filling: Filling
    before: Any = None

    def changes(self) -> tuple[forms.Difference, ...]:
        """What is not as it was the time before."""
        if self.before is None:
            return ()
        form = self.filling
        register = platform().register()
        return forms.differences(
            form.schema, self.before, form.value, schemas=form.schemas, language=g.language, named=lambda rows: named(rows, register)
        )


@pages.get("/cases/<code>/answers/<int:seq>")
@required
def show(code: str, seq: int) -> str:
    """One submission; applicants are shown no inner notes, so they have none to open."""
    case, reader = reads.case(platform(), someone(), code), me()
    found = None if reader is None or reader.citizen else next((each for each in submissions(case) if each.seq == seq), None)
    if found is None:
        abort(404)
    return render_template(
        "submission.html", case=case, submission=found, fields=found.filling.read_only(), changes=found.changes(), words=wording()
    )


def submissions(case: CaseView) -> list[Submission]:
    """Every form written in the case, the latest first."""
    matter = platform().library.matter_of(platform().store.cases.load(case.id).case)
    entries = platform().store.papers.entries(case.id)
    return list(reversed(list(_submissions(matter, zip(entries, case.timeline, strict=False)))))


def _submissions(matter: Matter, lines: Iterator[tuple[Entry, TimelineRow]]) -> Iterator[Submission]:
    latest: dict[str, Any] = {}
    for entry, row in lines:
        node = matter.definition.nodes.get(entry.node)
        schema: Mapping[str, Any] | None = matter.schema(node.attributes.get("form")) if node else None
        value = (entry.value or {}).get(entry.node) if entry.kind == "opened" else entry.value
        if value and schema is not None:
            filling = Filling(schema, matter.schemas, value, lists=choices())
            yield Submission(entry.seq, row, filling, latest.get(entry.node))
            latest[entry.node] = value
