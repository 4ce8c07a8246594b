"""Reasons of the register in the words of the packs in use: roles and capabilities are their words, not the register's."""

from __future__ import annotations

from typing import Any

from flask import Flask, url_for
from wardflow.cases.reads.views import Words
from wardflow.domain.reasons import Reason

from wardflow_web.language import phrase
from wardflow_web.marks import unit_name
from wardflow_web.visitor import current_matters, platform, role_words


def worded(reason: Reason) -> Reason:
    """The reason with its role and its capability named."""
    facts: dict[str, Any] = dict(reason.facts)
    if isinstance(facts.get("role"), str):
        words = role_words(facts["role"], current_matters())
        facts |= {"role": words.vi, "role_en": words.en}
    if isinstance(facts.get("needs"), str):
        named = capability_words(facts["needs"])
        if named.vi != facts["needs"]:
            facts |= {"needs": named.vi, "needs_en": named.en}
    return Reason(reason.code, facts)


def links(reason: Reason) -> list[tuple[str, str]]:
    """Where the paper, the person and the unit of a reason are looked up, as (address, words)."""
    register, facts, found = platform().register(), reason.facts, list[tuple[str, str]]()
    if isinstance(facts.get("paper"), int):
        found.append((url_for("authority.paper", paper=facts["paper"]), phrase("văn bản")))
    person = facts.get("person_id")
    if isinstance(person, str) and register.holdings_of(person):
        found.append((url_for("staff.person", person=person), phrase("xem {name}", name=register.person(person).name)))
    if reason.code.startswith("routing.next-holder") or reason.code == "routing.nobody-here":
        unit = str(facts.get("above_id", ""))
        if register.knows_unit(unit):
            found.append((url_for("staff.unit", unit=unit), phrase("xem {name}", name=unit_name(register.unit(unit)))))
    if facts.get("needs_id") or isinstance(facts.get("needs"), list):
        found.append((url_for("staff.capabilities"), phrase("sổ năng lực")))
    return found


def install(app: Flask) -> None:
    """Hands the links of a reason to the templates."""
    app.jinja_env.globals.update(links=links)


def capability_words(kind: str) -> Words:
    """A capability as the packs in use call it."""
    packs = (matter.pack for matter in current_matters())
    named = next((pack.capabilities[kind] for pack in packs if kind in pack.capabilities), None)
    return Words(named.vi, named.en) if named else Words(kind, kind)
