"""Words in one language only: in diagrams and forms that speak both, in records, papers, messages and scenarios."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wardflow.domain.findings import LintFinding
from wardflow.engine import Node
from wardflow.engine.vocabulary import TRANSLATED
from wardflow.packs.linting.built import parts
from wardflow.packs.linting.sheet import PEOPLE, Sheet, finding
from wardflow.packs.pack import SETTINGS

EN, SUFFIX = "en", "En"
PAIRS = (("name", "name_en"), ("field", "field_en"), ("result", "result_en"), ("title", "title_en"))
TABLES = ("messages", "capabilities")


def findings(sheet: Sheet) -> Iterator[LintFinding]:
    """Texts without the same in the other language."""
    yield from _diagrams(sheet)
    for path, schema in sheet.forms.items():
        yield from _form(sheet, path, schema)
    for path, record in sheet.procedures.items():
        for key in _alone(record.record):
            yield sheet.at_text("word.one-language", path, "code", name=key)
    for id, row in sheet.pack.settings.get("slips", {}).items():
        for key in _alone(row):
            yield sheet.at_text("word.one-language", SETTINGS, f"{id} =", name=f"{id}: {key}")
    for table in TABLES:
        for id, row in sheet.pack.settings.get(table, {}).items():
            for language in [language for language in ("vi", "en") if not row.get(language)]:
                yield sheet.at_text("pack.word-missing", SETTINGS, f"{id} =", name=id, language=language)
    link = sheet.pack.settings.get("complaint", {})
    for language in [language for language in ("vi", "en") if link and not link.get(language)]:
        yield sheet.at_text("pack.word-missing", SETTINGS, "[complaint]", name="complaint", language=language)
    yield from _stories(sheet)


def _diagrams(sheet: Sheet) -> Iterator[LintFinding]:
    """Elements whose English, or Vietnamese, their diagram gives elsewhere."""
    for path, definition in sheet.definitions.items():
        nodes = definition.nodes.values()
        spoken = {word for node in nodes for word in TRANSLATED if node.attributes.get(word)}
        for node in nodes:
            for word in spoken:
                own = word.removesuffix(SUFFIX)
                vietnamese = _vietnamese(node, own)
                if bool(vietnamese.strip()) != bool(node.attributes.get(word, "").strip()):
                    yield sheet.at_node("word.one-language", path, node, name=f"{node.element}: {own}")
            if node.kind in PEOPLE and not node.attributes.get("nameEn") and "nameEn" in spoken and not node.name:
                yield sheet.at_node("word.one-language", path, node, name=node.element)


def _vietnamese(node: Node, own: str) -> str:
    """What the diagram itself says: names and notes are BPMN's own, the rest stands in attributes."""
    if own == "name":
        return node.name
    return node.documentation if own == "documentation" else node.attributes.get(own, "")


def _form(sheet: Sheet, path: str, schema: Mapping[str, Any]) -> Iterator[LintFinding]:
    found = [(pointer, part) for pointer, part in parts(schema)]
    if not any(_english(part) for _, part in found):
        return
    for pointer, part in found:
        english, offered = _english(part), part.get("x-enum")
        for word in ("title", "description"):
            if bool(part.get(word)) != bool(english.get(word)):
                yield sheet.at_text("word.one-language", path, f'"{pointer.rsplit("/", 1)[-1]}"', name=f"{pointer or '/'} {word}")
        if isinstance(offered, Mapping) and set(offered) - set(english.get("enum", {})):
            yield sheet.at_text("word.one-language", path, f'"{pointer.rsplit("/", 1)[-1]}"', name=f"{pointer or '/'} x-enum")


def _english(part: Mapping[str, Any]) -> Mapping[str, Any]:
    spoken = part.get("x-i18n")
    english = spoken.get(EN) if isinstance(spoken, Mapping) else None
    return english if isinstance(english, Mapping) else {}


def _alone(row: Mapping[str, Any]) -> list[str]:
    """The keys of a row that speak one language."""
    return [key if key in row else english for key, english in PAIRS if bool(row.get(key)) != bool(row.get(english))]


def _stories(sheet: Sheet) -> Iterator[LintFinding]:
    spoken = any(story.title != story.title_en for story in sheet.stories.values())
    for path, story in sheet.stories.items():
        if spoken and story.title == story.title_en:
            yield finding("word.one-language", sheet.pack.at(path), 1, 1, name=story.title)
