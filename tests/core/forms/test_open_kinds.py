"""What a schema leaves open, the kind of a value or the names in an object, becomes a question of the form."""

from __future__ import annotations

from typing import Any

import pytest
from wardflow.forms import check, choices_of, edit_list, edited_choices, fields, from_post
from wardflow.forms.field import every_field

TEXT = {"type": "string"}
MAP: dict[str, Any] = {"type": "object", "properties": {"more": {"type": "object", "additionalProperties": TEXT}}}


def one(schema: Any, value: Any, **options: Any) -> Any:
    (drawn,) = fields({"type": "object", "properties": {"x": schema}}, {"x": value}, **options)
    return drawn


def labels(schema: Any, language: str = "vi") -> list[str]:
    return [option.label for option in one(schema, None, language=language).options]


def test_a_value_of_several_kinds_is_asked_for_its_kind_and_drawn_as_that() -> None:
    mixed = {"type": ["string", "boolean", "integer"]}
    drawn = one(mixed, 5)
    assert (drawn.kind, drawn.name) == ("choice", "_choice.x")
    assert [(each.label, each.chosen) for each in drawn.options] == [("Chữ", False), ("Có hoặc không", False), ("Số nguyên", True)]
    assert [each.kind for each in drawn.items] == ["integer"]
    assert labels(mixed, "en") == ["Text", "Yes or no", "Whole number"]


def test_null_beside_one_kind_is_no_question() -> None:
    assert one({"type": ["string", "null"]}, None).kind == "text"


def test_a_kind_chosen_by_hand_counts_although_nothing_is_typed() -> None:
    schema = {"type": "object", "properties": {"x": {"type": ["string", "boolean", "null"]}}}
    assert from_post(schema, [("_choice.x", "1"), ("x", "")]) == {}
    assert from_post(schema, [("_choice.x", "1"), ("x", "false")]) == {"x": False}
    assert from_post(schema, [("_choice.x", "2"), ("_blank.x", "const")]) == {"x": None}


@pytest.mark.parametrize(
    ("branches", "names"),
    [
        ([{"title": "Cá nhân"} | TEXT, {"title": "Nhóm", "type": "number"}], ["Cá nhân", "Nhóm"]),
        ([{"$ref": "#/$defs/home_address"}, TEXT], ["Home address", "Chữ"]),
        ([{"type": "object", "properties": {"a": {"title": "Tên"}, "b": TEXT}}, TEXT], ["Tên, B", "Chữ"]),
        ([{"enum": ["a", "b"]}, {"type": "number"}], ["a, b", "Số"]),
        ([{"type": "number", "minimum": 5}, {"type": "number", "maximum": 2}], ["Số", "Số (2)"]),
    ],
)
def test_alternatives_without_titles_are_named_after_what_they_are(branches: list[Any], names: list[str]) -> None:
    schema = {"$defs": {"home_address": {"type": "object", "properties": {"a": TEXT}}}, "properties": {"x": {"oneOf": branches}}}
    assert [option.label for option in fields(schema, {})[0].options] == names


def test_free_text_beside_a_list_proposes_the_list() -> None:
    drawn = one({"anyOf": [TEXT, {"type": "string", "enum": ["Huế", "Hà Nội"]}]}, "Vinh")
    assert (drawn.kind, drawn.facts["suggest"]) == ("text", ["Huế", "Hà Nội"])


def test_two_choices_at_one_value_are_asked_one_in_the_other() -> None:
    drawn = one({"oneOf": [{"title": "Một", "type": ["string", "number"]}, {"title": "Hai", "type": "boolean"}]}, 5)
    assert drawn.kind == "choice" and drawn.items[0].kind == "choice"
    names = [each.name for each in every_field([drawn])]
    assert len(set(names)) == len(names) == 3


def test_entries_get_their_names_from_the_page() -> None:
    pairs = [("_names.more", "1"), ("_key.more.cổng", "cửa"), ("more.cổng", "xanh"), ("_key.more.tầng", "tầng"), ("more.tầng", "3")]
    assert from_post(MAP, pairs, base={"more": {"cổng": "đỏ", "tầng": "3"}}) == {"more": {"cửa": "xanh", "tầng": "3"}}


def test_two_entries_of_one_name_are_both_kept() -> None:
    pairs = [("_names.more", "1"), ("_key.more.a", "b"), ("more.a", "1"), ("_key.more.b", "b"), ("more.b", "2")]
    assert sorted(from_post(MAP, pairs)["more"].values()) == ["1", "2"]


def test_an_entry_that_was_taken_away_does_not_come_back_from_the_draft() -> None:
    value = edit_list(MAP, {"more": {"a": "1", "b": "2"}}, "_remove", "/more/a")
    assert value == {"more": {"b": "2"}}
    pairs = [("_names.more", "1"), ("_key.more.b", "b"), ("more.b", "2")]
    assert from_post(MAP, pairs, base={"more": {"a": "1", "b": "2"}}) == value


def test_a_new_entry_keeps_its_name_before_it_has_a_value() -> None:
    value = edit_list(MAP, {}, "_entry", "/more")
    assert list(value["more"]) == [""]
    pairs = [("_names.more", "1"), ("_key.more.%-", "mái"), ("more.%-", "")]
    assert list(from_post(MAP, pairs, base=value)["more"]) == ["mái"]


