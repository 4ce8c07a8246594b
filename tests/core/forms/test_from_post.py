"""What a browser posts becomes the value that was meant, and nothing that was typed is lost."""

from __future__ import annotations

from typing import Any

from wardflow.forms import check, choices_of, fields, from_post

PLOT = {"type": "object", "properties": {"area_m2": {"type": "number"}, "use": {"type": "string"}}, "required": ["area_m2"]}
FORM: dict[str, Any] = {
    "type": "object",
    "properties": {
        "name": {"type": "string"}, "born": {"type": "string", "format": "date"}, "agreed": {"type": "boolean"},
        "plots": {"type": "array", "items": PLOT},
        "address": {"type": "object", "properties": {"line": {"type": "string"}}, "required": ["line"]},
        "kinds": {"type": "array", "uniqueItems": True, "items": {"enum": ["a", "b", "c"]}},
    },
}  # fmt: skip


def test_readable_names_become_a_nested_value() -> None:
    pairs = [("name", " Nguyễn Văn A "), ("born", "20/06/1989"), ("plots[0].area_m2", "80,5"), ("plots[1].area_m2", "48.5"),
             ("address.line", "12 Lê Lợi"), ("kinds", ""), ("kinds", "a"), ("kinds", "c")]  # fmt: skip
    assert from_post(FORM, pairs) == {
        "name": "Nguyễn Văn A", "born": "1989-06-20", "plots": [{"area_m2": 80.5}, {"area_m2": 48.5}],
        "address": {"line": "12 Lê Lợi"}, "kinds": ["a", "c"],
    }  # fmt: skip


def test_empty_text_means_nothing_is_there() -> None:
    assert from_post(FORM, [("name", "  "), ("address.line", ""), ("born", "")]) == {}


def test_a_tick_box_posts_its_companion_first() -> None:
    assert from_post(FORM, [("agreed", "false"), ("agreed", "true")]) == {"agreed": True}
    assert from_post(FORM, [("agreed", "false")]) == {"agreed": False}
    assert from_post(FORM, [("agreed", "")]) == {}


def test_an_unticked_box_alone_begins_no_group() -> None:
    schema = {"properties": {"other": {"type": "object", "properties": {"yes": {"type": "boolean"}}, "required": ["yes"]}}}
    assert from_post(schema, [("other.yes", "false")]) == {}
    assert from_post(schema, [("other.yes", "false"), ("_blank.other", "object")]) == {"other": {"yes": False}}


def test_what_cannot_be_read_is_kept_as_typed_with_an_objection_at_its_field() -> None:
    value = from_post(FORM, [("born", "31/02/2026"), ("plots[0].area_m2", "khoảng 80")])
    assert value == {"born": "31/02/2026", "plots": [{"area_m2": "khoảng 80"}]}
    assert [(each.pointer, each.reason.code) for each in check(FORM, value)] == [
        ("/born", "form.date"), ("/plots/0/area_m2", "form.number")]  # fmt: skip
    assert fields(FORM, value)[1].text == "31/02/2026"


def test_names_the_schema_does_not_know_are_left_out() -> None:
    assert from_post(FORM, [("name", "A"), ("admin", "1"), ("plots[0].owner", "x"), ("name.first", "y"), ("[", "z")]) == {"name": "A"}


def test_rows_close_up_and_blank_ones_fall_away() -> None:
    assert from_post(FORM, [("plots[7].area_m2", "1"), ("plots[3].area_m2", ""), ("plots[1].area_m2", "2")]) == {
        "plots": [{"area_m2": 2}, {"area_m2": 1}]}  # fmt: skip


def test_typed_text_of_a_branch_that_no_longer_shows_is_kept() -> None:
    schema = {
        "properties": {"owner": {"enum": ["person", "firm"]}},
        "if": {"properties": {"owner": {"const": "firm"}}, "required": ["owner"]},
        "then": {"properties": {"staff": {"type": "integer"}}},
    }
    assert from_post(schema, [("owner", "person"), ("staff", "12")]) == {"owner": "person", "staff": 12}
    assert from_post(schema, [("owner", "person")], base={"owner": "firm", "staff": 12}) == {"owner": "person", "staff": 12}


def test_what_the_page_did_not_draw_stays_as_it_was() -> None:
    schema = {"properties": {"code": {"type": "string", "readOnly": True}, "name": {"type": "string"}}}
    base = {"code": "H26", "name": "A", "unknown": [1]}
    assert from_post(schema, [("code", "forged"), ("name", "B")], base=base) == {"code": "H26", "name": "B", "unknown": [1]}
    assert from_post(schema, [("code", "forged"), ("name", "")], base=base) == {"code": "H26", "unknown": [1]}


def test_an_alternative_picked_by_hand_is_read_as_such() -> None:
    schema = {"properties": {"size": {"oneOf": [
        {"title": "Số", "type": "number"}, {"title": "Chữ", "type": "string"}]}}}  # fmt: skip
    pairs = [("_choice.size", "1"), ("size", "12")]
    assert from_post(schema, pairs) == {"size": "12"}
    assert choices_of(pairs) == {"/size": 1}
    assert from_post(schema, [("_choice.size", "0"), ("size", "12")]) == {"size": 12}


def test_vietnamese_is_kept_composed_and_lines_are_kept() -> None:
    assert from_post(FORM, [("name", "Nguye\u0302\u0303n\r\nA")]) == {"name": "Nguyễn\nA"}


def test_null_is_an_answer_where_the_schema_says_so() -> None:
    schema = {"properties": {"end": {"type": ["string", "null"], "format": "date"}}, "required": ["end"]}
    assert from_post(schema, [("end", "")]) == {"end": None}


def test_hostile_posts_are_only_odd_posts() -> None:
    pairs = [(f"plots[{at}].area_m2", "1") for at in range(5000)] + [("a." * 500, "x"), ("_choice.plots", "9" * 50)]
    assert len(from_post(FORM, pairs)["plots"]) == 2000


def test_nesting_beyond_any_form_is_only_text() -> None:
    deep = "[" * 900 + "]" * 900
    assert from_post({"properties": {"any": {}}}, [("any", deep)]) == {"any": deep}
    node: dict[str, Any] = {"$defs": {"n": {"properties": {"in": {"$ref": "#/$defs/n"}, "v": {"type": "string"}}}}, "$ref": "#/$defs/n"}
    assert from_post(node, [("in." * 2000 + "v", "x"), ("in.v", "y")]) == {"in": {"v": "y"}}
