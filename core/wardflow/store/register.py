"""The register in rows: read whole as one snapshot, changed by the rows in which two registers differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from wardflow.domain.names import folded
from wardflow.domain.register import (
    Absence,
    Authority,
    Capability,
    Fallback,
    Holding,
    Instrument,
    Interest,
    Item,
    Person,
    Register,
    Unit,
)
from wardflow.store.database import Cursor, Row
from wardflow.store.instants import dumps
from wardflow.store.numbering import take
from wardflow.store.revision import read_revision

_PAPER = (
    "id", "number", "signed_on", "form", "delegator", "level", "conditions", "valid_from", "valid_to", "withdrawn_from",
    "withdrawn_by", "generated",
)
_READ = {
    "units": "SELECT id, name, name_en, kind, level, parent FROM unit ORDER BY id",
    "people": "SELECT id, name FROM person ORDER BY id",
    "holdings": "SELECT person_id, role, unit_id FROM holding ORDER BY unit_id, role, person_id",
    "authorities": "SELECT procedure, level, unit_id, instrument, valid_from, valid_to FROM authority ORDER BY id",
    "absences": "SELECT person_id, first, last, substitute FROM absence ORDER BY person_id, first",
    "capabilities": "SELECT person_id, kind, certificate, valid_from, valid_to FROM capability ORDER BY person_id, kind, certificate",
    "fallbacks": "SELECT needs, unit_id, role FROM fallback ORDER BY needs, unit_id",
    "interests": "SELECT person_id, applicant, kind, valid_from, valid_to FROM interest ORDER BY person_id, applicant, kind",
}
_MAKE: Mapping[str, Callable[[Row], Any]] = {
    "units": lambda row: Unit(*row),
    "people": lambda row: Person(*row),
    "holdings": lambda row: Holding(*row),
    "authorities": lambda row: Authority(row[0], row[1], row[2], row[3], date.fromisoformat(row[4]), _day(row[5])),
    "absences": lambda row: Absence(row[0], date.fromisoformat(row[1]), date.fromisoformat(row[2]), row[3]),
    "capabilities": lambda row: Capability(row[0], row[1], row[2], _day(row[3]), _day(row[4])),
    "fallbacks": lambda row: Fallback(*row),
    "interests": lambda row: Interest(row[0], row[1], row[2], _day(row[3]), _day(row[4])),
}
# what a change may touch: the table, the columns that name a row, and the row's values in the order of the table
_KEPT: Mapping[str, tuple[str, str, int, Callable[[Any], Row]]] = {
    "holdings": ("holding", "person_id, role, unit_id", 3, lambda held: (held.person, held.role, held.unit)),
    "absences": (
        "absence", "person_id, first, last, substitute", 2,
        lambda away: (away.person, away.first.isoformat(), away.last.isoformat(), away.substitute),
    ),
    "capabilities": (
        "capability", "person_id, kind, certificate, valid_from, valid_to", 3,
        lambda proof: (proof.person, proof.kind, proof.certificate, _iso(proof.valid_from), _iso(proof.valid_to)),
    ),
    "fallbacks": ("fallback", "needs, unit_id, role", 2, lambda rule: (rule.needs, rule.unit, rule.role)),
    "interests": (
        "interest", "person_id, applicant, kind, valid_from, valid_to", 3,
        lambda row: (row.person, row.applicant, row.kind, _iso(row.valid_from), _iso(row.valid_to)),
    ),
}


def read_register(cursor: Cursor) -> Register:
    """The register as it stands, with its revision."""
    # the revision first: a change that comes between makes the snapshot look older than it is, and it is read again
    revision = read_revision(cursor)
    rows = {name: tuple(_MAKE[name](row) for row in cursor.rows(sql)) for name, sql in _READ.items()}
    return Register(revision, instruments=_papers(cursor), **rows)


def write_changes(cursor: Cursor, before: Register, after: Register) -> None:
    """Writes what one register says differently from the other; a unit or a person that came stays."""
    _write_units(cursor, before, after)
    _write_people(cursor, before, after)
    for name, (table, columns, keys, values) in _KEPT.items():
        old, new = set(getattr(before, name)), set(getattr(after, name))
        named = columns.split(", ")
        where = " AND ".join(f"{column} = ?" for column in named[:keys])
        cursor.run_many(f"DELETE FROM {table} WHERE {where}", [values(row)[:keys] for row in old - new])
        cursor.run_many(_insert(table, columns), [values(row) for row in new - old])
    changed = set(after.instruments) - set(before.instruments)
    known = {paper.id for paper in before.instruments}
    cursor.run_many(
        "UPDATE instrument SET withdrawn_from = ?, withdrawn_by = ? WHERE id = ?",
        [(_iso(paper.withdrawn_from), paper.withdrawn_by, paper.id) for paper in changed if paper.id in known],
    )
    add_papers(cursor, [paper for paper in changed if paper.id not in known])


def _write_units(cursor: Cursor, before: Register, after: Register) -> None:
    changed, known = set(after.units) - set(before.units), {unit.id for unit in before.units}
    renamed = [(unit.name, unit.name_en, unit.id) for unit in changed if unit.id in known]
    cursor.run_many("UPDATE unit SET name = ?, name_en = ? WHERE id = ?", renamed)
    add_units(cursor, [unit for unit in changed if unit.id not in known])


def _write_people(cursor: Cursor, before: Register, after: Register) -> None:
    changed, known = set(after.people) - set(before.people), {person.id for person in before.people}
    renamed = [(one.name, folded(one.name), one.id) for one in changed if one.id in known]
    cursor.run_many("UPDATE person SET name = ?, folded_name = ? WHERE id = ?", renamed)
    add_people(cursor, [one for one in changed if one.id not in known])


def add_rows(cursor: Cursor, **rows: Collection[Any]) -> None:
    """Adds rows by the names of the register's fields: capabilities, fallbacks, interests, absences, holdings."""
    for name, found in rows.items():
        table, columns, _, values = _KEPT[name]
        cursor.run_many(_insert(table, columns), [values(row) for row in found])


