"""Sets a threshold of a plugin from a day on; cases that run keep the one they began with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from wardflow import forms
from wardflow.adopted import CITY, OwnValue
from wardflow.cases.platform import Platform
from wardflow.cases.switch_plugin import place
from wardflow.domain.people import Actor
from wardflow.domain.reasons import Objection, Reason
from wardflow.errors import FormRefused, SettingUnknown
from wardflow.permissions import require


@dataclass(frozen=True, slots=True)
class Threshold:
    """What somebody sets: the value between two days, in a unit or the whole city, and on what it rests."""

    key: str
    value: Any
    valid_from: date
    valid_to: date | None = None
    basis: str = ""
    unit: str = CITY


def set_threshold(platform: Platform, actor: Actor, asked: Threshold) -> None:
    """Nothing; FormRefused where the value is not as the plugin's schema says, or its last day comes before its first."""
    require(actor, "set_threshold", place(platform, asked.unit))
    known = [row for row in platform.plugins.setting_rows() if row.key == asked.key]
    if not known:
        raise SettingUnknown(key=asked.key)
    schema = form_of(known[-1].schema)
    typed = {
        "value": asked.value, "valid_from": asked.valid_from.isoformat(), "basis": asked.basis,
        **({"valid_to": asked.valid_to.isoformat()} if asked.valid_to else {}),
    }  # fmt: skip
    objections = forms.check(schema, typed)
    if asked.valid_to and asked.valid_to < asked.valid_from:
        objections = (*objections, Objection("/valid_to", Reason("plugins.ends_before")))
    if objections:
        raise FormRefused(count=len(objections), objections=objections, typed=typed)
    row = OwnValue(
        asked.key, asked.unit, asked.value, asked.valid_from, asked.valid_to, asked.basis, actor.person, platform.now()
    )
    platform.store.adoption.set_value(row)


def form_of(schema: Any) -> dict[str, Any]:
    """The form in which a threshold is set: its value, the days between which it holds, and on what it rests."""
    day = {"type": "string", "format": "date"}
    return {
        "type": "object",
        "required": ["value", "valid_from", "basis"],
        "properties": {
            "value": dict(schema) or {"type": "string"},
            "valid_from": {**day, "title": "Áp dụng từ ngày", "x-i18n": {"en": {"title": "From"}}},
            "valid_to": {**day, "title": "Đến hết ngày", "x-i18n": {"en": {"title": "Until"}}},
            "basis": {
                "type": "string", "minLength": 3, "title": "Căn cứ",
                "description": "Số, ngày và cơ quan ban hành văn bản.",
                "x-i18n": {"en": {"title": "Legal basis", "description": "Number, day and issuer of the text."}},
            },
        },
    }  # fmt: skip
