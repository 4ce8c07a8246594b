"""The packages of the departments: read by officials, changed by their keepers, felt in the forms."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from wardflow import app
from wardflow.cases.platform import Platform
from wardflow.domain.days import Day, DayKind
from wardflow.domain.reasons import Reason
from wardflow.domain.register import Holding, Person
from wardflow.offers import (
    ALLOWED,
    Choice,
    DecisionTable,
    Derivation,
    Derived,
    FieldDay,
    FieldRule,
    Figure,
    Hint,
    Indicator,
    Panel,
    Setting,
)
from wardflow.permissions import KEEPER, REGISTRAR
from wardflow.plugins import LeftOut, Plugins
from wardflow.store import Store
from wardflow.testing import fake_plugin

NOW = datetime(2026, 9, 4, 2, 40, tzinfo=UTC)
CODE = "1.000001"
TABLE = (
    b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" namespace="t" name="t" id="t">'
    b'<decision id="d" name="many"><variable name="many" typeRef="boolean"/>'
    b"<literalExpression><text>true</text></literalExpression></decision></definitions>"
)
WORDS = {
    "field.most": "Nhiều nhất {most:number} bản.", "field.left": "Còn {left:number} bản trong ngày.", "field.box": "Sổ bản sao",
    "field.line": "Hôm nay còn {left:number} bản.", "field.sum": "Tự cộng: {n:number}.",
    "field.figure": "Tỷ lệ bản sao", "field.how": "Tính trên {n:number} hồ sơ.",
}  # fmt: skip
NAMES = {"field.title": "Chứng thực", "field.rule.few": "Số bản sao nhiều nhất", "field.table.many": "Khi nào là nhiều"}
NAMES_EN = {"field.title": "Certification", "field.rule.few": "Most copies", "field.table.many": "When it is many"}
PLACES = {
    "type": "object", "title": "Mức theo nơi", "required": ["other"], "x-i18n": {"en": {"title": "By place"}},
    "properties": {"other": {"type": "integer", "title": "Nơi khác", "x-unit": "bản", "x-i18n": {"en": {"title": "Elsewhere", "x-unit": "copies"}}}},
    "additionalProperties": {"type": "integer", "x-unit": "bản", "x-i18n": {"en": {"x-unit": "copies"}}},
    "propertyNames": {"minLength": 1, "x-list": "unit", "title": "Đơn vị", "x-i18n": {"en": {"title": "Unit"}}},
}
VALUES: dict[str, tuple[Any, Any, str, str]] = {
    "field.fee": (1_500_000, {"type": "integer", "x-widget": "money"}, "1.500.000\u00a0₫", "1.500.000\u00a0₫"),
    "field.day": ("2024-08-01", {"type": "string", "format": "date"}, "01/08/2024", "01/08/2024"),
    "field.time": ("5 wd", {"type": "string", "format": "limit"}, "5 ngày làm việc", "5 working days"),
    "field.code": ("^[A-Z]+$", {"type": "string", "format": "regex", "examples": ["CS 12"]}, "như CS 12", "such as CS 12"),
    "field.kinds": (["b"], {"type": "array", "uniqueItems": True, "items": {
        "enum": ["a", "b"], "x-enum": {"a": "Chữ A", "b": "Chữ B"}, "x-i18n": {"en": {"enum": {"a": "Letter A", "b": "Letter B"}}}}}, "Chữ B", "Letter B"),
    "field.hours": (["22:00", "06:00"], {"type": "array", "prefixItems": [
        {"type": "string", "format": "time", "title": title, "x-i18n": {"en": {"title": english}}} for title, english in (("Từ", "From"), ("Đến", "Until"))
    ]}, "Từ 22:00, đến 06:00", "From 22:00, until 06:00"),
    "field.big": (5000, {"type": "integer", "x-unit": "người", "x-i18n": {"en": {"x-unit": "people"}}}, "5.000\u00a0người", "5,000\u00a0people"),
    "field.whether": (False, {"type": "boolean"}, "Không", "No"),
}  # fmt: skip
"""Thresholds by their key: the value, its schema, and how a page shows it in Vietnamese and in English."""


def few(value: Any, form: Any, context: Any) -> Any:
    most = context.settings["field.most"]
    return ALLOWED if value <= most else Reason("field.most", {"most": most})


FIELD = fake_plugin(
    "field",
    settings=[
        Setting("field.most", 5, assumed=True, schema={"type": "integer", "minimum": 1, "title": "Số bản nhiều nhất"}),
        Setting("field.places", {"other": 9, "city": 3}, schema=PLACES),
        *(Setting(key, value, schema={**schema, "title": f"Mức {key}"}) for key, (value, schema, _, _) in VALUES.items()),
        Setting("field.by_unit", {"east": 3}, schema={"type": "object", "additionalProperties": {"type": "integer"}, "title": "Theo đơn vị"}),
    ],
    field_rules=[FieldRule("field.few", (CODE,), "/copies", few, basis="Điều 7")],
    hints=[Hint("field.left", (CODE,), "/copies", lambda f, c: Reason("field.left", {"left": 9}), reads=("/record",))],
    choices=[Choice("field.records", (CODE,), "/record", lambda f, c: ["Giấy khai sinh"] if f.get("copies") == 4 else None)],
    derivations=[Derivation("field.sum", (CODE,), "/record", lambda f, c: Derived("Giấy khai sinh", Reason("field.sum", {"n": 2})))],
    decision_tables=[DecisionTable("field.many", TABLE, "many", "Điều 9", True)],
    calendar_days=[FieldDay("Thử", date(2026, 9, 7), Day(DayKind.CLOSED, "Kiểm kê"), "QĐ 9", assumed=True)],
    indicators=[Indicator("field.figure", Reason("field.figure"), lambda c: Figure(12.5, Reason("field.how", {"n": 8})), "percent", "Điều 8")],
    panels=[Panel("field.box", Reason("field.box"), lambda context: [Reason("field.line", {"left": 9})])],
    translations={"vi": {**WORDS, **NAMES}, "en": {**WORDS, **NAMES_EN}},
)


@pytest.fixture
def platform(platform: Platform) -> Platform:
    """The small city with a package and its keeper."""
    store = platform.store
    assert isinstance(store, Store)
    store.city.save(people=(Person("hoa", "Vũ Thị Hoa"),), holdings=(Holding("hoa", KEEPER, "city"), Holding("hoa", REGISTRAR, "city")))
    plugins = Plugins.load(sources=[FIELD])
    plugins.left_out = (LeftOut("hỏng", "1.0", "ImportError: thiếu thư viện"),)
    return app.assemble(platform.settings, store, now=lambda: NOW, plugins=plugins)


def test_officials_read_the_list_and_only_a_keeper_gets_a_switch(browser: Callable[..., Any]) -> None:
    text = browser("chi").open("/plugins")
    assert "field" in text and "thiếu thư viện" in text and "5 quy tắc" not in text and "Tắt gói</summary>" not in text
    assert "name=\"reason\"" not in text and "name=\"reason\"" in browser("hoa").open("/plugins")
    assert 'href="/plugins"' in browser("hoa").open("/desk")
    nobody = browser("an")
    nobody.open("/plugins")
    assert nobody.status == 403


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("key", VALUES)
def test_a_threshold_reads_in_words(browser: Callable[..., Any], key: str, language: str) -> None:
    text = browser("hoa").open(f"/plugins/field?lang={language}")
    row = text.split(f"<b>Mức {key}</b>")[1].split("</tr>")[0]
    assert VALUES[key][2 if language == "vi" else 3] in row


def test_a_threshold_by_place_names_its_units_and_lets_one_be_chosen(browser: Callable[..., Any], platform: Platform) -> None:
    page, named = browser("hoa"), platform.register().unit("city").name
    row = page.open("/plugins/field").split("<b>Mức theo nơi</b>")[1].split("</tr>")[0]
    for said in ("Nơi khác:</span> 9\u00a0bản", f"{named}:</span> 3\u00a0bản"):
        assert said in row, said
    text = page.open("/plugins/field/settings/field.places")
    assert '<select id="' in text.split("Đơn vị</label>")[1][:20] and f'<option value="city" selected>{named}</option>' in text


def test_the_list_has_the_packages_of_departments_before_those_of_the_platform(browser: Callable[..., Any], platform: Platform) -> None:
    platform.plugins.installed = (*(replace(each, name="shipped", builtin=True) for each in platform.plugins.installed), *platform.plugins.installed)
    text = browser("hoa").open("/plugins")
    assert text.index('href="/plugins/field"') < text.index("Đi kèm nền tảng, luôn bật: 1 gói") < text.index('href="/plugins/shipped"')


def test_what_cannot_be_used_says_why_in_the_language_of_the_reader(browser: Callable[..., Any], platform: Platform) -> None:
    why = Reason("plugins.out.newer", {"needed": ">=99", "have": "0.1.0"})
    platform.plugins.left_out = (LeftOut("mới", "2.0", "PluginUnusable: it needs wardflow>=99", why),)
    assert "Gói cần nền tảng bản &gt;=99, máy chủ này chạy bản 0.1.0. Nâng cấp nền tảng, hoặc cài bản gói cũ hơn." in browser("hoa").open("/plugins")
    assert "needs version &gt;=99 of the platform, and this server runs 0.1.0." in browser("hoa").open("/plugins?lang=en")
    desk = browser("chi").open("/desk")
    assert "Gói cần nền tảng bản" in desk and "PluginUnusable" not in desk


def test_a_keeper_of_the_city_may_name_any_commune(browser: Callable[..., Any], platform: Platform) -> None:
    text = browser("hoa").open("/plugins").split('id="u-field"')[1].split("</select>")[0]
    below = [unit for unit in platform.register().children("city")]
    assert below and all(f'value="{unit.id}"' in text for unit in below) and 'value="city"' not in text


def test_a_package_shows_its_figures_and_how_each_was_computed(browser: Callable[..., Any]) -> None:
    text = browser("hoa").open("/plugins/field").split('id="figures"')[1].split("</section>")[0]
    for said in ("Cả thành phố", "Tỷ lệ bản sao", "12,5 %", "Tính trên 8 hồ sơ.", "Điều 8"):
        assert said in text, said


def test_days_that_a_package_brings_stand_in_the_calendar_of_its_field_and_are_not_taken_away_there(
    browser: Callable[..., Any], platform: Platform
) -> None:
    page, address = browser("hoa"), "/register/calendar/of/"
    text = page.open(f"{address}?kind=field&name=Th%E1%BB%AD")
    for said in ("Kiểm kê", "từ gói lĩnh vực", "QĐ 9", "giả định, chưa xác nhận"):
        assert said in text, said
    assert "Bỏ 07/09/2026" not in text
    text = page.post(f"{address}day", scope_kind="field", scope_name="Thử", day="07/09/2026", kind="half_day", name="Làm sáng")
    assert "Làm sáng" in text and "từ gói lĩnh vực" not in text and "Bỏ 07/09/2026" in text


def test_a_switch_needs_a_reason_and_stays_in_the_log(browser: Callable[..., Any], platform: Platform) -> None:
    page = browser("hoa")
    page.open("/plugins")
    assert "Cần ghi lý do" in page.post("/plugins/field/switch", on="0", unit="", reason=" ") and page.status == 422
    text = page.post("/plugins/field/switch", on="0", unit="", reason="Đang rà soát")
    assert "Đã tắt gói Chứng thực." in text and "đang tắt" in text and "Đang rà soát" in text and "Vũ Thị Hoa" in text
    assert not platform.plugins.objections(CODE, {"copies": 50}, NOW)


def test_a_threshold_is_set_and_the_assumed_mark_goes(browser: Callable[..., Any], platform: Platform) -> None:
    page = browser("hoa")
    assert "giả định" in page.open("/plugins/field").split("Số bản nhiều nhất")[1].split("</tr>")[0]
    page.open("/plugins/field/settings/field.most")
    refused = page.post("/plugins/field/settings/field.most", act="set", value="0", valid_from="04/09/2026", basis="")
    assert page.status == 422 and "nhất là 1" in refused and 'value="0"' in refused
    text = page.post("/plugins/field/settings/field.most", act="set", value="8", valid_from="04/09/2026", basis="QĐ 12", unit="")
    row = text.split("Số bản nhiều nhất")[1].split("</tr>")[0]
    assert "QĐ 12" in row and "giả định" not in row
    assert platform.plugins.settings(date(2026, 9, 4))["field.most"] == 8


def test_a_threshold_with_a_value_for_each_unit_has_a_field_for_each(browser: Callable[..., Any], platform: Platform) -> None:
    page = browser("hoa")
    assert 'name="value.east"' in page.open("/plugins/field/settings/field.by_unit")
    sent = {"act": "set", "valid_from": "04/09/2026", "basis": "QĐ 12"}
    page.post("/plugins/field/settings/field.by_unit", **{**sent, "value.east": "nhiều"})
    assert page.status == 422 and "nhiều" in page.text
    page.post("/plugins/field/settings/field.by_unit", **{**sent, "value.east": "4"})
    assert platform.plugins.settings(date(2026, 9, 4))["field.by_unit"] == {"east": 4}


def test_who_is_no_keeper_sets_nothing(browser: Callable[..., Any], platform: Platform) -> None:
    page = browser("chi")
    page.open("/plugins/field")
    page.post("/plugins/field/settings/field.most", act="set", value="8", valid_from="04/09/2026", basis="QĐ 12")
    assert page.status == 403 and platform.plugins.settings(date(2026, 9, 4))["field.most"] == 5


def test_a_decision_table_is_downloaded_and_replaced(browser: Callable[..., Any], platform: Platform) -> None:
    page = browser("hoa")
    address = page.open("/plugins/field").split("/plugins/tables/")[1].split('"')[0]
    assert "many" in page.open(f"/plugins/tables/{address}")
    page.open("/plugins/field")
    other = TABLE.replace(b"true", b"false")
    sent: dict[str, Any] = {"valid_from": "04/09/2026", "basis": "QĐ 13", "unit": ""}
    text = page.post("/plugins/field/tables/field.many", **sent, model=(io.BytesIO(b"<x/>"), "x.dmn"))
    assert page.status == 422 and "không thay được bảng. Tệp không đọc được như một tệp DMN, dòng 1." in text
    assert 'value="QĐ 13"' in text and 'value="04/09/2026"' in text    # nothing typed is lost
    nameless = TABLE.replace(b'name="many"', b'name="some"')
    assert "không có quyết định tên “many”, chỉ có some." in page.post("/plugins/field/tables/field.many", **sent, model=(io.BytesIO(nameless), "x.dmn"))
    text = page.post("/plugins/field/tables/field.many", **sent, model=(io.BytesIO(other), "x.dmn"))
    assert "Đã thay bảng" in text and "QĐ 13" in text


def test_the_inspector_shows_the_rules_of_each_field_and_how_often_they_objected(
    browser: Callable[..., Any], platform: Platform
) -> None:
    platform.plugins.objections(CODE, {"copies": 50}, NOW)
    text = browser("chi").open(f"/procedures/{CODE}/rules")
    copies = text.split("<h2>Số bản</h2>")[1].split("</section>")[0]
    for said in ("field.few", "Số bản sao nhiều nhất", "field.left", "Điều 7", "1 lần", "Gợi ý"):
        assert said in copies, said
    other = browser("chi")
    other.open("/procedures/nothing/rules")
    assert other.status == 404


def test_a_case_says_which_rules_looked_at_it(browser: Callable[..., Any], case: Any) -> None:
    text = browser("chi").open(f"/cases/{case.code}/rules")
    for said in ("field.few", "Số bản sao nhiều nhất", "Chứng thực", "đồng ý"):
        assert said in text, said
    assert 'scope="row">Số bản</th>' in text
    far = browser()
    far.open(f"/cases/{case.code}/rules")
    assert far.place == "/sign-in"


def test_the_sheet_at_the_counter_has_hints_shorter_lists_and_what_was_computed(browser: Callable[..., Any]) -> None:
    page = browser("binh")
    page.open("/counter")
    page.post("/counter", procedure=CODE)
    sheet = page.place
    assert "Còn 9 bản trong ngày." in page.text
    page.post(sheet, act="redraw", **{"form.record": "Giấy khai sinh", "form.copies": "6"})
    assert "Nhiều nhất 5 bản." in page.text and "Tự cộng: 2." in page.text


def test_a_package_has_its_box_on_the_desk(browser: Callable[..., Any]) -> None:
    assert "Sổ bản sao" in browser("chi").open("/desk") and "Hôm nay còn 9 bản." in browser("chi").open("/desk")
    assert "Sổ bản sao" not in browser("an").open("/desk")
