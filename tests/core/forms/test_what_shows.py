"""The schema alone decides what a form shows, so page, API and scenario agree."""

from __future__ import annotations

from typing import Any

from wardflow.forms import Field, Schemas, every_field, fields

OWNER = {"type": "string", "title": "Loại chủ", "enum": ["person", "firm"], "x-enum": {"person": "Cá nhân", "firm": "Tổ chức"}}


def names(schema: dict[str, Any], value: Any, **options: Any) -> list[str]:
    return [each.name for each in fields(schema, value, **options)]


def named(schema: dict[str, Any], value: Any, name: str, **options: Any) -> Field:
    return next(each for each in every_field(fields(schema, value, **options)) if each.name == name)


def test_a_condition_shows_what_it_asks() -> None:
    schema = {
        "properties": {"owner": OWNER},
        "if": {"properties": {"owner": {"const": "firm"}}, "required": ["owner"]},
        "then": {"properties": {"tax_code": {"type": "string"}}, "required": ["tax_code"]},
        "else": {"properties": {"born": {"type": "string", "format": "date"}}},
    }
    assert names(schema, {}) == ["owner", "born"]
    assert names(schema, {"owner": "firm"}) == ["owner", "tax_code"]
    assert named(schema, {"owner": "firm"}, "tax_code").required


def test_only_a_value_that_decides_is_live() -> None:
    schema = {
        "properties": {"a": {"type": "string"}, "b": {"type": "string"}, "c": {"type": "string"}},
        "if": {"properties": {"a": {"const": "x"}}},
        "dependentRequired": {"b": ["c"]},
    }
    assert [each.live for each in fields(schema, {})] == [True, True, False]


def test_false_hides_a_question() -> None:
    schema = {
        "properties": {"owner": OWNER, "council": {"type": "string"}},
        "if": {"properties": {"owner": {"const": "firm"}}, "required": ["owner"]},
        "else": {"properties": {"council": False}},
    }
    assert names(schema, {"owner": "person"}) == ["owner"]
    assert names(schema, {"owner": "firm"}) == ["owner", "council"]


def test_dependent_schemas_and_dependent_required() -> None:
    schema = {
        "properties": {"phone": {"type": "string"}, "email": {"type": "string"}},
        "dependentSchemas": {"phone": {"properties": {"hours": {"type": "string"}}}},
        "dependentRequired": {"phone": ["email"]},
    }
    assert names(schema, {}) == ["phone", "email"]
    assert names(schema, {"phone": "1"}) == ["phone", "hours", "email"]
    assert named(schema, {"phone": "1"}, "email").required


def test_a_constant_tells_alternatives_apart_and_becomes_a_list() -> None:
    schema = {
        "type": "object",
        "oneOf": [
            {"title": "Thẻ", "properties": {"way": {"const": "card"}, "number": {"type": "string"}}, "required": ["way"]},
            {"title": "Tiền mặt", "properties": {"way": {"const": "cash"}}, "required": ["way"]},
        ],
    }
    assert names(schema, {}) == ["way"]
    way = named(schema, {"way": "card"}, "way")
    assert (way.kind, way.live, way.required) == ("select", True, True)
    assert [(option.text, option.label, option.chosen) for option in way.options] == [
        ("card", "Thẻ", True), ("cash", "Tiền mặt", False)]  # fmt: skip
    assert names(schema, {"way": "card"}) == ["way", "number"]


def test_alternatives_without_a_telling_value_are_asked_for() -> None:
    schema = {
        "properties": {
            "size": {
                "oneOf": [
                    {"title": "Một số", "type": "object", "properties": {"value": {"type": "number"}}, "required": ["value"]},
                    {"title": "Khoảng", "type": "object", "properties": {"low": {"type": "number"}}, "required": ["low"]},
                ]
            }
        }
    }
    (choice,) = fields(schema, {"size": {"low": 1}})
    assert (choice.kind, choice.name) == ("choice", "_choice.size")
    assert [(option.label, option.chosen) for option in choice.options] == [("Một số", False), ("Khoảng", True)]
    assert [each.name for each in choice.items[0].items] == ["size.low"]
    (chosen,) = fields(schema, {"size": {"low": 1}}, choices={"/size": 0})
    assert [each.name for each in chosen.items[0].items] == ["size.value"]


