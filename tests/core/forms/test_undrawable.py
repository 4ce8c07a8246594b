"""A schema no field can be drawn for is found before it is published, with the place and the reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from wardflow.forms import Schemas, check, fields, undrawable
from wardflow.wording import Wording

SHARED = Path(__file__).parents[3] / "schemas"


@pytest.mark.parametrize(
    ("keywords", "code"),
    [
        ({"allOf": [{"type": "string"}, {"type": "integer"}]}, "undrawable-nothing"),
        ({"type": "string", "pattern": "(["}, "undrawable-pattern"),
        ({"type": "object", "patternProperties": {"(": {"type": "string"}}}, "undrawable-pattern"),
        ({"type": "string", "x-widget": "slider"}, "undrawable-widget"),
    ],
)
def test_each_reason_is_told_at_its_place(keywords: dict[str, Any], code: str) -> None:
    ((where, reason),) = undrawable({"properties": {"good": {"type": "string"}, "bad": keywords}})
    assert (where, reason.code) == ("/bad", f"form.{code}")
    assert Wording("vi").say(reason) != reason.code


@pytest.mark.parametrize(
    "keywords",
    [
        {}, {"type": ["string", "integer"]}, {"type": "array"}, {"type": "object"}, {"not": {"type": "string"}},
        {"type": "object", "additionalProperties": {"type": "string"}},
        {"type": "object", "properties": {"a": {"type": "string"}}, "patternProperties": {"^x": {"type": "string"}}},
        {"oneOf": [{"type": "number"}, {"type": "string"}]},
    ],
)  # fmt: skip
def test_what_leaves_kinds_or_names_open_can_be_drawn(keywords: dict[str, Any]) -> None:
    schema = {"properties": {"open": keywords}}
    assert undrawable(schema) == ()
    assert [each.name for each in fields(schema, {})] in (["open"], ["_choice.open"])


def test_a_schema_that_is_part_of_itself_is_looked_at_once() -> None:
    node = {"type": "object", "properties": {"left": {"$ref": "#/$defs/node"}, "right": {"$ref": "#/$defs/node"}, "name": {"x-widget": "slider"}}}
    found = undrawable({"$defs": {"node": node}, "properties": {"root": {"$ref": "#/$defs/node"}}})
    assert [where for where, _ in found] == ["/root/name"]


def test_a_reference_into_nowhere_is_told_at_its_place_in_the_schema() -> None:
    ((where, reason),) = undrawable({"properties": {"a": {"$ref": "nobody"}}})
    assert (where, reason.code) == ("/properties/a/$ref", "form.undrawable-reference")


def test_a_sealed_field_in_a_row_is_refused() -> None:
    rows = {"type": "array", "items": {"type": "object", "properties": {"name": {"type": "string", "x-sealed": "reader"}}}}
    assert [(where, reason.code) for where, reason in undrawable({"properties": {"who": rows}})] == [
        ("/who/0/name", "form.sealed-in-list")]  # fmt: skip


def test_a_sealed_field_in_an_entry_that_people_name_is_refused() -> None:
    entries = {"type": "object", "additionalProperties": {"type": "string", "x-sealed": "reader"}}
    assert [reason.code for _, reason in undrawable({"properties": {"who": entries}})] == ["form.sealed-in-list"]


def test_every_branch_is_looked_at() -> None:
    schema = {"properties": {"a": {"type": "string"}}, "if": {"required": ["a"]}, "then": {"properties": {"b": {"x-widget": "slider"}}}}
    assert [where for where, _ in undrawable(schema)] == ["/b"]


def test_shared_schemas_can_be_drawn_and_their_words_are_in_both_languages() -> None:
    documents = {path.stem: json.loads(path.read_text("utf-8")) for path in SHARED.glob("*.json")}
    schemas = Schemas(documents)
    assert {"person", "address", "unit", "attachment", "money", "plot"} <= set(documents)
    for name, document in documents.items():
        assert undrawable(document, schemas=schemas) == (), name
        assert document["$id"] == name
        assert document["x-i18n"]["en"]["title"] != document["title"]
        assert fields(document, {} if document["type"] == "object" else None, schemas=schemas)


def test_a_person_or_an_organisation_is_asked_by_kind() -> None:
    schemas = Schemas({path.stem: json.loads(path.read_text("utf-8")) for path in SHARED.glob("*.json")})
    party = schemas.documents["party"]
    assert [each.name for each in fields(party, {"kind": "organisation"}, schemas=schemas)] == ["kind", "organisation"]
    assert [each.pointer for each in check(party, {"kind": "person"}, schemas=schemas)] == ["/person/full_name"]
