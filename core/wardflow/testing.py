"""For authors of plugins: fakes, rules tested from a table that an official can read, and what is wrong with packs and scenarios."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from wardflow import hookimpl
from wardflow.errors import PluginUnusable
from wardflow.offers import NO_DATA, Data
from wardflow.packtests import pack_faults, procedure_faults, scenario_faults
from wardflow.plugins import Plugins
from wardflow.ruletable import Row, RuleTable
from wardflow.wording import LANGUAGES, Wording

__all__ = [
    "FakeData", "Row", "RuleTable", "Source", "at_work", "fake_plugin", "faults", "pack_faults", "procedure_faults", "rule_table",
    "scenario_faults",
]  # fmt: skip

NOW = datetime(2026, 9, 4, 2, 40, tzinfo=UTC)
"""Friday 04/09/2026, 09:40 in Hanoi: the present of a test that names no other."""


@dataclass(frozen=True, slots=True)
class Source:
    """A plugin as it would be found among the installed packages."""

    name: str
    load: Callable[[], Any]
    version: str = "1.0"
    requires: tuple[str, ...] = ()
    dist: Any = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "dist", SimpleNamespace(version=self.version, requires=list(self.requires)))


class FakeData:
    """Own tables that answer as a function says, or with nothing."""

    def __init__(self, answer: Callable[[str, Sequence[Any]], Sequence[tuple[Any, ...]]] = lambda sql, given: ()) -> None:
        self._answer = answer
        self.asked: list[tuple[str, tuple[Any, ...]]] = []

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> Sequence[tuple[Any, ...]]:
        """What the function says, the question noted in `asked`."""
        self.asked.append((sql, tuple(parameters)))
        return self._answer(sql, parameters)


def fake_plugin(name: str, version: str = "1.0", requires: Sequence[str] = (), **hooks: Any) -> Source:
    """A plugin whose hooks answer with what is given, or raise it where it is an error."""
    module = ModuleType(name)
    for hook, offered in hooks.items():
        setattr(module, hook, hookimpl(_answering(hook, offered)))
    return Source(name, lambda: module, version, tuple(requires))


def at_work(*plugins: ModuleType | Source, data: Data = NO_DATA, **more: Any) -> Plugins:
    """These plugins and no others, as an installation loads them; a module is named by its last word."""
    found = Plugins.load(sources=[_source(each) for each in plugins], **more)
    return found.following(found.adopted, data)


def faults(plugin: ModuleType | Source) -> list[str]:
    """What is wrong with a plugin before any rule is asked: it cannot be loaded, or a language lacks a sentence."""
    found = at_work(plugin)
    said = [f"{out.name}: {out.error}" for out in found.left_out]
    words = {language: found.translations(language) for language in LANGUAGES}
    for language in LANGUAGES:
        others = {code for other in LANGUAGES for code in words[other]}
        said += [f"{code} has no words in {language}" for code in sorted(others - set(words[language]))]
    for table in found.tables.shipped.values():
        said += [f"{table.id}: {Wording('en').say(problem)}" for problem in found.tables.problems(table.id, table.model)]
    return [*said, *found.wrong_settings()]


def words(plugin: ModuleType | Source, language: str = "vi") -> Wording:
    """The sentences of a language, the plugin's among them."""
    return Wording(language, at_work(plugin).translations(language))


def rule_table(
    file: Path,
    plugin: ModuleType | Plugins,
    *,
    form: Mapping[str, Any] | None = None,
    forms: Mapping[str, Mapping[str, Any]] | None = None,
    now: datetime | None = None,
) -> RuleTable:
    """The table in a CSV file, over one `form`, or `forms` by the code of their procedure where rows name one.

    Rows on the form of a later step (`at`) change `forms["CODE forms/STEP.json"]`; the case then holds the form of the procedure.
    """
    plugins = plugin if isinstance(plugin, Plugins) else at_work(plugin)
    if plugins.left_out:
        raise PluginUnusable(problem="; ".join(f"{out.name}: {out.error.rstrip('.')}" for out in plugins.left_out))
    codes = [str(record["code"]) for record in plugins.procedures()]
    known = forms or dict.fromkeys(codes[:1], form or {})
    if not known:
        raise PluginUnusable(problem="it brings no procedure whose form the rows could change; give forms={code: form}")
    first = next(iter(known))
    lines = csv.DictReader(file.read_text("utf-8-sig").splitlines())
    rows = tuple(
        Row(
            number, line["rule"], line["expects"], line.get("changes") or "", line.get("procedure") or first,
            _moment(line.get("on") or "", now or NOW), line.get("note") or "", line.get("at") or "",
        )
        for number, line in enumerate(lines, 2)
    )  # fmt: skip
    return RuleTable(plugins, rows, known)


def _moment(day: str, now: datetime) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(5), UTC) if day else now


def _source(plugin: ModuleType | Source) -> Source:
    if isinstance(plugin, Source):
        return plugin
    return Source(plugin.__name__.rpartition(".")[2].removeprefix("wardflow_"), lambda: plugin)


def _answering(hook: str, offered: Any) -> Callable[[], Any]:
    def answer() -> Any:
        if isinstance(offered, BaseException):
            raise offered
        return offered

    answer.__name__ = hook
    return answer
