"""An objection says at which field, what is wrong, by how much, and what would be right."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from wardflow.domain.reasons import Objection
from wardflow.forms import check, without_hidden
from wardflow.wording import Wording

WORDING = Path(__file__).parents[3] / "core" / "wardflow" / "wording"


def said(schema: dict[str, Any], value: Any) -> list[tuple[str, str]]:
    return [(each.pointer, each.reason.code) for each in check(schema, value)]


def one(keywords: dict[str, Any], value: Any) -> Objection:
    (found,) = check({"properties": {"x": keywords}}, {"x": value})
    return found


@pytest.mark.parametrize(
    ("keywords", "value", "words"),
    [
        ({"type": "string", "minLength": 5}, "", "Còn trống. Cần điền mục này."),
        ({"propertyNames": {"minLength": 1}}, {"": 1}, "Còn trống. Cần điền mục này."),
        ({"type": "string", "minLength": 5}, "ba", "Mới có 2 ký tự, thiếu 3. Cần ít nhất 5 ký tự."),
        ({"type": "string", "maxLength": 2}, "dài", "Có 3 ký tự, thừa 1. Nhiều nhất 2 ký tự."),
        ({"type": "number", "minimum": 36}, 30.5, "30,5 còn thiếu 5,5. Ít nhất là 36."),
        ({"type": "number", "maximum": 126.5}, 128.5, "128,5 vượt 2. Nhiều nhất là 126,5."),
        ({"type": "number", "exclusiveMinimum": 0}, 0, "0 còn nhỏ. Cần lớn hơn 0."),
        ({"type": "number", "exclusiveMaximum": 5}, 5, "5 còn lớn. Cần nhỏ hơn 5."),
        ({"type": "number", "multipleOf": 0.01}, 1.005, "1,005 có quá nhiều chữ số sau dấu phẩy. Chỉ ghi tới 2 chữ số."),
        ({"type": "number", "multipleOf": 500}, 700, "700 không chia hết cho 500. Cần bội số của 500."),
        ({"type": "integer"}, 2.5, "2,5 là số lẻ. Cần số nguyên, gần nhất là 2 hoặc 3."),
        ({"type": "number"}, "126.525",
         "“126.525” đọc được theo hai cách. Viết 126525 nếu là số nguyên, hoặc 126,525 nếu là số lẻ."),
        ({"type": "number"}, "tám", "“tám” không phải là số. Viết bằng chữ số, ví dụ 1234,5."),
        ({"type": "string", "format": "date"}, "31/02/2026",
         "“31/02/2026” không phải là một ngày có thật. Viết ngày/tháng/năm, ví dụ 04/09/2026."),
        ({"type": "string", "format": "email"}, "a@b", "“a@b” không phải là địa chỉ thư điện tử. Viết như ten@coquan.vn."),
        ({"type": "string", "pattern": "^[0-9]{10}$", "examples": ["0912345678"]}, "12",
         "“12” chưa đúng cách viết. Viết như ví dụ: 0912345678."),
        ({"enum": ["a", "b"]}, "c", "“c” không có trong danh sách. Chọn một mục trong danh sách."),
        ({"oneOf": [{"const": "a"}, {"const": "b"}]}, "c", "“c” không có trong danh sách. Chọn một mục trong danh sách."),
        ({"type": "boolean", "const": True}, False, "Chưa đánh dấu. Cần đánh dấu vào ô này."),
        ({"type": "array", "minItems": 2, "items": {"type": "string"}}, ["a"], "Mới có 1 dòng, thiếu 1. Cần ít nhất 2 dòng."),
        ({"type": "array", "uniqueItems": True, "items": {"type": "string"}}, ["a", "b", "a"],
         "Dòng 3 giống hệt dòng 1. Sửa hoặc bỏ một dòng."),
    ],
)  # fmt: skip
def test_what_is_wrong_by_how_much_and_what_would_be_right(keywords: dict[str, Any], value: Any, words: str) -> None:
    found = one(keywords, value)
    assert found.pointer == "/x"
    assert Wording("vi").say(found) == words
    assert Wording("en").say(found) != found.reason.code


@pytest.mark.parametrize(
    ("format", "good", "bad"),
    [
        ("date", "2026-09-04", "2026-9-4"), ("time", "08:30", "8h30"), ("email", "a.b@danang.gov.vn", "a b@c.vn"),
        ("uuid", "7d444840-9dc0-11d1-b245-5ffdce74fad2", "7d444840"), ("date-time", "2026-09-04T08:30:00+07:00", "2026-09-04"),
    ],
)  # fmt: skip
def test_formats_are_checked(format: str, good: str, bad: str) -> None:
    schema = {"properties": {"x": {"type": "string", "format": format}}}
    assert said(schema, {"x": good}) == []
    assert said(schema, {"x": bad}) == [("/x", f"form.{format}")]


def test_decimals_are_judged_in_decimal() -> None:
    schema = {"properties": {"x": {"type": "number", "multipleOf": 0.01}}}
    assert said(schema, {"x": 126.55}) == []


def test_one_objection_a_field_in_the_order_of_the_form() -> None:
    schema = {
        "required": ["b", "a"],
        "properties": {"a": {"type": "string"}, "b": {"type": "string", "minLength": 9, "pattern": "^x"}},
    }
    assert said(schema, {"b": "no"}) == [("/a", "form.required"), ("/b", "form.pattern")]


def test_a_missing_group_is_told_by_its_fields() -> None:
    schema = {
        "required": ["owner", "papers", "kind"],
        "properties": {
            "owner": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}},
            "kind": {"enum": ["a", "b"]}, "papers": {"type": "array", "items": {"type": "string"}},
        },
    }  # fmt: skip
    assert said(schema, {}) == [
        ("/owner/name", "form.required"), ("/kind", "form.required-choice"), ("/papers", "form.required-list")]  # fmt: skip


def test_answers_that_no_longer_show_are_not_judged_and_can_be_dropped() -> None:
    schema = {
        "properties": {"owner": {"enum": ["person", "firm"]}},
        "if": {"properties": {"owner": {"const": "firm"}}, "required": ["owner"]},
        "then": {"properties": {"staff": {"type": "integer"}}},
        "unevaluatedProperties": False,
    }
    value = {"owner": "person", "staff": "nhiều"}
    assert said(schema, value) == []
    assert without_hidden(schema, value) == {"owner": "person"}
    assert value == {"owner": "person", "staff": "nhiều"}


def test_the_alternative_that_was_meant_is_the_one_explained() -> None:
    schema = {
        "oneOf": [
            {"properties": {"way": {"const": "card"}, "number": {"type": "string", "minLength": 4}}, "required": ["way", "number"]},
            {"properties": {"way": {"const": "cash"}, "till": {"type": "string"}}, "required": ["way", "till"]},
        ]
    }
    assert said(schema, {"way": "card", "number": "12"}) == [("/number", "form.too-short")]
    assert said(schema, {"way": "cash"}) == [("/till", "form.required")]


def test_one_of_several_fields_is_enough() -> None:
    schema = {
        "properties": {"phone": {"type": "string"}, "email": {"type": "string"}},
        "anyOf": [{"required": ["phone"]}, {"required": ["email"]}],
    }
    assert said(schema, {}) == [("/phone", "form.one-needed"), ("/email", "form.one-needed")]
    assert said(schema, {"email": "a@b.vn"}) == []


def test_dependent_required_is_an_ordinary_missing_field() -> None:
    schema = {"properties": {"a": {"type": "string"}, "b": {"type": "string"}}, "dependentRequired": {"a": ["b"]}}
    assert said(schema, {"a": "x"}) == [("/b", "form.required")]


def test_an_unknown_field_is_named() -> None:
    (found,) = check({"properties": {"a": {"type": "string"}}, "additionalProperties": False}, {"z": 1})
    assert (found.pointer, found.reason.facts) == ("/z", {"name": "z"})


def test_a_long_text_is_not_quoted_whole() -> None:
    found = one({"type": "number"}, "x" * 500)
    assert len(found.reason.facts["typed"]) == 60


def test_a_reference_that_leads_nowhere_is_never_fetched() -> None:
    from referencing.exceptions import Unresolvable

    with pytest.raises(Unresolvable):
        check({"properties": {"x": {"$ref": "https://example.org/x.json"}}}, {"x": 1})


def test_every_sentence_exists_in_both_languages() -> None:
    codes = [set(tomllib.loads((WORDING / language / "form.toml").read_text("utf-8"))) for language in ("vi", "en")]
    assert codes[0] == codes[1]
