"""Rows are added and taken away by ordinary submit buttons, and a new form begins with its defaults."""

from __future__ import annotations

from typing import Any

from wardflow.forms import defaults, edit_list, fields, from_post

FORM: dict[str, Any] = {
    "properties": {
        "plots": {"type": "array", "title": "Thửa đất", "items": {"type": "object", "title": "Thửa",
                  "properties": {"area": {"type": "number"}}}},
        "names": {"type": "array", "items": {"type": "string"}, "minItems": 2},
        "paper": {"type": "object", "x-widget": "file"},
    }
}  # fmt: skip


def test_a_row_is_added_at_the_end_and_taken_from_the_middle() -> None:
    value = {"plots": [{"area": 1}, {"area": 2}]}
    assert edit_list(FORM, value, "_add", "/plots") == {"plots": [{"area": 1}, {"area": 2}, {}]}
    assert edit_list(FORM, value, "_remove", "/plots/0") == {"plots": [{"area": 2}]}
    assert edit_list(FORM, value, "_down", "/plots/0") == {"plots": [{"area": 2}, {"area": 1}]}
    assert edit_list(FORM, value, "_up", "/plots/0") == value
    assert value == {"plots": [{"area": 1}, {"area": 2}]}


def test_an_added_row_is_still_there_after_the_next_post() -> None:
    value = edit_list(FORM, {}, "_add", "/plots")
    (row,) = fields(FORM, value)[0].items
    assert row.label == "Thửa 1"
    pairs = [*fields(FORM, value)[0].marks, *row.marks, ("plots[0].area", "")]
    assert from_post(FORM, pairs) == {"plots": [{}]}


def test_the_rows_a_list_needs_at_least_are_drawn_empty() -> None:
    names = fields(FORM, {})[1]
    assert [row.label for row in names.items] == ["Dòng 1", "Dòng 2"]
    assert edit_list(FORM, {}, "_add", "/names") == {"names": [None, None, None]}


def test_a_kept_file_is_dropped_by_the_same_button() -> None:
    assert edit_list(FORM, {"paper": {"attachment": "a1"}}, "_remove", "/paper") == {}


def test_a_button_without_reason_changes_nothing() -> None:
    for name, where in (("_add", "/nobody"), ("_add", ""), ("_remove", "/plots/9"), ("_remove", ""), ("_up", "/names"), ("x", "/plots")):
        assert edit_list(FORM, {"names": ["a"]}, name, where) == {"names": ["a"]}


def test_defaults_follow_conditions_and_keep_what_is_there() -> None:
    schema = {
        "properties": {"copies": {"type": "integer", "default": 1}, "kind": {"enum": ["a", "b"], "default": "b"}},
        "if": {"properties": {"kind": {"const": "b"}}},
        "then": {"properties": {"why": {"type": "string", "default": "như thường lệ"}}},
    }
    assert defaults(schema) == {"copies": 1, "kind": "b", "why": "như thường lệ"}
    assert defaults(schema, {"copies": 3, "kind": "a"}) == {"copies": 3, "kind": "a"}


def test_a_group_nobody_has_to_fill_is_not_begun_by_its_defaults() -> None:
    inner = {"type": "object", "properties": {"n": {"type": "integer", "default": 1}}}
    assert defaults({"properties": {"maybe": inner}}) == {}
    assert defaults({"properties": {"always": inner}, "required": ["always"]}) == {"always": {"n": 1}}
