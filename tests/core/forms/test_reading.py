"""A filled form is read as labels and texts; two of them are compared line by line."""

from __future__ import annotations

from typing import Any

from wardflow.forms import differences, summary, types

FORM: dict[str, Any] = {
    "properties": {
        "owner": {"title": "Chủ", "enum": ["person", "firm"], "x-enum": {"person": "Cá nhân", "firm": "Tổ chức"}},
        "born": {"type": "string", "format": "date", "title": "Ngày sinh"},
        "fee": {"type": "integer", "x-widget": "money", "title": "Phí"},
        "yes": {"type": "boolean", "title": "Có tranh chấp"},
        "plots": {"type": "array", "title": "Thửa đất", "items": {"type": "object", "title": "Thửa",
                  "properties": {"area": {"type": "number", "title": "Diện tích", "x-unit": "m²"}}}},
        "paper": {"type": "object", "x-widget": "file", "title": "Biên bản"},
    }
}  # fmt: skip
VALUE = {"owner": "firm", "born": "1989-06-20", "fee": 350000, "yes": False, "plots": [{"area": 1234.5}],
         "paper": {"attachment": "a1", "name": "bien-ban.pdf"}}  # fmt: skip


def test_answers_are_told_in_words() -> None:
    rows = [(row.label, row.text, row.depth, row.heading) for row in summary(FORM, VALUE)]
    assert rows == [
        ("Chủ", "Tổ chức", 0, False), ("Ngày sinh", "20/06/1989", 0, False), ("Phí", "350.000\u00a0₫", 0, False),
        ("Có tranh chấp", "Không", 0, False), ("Thửa đất", "", 0, True), ("Thửa 1", "", 1, True),
        ("Diện tích", "1.234,5\u00a0m²", 2, False), ("Biên bản", "bien-ban.pdf", 0, False),
    ]  # fmt: skip


def test_unanswered_questions_show_only_when_asked_for() -> None:
    assert summary(FORM, {}) == ()
    assert ("Ngày sinh", "") in [(row.label, row.text) for row in summary(FORM, {}, empty=True)]


def test_differences_are_lines_before_and_after() -> None:
    later = VALUE | {"born": "1989-06-21", "plots": [{"area": 1234.5}, {"area": 2}]}
    assert [(each.label, each.before, each.after) for each in differences(FORM, VALUE, later)] == [
        ("Ngày sinh", "20/06/1989", "21/06/1989"), ("Diện tích", "", "2\u00a0m²")]  # fmt: skip
    assert differences(FORM, VALUE, VALUE) == ()


def test_names_have_types_for_conditions() -> None:
    assert types(FORM) == {
        "owner": "string", "born": "date", "fee": "number", "yes": "boolean", "plots": [{"area": "number"}], "paper": "Any"}  # fmt: skip


def test_all_branches_are_typed() -> None:
    schema = {"properties": {"a": {"type": "string"}}, "if": {"required": ["a"]}, "then": {"properties": {"b": {"type": "integer"}}}}
    assert types(schema) == {"a": "string", "b": "number"}
