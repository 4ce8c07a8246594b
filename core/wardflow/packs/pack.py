"""A process pack: one folder with everything a process needs, read from its files alone."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from wardflow.engine import Definition
from wardflow.engine import read as read_bpmn
from wardflow.errors import PackUnreadable
from wardflow.packs.procedure import Procedure

if TYPE_CHECKING:
    from wardflow.dmn import Model

SETTINGS = "pack.toml"


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


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """Something people are told: `to` is "applicant", or a role of the pack with the place it is looked for in."""

    id: str
    vi: str
    en: str
    to: str = "applicant"
    unit: str = ""


class Pack:
    """The content of a pack; everything is made from `files`, so a published version reads the same as its folder."""

    def __init__(self, files: Mapping[str, bytes], name: str = "pack") -> None:
        self.files = dict(sorted(files.items()))
        self.folder = name
        self.settings = self._toml(SETTINGS)
        self.id = str(self.settings.get("id", name))
        self.title = str(self.settings.get("title", self.id))
        self.title_en = str(self.settings.get("title_en", self.title))
        self.family = str(self.settings.get("family", ""))
        self.openers = frozenset(self.settings.get("openers", ()))
        self.withdrawal = str(self.settings.get("withdrawal", ""))
        self.roles = self._named("roles")
        self.states = self._named("states")
        self.slips = {id: Slip(id, **row) for id, row in self._table("slips").items()}
        self.notices = {id: NoticeKind(id, **row) for id, row in self._table("notices").items()}

    @cached_property
    def digest(self) -> str:
        """The version by content: any changed byte of any file is another version."""
        heads = [f"{path}\n{hashlib.sha256(content).hexdigest()}\n" for path, content in self.files.items()]
        return hashlib.sha256("".join(heads).encode()).hexdigest()

    @cached_property
    def definitions(self) -> Mapping[str, Definition]:
        """Every diagram compiled, by file; BpmnRefused with file and line when one cannot run."""
        return {path: read_bpmn(content, file=self.at(path)) for path, content in self._ending(".bpmn")}

    @cached_property
    def forms(self) -> Mapping[str, Mapping[str, Any]]:
        """Every form's JSON Schema, by path."""
        return {path: self._json(path) for path, _ in self._ending(".json")}

    @cached_property
    def procedures(self) -> Mapping[str, Procedure]:
        """The catalogue records of the pack, by code."""
        records = [Procedure.read(self._toml(path), self.at(path)) for path, _ in self._ending(".toml") if path != SETTINGS]
        return {record.code: record for record in records}

    @cached_property
    def decisions(self) -> Mapping[str, Model]:
        """Every decision model, by file."""
        from wardflow import dmn    # the compiler of tables is loaded only where a pack has some

        return {path: dmn.read(content) for path, content in self._ending(".dmn")}

    def decide(self, decision: str, inputs: Mapping[str, Any]) -> Any:
        """What a decision of the pack says for these inputs."""
        for model in self.decisions.values():
            if decision in model.decisions:
                return model.decide(decision, inputs)
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

    def _ending(self, ending: str) -> list[tuple[str, bytes]]:
        return [(path, content) for path, content in self.files.items() if path.endswith(ending)]

    def _toml(self, path: str) -> dict[str, Any]:
        if path not in self.files:
            raise PackUnreadable(file=self.at(path), why="the file is missing")
        try:
            return tomllib.loads(self.files[path].decode("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
            raise PackUnreadable(file=self.at(path), why=str(wrong)) from wrong

    def _json(self, path: str) -> dict[str, Any]:
        try:
            schema = json.loads(self.files[path])
        except ValueError as wrong:
            raise PackUnreadable(file=self.at(path), why=str(wrong)) from wrong
        if not isinstance(schema, dict):
            raise PackUnreadable(file=self.at(path), why="a form is a JSON object")
        return schema

    def _table(self, name: str) -> dict[str, Any]:
        table = self.settings.get(name, {})
        if not isinstance(table, dict) or not all(isinstance(row, dict) for row in table.values()):
            raise PackUnreadable(file=self.at(SETTINGS), why=f"[{name}] holds something other than tables")
        return table

    def _named(self, name: str) -> dict[str, Named]:
        return {id: Named(row.get("vi", id), row.get("en", row.get("vi", id))) for id, row in self._table(name).items()}
