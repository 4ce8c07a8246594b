"""What a catalogue record says to people: its keys, its papers and fees, its words, and whether they can be so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from wardflow.domain.findings import LintFinding
from wardflow.domain.limits import Limit
from wardflow.engine.vocabulary import BY_NAME, TRANSLATED
from wardflow.errors import LimitUnreadable
from wardflow.packs.linting.sheet import PEOPLE, Sheet, finding, place
from wardflow.packs.procedure import Procedure

ALWAYS = ("name_en", "field", "field_en", "form", "level", "office", "online_level", "legal_basis", "valid_from")
COUNTER = ("place", "result", "result_en", "non_boundary", "components", "fees")
"""What a record of a matter at the counter says beside; a list may be empty: [] says that nothing is needed or paid."""
AT_COUNTER = ("non_boundary", "components", "fees")
ROWS: Mapping[str, tuple[str, ...]] = {"components": ("id", "name", "name_en", "kind", "required"), "fees": ("name", "name_en", "amount", "basis")}
WORDS: Mapping[str, tuple[str, ...]] = {"level": ("commune", "city", "linked"), "online_level": ("full", "part", "info")}
LISTS: Mapping[str, type] = {"legal_basis": str, "components": dict, "fees": dict, "assumed": str}
KINDS = ("original", "certified", "copy", "data")
TOGETHER, SAME = ("sealed_for", "confidential", "kept_from", "code_prefix"), ("kept_from", "extension")
"""What records of one process have together: keys, and tables whose keys agree."""
ALIKE, LIKE = ("office", "field", "field_en"), 0.9
"""Words that several records share, and how alike two are before one counts as misspelt."""
KEPT = ("units", "people")
SEVERAL = 3
"""From so many records on, what all the others say is taken for what each must."""


def findings(sheet: Sheet) -> Iterator[LintFinding]:
    """What records leave out, or say that cannot be."""
    for path, record in sheet.procedures.items():
        written = record.record
        for key in _left_out(sheet, written):
            yield sheet.at_text("procedure.key-missing", path, "code", key=key)
        yield from _rows(sheet, path, written)
        yield from _words(sheet, path, written)
        yield from _near(sheet, path, written)
        if record.extension and record.extension.propose and record.extension.rules.longest and record.extension.propose.amount > record.extension.rules.longest.amount:
            yield sheet.at_text("procedure.value-unknown", path, "propose", key="propose", value=str(record.extension.propose), values=f"≤ {record.extension.rules.longest}")
        if record.valid_from and record.valid_to and record.valid_to < record.valid_from:
            yield sheet.at_text("procedure.never-valid", path, "valid_to", valid_from=record.valid_from.isoformat(), valid_to=record.valid_to.isoformat())
        if sheet.on and record.valid_to and record.valid_to < sheet.on:
            yield sheet.at_text("procedure.expired", path, "valid_to", valid_to=record.valid_to.isoformat())
        yield from _assumed(sheet, path, written)
        if not sheet.broken:
            yield from _steps(sheet, path, record)
        yield from _kept(sheet, path, record)


def _left_out(sheet: Sheet, written: Mapping[str, Any]) -> list[str]:
    """The keys that every record has, that one at a counter has, or that all its neighbours in the pack have."""
    wanted = [*ALWAYS, *(COUNTER if any(key in written for key in AT_COUNTER) else ())]
    others = [each.record for each in sheet.procedures.values() if each.record is not written]
    if len(others) + 1 >= SEVERAL:
        wanted += sorted(set.intersection(*(set(each) for each in others)))
    silent = [key for key in ALWAYS if key in written and not written[key]]
    wanted += _beside(written, [each for each in others if each.get("process") == written.get("process")])
    return sorted({key for key in wanted if not _has(written, key)} | set(silent))


def _beside(written: Mapping[str, Any], others: list[Mapping[str, Any]]) -> list[str]:
    """What every other record of the same process says of sealing, of whom a case is kept from and of extensions."""
    if not others:
        return []
    seals = [key for key in TOGETHER if all(key in each for each in others)]
    inner = [f"{table}.{key}" for table in SAME if table in written for key in set.intersection(*(set(each.get(table, {})) for each in others))]
    return [*seals, *inner]


def _has(written: Mapping[str, Any], key: str) -> bool:
    table, _, inner = key.rpartition(".")
    return inner in written.get(table, {}) if table else key in written


def _near(sheet: Sheet, path: str, written: Mapping[str, Any]) -> Iterator[LintFinding]:
    """Words that are nearly those of another record of the pack."""
    for key in ALIKE:
        said = {str(each.record[key]) for each in sheet.procedures.values() if key in each.record and each.record[key] != written.get(key)}
        for near in get_close_matches(str(written.get(key, "")), sorted(said), 1, LIKE):
            known = sum(str(each.record.get(key)) == near for each in sheet.procedures.values())
            own = sum(each.record.get(key) == written.get(key) for each in sheet.procedures.values())
            if known > own:
                yield sheet.at_text("procedure.value-near", path, f"{key} =", key=key, value=str(written[key]), nearest=near)


def _rows(sheet: Sheet, path: str, written: Mapping[str, Any]) -> Iterator[LintFinding]:
    for table, keys in ROWS.items():
        rows = [row for row in written.get(table, ()) if isinstance(row, Mapping)]
        for row in rows:
            missing = [key for key in keys if row.get(key) in (None, "")]
            if missing:
                yield sheet.at_text("procedure.row-incomplete", path, f"[[{table}]]", table=table, row=str(row.get("name", row.get("id", "?"))), keys=", ".join(missing))
        for id, times in Counter(row.get("id") for row in rows if table == "components").items():
            if times > 1:
                yield sheet.at_text("procedure.row-twice", path, f'id = "{id}"', table=table, row=str(id))


def _words(sheet: Sheet, path: str, written: Mapping[str, Any]) -> Iterator[LintFinding]:
    """Values that are none of those a key may have."""
    said = [(key, written[key], allowed) for key, allowed in WORDS.items() if key in written]
    said += [("kind", row.get("kind", KINDS[0]), KINDS) for row in written.get("components", ()) if isinstance(row, dict)]
    for key, value, allowed in said:
        if value not in allowed:
            yield sheet.at_text("procedure.value-unknown", path, f'{key} = "{value}"', key=key, value=str(value), values=", ".join(allowed))
    for key, kind in LISTS.items():
        value = written.get(key)
        if value is not None and (not isinstance(value, list) or not all(isinstance(each, kind) for each in value)):
            yield sheet.at_text("procedure.value-unknown", path, key, key=key, value=str(value), values="[…]")
    for row in [row for row in written.get("fees", ()) if isinstance(row, dict)]:
        amount = row.get("amount")
        if amount is not None and (isinstance(amount, bool) or not isinstance(amount, int | float) or amount < 0):
            yield sheet.at_text("procedure.value-unknown", path, "amount", key="amount", value=str(amount), values="0, 1, 2 …")


def _assumed(sheet: Sheet, path: str, written: Mapping[str, Any]) -> Iterator[LintFinding]:
    """Marks on a key that is not there; a mark may also be a sentence."""
    for mark in written.get("assumed", ()):
        key, _, inner = str(mark).partition(":")[0].partition(".")
        if " " in key or " " in inner:
            continue
        there = key in written or inner == "" and key == "due"
        if not there or inner and inner not in written[key]:
            yield sheet.at_text("procedure.assumed-unknown", path, "assumed", key=str(mark))


def _steps(sheet: Sheet, path: str, record: Procedure) -> Iterator[LintFinding]:
    """What [steps.…] says of steps that are not there, or in words that no step has."""
    known = {node.element for _, _, node in sheet.tasks() if node.process == record.process or node.kind in PEOPLE}
    for step, row in record.record.get("steps", {}).items():
        if step not in known:
            yield sheet.at_text("procedure.step-unknown", path, step, step=step)
            continue
        for key, value in row.items():
            if key not in BY_NAME and key not in TRANSLATED:
                yield sheet.at_text("procedure.key-misspelt", path, key, key=f"steps.{step}.{key}", nearest="due, role, product …")
            if key == "due":
                try:
                    Limit.parse(str(value))
                except LimitUnreadable:
                    line, column = place(sheet.pack.files[path], str(value))
                    yield finding("limit.unreadable", sheet.pack.at(path), line, column, step, text=str(value))


def _kept(sheet: Sheet, path: str, record: Procedure) -> Iterator[LintFinding]:
    """Whom a case is kept from, and who may open what is sealed."""
    for key, pointers in record.record.get("kept_from", {}).items():
        if key not in KEPT:
            yield sheet.at_text("procedure.key-misspelt", path, key, key=f"kept_from.{key}", nearest=", ".join(KEPT))
            continue
        known = sheet.forms.get(record.form, {}).get("properties", {})
        for pointer in pointers:
            name = str(pointer).removeprefix("/form/")
            if known and (name == pointer or name.split("/")[0] not in known):
                yield sheet.at_text("procedure.place-unknown", path, "kept_from", place=str(pointer))
    for role in record.sealed_for.split():
        if role not in sheet.pack.roles:
            yield sheet.at_text("role.undeclared", path, "sealed_for", role=role)
    if record.sealed_for and not record.confidential and record.record.get("kept_from"):
        yield sheet.at_text("procedure.key-missing", path, "sealed_for", key="confidential")
    if record.confidential and not record.record.get("kept_from"):
        yield sheet.at_text("procedure.key-missing", path, "confidential", key="kept_from")
