"""The six clears of a task: person, work, responsibility, deadline, product, authority."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from wardflow.domain.reasons import Reason
from wardflow.domain.record import record
from wardflow.domain.routing import Route

ORDER = ("person", "work", "responsibility", "deadline", "product", "authority")
"""The order of the six lights; it never changes."""
ENGLISH = {"work": "nameEn", "responsibility": "responsibilityEn", "product": "productEn", "authority": "authorityEn"}
"""The attribute of a step that has the English words of a light."""


@record(frozen=True, slots=True)
class Clear:
    """One light: on or off, and what it says."""

    ok: bool
    reason: Reason

    def to_json(self) -> dict[str, Any]:
        """The light as JSON values."""
        return {"ok": self.ok, **self.reason.to_json()}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Clear:
        """The light that `to_json` wrote."""
        return cls(bool(stored["ok"]), Reason.from_json(stored))


@record(frozen=True, slots=True)
class SixClears:
    """The six lights of one task."""

    person: Clear
    work: Clear
    responsibility: Clear
    deadline: Clear
    product: Clear
    authority: Clear

    def __iter__(self) -> Iterator[Clear]:
        """The lights in their fixed order."""
        return iter((self.person, self.work, self.responsibility, self.deadline, self.product, self.authority))

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the lights that are off."""
        return tuple(name for name, clear in zip(ORDER, self, strict=True) if not clear.ok)

    @property
    def all_clear(self) -> bool:
        """True when all six are on."""
        return not self.missing

    def to_json(self) -> dict[str, Any]:
        """The six lights as JSON values, by name."""
        return {name: clear.to_json() for name, clear in zip(ORDER, self, strict=True)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> SixClears:
        """The lights that `to_json` wrote."""
        return cls(*(Clear.from_json(stored[name]) for name in ORDER))

    @classmethod
    def of(
        cls,
        attributes: Mapping[str, str],
        work: str,
        due: datetime | None = None,
        route: Route | None = None,
        *,
        who: str = "",
        instrument: str = "",
        lead: Mapping[str, str] | None = None,
        accountable: str = "",
    ) -> SixClears:
        """The lights of a task: from its attributes alone in lint, with its due date and route once it runs.

        `lead` are the facts of the one unit that keeps the matter, `accountable` is the one person who answers for it.
        """
        return cls(
            person=_person(attributes, route, who),
            work=_clear("work", work),
            responsibility=_responsibility(attributes.get("responsibility", ""), lead or {}, accountable),
            deadline=_deadline(attributes, due),
            product=_clear("product", attributes.get("product", "")),
            authority=_clear("authority", attributes.get("authority", "") or instrument),
        )

    def due_at(self, due: datetime) -> SixClears:
        """The same lights with the deadline that came out."""
        return SixClears(self.person, self.work, self.responsibility, _due(due), self.product, self.authority)


def _person(attributes: Mapping[str, str], route: Route | None, who: str) -> Clear:
    """Somebody by name or by role; a route that found nobody turns the light off."""
    role, person = attributes.get("role", "").strip(), attributes.get("person", "").strip()
    if route is not None and not route.found:
        return Clear(False, Reason("six.person-nobody", {"role": route.role}))
    if route is not None and who:
        return Clear(True, Reason("six.person", {"text": who}))
    if role:
        return Clear(True, Reason("six.person-role", {"role": role}))
    return Clear(True, Reason("six.person-named")) if person else Clear(False, Reason("six.person-missing"))


def _responsibility(text: str, lead: Mapping[str, str], accountable: str) -> Clear:
    """What is answered for, and once the task runs by which unit and by whom, exactly one of each."""
    if not text.strip() or not lead:
        return _clear("responsibility", text)
    facts = {"text": text.strip(), **lead, "accountable": accountable}
    return Clear(True, Reason("six.responsibility-led" if accountable else "six.responsibility-unled", facts))


def _deadline(attributes: Mapping[str, str], due: datetime | None) -> Clear:
    if due is not None:
        return _due(due)
    written = attributes.get("due", "").strip()
    return Clear(True, Reason("six.deadline-limit", {"limit": written})) if written else _clear("deadline", "")


def _due(due: datetime) -> Clear:
    return Clear(True, Reason("six.deadline", {"due": due.isoformat()}))


def _clear(light: str, text: str) -> Clear:
    text = text.strip()
    return Clear(True, Reason(f"six.{light}", {"text": text})) if text else Clear(False, Reason(f"six.{light}-missing"))
