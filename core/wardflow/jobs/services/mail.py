"""The service `mail.send`: writes to an address, through the channel by which notices leave."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from wardflow.offers import Handler, HandlerContext

LINE = "^[^\\r\\n]+$"
ASKED = {
    "type": "object",
    "required": ["to", "subject", "text"],
    "additionalProperties": False,
    "properties": {
        "to": {"type": "string", "format": "email", "maxLength": 200},
        "subject": {"type": "string", "pattern": LINE, "maxLength": 200},
        "text": {"type": "string", "maxLength": 20000},
    },
}
ANSWERED = {"type": "object", "required": ["sent"], "properties": {"sent": {"type": "boolean"}}}


def mail_send(send: Callable[[str, str, str, str], object]) -> Handler:
    """The handler; `send` takes key, address, subject and text, and the key lets a receiver drop a repeat."""

    def run(inputs: Mapping[str, Any], context: HandlerContext) -> Mapping[str, Any]:
        send(f"service:{context.key}", inputs["to"], inputs["subject"], inputs["text"])
        return {"sent": True}

    return Handler("mail.send", ASKED, ANSWERED, run)
