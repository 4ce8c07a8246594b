"""The files a package ships, and rules made with the law that its data/rules.toml says of them.

    FILES = Packaged("wardflow_veterinary")
    FILES.field_rule("within-limit", ("veterinary",), "/count", check)      # the rule veterinary.within-limit

| file | what it holds |
|---|---|
| `data/thresholds.toml` | `[[threshold]]` rows: key, value, valid_from, valid_to, assumed, basis, schema |
| `data/rules.toml` | a table for each rule: basis, valid_from, valid_to, severity, assumed |
| `data/tables/*.dmn` | decision tables |
| `forms/*.json`, `procedures/*.toml`, `papers/*.typ`, `wording/vi`, `wording/en` | forms, catalogue records, papers in Typst, sentences |
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

from wardflow.domain.findings import Finding, Verdict
from wardflow.domain.reasons import Reason
from wardflow.errors import PluginUnusable
from wardflow.offers import (
    DecisionTable,
    Derivation,
    Derived,
    FieldRule,
    FindingRule,
    Form,
    Hint,
    Opinion,
    RuleContext,
    Setting,
    SlipTemplate,
)
from wardflow.wording import LANGUAGES, read_catalogue

Check = Callable[[Any, Form, RuleContext], Opinion]
Advice = Callable[[Form, RuleContext], Reason | None]
Computation = Callable[[Form, RuleContext], Derived | None]
Conclusion = Callable[[Form, RuleContext], Finding | None]


@dataclass(frozen=True, slots=True)
class Law:
    """What data/rules.toml says about one rule; `assumed` marks a text that nobody has read yet."""

    basis: str
    valid_from: date | None = None
    valid_to: date | None = None
    severity: Literal["block", "warn"] = "block"
    assumed: bool = True


class Packaged:
    """The files of one package, each read once; `module` is its name, such as `wardflow_veterinary`."""

    def __init__(self, module: str) -> None:
        self.name = module.removeprefix("wardflow_")
        self.home: Traversable = files(module)
        self._read: dict[str, Any] = {}

    # --- files ---

    def text(self, path: str) -> str:
        """A text file."""
        return self.home.joinpath(path).read_text("utf-8")

    def table(self, path: str) -> Mapping[str, Any]:
        """A TOML file."""
        if path not in self._read:
            self._read[path] = self._parsed(path, tomllib.loads)
        found: Mapping[str, Any] = self._read[path]
        return found

    def schema(self, path: str) -> Mapping[str, Any]:
        """A JSON file."""
        if path not in self._read:
            self._read[path] = self._parsed(path, json.loads)
        found: Mapping[str, Any] = self._read[path]
        return found

    def records(self) -> tuple[Mapping[str, Any], ...]:
        """Every catalogue record of procedures/, by the name of its file."""
        return tuple(self.table(f"procedures/{name}") for name in self._names("procedures", ".toml"))

    def papers(self) -> tuple[SlipTemplate, ...]:
        """The papers of papers/, each called by the plugin's name, a dot and the name of its file."""
        found = self._names("papers", ".typ")
        return tuple(SlipTemplate(f"{self.name}.{name.removesuffix('.typ')}", self._bytes(f"papers/{name}")) for name in found)

    def words(self) -> Mapping[str, dict[str, str]]:
        """The sentences of wording/, by language."""
        return {language: self._sentences(f"wording/{language}") for language in LANGUAGES}

    def thresholds(self) -> tuple[Setting, ...]:
        """Every threshold of data/thresholds.toml."""
        return tuple(Setting(**row) for row in self.table("data/thresholds.toml")["threshold"])

    def _names(self, folder: str, ending: str) -> list[str]:
        return sorted(file.name for file in self.home.joinpath(folder).iterdir() if file.name.endswith(ending))

    def _sentences(self, path: str) -> dict[str, str]:
        try:
            return read_catalogue(self.home.joinpath(path))
        except ValueError as wrong:
            raise _unreadable(path, wrong) from wrong

    def _parsed(self, path: str, parse: Callable[[str], Any]) -> Any:
        try:
            return parse(self.text(path))
        except ValueError as wrong:
            raise _unreadable(path, wrong) from wrong

    def _bytes(self, path: str) -> bytes:
        return self.home.joinpath(path).read_bytes()

    # --- rules with their law ---

    def law(self, rule: str) -> Law:
        """What data/rules.toml says of a rule; PluginUnusable for one it does not have."""
        rows = self.table("data/rules.toml")
        if rule not in rows:
            why = Reason("plugins.out.file", {"file": "data/rules.toml"})
            raise PluginUnusable(problem=f"data/rules.toml says nothing of [{rule}], on which a rule rests; it has {', '.join(rows) or 'none'}", why=why)
        return Law(**rows[rule])

    def finding(self, rule: str, verdict: Verdict, code: str, /, **facts: Any) -> Finding:
        """What a rule concludes: its reason by its code within the package, and the basis of the rule."""
        return Finding(verdict, Reason(f"{self.name}.{code}", facts), f"{self.name}.{rule}", self.law(rule).basis)

    def field_rule(self, name: str, procedures: tuple[str, ...], pointer: str, check: Check, form: str = "") -> FieldRule:
        """A rule on a field."""
        known = self.law(name)
        return FieldRule(
            f"{self.name}.{name}", procedures, pointer, check, known.severity, known.basis, known.valid_from, known.valid_to, form
        )

    def finding_rule(self, name: str, procedures: tuple[str, ...], conclude: Conclusion) -> FindingRule:
        """A rule on the matter."""
        known = self.law(name)
        return FindingRule(f"{self.name}.{name}", procedures, conclude, known.valid_from, known.valid_to, basis=known.basis)

    def hint(
        self, name: str, procedures: tuple[str, ...], pointer: str, advise: Advice, reads: tuple[str, ...] = (), *,
        form: str = "", of: str = "",
    ) -> Hint:  # fmt: skip
        """Something said beforehand, resting on its own entry or that of the rule `of`."""
        known = self.law(of or name)
        return Hint(
            f"{self.name}.{name}", procedures, pointer, advise, known.basis, known.valid_from, known.valid_to, form, reads
        )

    def derivation(
        self, name: str, procedures: tuple[str, ...], pointer: str, compute: Computation, reads: tuple[str, ...] = (), *,
        of: str = "",
    ) -> Derivation:  # fmt: skip
        """A computed field, resting on its own entry or that of the rule `of`."""
        known = self.law(of or name)
        return Derivation(
            f"{self.name}.{name}", procedures, pointer, compute, known.basis, known.valid_from, known.valid_to, reads=reads
        )

    def decision_table(self, name: str, decision: str, of: str = "") -> DecisionTable:
        """The table data/tables/NAME.dmn, resting on its own entry or that of the rule `of`."""
        known = self.law(of or name)
        return DecisionTable(f"{self.name}.{name}", self._bytes(f"data/tables/{name}.dmn"), decision, known.basis, known.assumed)


def _unreadable(path: str, wrong: ValueError) -> PluginUnusable:
    return PluginUnusable(problem=f"{path} cannot be read: {wrong}", why=Reason("plugins.out.file", {"file": path}))
