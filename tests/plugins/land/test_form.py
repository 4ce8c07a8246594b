"""The form can be drawn, accepts what it should, and refuses what it cannot understand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from wardflow import forms
from wardflow.packs import Procedure
from wardflow_land import procedures, schemas
from wardflow_land.law import CONCILIATION, DISPUTE, FIRST_CERTIFICATE, SPLIT_MERGE

from .samples import FORMS

SCHEMA = schemas()["land-use-change"]
NONE = forms.Schemas()
VALUE: Mapping[str, Any] = {
    "commune": "thien-loc", "certificate_no": "CS 0012345", "map_sheet": "24", "plot_no": "112",
    "certificate_area_m2": 126.5, "from_type": "CLN", "to_type": "ONT", "area_m2": 60,
    "reason": "Làm nhà ở cho con trai út", "declared_true": True,
}


@pytest.mark.parametrize("name", sorted(schemas()))
def test_every_field_can_be_drawn(name: str) -> None:
    assert forms.undrawable(schemas()[name], schemas=NONE) == ()


@pytest.mark.parametrize("procedure", sorted(code for code in FORMS if " " not in code))
def test_the_form_of_every_procedure_has_nothing_to_object_when_it_is_full(procedure: str) -> None:
    [record] = [each for each in procedures() if each["code"] == procedure]
    assert forms.check(schemas()[record["form"]], FORMS[procedure], schemas=NONE) == ()


@pytest.mark.parametrize(
    ("procedure", "name", "value", "pointer"),
    [
        (SPLIT_MERGE, "result_plots", [], "/result_plots"), (SPLIT_MERGE, "certificate_no", None, "/certificate_no"),
        (SPLIT_MERGE, "operation", "merge", "/merge_with"), (SPLIT_MERGE, "use_term", "until", "/use_until"),
        (SPLIT_MERGE, "area_m2", 0, "/area_m2"), (CONCILIATION, "parties", [{"name": "Hộ ông A", "type": "household"}], "/parties"),
        (DISPUTE, "conciliation_id", None, "/conciliation_id"), (DISPUTE, "chosen_path", "police", "/chosen_path"),
        (FIRST_CERTIFICATE, "used_since", None, "/used_since"), (FIRST_CERTIFICATE, "declared_true", False, "/declared_true"),
    ],
)  # fmt: skip
def test_what_is_missing_or_cannot_be_so_is_said_at_its_field(procedure: str, name: str, value: Any, pointer: str) -> None:
    [record] = [each for each in procedures() if each["code"] == procedure]
    full = {**FORMS[procedure], name: value}
    form = {key: each for key, each in full.items() if each is not None}
    assert pointer in [objection.pointer for objection in forms.check(schemas()[record["form"]], form, schemas=NONE)]


@pytest.mark.parametrize(
    ("procedure", "limit", "level"),
    [
        ("land-split-merge", "12 wd", "city"), ("land-split-merge-remote", "22 wd", "city"), ("land-conciliation", "30 d", "commune"),
        ("land-dispute", "45 d", "commune"), ("land-dispute-city", "50 d", "city"), ("land-first-certificate", "20 wd", "commune"),
    ],
)  # fmt: skip
def test_every_record_says_who_decides_and_in_what_time(procedure: str, limit: str, level: str) -> None:
    [record] = [Procedure.read(each, procedure) for each in procedures() if each["code"] == procedure]
    assert (str(record.time_limit), record.level, record.place) == (limit, level, "/form/commune")
    assert record.legal_basis and record.components and record.valid_from


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
