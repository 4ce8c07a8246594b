"""A new date with an apology as it is typed: kept as text until every part of it can be read."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from wardflow.cases.extend_clock import NewDate
from wardflow.cases.reads.views import ExtensionView

from wardflow_web.language import mark_for_translation as _
from wardflow_web.language import phrase
from wardflow_web.visitor import platform

LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields of the letter."""

    to: str = ""
    reason: str = ""
    paper: str = ""

    @classmethod
    def posted(cls, form: Mapping[str, str]) -> Typed:
        """The fields as a post brings them."""
        fields = (form.get(name, "").strip()[:LONGEST] for name in ("to", "why_late", "paper"))
        return cls(*(unicodedata.normalize("NFC", text) for text in fields))

    @classmethod
    def proposed(cls, extension: ExtensionView | None) -> Typed:
        """The letter as it is drafted: with the date that the pack proposes, and what the case waits for as its reason.

        The paper is in Vietnamese whatever language its signer reads.
        """
        if extension is None:
            return cls()
        reason = platform().wording("vi").say(extension.because) if extension.because else ""
        return cls(to=extension.proposed.strftime("%d/%m/%Y"), reason=reason)

    def checked(self) -> tuple[NewDate | None, dict[str, str]]:
        """What the act is asked for, or the objection of each field."""
        wrong: dict[str, str] = {}
        try:
            day = datetime.strptime(self.to, "%d/%m/%Y").date()
        except ValueError:
            day = None
            wrong["to"] = phrase(_("Cần một ngày có thật, viết như 02/09/2026."))
        if not self.reason:
            wrong["why_late"] = phrase(_("Cần ghi lý do: người nộp đọc lý do này trên văn bản."))
        return (None, wrong) if wrong or day is None else (NewDate(day, self.reason, self.paper), {})
