"""What running cases need of a plugin, so that an upgrade or a removal never takes it from under them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from wardflow.cases.platform import Platform


@dataclass(frozen=True, slots=True)
class Need:
    """Something that would be gone, and the cases that run by it."""

    kind: str
    """rule, handler, paper or decision table"""
    name: str
    procedure: str
    cases: int

    def __str__(self) -> str:
        return f"{self.kind} {self.name}, {self.cases} open cases of {self.procedure}"


def needs(platform: Platform, plugin: str, after: Mapping[str, Any] | None) -> tuple[Need, ...]:
    """What open cases need and a plugin would no longer bring; `after` is its inventory then, None when it is removed."""
    before = platform.plugins.inventory(plugin)
    later: Mapping[str, Any] = after or {}
    rules = {id: set(codes) - set(later.get("rules", {}).get(id, ())) for id, codes in before["rules"].items()}
    handlers = set(before["handlers"]) - set(later.get("handlers", ()))
    papers = set(before["papers"]) - set(later.get("papers", ()))
    tables = set(before["tables"]) - set(later.get("tables", ()))
    ruled = {code for codes in before["rules"].values() for code in codes}
    found: Counter[tuple[str, str, str]] = Counter()
    for procedure, pack, count in platform.store.adoption.running():
        gone = [("rule", id) for id, codes in rules.items() if procedure in codes]
        gone += [("decision table", id) for id in tables if procedure in ruled]
        gone += [("handler", name) for name in handlers & called(platform, pack)] if handlers else []
        named = {slip.template for slip in platform.library.pack(pack).slips.values()} if papers else set()
        gone += [("paper", name) for name in papers & named]
        for kind, name in gone:
            found[kind, name, procedure] += count
    return tuple(Need(*what, count) for what, count in sorted(found.items()))


def called(platform: Platform, pack: str) -> set[str]:
    """The handlers that the diagrams of a published version call."""
    nodes = (node for definition in platform.library.pack(pack).definitions.values() for node in definition.nodes.values())
    return {node.handler for node in nodes if node.handler}


def told(found: Iterable[Need]) -> str:
    """The list in one sentence."""
    return "; ".join(str(need) for need in found)
