"""The form can be drawn, accepts what it should, and refuses what it cannot understand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from wardflow import forms
from wardflow.packs import Procedure
from wardflow_land import procedures, schemas

SCHEMA = schemas()["land-use-change"]
NONE = forms.Schemas()
VALUE: Mapping[str, Any] = {
    "commune": "thien-loc", "certificate_no": "CS 0012345", "map_sheet": "24", "plot_no": "112",
    "certificate_area_m2": 126.5, "from_type": "CLN", "to_type": "ONT", "area_m2": 60,
    "reason": "Làm nhà ở cho con trai út", "declared_true": True,
}


def test_every_field_can_be_drawn() -> None:
    assert forms.undrawable(SCHEMA, schemas=NONE) == ()


def test_a_full_form_has_nothing_to_object() -> None:
    assert forms.check(SCHEMA, VALUE, schemas=NONE) == ()


@pytest.mark.parametrize("name", sorted(SCHEMA["required"]))
def test_what_is_required_is_asked_for(name: str) -> None:
    found = forms.check(SCHEMA, {key: value for key, value in VALUE.items() if key != name}, schemas=NONE)
    assert [objection.pointer for objection in found] == [f"/{name}"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("commune", "atlantis"), ("map_sheet", "hai"), ("plot_no", "1-2"), ("certificate_area_m2", 0), ("from_type", "XYZ"),
     ("reason", "ngắn"), ("declared_true", False), ("in_plan_year", 1999)],
)  # fmt: skip
def test_what_cannot_be_so_is_refused_at_its_field(name: str, value: Any) -> None:
    found = forms.check(SCHEMA, {**VALUE, name: value}, schemas=NONE)
    assert [objection.pointer for objection in found] == [f"/{name}"]


def test_the_approval_of_the_council_is_asked_for_rice_and_forest_land_only() -> None:
    def shown(use: str) -> set[str]:
        return {field.pointer for field in forms.fields(SCHEMA, {**VALUE, "from_type": use}, schemas=NONE)}

    assert "/council_resolution" in shown("LUC") and "/council_resolution" not in shown("CLN")


@pytest.mark.parametrize(("language", "label"), [("vi", "Xã Thiên Lộc"), ("en", "Thiên Lộc commune")])
def test_a_commune_is_chosen_by_its_name(language: str, label: str) -> None:
    [commune] = [f for f in forms.fields(SCHEMA, VALUE, schemas=NONE, language=language) if f.pointer == "/commune"]
    assert len(commune.options) == 126
    assert [option.label for option in commune.options if option.chosen] == [label]


def test_the_catalogue_record_is_complete() -> None:
    [record] = [each for each in procedures() if each["code"] == "land-use-change"]
    procedure = Procedure.read(record, "land-use-change.toml")
    assert str(procedure.time_limit) == "20 d"
    assert (procedure.level, procedure.office, procedure.place, procedure.form) == (
        "commune", "economy", "/form/commune", "land-use-change",
    )
    assert procedure.legal_basis and procedure.components and procedure.valid_from
