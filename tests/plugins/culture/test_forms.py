"""The forms can be drawn, accept what they should, and refuse what they cannot understand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from wardflow import forms
from wardflow.catalog import shared_schemas
from wardflow_culture import procedures, schemas

from .samples import FORMS, RELIC

SCHEMAS = schemas()
SHARED = forms.Schemas(shared_schemas())
FORM_OF = {record["code"]: SCHEMAS[record["form"]] for record in procedures()}


def objected(code: str, value: Mapping[str, Any]) -> list[str]:
    return [objection.pointer for objection in forms.check(FORM_OF[code], value, schemas=SHARED)]


def shown(code: str, value: Mapping[str, Any]) -> set[str]:
    return {field.pointer for field in forms.fields(FORM_OF[code], value, schemas=SHARED)}


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_every_field_can_be_drawn(name: str) -> None:
    assert forms.undrawable(SCHEMAS[name], schemas=SHARED) == ()


@pytest.mark.parametrize("code", sorted(FORMS))
def test_a_full_form_has_nothing_to_object(code: str) -> None:
    assert objected(code, FORMS[code]) == []


@pytest.mark.parametrize("code", sorted(FORMS))
def test_what_is_required_is_asked_for(code: str) -> None:
    for name in FORM_OF[code]["required"]:
        assert objected(code, {key: value for key, value in FORMS[code].items() if key != name}) == [f"/{name}"]


@pytest.mark.parametrize(
    ("code", "name", "value"),
    [
        ("festival-notice", "expected_people", 0), ("festival-notice", "scope", "country"), ("festival-notice", "start_date", "mai"),
        ("festival-notice", "gap_years", -1), ("karaoke-licence", "rooms", []), ("karaoke-licence", "opens_at", "8 giờ"),
        ("karaoke-licence", "distance_sensitive_m", -5), ("karaoke-licence", "service", "bar"), ("relic-works", "rank", "city"),
        ("relic-works", "zone", "III"), ("performance-notice", "capacity", 0), ("performance-notice", "declared_true", False),
        ("noise-inspection", "complaints", []),
    ],
)  # fmt: skip
def test_what_cannot_be_so_is_refused_at_its_field(code: str, name: str, value: Any) -> None:
    assert objected(code, {**FORMS[code], name: value}) == [f"/{name}"]


def test_minutes_of_the_degradation_are_asked_for_repair_and_restoration_only() -> None:
    assert "/degradation_record" in shown("relic-works", RELIC)
    assert "/degradation_record" not in shown("relic-works", {**RELIC, "work_type": "maintain"})
    without = {key: value for key, value in RELIC.items() if not key.startswith("degradation")}
    assert sorted(objected("relic-works", without)) == ["/degradation_date", "/degradation_record"]


def test_rooms_or_the_new_owner_are_asked_for_as_the_change_is() -> None:
    adjustment = FORMS["karaoke-adjustment"]
    assert "/new_owner" not in shown("karaoke-adjustment", adjustment)
    assert "/new_owner" in shown("karaoke-adjustment", {**adjustment, "change": "owner"})


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_a_form_is_in_order_with_words_in_both_languages(name: str) -> None:
    for part in _parts(SCHEMAS[name]):
        english = part.get("x-i18n", {}).get("en", {})
        assert ("title" in part) == ("title" in english), part
        assert ("description" in part) == ("description" in english), part
        assert set(part.get("x-enum", {})) == set(english.get("enum", {})), part
        if "properties" in part:
            assert sorted(part["x-order"]) == sorted(part["properties"]) and part["additionalProperties"] is False


def _parts(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        if {"type", "$ref"} & value.keys():
            yield value
        for key, each in value.items():
            if key not in ("if", "then", "else", "x-i18n", "x-enum", "allOf"):
                yield from _parts(each)
