"""A process pack: one folder with everything a process needs, read from its files alone."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from wardflow.domain.calendar import Calendar
from wardflow.engine import Definition
from wardflow.engine import read as read_bpmn
from wardflow.errors import PackUnreadable, WardflowError
from wardflow.packs.early_warning import EarlyWarning
from wardflow.packs.extension import Extension
from wardflow.packs.payment import Payment
from wardflow.packs.procedure import Procedure

if TYPE_CHECKING:
    from wardflow.dmn import Model

SETTINGS = "pack.toml"
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Named:
    """A word of the pack in both languages."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Slip:
    """An official paper the process issues; `number` is a pattern with {number}, taken from the `sequence`."""

    id: str
    title: str
    title_en: str
    template: str
    form: str = ""
    sequence: str = ""
    number: str = ""
    issuer: str = "receiving"
    """the place of the case whose name stands at its head"""
    signed_by: str = ""
    """the step whose doer signs it; empty is whoever caused it"""
    signer_title: str = ""
    subject: str = ""
    """what it is about; {step.property} in this and the texts below stands for what was answered there"""
    lines: tuple[str, ...] = ()
    """steps, or step.property: each answer becomes a line with its label"""
    articles: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    annex: tuple[str, ...] = ()
    """what the list of cases says of each, as in `lines`, when the step in `signed_by` is done for several at once"""
    joint_subject: str = ""
    """what the paper is about then; {count} is how many there are"""
    joint_articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """Something people are told: `to` is "applicant", "holder" (whoever has an open step), or a role of the pack.

    `unit` says where the role is looked for: a place of the case, "above" its authority, a kind of unit, or
    `= FEEL` giving a unit.
    """

    id: str
    vi: str
    en: str
    to: str = "applicant"
    unit: str = ""


@dataclass(frozen=True, slots=True)
class MessageKind:
    """What people tell a running case: `by` are roles, or "applicant"; `form` is what they fill in."""

    id: str
    vi: str
    en: str
    by: tuple[str, ...] = ()
    form: str = ""


