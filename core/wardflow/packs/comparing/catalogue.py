"""Catalogue records and pack.toml: procedures, fees, papers to bring; roles, states, slips and notices with their words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wardflow.errors import WardflowError
from wardflow.packs.comparing.difference import Difference, changed, gone_and_come, limits
from wardflow.packs.pack import SETTINGS, Pack

NAMED = {"roles": "role", "states": "state", "slips": "slip", "notices": "notice"}
"""The tables of pack.toml whose rows have words, and what one row is called in `diff.what`."""


def differences(old: Pack, new: Pack, path: str) -> Iterator[Difference]:
    """What changed in a record, or in pack.toml; a file that cannot be read is only said to have changed."""
    if path == SETTINGS:
        yield from _settings(old.settings, new.settings)
        return
    try:
        before, after = old.procedure_at(path), new.procedure_at(path)
    except (WardflowError, KeyError, TypeError, ValueError):
        return
    who = {"procedure": after.name, "procedure_en": after.name_en}
    for what, was, now in changed(before.record, after.record):
        facts = limits(was, now)
        if facts is not None:
            yield Difference("diff.procedure-limit" if facts["same"] else "diff.procedure-limit-unit", path, {**who, **facts, "what": what})
        else:
            yield Difference("diff.procedure", path, {**who, "what": what, "before": was, "after": now})


def _settings(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    for table, what in NAMED.items():
        before, after = old.get(table, {}), new.get(table, {})
        gone, come, both = gone_and_come(before, after)
        yield from (Difference("diff.word-gone", SETTINGS, {"what": what, **_words(id, before[id])}) for id in gone)
        yield from (Difference("diff.word-come", SETTINGS, {"what": what, **_words(id, after[id])}) for id in come)
        for id in both:
            for key, was, now in changed(before[id], after[id]):
                yield Difference("diff.word", SETTINGS, {"what": what, **_words(id, after[id]), "key": key, "before": was, "after": now})
    rest = [{key: value for key, value in each.items() if key not in NAMED} for each in (old, new)]
    for key, was, now in changed(*rest):
        yield Difference("diff.setting", SETTINGS, {"key": key, "before": was, "after": now})


def _words(id: str, row: Any) -> dict[str, str]:
    """What a row is called in both languages: a slip by its title, anything else by its words."""
    found = row if isinstance(row, Mapping) else {}
    vi = str(found.get("title") or found.get("vi") or id)
    return {"name": vi, "name_en": str(found.get("title_en") or found.get("en") or vi), "id": id}
