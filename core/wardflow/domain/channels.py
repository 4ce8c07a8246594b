"""The channel by which a case came in, who helped to hand it in, and how its result travels back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Channel(StrEnum):
    """How a case reached the counter (Decree 118/2025 Art. 15: in person, by post or through somebody, online)."""

    COUNTER = "counter"
    ONLINE = "online"
    POST = "post"
    MOBILE = "mobile"
    ASSISTED = "assisted"
    SYSTEM = "system"
    """another system, or another case, opened it"""


class Helper(StrEnum):
    """Who hands a case in for its applicant, who stays the applicant."""

    GUIDE = "guide"
    COMMUNITY = "community"
    AGENT = "agent"
    AUTHORISED = "authorised"


class Return(StrEnum):
    """How the applicant wants the result."""

    DESK = "desk"
    POST = "post"
    ONLINE = "online"


@dataclass(frozen=True, slots=True)
class Way:
    """How one case came in; every text but the channel is blank where there is nothing to say."""

    channel: Channel = Channel.COUNTER
    helper: Helper | None = None
    helper_name: str = ""
    helper_person: str = ""
    """the account of who helped, where they have one"""
    authorisation: str = ""
    """the paper by which somebody acts for the applicant"""
    parcel: str = ""
    """the number under which the papers travelled here by post"""
    back: Return | None = None
    back_address: str = ""

    def facts(self) -> dict[str, str]:
        """What there is to say beside the channel, as JSON values."""
        return {name: str(value) for name in FACTS if (value := getattr(self, name))}

    @classmethod
    def of(cls, channel: str, facts: Mapping[str, Any]) -> Way:
        """The way that a row or a sheet tells of; what an empty text or a name nobody knows says is left out."""
        told = {name: str(facts[name]) for name in FACTS if facts.get(name)}
        helper, back = told.pop("helper", ""), told.pop("back", "")
        return cls(
            Channel(channel), Helper(helper) if helper in set(Helper) else None, back=Return(back) if back in set(Return) else None, **told
        )


AT_COUNTER = Way()
"""The applicant came to the counter, as most do."""
FACTS = ("helper", "helper_name", "helper_person", "authorisation", "parcel", "back", "back_address")
