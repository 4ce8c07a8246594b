"""Rows are added and taken away by ordinary submit buttons, and a new form begins with its defaults."""

from __future__ import annotations

from typing import Any

from wardflow.forms import check, defaults, edit_list, every_field, fields, from_post

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


def test_a_list_that_must_be_there_offers_the_rows_it_needs_at_least() -> None:
    names = fields({**FORM, "required": ["names"]}, {})[1]
    assert [row.label for row in names.items] == ["Dòng 1", "Dòng 2"]
    assert edit_list({**FORM, "required": ["names"]}, {"names": []}, "_add", "/names") == {"names": [None, None, None]}


def test_a_list_that_may_be_left_out_is_begun_with_the_rows_it_needs_and_gone_with_its_last() -> None:
    assert fields(FORM, {})[1].items == ()
    begun = edit_list(FORM, {}, "_add", "/names")
    assert begun == {"names": [None, None]}
    one = edit_list(FORM, begun, "_remove", "/names/0")
    assert one == {"names": [None]}
    assert edit_list(FORM, one, "_remove", "/names/0") == {}


PLOT: dict[str, Any] = {"type": "object", "properties": {"area": {"type": "number"}, "road": {"type": "boolean"}}}
PLOTS: dict[str, Any] = {"type": "object", "properties": {"plots": {"type": "array", "minItems": 2, "items": PLOT}}, "required": ["plots"]}


def _untouched(schema: dict[str, Any], value: Any) -> list[tuple[str, str]]:
    found = []
    for each in every_field(fields(schema, value)):
        found += [*each.marks, *([(each.name, each.text)] if each.kind not in ("group", "list", "choice") else [])]
    return found


def test_a_row_that_stands_on_the_page_is_kept_although_nothing_was_typed_into_it() -> None:
    assert from_post(PLOTS, _untouched(PLOTS, {})) == {"plots": [{}, {}]}
    typed = [("plots[0].area", "5") if name == "plots[0].area" else (name, text) for name, text in _untouched(PLOTS, {})]
    assert from_post(PLOTS, typed) == {"plots": [{"area": 5}, {}]}
    assert check(PLOTS, from_post(PLOTS, typed)) == ()


def test_rows_that_are_only_offered_begin_no_group_that_may_be_left_out() -> None:
    outer = {"type": "object", "properties": {"land": PLOTS}}
    assert from_post(outer, _untouched(outer, {})) == {}
    assert from_post(outer, [*_untouched(outer, {}), ("land.plots[1].road", "true")]) == {"land": {"plots": [{}, {"road": True}]}}


def test_a_group_that_must_be_there_is_there_although_every_answer_in_it_was_left_out() -> None:
    schema = {"type": "object", "properties": {"plot": PLOT}, "required": ["plot"]}
    assert from_post(schema, _untouched(schema, {})) == {"plot": {}}
    below = {"type": "object", "properties": {"land": schema}}
    assert from_post(below, _untouched(below, {})) == {}


def test_a_group_that_must_be_there_or_be_null_is_null_until_it_is_begun() -> None:
    schema = {"type": "object", "properties": {"plot": {**PLOT, "type": ["object", "null"]}}, "required": ["plot"]}
    assert from_post(schema, _untouched(schema, {})) == {"plot": None}


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
