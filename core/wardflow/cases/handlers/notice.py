"""The service `notice.send`: tells somebody something that is chosen while the case runs."""

from __future__ import annotations

from wardflow.cases.handlers.asked import Answered, Asked
from wardflow.cases.handling import INPUT, check_input
from wardflow.engine import NoticeDue
from wardflow.errors import ServiceRefused

ASKED = {
    "type": "object",
    "required": ["notice"],
    "additionalProperties": False,
    "properties": {"notice": {"type": "string", "description": "a notice that pack.toml declares under [notices]"}},
}


def send_notice(asked: Asked) -> Answered:
    """The notice, kept with the act like any that wf:notice sends; the worker carries it to its address."""
    check_input("notice.send", ASKED, asked.call.inputs)
    notice = asked.call.inputs["notice"]
    if notice not in asked.matter.pack.notices:
        raise ServiceRefused(code=INPUT)
    return Answered({"notice": notice}, (NoticeDue(notice, asked.call.node),))
