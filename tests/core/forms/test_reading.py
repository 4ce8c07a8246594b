"""A filled form is read as labels and texts; two of them are compared line by line."""

from __future__ import annotations

from dataclasses import replace
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
        ("Ngày sinh", "20/06/1989", "21/06/1989"), ("Thửa đất, Thửa 2, Diện tích", "", "2\u00a0m²")]  # fmt: skip
    assert differences(FORM, VALUE, VALUE) == ()


def test_differences_are_in_the_readers_language_with_names_for_ids() -> None:
    english: dict[str, Any] = {"properties": {
        "ok": {"type": "boolean", "title": "Đủ", "x-i18n": {"en": {"title": "Complete"}}},
        "kind": {"enum": ["a", "b"], "title": "Loại", "x-enum": {"a": "Một", "b": "Hai"}, "x-i18n": {"en": {"title": "Kind", "enum": {"a": "One", "b": "Two"}}}},
        "on": {"type": "string", "format": "date", "title": "Ngày", "x-i18n": {"en": {"title": "Day"}}},
        "at": {"type": "string", "format": "time", "title": "Giờ", "x-i18n": {"en": {"title": "Time"}}},
        "unit": {"type": "string", "title": "Đơn vị", "x-i18n": {"en": {"title": "Unit"}}},
    }}  # fmt: skip
    before = {"ok": True, "kind": "a", "on": "2026-01-02", "at": "08:00:00", "unit": "cua-nam"}
    after = {"ok": False, "kind": "b", "on": "2026-03-02", "at": "09:30:00", "unit": "soc-son"}
    names = {"cua-nam": "Cửa Nam Ward", "soc-son": "Sóc Sơn Commune"}
    found = differences(
        english, before, after, language="en",
        named=lambda rows: tuple(replace(row, text=names.get(row.text, row.text)) for row in rows),
    )  # fmt: skip
    assert [(each.label, each.before, each.after) for each in found] == [
        ("Complete", "Yes", "No"), ("Kind", "One", "Two"), ("Day", "02/01/2026", "02/03/2026"), ("Time", "08:00", "09:30"),
        ("Unit", "Cửa Nam Ward", "Sóc Sơn Commune"),
    ]  # fmt: skip


def test_names_have_types_for_conditions() -> None:
    assert types(FORM) == {
        "owner": "string", "born": "date", "fee": "number", "yes": "boolean", "plots": [{"area": "number"}], "paper": "Any"}  # fmt: skip


def test_all_branches_are_typed() -> None:
    schema = {"properties": {"a": {"type": "string"}}, "if": {"required": ["a"]}, "then": {"properties": {"b": {"type": "integer"}}}}
    assert types(schema) == {"a": "string", "b": "number"}
