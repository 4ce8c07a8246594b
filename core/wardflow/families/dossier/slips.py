"""What the papers of a dossier say: components, missing papers, reasons, articles, fees.

The keys read here are those of the forms in workflows/dossier/forms; the keys written are those of documents/README.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wardflow.domain.reasons import Reason
from wardflow.offers import SlipContext

OPENING = frozenset({"applicant", "form", "components", "places", "options", "fees", "findings"})
"""What a case opens with, or the rules computed; everything else is what a step said."""


def fill(context: SlipContext) -> Mapping[str, Any]:
    """The part of a paper that only a dossier knows."""
    said, say = _said(context.data), context.say
    return {
        "components": _components(context),
        "items": said.get("missing", []),
        "reasons": _reasons(said),
        "next_steps": [text for text in (said.get("next_step"), say(Reason("slip.complain"))) if text],
        "articles": _articles(said) or [say(Reason("slip.granted", {"procedure": context.record["name"]}))],
        "request": (context.data.get("withdrawal") or {}).get("reason", ""),
        "stage": said.get("stage", ""),
        "fees": _fees(context),
    }


def _said(data: Mapping[str, Any]) -> dict[str, Any]:
    """What the steps said, later ones over earlier ones; steps stand in the data in the order they were first done."""
    said: dict[str, Any] = {}
    for name, value in data.items():
        if isinstance(value, Mapping) and name not in OPENING:
            said.update({key: inner for key, inner in value.items() if inner not in (None, "", [])})
    return said


def _components(context: SlipContext) -> list[dict[str, str]]:
    given = context.data.get("components") or {}
    parts = [part for part in context.record.get("components", ()) if part["id"] in given or part.get("required", True)]
    return [{"name": part["name"], "form": context.say(Reason(f"component.{part.get('kind', 'original')}"))} for part in parts]


def _reasons(said: Mapping[str, Any]) -> list[dict[str, str]]:
    listed: Sequence[Any] = said.get("reasons", ())
    found = [row if isinstance(row, dict) else {"text": str(row)} for row in listed]
    # who drafts a refusal often repeats what the appraisal said
    if said.get("reason") and said["reason"] not in [row["text"] for row in found]:
        found.append({"text": said["reason"], "basis": said.get("legal_basis", "")})
    return found


def _articles(said: Mapping[str, Any]) -> list[str]:
    articles: Sequence[Any] = said.get("articles", ())
    return [row["text"] if isinstance(row, dict) else str(row) for row in articles]


def _fees(context: SlipContext) -> list[dict[str, Any]]:
    lines = (context.data.get("fees") or {}).get("lines", ())
    return [
        {"name": context.say(Reason.from_json(line["name"])), "amount": int(line["amount"]), "basis": line.get("basis", "")}
        for line in lines
        if line.get("amount") is not None
    ]