def add_units(cursor: Cursor, units: Collection[Unit], facts: Mapping[str, Mapping[str, Any]] | None = None) -> None:
    """Adds units, each with the number that stands for it in codes."""
    known = facts or {}
    numbered = [(unit, take(cursor, "unit")) for unit in units]
    columns = "id, name, name_en, kind, level, parent, number, facts"
    rows = [
        (one.id, one.name, one.name_en, one.kind, str(one.level), one.parent, number, dumps(dict(known.get(one.id, {}))))
        for one, number in numbered
    ]
    cursor.run_many(_insert("unit", columns), rows)


def add_people(cursor: Cursor, people: Collection[Person]) -> None:
    """Adds people, with their names as they are searched."""
    cursor.run_many(_insert("person", "id, name, folded_name"), [(one.id, one.name, folded(one.name)) for one in people])


def add_papers(cursor: Cursor, papers: Collection[Instrument]) -> None:
    """Adds instruments with what they list and to whom they give it."""
    cursor.run_many(_insert("instrument", ", ".join(_PAPER)), [_paper_values(paper) for paper in papers])
    delegates = [(paper.id, unit) for paper in papers for unit in paper.delegates]
    cursor.run_many(_insert("instrument_delegate", "instrument_id, unit_id"), delegates)
    items = [(paper.id, item.procedure, item.name, item.name_en) for paper in papers for item in paper.items]
    cursor.run_many(_insert("instrument_item", "instrument_id, procedure, name, name_en"), items)


def _papers(cursor: Cursor) -> tuple[Instrument, ...]:
    delegates, items = defaultdict[int, list[str]](list), defaultdict[int, list[Item]](list)
    for paper, unit in cursor.rows("SELECT instrument_id, unit_id FROM instrument_delegate ORDER BY instrument_id, unit_id"):
        delegates[paper].append(unit)
    listed = "SELECT instrument_id, procedure, name, name_en FROM instrument_item ORDER BY instrument_id, procedure"
    for paper, *item in cursor.rows(listed):
        items[paper].append(Item(*item))
    found = cursor.rows(f"SELECT {', '.join(_PAPER)} FROM instrument ORDER BY id")
    return tuple(_paper(row, tuple(delegates[row[0]]), tuple(items[row[0]])) for row in found)


def _paper(row: Row, delegates: tuple[str, ...], items: tuple[Item, ...]) -> Instrument:
    held = dict(zip(_PAPER, row, strict=True))
    held |= {name: _day(held[name]) for name in ("signed_on", "valid_from", "valid_to", "withdrawn_from")}
    return Instrument(**(held | {"delegates": delegates, "items": items, "generated": bool(held["generated"])}))


def _paper_values(paper: Instrument) -> Row:
    days = {name: _iso(getattr(paper, name)) for name in ("signed_on", "valid_from", "valid_to", "withdrawn_from")}
    return tuple(days.get(name, getattr(paper, name)) for name in _PAPER)


def _insert(table: str, columns: str) -> str:
    return f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(columns.split(', ')))})"


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
