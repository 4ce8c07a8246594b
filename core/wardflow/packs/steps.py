"""What a step says of itself: by its own attributes, else by the procedure that runs it, else by its pack.

`[steps.<id>]` of a catalogue record wins over the diagram for its one procedure; the procedure's legal basis and the
table `[clears]` of pack.toml stand in for what neither says.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardflow.engine import Node
from wardflow.packs.pack import Pack
from wardflow.packs.procedure import Procedure

CLEARS = "clears"
STEPS = "steps"
PROVES = "needs"
SHARE = "share"


def said_of(node: Node, pack: Pack, procedure: Procedure | None = None) -> Mapping[str, str]:
    """The attributes of a step of a pack, for one procedure where it is known; worked out once."""
    key = node.id, id(procedure)
    known = pack.said.get(key)
    if known is None or known[0] is not procedure:
        known = pack.said[key] = procedure, _said(node, pack, procedure)
    return known[1]


def _said(node: Node, pack: Pack, procedure: Procedure | None) -> Mapping[str, str]:
    said: dict[str, str] = {key: str(text) for key, text in _table(pack.settings, CLEARS).items()}
    if procedure is not None and procedure.legal_basis:
        said["authority"] = "; ".join(procedure.legal_basis)
        said.pop("authorityEn", None)
    own = {key: text for key, text in node.attributes.items() if text.strip()}
    if own.get("authority"):
        said.pop("authorityEn", None)
    steps = _table(procedure.record, STEPS) if procedure is not None else {}
    for_this = {key: _text(value) for key, value in _table(steps, node.element).items()}
    return {**said, **own, **for_this}


def listed(text: str) -> tuple[str, ...]:
    """Words separated by spaces or commas."""
    return tuple(text.replace(",", " ").split())


def _table(record: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = record.get(name, {})
    return found if isinstance(found, Mapping) else {}


def _text(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
