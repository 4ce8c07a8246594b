"""Two versions of a pack compared: one sentence a change, in both languages, and never silence about a changed file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from wardflow.packs import Pack, compare
from wardflow.packs.comparing.diagrams import aspects
from wardflow.wording import Wording

MakePack = Callable[..., Pack]
BPMN, TOML, FORM, RECORD, STORY = "small.bpmn", "pack.toml", "forms/check.json", "procedures/copy.toml", "scenarios/one.yaml"
TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:test">
<decision id="fee" name="fee"><decisionTable><input><inputExpression><text>days</text></inputExpression></input><output name="fee"/>
{}</decisionTable></decision></definitions>"""
ROW = "<rule><inputEntry><text>{}</text></inputEntry><outputEntry><text>{}</text></outputEntry></rule>"


def said(old: Pack, new: Pack, language: str = "en") -> list[str]:
    words = Wording(language)
    return [words.say(each.reason) for each in compare(old, new)]


CHANGES: Mapping[str, tuple[Any, str, str]] = {
    "a limit": ({BPMN: (('wf:due="2 wd"', 'wf:due="3 wd"'),)}, "step Quyết định: 2 → 3 working days", "bước Quyết định: 2 → 3 ngày làm việc"),
    "a limit in another unit": (
        {BPMN: (('wf:due="8 wh"', 'wf:due="1 wd"'),)}, "step Kiểm tra: 8 working hours → 1 working day",
        "bước Kiểm tra: 8 giờ làm việc → 1 ngày làm việc",
    ),
    "a role": ({BPMN: (('wf:role="clerk"', 'wf:role="chief"'),)}, "step Kiểm tra, role: Clerk → Head", "bước Kiểm tra, vai trò: Công chức → Trưởng phòng"),
    "a slip": ({BPMN: (('wf:slip="receipt"', ""),)}, "step Quyết định, slip: Receipt → nothing", "bước Quyết định, giấy tờ: Giấy tiếp nhận → không có"),
    "a timer": ({BPMN: (("P3D", "P5D"),)}, "step reminder, timer: P3D → P5D", "bước reminder, mốc hẹn: P3D → P5D"),
    "a condition": (
        {BPMN: (('check.result = "complete"', 'check.result != "incomplete"'),)},
        'the way complete → fees, condition: check.result = "complete" → check.result != "incomplete"',
        'đường đi complete → fees, điều kiện: check.result = "complete" → check.result != "incomplete"',
    ),
    "a field": ({FORM: (('"title": "Số trang"', '"title": "Số tờ"'),)}, "form Kiểm tra, field Số tờ, title: Số trang → Số tờ", "biểu mẫu Kiểm tra, ô Số tờ, title: Số trang → Số tờ"),
    "a field gone": ({FORM: (('"pages": {"type": "integer", "title": "Số trang"},', ""),)}, "form Kiểm tra: the field Số trang is gone", "biểu mẫu Kiểm tra: bỏ ô Số trang"),
    "a field to be given": ({FORM: (('["result"]', '["result", "pages"]'),)}, "form Kiểm tra: Số trang must be given now", "biểu mẫu Kiểm tra: ô Số trang nay bắt buộc"),
    "a procedure's limit": (
        {RECORD: (('time_limit = "5 wd"', 'time_limit = "7 wd"'),)}, "procedure Copy, time_limit: 5 → 7 working days",
        "thủ tục Bản sao, time_limit: 5 → 7 ngày làm việc",
    ),
    "a fee": ({RECORD: (("2000", "3000"),)}, "procedure Copy, fees[Phí].amount: 2000 → 3000", "thủ tục Bản sao, fees[Phí].amount: 2000 → 3000"),
    "a word of a role": ({TOML: (('en = "Clerk"', 'en = "Counter clerk"'),)}, "role Counter clerk, en: Clerk → Counter clerk", "vai trò Công chức, en: Clerk → Counter clerk"),
    "a new state": ({TOML: (("[slips]", 'lost = { vi = "Thất lạc", en = "Lost" }\n[slips]'),)}, "state Lost is new", "thêm trạng thái Thất lạc"),
    "who opens": ({TOML: (('openers = ["clerk"]', 'openers = ["chief"]'),)}, "openers[1]: clerk → chief", "openers[1]: clerk → chief"),
    "a scenario": ({STORY: (("08:30", "08:40"),)}, "file scenarios/one.yaml changed", "tệp scenarios/one.yaml đã đổi"),
    "a file": ({STORY: None}, "file scenarios/one.yaml is gone", "bỏ tệp scenarios/one.yaml"),
    "a comment": ({BPMN: (("<process id", "<!-- x --><process id"),)}, "only the drawing or words beside it changed", "chỉ đổi cách vẽ hoặc chữ bên lề"),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_one_sentence_in_each_language(make_pack: MakePack, change: str) -> None:
    changes, english, vietnamese = CHANGES[change]
    old, new = make_pack(), make_pack(changes)
    assert said(old, new) == [english]
    assert said(old, new, "vi") == [vietnamese]


def test_the_same_content_has_no_differences(make_pack: MakePack) -> None:
    assert compare(make_pack(), make_pack()) == ()


def test_a_step_that_came_brings_its_ways(make_pack: MakePack) -> None:
    new = make_pack({BPMN: (
        ('<endEvent id="done"', '<task id="seal" name="Đóng dấu"/><endEvent id="done"'),
        ('<sequenceFlow id="f4" sourceRef="decide" targetRef="done"/>', '<sequenceFlow id="f4" sourceRef="decide" targetRef="seal"/><sequenceFlow id="f8" sourceRef="seal" targetRef="done"/>'),
    )})  # fmt: skip
    assert said(make_pack(), new) == [
        "step Đóng dấu is new", "the way Đóng dấu → done is new", "the way Quyết định → done is now Quyết định → Đóng dấu",
    ]
    assert said(new, make_pack())[0] == "step Đóng dấu is gone"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((("1", "2"), ("2", "3")), (("1", "9"), ("2", "3")), ["table fee, row 1: 1 | 2 → 1 | 9"]),
        ((("1", "2"), ("2", "3")), (("1", "2"),), ["table fee: row 2 is gone (2 | 3)"]),
        ((("1", "2"),), (("1", "2"), ("2", "3")), ["table fee: row 2 is new (2 | 3)"]),
        ((("1", "2"), ("2", "3")), (("2", "3"), ("1", "2")), ["table fee: the rows changed their order"]),
    ],
)
def test_rows_of_a_table_that_changed(make_pack: MakePack, before: Any, after: Any, expected: list[str]) -> None:
    packs = [make_pack({"fee.dmn": TABLE.format("".join(ROW.format(*row) for row in rows))}) for rows in (before, after)]
    assert said(*packs) == expected


def test_every_aspect_of_an_element_has_a_word(make_pack: MakePack) -> None:
    from wardflow.engine.vocabulary import TERMS, TRANSLATED

    node = next(iter(make_pack().definitions.values())).nodes["decide"]
    for name in {*aspects(node), *TRANSLATED, *(term.name for term in TERMS)}:
        assert all(f"diff.what.{name}" in Wording(language) for language in ("vi", "en")), name


def test_a_file_that_cannot_be_read_is_still_said_to_have_changed(make_pack: MakePack) -> None:
    broken = make_pack({BPMN: (("<userTask id", "<funTask id"),), FORM: "{,}", RECORD: "=", "x.dmn": "<a"})
    assert len(said(make_pack({"x.dmn": "<b/>"}), broken)) == 4
