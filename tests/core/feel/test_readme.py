"""The README's examples say what really comes out."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import wardflow.feel
from wardflow.domain.calendar import Calendar, Span
from wardflow.feel import check, compile, evaluate, names, to_json, translate, unary_tests

README = (Path(wardflow.feel.__file__).parent / "README.md").read_text("utf-8")
CONTEXT = json.loads(re.findall(r"```json\n(.*?)```", README, re.DOTALL)[0])
EXAMPLES = re.findall(r"^(.+)\n→ (.+)$", "\n".join(re.findall(r"```feel\n(.*?)```", README, re.DOTALL)), re.MULTILINE)
OFFICE = (Span(datetime.time(7, 30), datetime.time(11, 30)), Span(datetime.time(13), datetime.time(17)))
CALENDAR = Calendar(1, ZoneInfo("Asia/Ho_Chi_Minh"), {weekday: OFFICE for weekday in range(5)}, {})
NOW = datetime.datetime(2026, 11, 22, 1, 30, tzinfo=datetime.UTC)


def test_the_readme_has_a_page_of_examples() -> None:
    assert len(EXAMPLES) >= 20


@pytest.mark.parametrize(("text", "value"), EXAMPLES, ids=[text for text, _ in EXAMPLES])
def test_examples(text: str, value: str) -> None:
    assert to_json(evaluate(text, CONTEXT, calendar=CALENDAR, now=NOW)) == json.loads(value)


def test_the_first_lines() -> None:
    assert evaluate("area * 5000 + 350000", {"area": 120}) == 950000
    assert compile('due - today() <= @"P2D"').evaluate({"due": NOW.date()}, now=NOW) is True
    assert unary_tests('"ODT", "CLN"', "CLN") is True
    assert names("area > limit and contains(use, kind)") == {"area", "kind", "limit", "use"}
    assert check("aera > 1", {"area": "number"})[0].facts["nearest"] == "area"
    assert translate("${!approved && cost > 100}") == "not(approved) and cost > 100"
