"""What a decision requirement graph is made of."""

from __future__ import annotations

from dataclasses import dataclass

from wardflow.feel.run import Evaluator
from wardflow.feel.types import Type

Key = tuple[str, str]
"""Namespace and id of an element."""
@dataclass(frozen=True, slots=True)
class Element:
    """Something with a name: `path` is how the model that needs it writes the name, import prefix first."""

    key: Key
    name: str
    type: Type | None


@dataclass(frozen=True, slots=True)
class InputData(Element):
    """A value that the host gives."""


@dataclass(frozen=True, slots=True)
class Decision(Element):
    """A value that the model works out from those it requires."""

    requires: tuple[Key, ...]
    logic: Evaluator


@dataclass(frozen=True, slots=True)
class Knowledge(Element):
    """A business knowledge model: a function that decisions call."""

    requires: tuple[Key, ...]
    logic: Evaluator


@dataclass(frozen=True, slots=True)
class Service(Element):
    """A decision service: decisions offered together as a function of their inputs."""

    outputs: tuple[Key, ...]
    inputs: tuple[Key, ...]