def test_entries_stand_below_the_fields_the_schema_lists_and_by_their_pattern() -> None:
    schema = {"type": "object", "properties": {"a": TEXT}, "patternProperties": {"^n_": {"type": "integer"}}, "additionalProperties": False}
    drawn = fields(schema, {"a": "x", "n_1": 5})
    assert [(each.kind, each.id) for each in drawn] == [("text", "f-a"), ("map", "f-_root--more")]
    assert [each.kind for each in drawn[1].items] == ["integer"]
    assert [each.pointer for each in check(schema, {"n_1": "năm"})] == ["/n_1"]


def test_rows_may_follow_fixed_places() -> None:
    places = {"type": "array", "prefixItems": [TEXT, TEXT], "items": {"type": "integer"}}
    schema = {"type": "object", "properties": {"at": places}}
    assert edit_list(schema, {"at": ["a", "b"]}, "_add", "/at") == {"at": ["a", "b", None]}
    (drawn,) = fields(schema, {"at": ["a", "b", 3]})
    assert [each.kind for each in drawn.items] == ["text", "text", "integer"]
    assert drawn.facts["more"] and not one({"type": "array", "prefixItems": [TEXT], "items": False}, []).facts["more"]


def test_a_new_row_begins_with_its_defaults() -> None:
    rows = {"type": "array", "items": {"type": "object", "properties": {"n": {"type": "integer", "default": 1}, "t": TEXT}}}
    assert edit_list({"properties": {"r": rows}}, {}, "_add", "/r") == {"r": [{"n": 1}]}


def test_a_choice_goes_with_its_row() -> None:
    picked = choices_of([("_choice.r[0]", "1"), ("_choice.r[1]", "0"), ("_choice.r[1].in", "2"), ("_choice.s", "1")])
    assert edited_choices(picked, "_up", "/r/1") == {"/r/1": 1, "/r/0": 0, "/r/0/in": 2, "/s": 1}
    assert edited_choices(picked, "_remove", "/r/0") == {"/r/0": 0, "/r/0/in": 2, "/s": 1}


def test_a_form_to_be_read_leaves_out_what_nobody_answered() -> None:
    schema = {"type": "object", "properties": {"a": TEXT, "b": TEXT, "g": {"type": "object", "properties": {"c": TEXT}}}}
    drawn = fields(schema, {"a": "x", "g": {}}, read_only=True)
    assert [(each.name, each.read_only) for each in drawn] == [("a", True)]


@pytest.mark.parametrize(
    ("schema", "value", "places"),
    [
        ({"properties": {"a": {"items": [TEXT, {"type": "number"}], "additionalItems": False}}}, {"a": ["x", 1, 2]}, ["/a"]),
        ({"properties": {"a": {"items": [TEXT], "additionalItems": {"type": "number"}}}}, {"a": ["x", "y"]}, ["/a/1"]),
        ({"properties": {"a": TEXT}, "dependencies": {"a": ["b"]}}, {"a": "x"}, ["/b"]),
        ({"properties": {"a": {"minimum": 3, "exclusiveMinimum": True}}}, {"a": 3}, ["/a"]),
        ({"properties": {"a": TEXT | {"required": True}}}, {}, []),
        ({"allOf": [{"properties": {"a": TEXT}}], "unevaluatedProperties": False}, {"a": "x", "z": 1}, ["/z"]),
        ({"properties": {"a": {"type": "array", "contains": {"const": 1}}}}, {"a": [2]}, ["/a"]),
    ],
)
def test_words_of_every_draft_are_held(schema: Any, value: Any, places: list[str]) -> None:
    assert [each.pointer for each in check(schema, value)] == places


def test_the_name_of_an_entry_may_be_chosen_from_a_list_and_the_entry_is_called_by_its_words() -> None:
    names = {"title": "Xã", "x-list": "unit", "x-unit-kind": ["rural"], "x-i18n": {"en": {"title": "Commune"}}}
    schema = {"type": "object", "properties": {"other": {"type": "integer"}}, "additionalProperties": {"type": "integer"}, "propertyNames": names}
    lists = {"unit": [("a", "Xã A"), ("b", "Phường B")], "unit.rural": [("a", "Xã A")]}
    _, besides = fields(schema, {"other": 1, "a": 2, "old": 3}, lists=lists, language="en")
    assert besides.label == "Commune"
    listed, unknown = besides.items
    assert (listed.label, [option.label for option in listed.facts["key_options"]]) == ("Xã A", ["Xã A"])
    assert listed.facts["key_label"] == "Commune" and listed.facts["key_options"][0].chosen
    assert unknown.label == "old" and not unknown.facts["key_options"][0].chosen


def test_a_unit_of_measure_is_said_in_the_language_of_the_reader() -> None:
    schema = {"type": "object", "properties": {"n": {"type": "integer", "x-unit": "ngày", "x-i18n": {"en": {"x-unit": "days"}}}}}
    assert [fields(schema, {"n": 1}, language=language)[0].facts["unit"] for language in ("vi", "en")] == ["ngày", "days"]
