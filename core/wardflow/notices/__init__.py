"""How a notice leaves the platform: the channels that carry words to a person."""

from __future__ import annotations

from wardflow.notices.channels import Channel, Mail, Message, Outbox, channel
from wardflow.notices.delivery import Delivery

__all__ = ["Channel", "Delivery", "Mail", "Message", "Outbox", "channel"]
