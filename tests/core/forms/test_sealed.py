"""Sealed values leave the form before anything else sees it; only a mark stays in their place."""

from __future__ import annotations

from typing import Any

from wardflow.forms import check, every_field, fields, from_post, join_sealed, sealed_roles, split_sealed, summary

FORM: dict[str, Any] = {
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "x-sealed": "reader", "minLength": 3},
        "home": {"type": "object", "properties": {"line": {"type": "string", "x-sealed": "keeper"}, "ward": {"type": "string"}}},
        "open": {"type": "string"},
        "witnesses": {"type": "array", "x-sealed": "reader", "items": {"type": "string"}},
    },
    "if": {"properties": {"open": {"const": "x"}}, "required": ["open"]},
    "then": {"properties": {"secret": {"type": "string", "x-sealed": "reader"}}},
}
WHOLE = {"name": "Nguyễn Văn A", "home": {"line": "12 Lê Lợi", "ward": "b"}, "open": "y", "witnesses": ["B"], "secret": "S"}
MARK = {"$sealed": True}


def test_what_is_sealed_is_parted_and_joined() -> None:
    value, taken = split_sealed(FORM, WHOLE)
    assert value == {"name": MARK, "home": {"line": MARK, "ward": "b"}, "open": "y", "witnesses": MARK, "secret": MARK}
    assert taken == {"/name": "Nguyễn Văn A", "/home/line": "12 Lê Lợi", "/witnesses": ["B"], "/secret": "S"}
    assert join_sealed(value, taken) == WHOLE


def test_a_branch_that_does_not_show_is_sealed_all_the_same() -> None:
    assert "/secret" in split_sealed(FORM, {"open": "y", "secret": "S"})[1]


def test_roles_are_known_before_there_is_a_value() -> None:
    assert sealed_roles(FORM) == {"/name": "reader", "/home/line": "keeper", "/witnesses": "reader", "/secret": "reader"}


def test_nothing_sealed_is_in_the_fields_or_the_summary() -> None:
    value, taken = split_sealed(FORM, WHOLE)
    drawn = repr(fields(FORM, value)) + repr(summary(FORM, value))
    for secret in ("Nguyễn Văn A", "12 Lê Lợi", "'B'"):
        assert secret not in drawn
    assert taken
    assert {each.name: each.kind for each in every_field(fields(FORM, value))}["name"] == "sealed"


def test_a_field_left_empty_keeps_its_seal_and_a_new_text_replaces_it() -> None:
    pairs = [("_blank.name", "sealed"), ("name", ""), ("open", "y")]
    assert from_post(FORM, pairs) == {"name": MARK, "open": "y"}
    value, taken = split_sealed(FORM, from_post(FORM, [("_blank.name", "sealed"), ("name", "Trần B")]))
    assert (value, taken) == ({"name": MARK}, {"/name": "Trần B"})


def test_a_mark_stands_for_its_value_in_the_check() -> None:
    assert check(FORM, {"name": MARK}) == ()
    assert [each.pointer for each in check(FORM, {"name": "A"})] == ["/name"]


def test_marks_stay_and_splitting_twice_takes_nothing_more() -> None:
    value, _ = split_sealed(FORM, WHOLE)
    assert split_sealed(FORM, value) == (value, {})
