"""A pack as lint looks at it: what of it can be read, and where everything stands in its files."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wardflow.domain.findings import LintFinding
from wardflow.engine import BpmnRefused, Definition, Node
from wardflow.errors import LimitUnreadable, PackUnreadable, ProcedureUnreadable, ScenarioUnreadable, WardflowError
from wardflow.forms import Schemas
from wardflow.packs.answers import OWN_SERVICES
from wardflow.packs.codes import CODES
from wardflow.packs.pack import SETTINGS, Pack
from wardflow.packs.procedure import Procedure
from wardflow.packs.scenario import Scenario, read_scenario

PEOPLE = ("userTask", "manualTask")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What could be read of a pack, and what could not."""

    pack: Pack
    definitions: Mapping[str, Definition]
    forms: Mapping[str, Mapping[str, Any]]
    procedures: Mapping[str, Procedure]
    handlers: frozenset[str]
    roles: frozenset[str] | None
    schemas: Mapping[str, Mapping[str, Any]] | None
    broken: tuple[LintFinding, ...]
    decisions: frozenset[str] | None
    """the decisions of the tables; None where one cannot be read, which is said at its file"""
    papers: frozenset[str] = frozenset()
    """templates of slips that plugins bring beside the platform's own"""
    stories: Mapping[str, Scenario] = field(default_factory=dict)
    """the scenarios that can be read, by path"""
    untold: tuple[LintFinding, ...] = ()
    """what is wrong with the others"""
    on: date | None = None
    """the day on which the pack is looked at; None where that does not matter"""

    @classmethod
    def of(
        cls, pack: Pack, handlers: Collection[str], roles: Collection[str] | None,
        schemas: Mapping[str, Mapping[str, Any]] | None, papers: Collection[str] = frozenset(),
        on: date | None = None,
    ) -> Sheet:
        """The sheet of a pack; a file that cannot be read is noted and the rest is still looked at."""
        broken: list[LintFinding] = []
        definitions, forms, procedures = {}, {}, {}
        for path in pack.paths(".bpmn"):
            try:
                definitions[path] = pack.definition_at(path)
            except BpmnRefused as refused:
                broken += refused.findings
        for path in pack.paths(".json"):
            try:
                forms[path] = pack.form_at(path)
            except PackUnreadable as wrong:
                broken.append(finding("form.unreadable", pack.at(path), why=wrong.why))
        for path in [path for path in pack.paths(".toml") if path != SETTINGS]:
            try:
                procedures[path] = pack.procedure_at(path)
            except (PackUnreadable, ProcedureUnreadable, LimitUnreadable, KeyError, TypeError, ValueError) as wrong:
                broken.append(finding("procedure.unreadable", pack.at(path), why=_why(wrong)))
        known = frozenset(handlers) | OWN_SERVICES.keys()
        stories, untold = _stories(pack)
        held = None if roles is None else frozenset(roles)
        return cls(pack, definitions, forms, procedures, known, held, schemas, tuple(broken), _decisions(pack), frozenset(papers), stories, untold, on)

    def unread(self, _: Sheet) -> Iterator[LintFinding]:
        """What could not be read, and what the reader of diagrams wondered about."""
        yield from self.broken
        for definition in self.definitions.values():
            yield from definition.report
        for path, definition in self.definitions.items():
            if not definition.processes:
                yield finding("pack.no-process", self.pack.at(path))
        if not self.pack.paths(".bpmn"):
            yield finding("pack.no-process", self.pack.at(SETTINGS))

    def nodes(self) -> Iterator[tuple[str, Definition, Node]]:
        """Every element of every diagram that could be read, with the path of its file."""
        for path, definition in self.definitions.items():
            for node in definition.nodes.values():
                yield path, definition, node

    def tasks(self) -> Iterator[tuple[str, Definition, Node]]:
        """Every step that a person does."""
        for path, definition, node in self.nodes():
            if node.kind in PEOPLE:
                yield path, definition, node

    def at_node(self, code: str, path: str, node: Node, **facts: Any) -> LintFinding:
        """A finding at an element of a diagram."""
        line, column = place(self.pack.files[path], f'id="{node.element}"')
        return finding(code, self.pack.at(path), line or node.line, column, node.element, **facts)

    def at_flow(self, code: str, path: str, flow: str, **facts: Any) -> LintFinding:
        """A finding at a sequence flow."""
        line, column = place(self.pack.files[path], f'id="{flow}"')
        return finding(code, self.pack.at(path), line, column, flow, **facts)

    def at_text(self, code: str, path: str, text: str, /, **facts: Any) -> LintFinding:
        """A finding at the first place of a file that says so."""
        line, column = place(self.pack.files.get(path, b""), text)
        return finding(code, self.pack.at(path), line, column, **facts)

    def registry(self) -> Schemas:
        """The schemas that forms of the pack may refer to; without the shared ones, stand-ins for what is not here."""
        if self.schemas is not None:
            return Schemas({**self.schemas, **self.forms})
        own = {str(form["$id"]) for form in self.forms.values() if "$id" in form} | self.forms.keys()
        trusted = {name: {"type": "string"} for name in _references(list(self.forms.values())) if name not in own}
        return Schemas({**trusted, **self.forms})


def _stories(pack: Pack) -> tuple[Mapping[str, Scenario], tuple[LintFinding, ...]]:
    """The scenarios, read once for all who look at them, and what is wrong with those that cannot be."""
    stories, untold = {}, []
    for path, text in pack.scenarios.items():
        try:
            stories[path] = read_scenario(text, path)
        except ScenarioUnreadable as wrong:
            untold.append(finding("scenario.unreadable", pack.at(path), wrong.line, 1, why=wrong.why))
    return stories, tuple(untold)


def _decisions(pack: Pack) -> frozenset[str] | None:
    try:
        return frozenset(name for model in pack.decisions.values() for name in model.decisions)
    except WardflowError:
        return None


def _why(wrong: Exception) -> str:
    """The reason an error gives, without the file's name that the finding says already."""
    return str(getattr(wrong, "facts", {}).get("why") or wrong)


def finding(code: str, file: str, line: int = 0, column: int = 0, element: str = "", **facts: Any) -> LintFinding:
    """A finding of a registered code."""
    return LintFinding(code, file, line, column, element, facts, CODES[code].severity)


def place(content: bytes, text: str) -> tuple[int, int]:
    """Line and column where a file first says the text; 0, 0 where it does not."""
    written = content.decode("utf-8", "replace")
    found = re.search(rf"(?<![\w-]){re.escape(text)}", written)
    if found is None:
        return 0, 0
    return written.count("\n", 0, found.start()) + 1, found.start() - written.rfind("\n", 0, found.start())


def _references(value: Any) -> Iterator[str]:
    """The documents that `$ref`s name, inside ones left out."""
    if isinstance(value, Mapping):
        if isinstance(target := value.get("$ref"), str) and not target.startswith("#"):
            yield target.partition("#")[0]
        for each in value.values():
            yield from _references(each)
    elif isinstance(value, list):
        for each in value:
            yield from _references(each)