class Pack:
    """The content of a pack; everything is made from `files`, so a published version reads the same as its folder.

    What is `published` is not held against rules for diagrams that came after it: its cases run on.
    """

    def __init__(self, files: Mapping[str, bytes], name: str = "pack", *, published: bool = False) -> None:
        self.published = published
        self.files = dict(sorted(files.items()))
        self.folder = name
        self.said: dict[tuple[str, int], tuple[Procedure | None, Mapping[str, str]]] = {}
        """What its steps say of themselves for each procedure that was asked about; see `packs.steps`."""
        self.settings = self._toml(SETTINGS)
        self.id = str(self.settings.get("id", name))
        self.title = str(self.settings.get("title", self.id))
        self.title_en = str(self.settings.get("title_en", self.title))
        self.family = str(self.settings.get("family", ""))
        self.openers = frozenset(self.settings.get("openers", ()))
        self.heads = tuple(str(role) for role in self.settings.get("heads", ()))
        self.withdrawal = str(self.settings.get("withdrawal", ""))
        self.roles = self._named("roles")
        self.states = self._named("states")
        self.capabilities = self._named("capabilities")
        self.slips = {id: self._row(Slip, id, _listed(row, "lines", "articles", "reasons", "annex", "joint_articles")) for id, row in self._table("slips").items()}
        self.messages = {id: self._row(MessageKind, id, _listed(row, "by")) for id, row in self._table("messages").items()}
        self.extension, self.warnings, self.payment = self._tables_of_rules()
        self.notices = {id: self._row(NoticeKind, id, row) for id, row in self._table("notices").items()}

    @cached_property
    def digest(self) -> str:
        """The version by content: any changed byte of any file is another version."""
        heads = [f"{path}\n{hashlib.sha256(content).hexdigest()}\n" for path, content in self.files.items()]
        return hashlib.sha256("".join(heads).encode()).hexdigest()

    @cached_property
    def definitions(self) -> Mapping[str, Definition]:
        """Every diagram compiled, by file; BpmnRefused with file and line when one cannot run."""
        return {path: self.definition_at(path) for path in self.paths(".bpmn")}

    @cached_property
    def forms(self) -> Mapping[str, Mapping[str, Any]]:
        """Every form's JSON Schema, by path."""
        return {path: self.form_at(path) for path in self.paths(".json")}

    @cached_property
    def procedures(self) -> Mapping[str, Procedure]:
        """The catalogue records of the pack, by code."""
        records = [self.procedure_at(path) for path in self.paths(".toml") if path != SETTINGS]
        return {record.code: record for record in records}

    @cached_property
    def decisions(self) -> Mapping[str, Model]:
        """Every decision model, by file."""
        from wardflow import dmn  # the compiler of tables is loaded only where a pack has some

        return {path: dmn.read(self.files[path]) for path in self.paths(".dmn")}

    def decide(
        self, decision: str, inputs: Mapping[str, Any], *, calendar: Calendar | None = None, now: datetime | None = None
    ) -> Any:
        """What a decision of the pack says for these inputs."""
        for model in self.decisions.values():
            if decision in model.decisions:
                return model.decide(decision, inputs, calendar=calendar, now=now)
        raise PackUnreadable(file=self.at(SETTINGS), why=f"no table holds the decision {decision}")

    @cached_property
    def scenarios(self) -> Mapping[str, bytes]:
        """The scenario files, by path."""
        return {path: content for path, content in self.files.items() if path.startswith("scenarios/")}

    def definition_of(self, process: str) -> tuple[str, Definition]:
        """The file and the compiled diagram that hold a process."""
        for path, definition in self.definitions.items():
            if process in definition.processes:
                return path, definition
        raise PackUnreadable(file=self.at(SETTINGS), why=f"no diagram holds the process {process}")

    def at(self, path: str) -> str:
        """A file of the pack as messages name it."""
        return f"{self.folder}/{path}"

    def paths(self, ending: str) -> list[str]:
        """The paths of the files with that ending, in order."""
        return [path for path in self.files if path.endswith(ending)]

    def definition_at(self, path: str) -> Definition:
        """One diagram compiled; BpmnRefused with file and line when it cannot run."""
        return read_bpmn(self.files[path], file=self.at(path), published=self.published)

    def form_at(self, path: str) -> Mapping[str, Any]:
        """One form's JSON Schema."""
        try:
            schema = json.loads(self.files[path])
        except ValueError as wrong:
            raise PackUnreadable(file=self.at(path), why=str(wrong)) from wrong
        if not isinstance(schema, dict):
            raise PackUnreadable(file=self.at(path), why="a form is a JSON object")
        return schema

    def procedure_at(self, path: str) -> Procedure:
        """One catalogue record."""
        return Procedure.read(self._toml(path), self.at(path))

    def _toml(self, path: str) -> dict[str, Any]:
        if path not in self.files:
            raise PackUnreadable(file=self.at(path), why="the file is missing")
        try:
            return tomllib.loads(self.files[path].decode("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
            raise PackUnreadable(file=self.at(path), why=str(wrong)) from wrong

    def _row(self, kind: Callable[..., R], id: str, row: Mapping[str, Any]) -> R:
        try:
            return kind(id, **row)
        except TypeError as wrong:
            raise PackUnreadable(file=self.at(SETTINGS), why=f"{id}: {wrong}") from wrong

    def _tables_of_rules(self) -> tuple[Extension | None, tuple[EarlyWarning, ...], Payment]:
        """How the time limit may be extended, who is warned that it runs out, and what a payment brings about."""
        try:
            rows = self.settings.get("warnings", ())
            payment = Payment.read(self.settings.get("payment", {}))
            return Extension.read(self.settings.get("extension")), EarlyWarning.read_all(rows), payment
        except (AttributeError, LookupError, TypeError, ValueError, WardflowError) as wrong:
            raise PackUnreadable(file=self.at(SETTINGS), why=str(wrong)) from wrong

    def _table(self, name: str) -> dict[str, Any]:
        table = self.settings.get(name, {})
        if not isinstance(table, dict) or not all(isinstance(row, dict) for row in table.values()):
            raise PackUnreadable(file=self.at(SETTINGS), why=f"[{name}] holds something other than tables")
        return table

    def _named(self, name: str) -> dict[str, Named]:
        return {id: Named(row.get("vi", id), row.get("en", row.get("vi", id))) for id, row in self._table(name).items()}


def _listed(row: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    """The row with its lists as tuples."""
    return {**row, **{name: tuple(row[name]) for name in names if name in row}}
