"""Words that pack.toml declares and diagrams use: roles, states, slips, notices."""

from __future__ import annotations

from collections.abc import Iterator

from wardflow.domain.findings import LintFinding
from wardflow.packs.linting.sheet import Sheet
from wardflow.packs.pack import SETTINGS

KEYS = frozenset({
    "assumed", "back_entry", "book", "capabilities", "clears", "complaint", "extension", "family", "for_plugins", "heads", "id", "legal_basis", "messages", "notices", "openers", "payment", "roles", "slips", "states", "title", "title_en", "warnings", "withdrawal",
})  # fmt: skip
APPLICANT, HOLDER = "applicant", "holder"
"""The one role every pack has, whoever a case is for; and whoever has a step of it in hand."""


def findings(sheet: Sheet) -> Iterator[LintFinding]:
    """Words used and not declared, declared and not used."""
    yield from _used(sheet)
    yield from _unused(sheet)
    yield from _settings(sheet)
    yield from _extensions(sheet)
    yield from _warnings(sheet)


def _used(sheet: Sheet) -> Iterator[LintFinding]:
    pack = sheet.pack
    for path, _, node in sheet.nodes():
        own = node.attributes
        if (role := own.get("role", "")) and role not in {*pack.roles, APPLICANT}:
            yield sheet.at_node("role.undeclared", path, node, role=role)
        for kind in words(own.get("needs", "")):
            if kind not in pack.capabilities:
                yield sheet.at_node("capability.undeclared", path, node, capability=kind)
        if (state := own.get("state", "")) and state not in pack.states:
            yield sheet.at_node("state.undeclared", path, node, state=state)
        for slip in words(own.get("slip", "")):
            if slip not in pack.slips:
                yield sheet.at_node("slip.undeclared", path, node, slip=slip)
        for notice in words(own.get("notice", "")):
            if notice not in pack.notices:
                yield sheet.at_node("notice.undeclared", path, node, notice=notice)


def _unused(sheet: Sheet) -> Iterator[LintFinding]:
    if sheet.broken:
        return    # what an unreadable diagram uses is not known
    nodes = [node for _, _, node in sheet.nodes()]
    roles = {node.attributes.get("role", "") for node in nodes} | _spoken_to(sheet) | sheet.pack.openers
    states = {node.attributes.get("state", "") for node in nodes}
    for role in sheet.pack.roles:
        if role not in roles:
            yield sheet.at_text("role.unused", SETTINGS, f"{role} =", role=role)
        elif sheet.roles is not None and role not in sheet.roles and role != APPLICANT:
            yield sheet.at_text("role.nobody", SETTINGS, f"{role} =", role=role)
    for state in sheet.pack.states:
        if state not in states:
            yield sheet.at_text("state.unused", SETTINGS, f"{state} =", state=state)


def _settings(sheet: Sheet) -> Iterator[LintFinding]:
    for key in sheet.pack.settings:
        if key not in KEYS:
            yield sheet.at_text("pack.unknown-key", SETTINGS, key, key=key)
    for role in sorted((_spoken_to(sheet) | sheet.pack.openers | _extenders(sheet) | set(sheet.pack.heads)) - sheet.pack.roles.keys()):
        yield sheet.at_text("role.undeclared", SETTINGS, f'"{role}"', role=role)


def _extensions(sheet: Sheet) -> Iterator[LintFinding]:
    """Papers and notices that an extension of the time limit names."""
    own = [(path, record.extension) for path, record in sheet.procedures.items()]
    for path, extension in ((SETTINGS, sheet.pack.extension), *own):
        if extension is None:
            continue
        if extension.slip and extension.slip not in sheet.pack.slips:
            yield sheet.at_text("slip.undeclared", path, "[extension]", slip=extension.slip)
        if extension.notice and extension.notice not in sheet.pack.notices:
            yield sheet.at_text("notice.undeclared", path, "[extension]", notice=extension.notice)


def _warnings(sheet: Sheet) -> Iterator[LintFinding]:
    """Notices that an early warning names, and letters that nothing says how to write."""
    extended = sheet.pack.extension or any(record.extension for record in sheet.procedures.values())
    if not extended and any(warning.letter for warning in sheet.pack.warnings):
        yield sheet.at_text("pack.letter-alone", SETTINGS, "[[warnings]]")
    for warning in sheet.pack.warnings:
        for notice in warning.notices:
            if notice not in sheet.pack.notices:
                yield sheet.at_text("notice.undeclared", SETTINGS, "[[warnings]]", notice=notice)


def _extenders(sheet: Sheet) -> frozenset[str]:
    found = [sheet.pack.extension, *(record.extension for record in sheet.procedures.values())]
    return frozenset().union(*(extension.rules.roles for extension in found if extension is not None))


def _spoken_to(sheet: Sheet) -> set[str]:
    told = {notice.to for notice in sheet.pack.notices.values()}
    return (told | {role for message in sheet.pack.messages.values() for role in message.by}) - {APPLICANT, HOLDER}


def words(text: str) -> list[str]:
    """Names separated by spaces or commas."""
    return text.replace(",", " ").split()
