"""Packs and procedures as every process holds them: compiled once per version, pinned to the cases that began with them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from wardflow import forms
from wardflow.cases.ports import Packs, PackVersion
from wardflow.cases.records import Case
from wardflow.domain.legal_clock import ClockRules
from wardflow.engine import Definition
from wardflow.errors import PackUnreadable, ProcedureOver, ProcedureUnknown, WardflowError
from wardflow.forms import Schemas
from wardflow.packs import Extension, Pack, Procedure, extension_of, time_rules
from wardflow.plugins import Plugins


@dataclass(frozen=True, slots=True)
class Matter:
    """What one case runs by: its pack's version, its catalogue record, the compiled diagram, the form it opens with."""

    pack: Pack
    procedure: Procedure
    definition: Definition
    file: str
    schemas: Schemas
    opening_schema: Mapping[str, Any] | None
    _sealed: dict[int, Mapping[str, str]] = field(default_factory=dict, repr=False, compare=False)

    def sealed_roles(self, schema: Mapping[str, Any]) -> Mapping[str, str]:
        """Which role may open each sealed field of one of the case's forms; worked out once a form."""
        if id(schema) not in self._sealed:
            self._sealed[id(schema)] = forms.sealed_roles(schema, schemas=self.schemas)
        return self._sealed[id(schema)]

    @property
    def options(self) -> Mapping[str, Any]:
        """What the procedure tells its diagram, such as which steps it leaves out."""
        chosen: Mapping[str, Any] = self.procedure.record.get("options", {})
        return chosen

    @property
    def time_rules(self) -> ClockRules:
        """The rules by which its legal clock runs."""
        return time_rules(self.pack, self.procedure)

    @property
    def extension(self) -> Extension | None:
        """How its time limit may be extended; None where it may not."""
        return extension_of(self.pack, self.procedure)

    @property
    def heads(self) -> frozenset[str]:
        """The roles that may set a stopped case going again, move its alarms, or call it off."""
        return frozenset(self.pack.heads)

    @property
    def by_message(self) -> bool:
        """True where a message or a signal alone begins a case, so that nobody files one at a counter."""
        process = self.definition.processes[self.procedure.process]
        return bool(process.waits) and not process.starts

    def begins_by(self, kind: str, name: str) -> bool:
        """True where a message, or a signal, of that name begins a case."""
        process = self.definition.processes[self.procedure.process]
        nodes = () if process.starts else process.waits
        return any(t.kind == kind and t.name == name for id in nodes for t in self.definition.node(id).triggers)

    def by_code(self, node: str) -> bool:
        """True for a step that the applicant may answer with the tracking code."""
        return "byCode" in self.definition.node(node).attributes

    def payable(self, node: str) -> bool:
        """True for a step that may be paid online with the tracking code."""
        return "pay" in self.definition.node(node).attributes

    def alone(self, node: str) -> bool:
        """True for a step that nobody does in the applicant's name, a counter neither."""
        return self.definition.node(node).attributes.get("byCode") == "yes"

    def schema(self, path: str | None) -> Mapping[str, Any] | None:
        """A form of the pack by its path; None where a step has no form."""
        return self.pack.forms[path] if path else None


