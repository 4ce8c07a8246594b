"""What a table answers when several rules match: one function per hit policy, and the aggregators of COLLECT."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from wardflow.feel.compare import equal, order
from wardflow.feel.numbers import CONTEXT
from wardflow.feel.run import Run


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that matched: its number from 1, its outputs in order, and both put together as the table answers."""

    number: int
    outputs: tuple[Any, ...]
    answer: Any


Ranks = Sequence[Sequence[Any]]
"""For each output, its possible values from the most to the least important; empty where none are listed."""
Policy = Callable[[Sequence[Hit], Ranks, Run], Any]


def unique(hits: Sequence[Hit], ranks: Ranks, run: Run) -> Any:
    """The one rule that matched; null when there are several, since the table promised there never are."""
    if len(hits) > 1:
        run.warn("several-rules", rules=[hit.number for hit in hits], policy="UNIQUE")
        return None
    return hits[0].answer


def any_(hits: Sequence[Hit], ranks: Ranks, run: Run) -> Any:
    """What all matching rules agree on; null when they do not."""
    if all(equal(hit.answer, hits[0].answer) for hit in hits):
        return hits[0].answer
    run.warn("several-rules", rules=[hit.number for hit in hits], policy="ANY")
    return None


def first(hits: Sequence[Hit], ranks: Ranks, run: Run) -> Any:
    """The topmost matching rule."""
    return hits[0].answer


def priority(hits: Sequence[Hit], ranks: Ranks, run: Run) -> Any:
    """The matching rule with the most important output."""
    return _ranked(hits, ranks)[0].answer


def rule_order(hits: Sequence[Hit], ranks: Ranks, run: Run) -> Any:
    """All matching rules from top to bottom."""
    return [hit.answer for hit in hits]


def output_order(hits: Sequence[Hit], ranks: Ranks, run: Run) -> Any:
    """All matching rules, the most important output first."""
    return [hit.answer for hit in _ranked(hits, ranks)]


def _ranked(hits: Sequence[Hit], ranks: Ranks) -> list[Hit]:
    return sorted(hits, key=lambda hit: [_rank(value, rank) for value, rank in zip(hit.outputs, ranks, strict=True)])


def _rank(value: Any, rank: Sequence[Any]) -> int:
    return next((place for place, one in enumerate(rank) if equal(value, one) is True), len(rank))


def _sum(hits: Sequence[Hit], ranks: Ranks, run: Run) -> Any:
    total = Decimal(0)
    for hit in hits:
        if not isinstance(hit.answer, Decimal):
            run.warn("not-summable", rule=hit.number)
            return None
        total = CONTEXT.add(total, hit.answer)
    return total


def _count(hits: Sequence[Hit], ranks: Ranks, run: Run) -> Any:
    return Decimal(len(hits))


def _least(hits: Sequence[Hit], ranks: Ranks, run: Run) -> Any:
    return _extreme(hits, -1)


def _greatest(hits: Sequence[Hit], ranks: Ranks, run: Run) -> Any:
    return _extreme(hits, 1)


def _extreme(hits: Sequence[Hit], sign: int) -> Any:
    best = hits[0].answer
    for hit in hits:
        found = order(hit.answer, best)
        if found is None:
            return None
        best = hit.answer if found * sign > 0 else best
    return best


POLICIES: dict[str, Policy] = {
    "UNIQUE": unique,
    "ANY": any_,
    "FIRST": first,
    "PRIORITY": priority,
    "RULE ORDER": rule_order,
    "OUTPUT ORDER": output_order,
    "COLLECT": rule_order,
    "COLLECT SUM": _sum,
    "COLLECT COUNT": _count,
    "COLLECT MIN": _least,
    "COLLECT MAX": _greatest,
}
