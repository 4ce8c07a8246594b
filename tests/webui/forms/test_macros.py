"""The drawn form works without JavaScript, says everything to a screen reader and loses nothing that was typed."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest
from wardflow.domain.reasons import Objection, Reason
from wardflow.forms import check, fields, from_post, split_sealed, unplaced

_PAGE = runpy.run_path(str(Path(__file__).with_name("page.py")))
draw, read = _PAGE["draw"], _PAGE["read"]

FORM: dict[str, Any] = {
    "type": "object",
    "required": ["name", "kind", "plots"],
    "properties": {
        "name": {"type": "string", "title": "Họ và tên", "description": "Viết như trên thẻ căn cước.", "minLength": 2},
        "kind": {"title": "Tư cách", "enum": ["person", "firm"], "x-enum": {"person": "Cá nhân", "firm": "Tổ chức"}},
        "born": {"type": "string", "format": "date", "title": "Ngày sinh"},
        "dispute": {"title": "Tranh chấp", "enum": ["none", "part"], "x-widget": "radio", "x-enum": {"none": "Không có", "part": "Một phần"}},
        "ways": {"title": "Cách nhận", "type": "array", "uniqueItems": True, "items": {"enum": ["mail", "desk"]}},
        "agreed": {"type": "boolean", "title": "Cam đoan đúng"},
        "address": {"type": "object", "title": "Nơi cư trú", "properties": {"line": {"type": "string", "title": "Số nhà, đường"}}},
        "plots": {"type": "array", "title": "Các thửa", "minItems": 1, "x-add": "Thêm thửa đất", "items": {"type": "object",
                  "title": "Thửa", "required": ["area"], "properties": {
                      "area": {"type": "number", "title": "Diện tích", "x-unit": "m²", "minimum": 36},
                      "use": {"title": "Loại đất", "enum": ["ODT", "CLN"]}}}},
        "note": {"type": "string", "title": "Ghi chú", "x-widget": "textarea"},
        "scan": {"type": "object", "title": "Biên bản", "x-widget": "file", "x-accept": [".pdf"], "x-max-size": 20971520},
    },
    "if": {"properties": {"kind": {"const": "firm"}}, "required": ["kind"]},
    "then": {"properties": {"tax_code": {"type": "string", "title": "Mã số thuế"}}, "required": ["tax_code"]},
}  # fmt: skip
VALUE: dict[str, Any] = {
    "name": "Nguyễn <Văn> \"A\"", "kind": "firm", "born": "1989-06-20", "dispute": "part", "ways": ["desk", "mail"], "agreed": True,
    "address": {"line": "12 & 14"}, "plots": [{"area": 80.5, "use": "ODT"}, {"area": 1234.25}], "note": "\ndòng 2\n\ndòng 4",
    "tax_code": "0400123456", "scan": {"attachment": "a1", "name": "biên bản.pdf", "size": 1258291, "type": "application/pdf",
                                       "sha256": "0" * 64},
}  # fmt: skip


def page(value: Any, objections: tuple[Objection, ...] = (), **options: Any) -> Any:
    return read(draw(fields(FORM, value, objections=objections), **options))


@pytest.mark.parametrize("value", [VALUE, {}, {"plots": []}, {"name": " a", "plots": [{}], "address": {}}, {"born": "31/02/2026"}])
def test_an_untouched_page_posts_the_value_it_was_drawn_from(value: dict[str, Any]) -> None:
    drawn = page(value)
    expected = value if value.get("plots") else value | {"plots": [{}]}    # the row the list must have stands on the page
    assert from_post(FORM, drawn.pairs) == expected


def test_every_control_has_a_name_for_a_screen_reader() -> None:
    drawn = page(VALUE)
    labelled = drawn.labelled()
    for tag in ("input", "select", "textarea"):
        for facts in drawn.all(tag):
            if facts.get("type") not in ("hidden", "radio", "checkbox"):
                assert facts["id"] in labelled or facts.get("aria-label"), facts
    for group in drawn.all("div"):
        if group.get("role") in ("radiogroup", "group"):
            assert group["aria-labelledby"]
    ids = [facts["id"] for _, facts in drawn.tags if "id" in facts]
    assert len(ids) == len(set(ids))


def test_an_objection_is_on_top_with_a_link_and_again_at_its_field() -> None:
    value = VALUE | {"name": "A", "plots": [{"area": 20}]}
    html = draw(fields(FORM, value, objections=check(FORM, value)))
    drawn = read(html)
    (summary,) = drawn.all("section")
    assert (summary["class"], summary["role"], summary["tabindex"]) == ("errors", "alert", "-1")
    ids = {facts["id"] for _, facts in drawn.tags if "id" in facts}
    links = [facts["href"] for facts in drawn.all("a") if facts.get("href", "").startswith("#")]
    assert links == ["#f-name", "#f-plots-0-area"]
    assert {link[1:] for link in links} <= ids
    field = next(facts for facts in drawn.all("input") if facts.get("id") == "f-name")
    assert field["aria-invalid"] == "true"
    assert field["aria-describedby"] == "f-name-h f-name-e"
    assert {"f-name-h", "f-name-e"} <= ids
    assert field["value"] == "A"
    assert "Còn 2 chỗ cần sửa" in html
    assert "Thửa 1, Diện tích: 20 còn thiếu 16. Ít nhất là 36." in html


def test_what_describes_a_control_exists() -> None:
    drawn = page({}, check(FORM, {}))
    ids = {facts["id"] for _, facts in drawn.tags if "id" in facts}
    for _, facts in drawn.tags:
        for word in ("aria-describedby", "aria-labelledby"):
            assert set(facts.get(word, "").split()) <= ids, facts


def test_a_rule_shows_its_basis_and_a_warning_does_not_count_as_an_error() -> None:
    objections = (
        Objection("/born", Reason("form.date", {"typed": "x"}), rule="a.b", basis="Luật Đất đai 2024, Điều 137"),
        Objection("/note", Reason("form.not-allowed"), blocks=False),
    )
    html = draw(fields(FORM, VALUE, objections=objections))
    assert "Còn 1 chỗ cần sửa" in html
    assert '<details class="rule" open>' in html
    assert "Luật Đất đai 2024, Điều 137" in html
    assert '<p class="note warn">' in html


def test_an_objection_to_no_field_is_told_on_top() -> None:
    objection = Objection("/nobody", Reason("form.unknown", {"name": "nobody"}))
    drawn = fields(FORM, VALUE, objections=[objection])
    assert unplaced(drawn, [objection]) == (objection,)
    assert "Biểu mẫu không có mục “nobody”." in draw(drawn, unplaced=[objection])


def test_only_a_deciding_field_asks_the_server_and_there_is_a_button_without_javascript() -> None:
    html = draw(fields(FORM, {}), live_url="/live")
    live = [facts["id"] for _, facts in read(html).tags if facts.get("hx-post") == "/live"]
    assert live == ["f-kind"]
    assert '<noscript><p><button class="outline small" name="act" value="redraw" formnovalidate>' in html
    assert "hx-" not in draw(fields(FORM, {}))


def test_rows_are_a_table_with_buttons_that_need_no_javascript() -> None:
    drawn = page(VALUE)
    buttons = {(facts["name"], facts["value"]) for facts in drawn.all("button")}
    assert {("_add", "/plots"), ("_remove", "/plots/0"), ("_remove", "/plots/1"), ("_remove", "/scan")} <= buttons
    assert all("formnovalidate" in facts for facts in drawn.all("button"))
    assert [facts.get("data-l") for facts in drawn.all("td")][:2] == ["Diện tích", "Loại đất"]


def test_nothing_needs_a_style_attribute_or_a_script() -> None:
    drawn = page(VALUE, check(FORM, {}), live_url="/live")
    for tag, facts in drawn.tags:
        assert tag not in ("script", "style")
        assert not any(name == "style" or name.startswith("on") for name in facts)


def test_text_is_escaped() -> None:
    html = draw(fields(FORM, VALUE))
    assert "<Văn>" not in html
    assert "Nguyễn &lt;Văn&gt; &#34;A&#34;" in html


def test_a_sealed_value_is_not_on_the_page_and_stays_sealed() -> None:
    schema = {"properties": {"name": {"type": "string", "title": "Người tố cáo", "x-sealed": "reader"}}}
    value, _ = split_sealed(schema, {"name": "Trần Thị Bí Mật"})
    html = draw(fields(schema, value))
    assert "Bí Mật" not in html
    assert "Niêm phong" in html
    assert from_post(schema, read(html).pairs) == value


def test_a_list_of_files_keeps_those_already_there() -> None:
    schema = {"properties": {"scans": {"type": "array", "items": {"type": "object", "x-widget": "file"}}}}
    value = {"scans": [{"attachment": "a1", "name": 'a"b.pdf', "size": 10}, {"attachment": "a2", "name": "c.pdf", "size": 10}]}
    html = draw(fields(schema, value), file_url=lambda kept: f"/files/{kept['attachment']}")
    assert from_post(schema, read(html).pairs) == value
    assert 'href="/files/a2"' in html


def test_a_read_only_field_is_text_and_posts_nothing() -> None:
    schema = {"properties": {"code": {"type": "string", "title": "Mã", "readOnly": True}}}
    drawn = read(draw(fields(schema, {"code": "H26"})))
    assert drawn.pairs == []
    assert from_post(schema, drawn.pairs, base={"code": "H26"}) == {"code": "H26"}


def test_a_filled_form_and_its_changes_can_be_read() -> None:
    from wardflow.forms import differences, summary

    module = _PAGE["environment"]().get_template("forms/summary.html").module
    rows = str(module.summary_rows(summary(FORM, VALUE)))
    assert "<dt>Ngày sinh</dt><dd>20/06/1989</dd>" in rows
    changed = str(module.changed_rows(differences(FORM, VALUE, VALUE | {"born": "1989-06-21"})))
    assert "<del>20/06/1989</del> <ins>21/06/1989</ins>" in changed