class Library:
    """Everything published, read from the store on first use."""

    def __init__(self, packs: Packs, plugins: Plugins, shared: Mapping[str, Mapping[str, Any]]) -> None:
        self._store, self._plugins, self._shared = packs, plugins, shared
        self._packs: dict[str, Pack] = {}
        self._versions: dict[str, PackVersion] = {}
        self._matters: dict[tuple[str, str], Matter] = {}
        self._thresholds: dict[str, Mapping[str, Any]] = {}
        self._offered: tuple[object, dict[str, Matter]] | None = None
        self._over: dict[str, Procedure] = {}
        self.left_out: Mapping[str, str] = {}
        """packs and records that could not be read when it was last asked what may be filed, each with the reason"""

    def matter_of(self, case: Case) -> Matter:
        """What a case runs by, as it was when the case began."""
        key = case.pack, case.procedure_digest
        if key not in self._matters:
            stored = self._store.procedure(case.procedure_digest)
            procedure = Procedure.read(stored["record"], case.procedure)
            self._matters[key] = self._matter(self.pack(case.pack), procedure, stored["schema"])
        return self._matters[key]

    def procedures(self, on: date) -> dict[str, Matter]:
        """What may be filed on a day, by code: the newest version of every pack with the records in force."""
        newest = {version.pack_id: version for version in self._store.versions()}
        key = on, tuple(version.digest for version in newest.values()), self._plugins.off()
        if self._offered is None or self._offered[0] != key:
            self._offered = key, self._in_force(newest, on)
        return self._offered[1]

    def _in_force(self, newest: Mapping[str, PackVersion], on: date) -> dict[str, Matter]:
        """What can be filed; what cannot be read is left out with its reason, and the rest stays open."""
        offered: dict[str, Matter] = {}
        left_out: dict[str, str] = {}
        over: dict[str, Procedure] = {}
        for name, read in self._records(newest):
            try:
                for record in read():
                    if record.in_force(on) and record.pack in newest:
                        offered[record.code] = self._current(self.pack(newest[record.pack].digest), record)
                    elif not record.in_force(on):
                        over[record.code] = record
            except WardflowError as broken:
                left_out[name] = str(broken)
        self.left_out, self._over = left_out, over
        return offered

    def _records(self, newest: Mapping[str, PackVersion]) -> Iterator[tuple[str, Callable[[], Iterable[Procedure]]]]:
        """Where catalogue records come from, each source with a way to read it that may fail alone."""
        for id, version in newest.items():
            yield id, partial(self._of_pack, version.digest)
        for record in self._plugins.procedures():
            code = str(record.get("code", ""))
            yield code, partial(_of_plugin, record, code)

    def _of_pack(self, digest: str) -> Iterable[Procedure]:
        return self.pack(digest).procedures.values()

    def procedure(self, code: str, on: date) -> Matter:
        """What a new case of a procedure runs by; ProcedureOver on a day when its record does not hold, ProcedureUnknown where there is none."""
        offered = self.procedures(on)
        if code in offered:
            return offered[code]
        if (record := self._over.get(code)) is None:
            raise ProcedureUnknown(procedure=code)
        instead = offered.get(record.replaced_by)
        raise ProcedureOver(
            procedure=code, name=record.name, name_en=record.name_en, first=record.valid_from, last=record.valid_to,
            replaced_by=record.replaced_by, instead=instead.procedure.name if instead else "",
            instead_en=instead.procedure.name_en if instead else "",
        )

    def pin(self, matter: Matter) -> str:
        """The digest under which the record of a matter is kept for the cases opened with it."""
        digest = _digest(matter.procedure, matter.opening_schema)
        if (matter.pack.digest, digest) not in self._matters:
            record = {"record": matter.procedure.record, "schema": matter.opening_schema}
            self._store.keep_procedure(digest, matter.procedure.code, record)
            self._matters[matter.pack.digest, digest] = matter
        return digest

    def pin_thresholds(self, settings: Mapping[str, Any]) -> str:
        """The digest under which the settings of the rules are kept for the cases opened under them."""
        digest = _digest_of(settings)
        if digest not in self._thresholds:
            self._store.keep_thresholds(digest, settings)
            self._thresholds[digest] = settings
        return digest

    def thresholds_of(self, case: Case) -> Mapping[str, Any]:
        """The settings of the rules as they were when a case began."""
        held = self._thresholds.get(case.thresholds_digest)
        if held is None:
            held = self._thresholds[case.thresholds_digest] = self._store.thresholds(case.thresholds_digest)
        return held

    def schemas(self) -> Mapping[str, Mapping[str, Any]]:
        """The schemas that packs may refer to: the shared ones and those of plugins."""
        return {**self._shared, **self._plugins.schemas()}

    def pack(self, digest: str) -> Pack:
        """One published version."""
        if digest not in self._packs:
            self._packs[digest] = Pack(self._store.files(digest), published=True)
        return self._packs[digest]

    def deciding(self, decision: str) -> Pack | None:
        """The pack in force that has the table of a decision; None where none has."""
        newest = {version.pack_id: version.digest for version in self._store.versions()}
        packs = (self.pack(digest) for digest in newest.values())
        return next((pack for pack in packs if any(decision in model.decisions for model in pack.decisions.values())), None)

    def heads(self) -> frozenset[str]:
        """The roles that answer for cases in any pack in force."""
        newest = {version.pack_id: version.digest for version in self._store.versions()}
        return frozenset(role for digest in newest.values() for role in self.pack(digest).heads)

    def version(self, digest: str) -> int:
        """The number of a published version."""
        if digest not in self._versions:
            self._versions = {version.digest: version for version in self._store.versions()}
        return self._versions[digest].version

    def _current(self, pack: Pack, record: Procedure) -> Matter:
        schema = self._opening_schema(pack, record)
        known = self._matters.get((pack.digest, _digest(record, schema)))
        return known or self._matter(pack, record, schema)

    def _opening_schema(self, pack: Pack, record: Procedure) -> Mapping[str, Any] | None:
        if not record.form:
            return None
        found = pack.forms.get(record.form) or self._plugins.schemas().get(record.form)
        if found is None:
            raise PackUnreadable(file=record.code, why=f"neither its pack nor a plugin has the form {record.form}")
        return found

    def _matter(self, pack: Pack, record: Procedure, schema: Mapping[str, Any] | None) -> Matter:
        file, definition = pack.definition_of(record.process)
        return Matter(pack, record, definition, file, Schemas({**self.schemas(), **pack.forms}), schema)


def _of_plugin(record: Mapping[str, Any], code: str) -> Iterable[Procedure]:
    return (Procedure.read(record, code),)


def _digest(record: Procedure, schema: Mapping[str, Any] | None) -> str:
    """The record and its form by content: either of them changed is another record for the cases to come."""
    return _digest_of([record.record, schema])


def _digest_of(content: Any) -> str:
    written = json.dumps(content, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()
