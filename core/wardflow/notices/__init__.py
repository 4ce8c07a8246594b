"""How a notice leaves the platform: the channels that carry words to a person."""

from __future__ import annotations

from wardflow.notices.channels import Channel, Mail, Message, Outbox, channel

__all__ = ["Channel", "Mail", "Message", "Outbox", "channel"]
