"""What pack.toml and the records leave out, declare for nobody, or most likely misspell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from importlib.resources import files

from wardflow.domain.findings import LintFinding
from wardflow.packs.linting.declared import words
from wardflow.packs.linting.sheet import Sheet
from wardflow.packs.pack import SETTINGS

NEEDED = ("id", "title", "title_en", "family", "openers", "heads")
RECORD = (
    "assumed", "code", "components", "cutoff", "extension", "fees", "field", "field_en", "form", "hotline", "legal_basis", "level", "name", "name_en",
    "non_boundary", "office", "online_level", "options", "pack", "place", "process", "replaced_by", "result",
    "result_en", "result_kind", "result_kind_en", "result_validity", "result_validity_en", "time_conditions", "time_conditions_en", "time_limit", "valid_from",
    "valid_to",
)  # fmt: skip
"""The keys of a catalogue record that something reads; a city may add its own."""
LIKE = 0.75
"""How alike an unknown key and a known one are before it counts as misspelt."""
RECEIVING = "receiving"
PAPER = re.compile(r'\btemplate\s*=\s*"[^"]*"')
"""The file a slip is set by, which may be called as the slip is."""


def findings(sheet: Sheet) -> Iterator[LintFinding]:
    """Keys, words and names that lead nowhere."""
    for key in NEEDED:
        if not sheet.pack.settings.get(key):
            yield sheet.at_text("pack.key-missing", SETTINGS, "", key=key)
    yield from _untold(sheet)
    yield from _templates(sheet)
    if not sheet.broken:
        yield from _unused(sheet)
        yield from _records(sheet)


def _untold(sheet: Sheet) -> Iterator[LintFinding]:
    for table in ("roles", "states", "notices"):
        for id, row in sheet.pack.settings.get(table, {}).items():
            for language in ("vi", "en"):
                if not row.get(language):
                    yield sheet.at_text("pack.word-missing", SETTINGS, f"{id} =", name=id, language=language)


def templates() -> frozenset[str]:
    """The templates of papers that ship with the platform."""
    folder = files("wardflow") / "documents" / "templates"
    return frozenset(entry.name.removesuffix(".typ") for entry in folder.iterdir() if entry.name.endswith(".typ"))


def _templates(sheet: Sheet) -> Iterator[LintFinding]:
    known = templates() | sheet.papers
    for slip in sheet.pack.slips.values():
        # A dot means a paper of a plugin, which a pack may name without being able to see it.
        if slip.template not in known and "." not in slip.template:
            yield sheet.at_text("slip.template-unknown", SETTINGS, f'"{slip.template}"', slip=slip.id, template=slip.template)
        steps = {node.element for _, _, node in sheet.tasks()}
        if slip.signed_by and slip.signed_by not in steps and not sheet.broken:
            yield sheet.at_text("slip.signer-unknown", SETTINGS, f'"{slip.signed_by}"', slip=slip.id, step=slip.signed_by)


def _unused(sheet: Sheet) -> Iterator[LintFinding]:
    """Papers and notices that no element gives and no setting or record names."""
    texts = "\n".join(PAPER.sub("", sheet.pack.files[path].decode("utf-8", "replace")) for path in sheet.pack.paths(".toml"))
    for table, kind in ((sheet.pack.slips, "slip"), (sheet.pack.notices, "notice")):
        given = {name for _, _, node in sheet.nodes() for name in words(node.attributes.get(kind, ""))}
        for id in table:
            if id not in given and f'"{id}"' not in texts:
                code = "slip.unused" if kind == "slip" else "notice.unused"
                yield sheet.at_text(code, SETTINGS, f"{id} =", name=id)


def _records(sheet: Sheet) -> Iterator[LintFinding]:
    drawn = "\n".join(sheet.pack.files[path].decode("utf-8", "replace") for path in sheet.pack.files if path.endswith((".bpmn", ".dmn", ".toml")))
    for path, record in sheet.procedures.items():
        for key in record.record:
            if key not in RECORD and (near := get_close_matches(key, RECORD, 1, LIKE)):
                yield sheet.at_text("procedure.key-misspelt", path, key, key=key, nearest=near[0])
        for option in record.record.get("options", {}):
            if f"options.{option}" not in drawn:
                yield sheet.at_text("procedure.option-unused", path, option, option=option)
        form = sheet.forms.get(record.form)
        if record.place != RECEIVING and not record.place.startswith("/") or form is not None and record.place.startswith("/form/") and record.place.split("/")[2] not in form.get("properties", {}):
            yield sheet.at_text("procedure.place-unknown", path, "place", place=record.place)
