"""What happened in a case, told from its entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from wardflow.cases.library import Matter
from wardflow.cases.reads.shared import state_words, unit_words
from wardflow.cases.reads.views import TimelineRow, Words
from wardflow.cases.records import Case, Entry
from wardflow.cases.snapshots import Snapshot
from wardflow.domain.reasons import Reason

HOLDING = frozenset({"pause"})
MOVED = "moved"
BUNDLED = "bundle_"
ENDING = frozenset({"withdrawn", "cancelled"})


def timeline(entries: Sequence[Entry], case: Case, matter: Matter, snapshot: Snapshot) -> tuple[TimelineRow, ...]:
    """One row an entry, oldest first."""
    renamed = _renamed(entries)
    return tuple(_row(entry, case, matter, snapshot, renamed.get(entry.node, entry.node)) for entry in entries)


def _renamed(entries: Sequence[Entry]) -> Mapping[str, str]:
    """What steps of earlier versions are called in the newest one a case went over to."""
    names: dict[str, str] = {}
    for entry in entries:
        if entry.kind == "migrated":
            renames: Mapping[str, str] = entry.facts.get("renamed", {})
            names = {old: renames.get(new, new) for old, new in names.items()} | dict(renames)
    return names


def _row(entry: Entry, case: Case, matter: Matter, snapshot: Snapshot, now_called: str) -> TimelineRow:
    moves = entry.facts.get("clock", ())
    mood = "hold" if HOLDING.intersection(moves) or entry.kind in ENDING else "done"
    by = snapshot.name_of(entry.by) or (case.applicant_label if entry.by == case.applicant_person else "")
    return TimelineRow(entry.at, by, _title(entry, matter, now_called), tuple(_detail(entry, matter, snapshot)), mood, entry.node)


def _title(entry: Entry, matter: Matter, now_called: str) -> Words:
    """The node's name; what is not about a node is told by its kind, in words of the topic `entry`."""
    if entry.kind == "told" and (kind := matter.pack.messages.get(entry.facts["message"])):
        return Words(kind.vi, kind.en)
    nodes = matter.definition.nodes
    node = nodes.get(now_called) or nodes.get(entry.node)
    if node is None or not node.name:
        return Words("", "")
    return Words(node.name, node.attributes.get("nameEn", node.name))


def _detail(entry: Entry, matter: Matter, snapshot: Snapshot) -> list[Reason]:
    if entry.kind == MOVED:
        return list(_moves(entry, matter, snapshot))
    if entry.kind.startswith(BUNDLED):
        before, after = unit_words(snapshot, entry.facts["from"]), unit_words(snapshot, entry.facts["to"])
        return [Reason(f"entry.{entry.kind}", {"before": before.vi, "before_en": before.en, "after": after.vi, "after_en": after.en})]
    told = [Reason(f"entry.{entry.kind}", {key: entry.facts[key] for key in ("reason", "name", "name_en", "from", "to", "amount") if key in entry.facts})]
    if "channel" in entry.facts:
        told.append(Reason(f"channel.{entry.facts['channel']}"))
    if "helper" in entry.facts:
        told.append(Reason(f"channel.helper.{entry.facts['helper']}"))
    if "helper_person" in entry.facts:
        told.append(Reason("entry.helped", {"name": snapshot.name_of(entry.facts["helper_person"])}))
    if "entered_at" in entry.facts:
        told.append(Reason("entry.entered", {name: entry.facts[name] for name in ("entered_at", "reason")}))
    told.extend(Reason.from_json(rung) for rung in entry.facts.get("rungs", ()))
    for state in entry.facts.get("states", ())[-1:]:
        words = state_words(matter, state)
        told.append(Reason("entry.state", {"state": words.vi, "state_en": words.en}))
    told.extend(Reason(f"entry.clock-{move}") for move in entry.facts.get("clock", ()))
    for slip in entry.facts.get("slips", ()):
        issued = matter.pack.slips[slip]
        told.append(Reason("entry.slip", {"slip": issued.title, "slip_en": issued.title_en}))
    return told


def _moves(entry: Entry, matter: Matter, snapshot: Snapshot) -> Iterator[Reason]:
    """What changed in the register, where each task was and is, and by which authority before and now."""
    yield Reason("entry.moved", {"change": entry.facts["kind"]})
    for row in entry.facts["tasks"]:
        node = matter.definition.nodes.get(row["node"])
        step = {"step": node.name, "step_en": node.attributes.get("nameEn", node.name)} if node else {"step": row["node"]}
        before, after = unit_words(snapshot, row["from"]), unit_words(snapshot, row["to"])
        places = {"before": before.vi, "before_en": before.en, "after": after.vi, "after_en": after.en}
        yield Reason("entry.moved-hands" if row["from"] == row["to"] else "entry.moved-task", {**step, **places})
    if "basis_before" in entry.facts:
        yield Reason("entry.moved-basis", {"before": entry.facts["basis_before"], "after": entry.facts["basis_after"]})


def public_steps(entries: Sequence[Entry], matter: Matter) -> tuple[TimelineRow, ...]:
    """The states a case went through, for its applicant: no names, no values, no inner hand-overs."""
    rows = []
    for entry in entries:
        for state in entry.facts.get("states", ())[-1:]:
            mood = "hold" if HOLDING.intersection(entry.facts.get("clock", ())) else "done"
            rows.append(TimelineRow(entry.at, "", state_words(matter, state), (), mood, entry.node))
    return tuple(rows)
