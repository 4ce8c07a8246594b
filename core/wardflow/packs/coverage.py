"""Which elements and flows of the diagrams a set of rehearsals passed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wardflow.engine import Definition


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a kind there are, and which were not passed."""

    total: int
    missed: tuple[str, ...]

    @property
    def passed(self) -> int:
        """How many were passed."""
        return self.total - len(self.missed)

    @property
    def percent(self) -> float:
        """The share in percent; of nothing, everything was passed."""
        return 100.0 * self.passed / self.total if self.total else 100.0


@dataclass(frozen=True, slots=True)
class Coverage:
    """Elements and flows, each with what no scenario passed."""

    elements: Share
    flows: Share
    passed: frozenset[str] = frozenset()
    """the ids of all elements and flows that some scenario passed"""


def covered(definitions: Iterable[Definition], passed: frozenset[str]) -> Coverage:
    """The coverage of all diagrams together."""
    nodes = {node.id: node for definition in definitions for node in definition.nodes.values()}
    flows = {out.flow for node in nodes.values() for out in node.outs}
    return Coverage(_share(set(nodes), passed), _share(flows, passed), passed)


def _share(names: set[str], passed: frozenset[str]) -> Share:
    return Share(len(names), tuple(sorted(names - passed)))
