"""What only one family of cases needs, as built-in plugins over the same hooks as anyone's."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.resources import files
from types import ModuleType

from wardflow.offers import Setting
from wardflow.wording import LANGUAGES


@dataclass(frozen=True, slots=True)
class Family:
    """A family as a source of hooks."""

    name: str
    commands: bool = False
    """it brings commands, typed as `wardflow NAME COMMAND`"""

    def load(self) -> ModuleType:
        """The module with its hooks."""
        return import_module(f"{__name__}.{self.name}")


BUILT_IN = (Family("asset", commands=True), Family("assignment"), Family("dossier"), Family("voice"))
"""The families that ship; each brings its own hooks, some their own tables."""



def sentences(module: str) -> Mapping[str, Mapping[str, str]]:
    """The sentences of a family by language, from its wording/LANGUAGE.toml."""
    return {language: tomllib.loads(_text(module, f"wording/{language}.toml")) for language in LANGUAGES}


def thresholds(module: str) -> Sequence[Setting]:
    """The thresholds of a family, from its thresholds.toml."""
    return tuple(Setting(**row) for row in tomllib.loads(_text(module, "thresholds.toml"))["threshold"])


def _text(module: str, path: str) -> str:
    return files(module).joinpath(path).read_text("utf-8")


__all__ = ["BUILT_IN", "Family", "sentences", "thresholds"]
