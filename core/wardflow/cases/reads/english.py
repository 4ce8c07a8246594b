"""The English of texts that a case keeps in Vietnamese: its diagram says each basis and authority in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from wardflow.cases.library import Matter
from wardflow.domain.reasons import Reason

PAIRS = (("basis", "basisEn"), ("authority", "authorityEn"))


def texts(matter: Matter) -> Mapping[str, str]:
    """Each basis and authority of the diagram, with its English."""
    return {
        node.attributes[own]: node.attributes[other]
        for node in matter.definition.nodes.values() for own, other in PAIRS
        if own in node.attributes and other in node.attributes
    }  # fmt: skip


def twinned(reasons: Iterable[Reason], matter: Matter) -> tuple[Reason, ...]:
    """The reasons, each basis with its English beside it."""
    known = texts(matter)
    return tuple(_twinned(reason, known) for reason in reasons)


def _twinned(reason: Reason, known: Mapping[str, str]) -> Reason:
    basis = reason.facts.get("basis")
    if not isinstance(basis, str) or basis not in known:
        return reason
    return replace(reason, facts={**reason.facts, "basis_en": known[basis]})
