"""The service `document.issue`: issues a paper of the pack that is chosen while the case runs."""

from __future__ import annotations

from wardflow.cases.handlers.asked import Answered, Asked
from wardflow.cases.handling import INPUT, check_input
from wardflow.engine import SlipIssued
from wardflow.errors import ServiceRefused

ASKED = {
    "type": "object",
    "required": ["slip"],
    "additionalProperties": False,
    "properties": {"slip": {"type": "string", "description": "a paper that pack.toml declares under [slips]"}},
}


def issue_document(asked: Asked) -> Answered:
    """The paper, numbered and kept with the act like any that wf:slip issues; its bytes are made when it is first opened."""
    check_input("document.issue", ASKED, asked.call.inputs)
    slip = asked.call.inputs["slip"]
    if slip not in asked.matter.pack.slips:
        raise ServiceRefused(code=INPUT)
    return Answered({"slip": slip}, (SlipIssued(slip, asked.call.node),))