def test_a_title_beside_a_reference_wins_and_shared_schemas_are_found() -> None:
    schemas = Schemas({"person": {"title": "Người", "type": "object", "properties": {"name": {"type": "string"}}}})
    schema = {"$id": "form", "properties": {"owner": {"$ref": "person", "title": "Chủ đất"}}}
    (owner,) = fields(schema, {}, schemas=schemas)
    assert owner.label == "Chủ đất"
    assert [each.name for each in owner.items] == ["owner.name"]


def test_labels_and_options_follow_the_language() -> None:
    schema = {"properties": {"owner": OWNER | {"x-i18n": {"en": {"title": "Owner", "enum": {"person": "A person"}}}}}}
    vi, en = named(schema, {}, "owner"), named(schema, {}, "owner", language="en")
    assert (vi.label, vi.options[0].label) == ("Loại chủ", "Cá nhân")
    assert (en.label, en.options[0].label, en.options[1].label) == ("Owner", "A person", "Tổ chức")


def test_the_order_may_be_given() -> None:
    schema = {"x-order": ["b", "a"], "properties": {"a": {"type": "string"}, "b": {"type": "string"}, "c": {"type": "string"}}}
    assert names(schema, {}) == ["b", "a", "c"]


def test_a_group_that_contains_itself_is_begun_with_a_button() -> None:
    schema = {"$defs": {"node": {"type": "object", "properties": {"name": {"type": "string"}, "inner": {"$ref": "#/$defs/node"}}}},
              "$ref": "#/$defs/node"}  # fmt: skip
    assert [each.kind for each in fields(schema, {})] == ["text", "later"]
    assert [each.kind for each in fields(schema, {"inner": {}})] == ["text", "group"]


def test_the_list_of_a_widget_comes_from_the_page() -> None:
    schema = {"properties": {"commune": {"type": "string", "x-widget": "unit"}}}
    commune = named(schema, {"commune": "b"}, "commune", lists={"unit": [("a", "Phường A"), ("b", "Xã B")]})
    assert commune.kind == "select"
    assert [option.chosen for option in commune.options] == [False, True]


def test_every_kind_of_control() -> None:
    schema = {
        "properties": {
            "text": {"type": "string"}, "long": {"type": "string", "maxLength": 900}, "day": {"type": "string", "format": "date"},
            "mail": {"type": "string", "format": "email"}, "n": {"type": "number"}, "i": {"type": "integer"},
            "fee": {"type": "integer", "x-widget": "money"}, "yes": {"type": "boolean"}, "one": {"enum": ["a", "b"]},
            "radio": {"enum": ["a", "b"], "x-widget": "radio"},
            "many": {"type": "array", "uniqueItems": True, "items": {"enum": ["a", "b"]}},
            "rows": {"type": "array", "items": {"type": "string"}}, "pair": {"prefixItems": [{"type": "string"}, {"type": "number"}]},
            "file": {"x-widget": "file", "type": "object"}, "maybe": {"type": ["string", "null"]}, "any": True,
        }
    }  # fmt: skip
    assert [each.kind for each in fields(schema, {})] == [
        "text", "textarea", "date", "email", "number", "integer", "money", "checkbox", "select", "radio", "many", "list", "tuple",
        "file", "text", "choice",
    ]  # fmt: skip


def test_a_form_without_a_schema_has_no_fields() -> None:
    assert fields({}, {}) == ()


def test_a_question_an_answer_brought_up_stands_behind_that_answer() -> None:
    schema = {
        "properties": {"owner": OWNER, "note": {"type": "string"}},
        "allOf": [
            {"if": {"properties": {"owner": {"const": "firm"}}, "required": ["owner"]},
             "then": {"properties": {"tax_code": {"type": "string"}, "head": {"type": "string"}}}},
            {"if": {"properties": {"tax_code": {"const": "0"}}, "required": ["tax_code"]},
             "then": {"properties": {"why": {"type": "string"}}}},
        ],
    }  # fmt: skip
    assert names(schema, {"owner": "firm", "tax_code": "0"}) == ["owner", "tax_code", "why", "head", "note"]
    assert names(schema | {"x-order": ["note"]}, {"owner": "firm"}) == ["note", "owner", "tax_code", "head"]
