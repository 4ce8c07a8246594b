"""What only one family of cases needs, as built-in plugins over the same hooks as anyone's."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from types import ModuleType


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

__all__ = ["BUILT_IN", "Family"]
