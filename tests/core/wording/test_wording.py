"""A reason becomes a sentence, in the reader's language, and never breaks the page."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from wardflow.domain.findings import Finding, LintFinding, Verdict
from wardflow.domain.reasons import Objection, Reason
from wardflow.errors import LimitUnreadable
from wardflow.wording import LANGUAGES, Wording, money, number, read_catalogue


def said(sentence: str, language: str = "vi", **facts: Any) -> str:
    return Wording(language, {"test.x": sentence}).say(Reason("test.x", facts))


@pytest.mark.parametrize(
    ("sentence", "facts", "vietnamese", "english"),
    [
        ("{due:date}", {"due": "2026-09-21"}, "21/09/2026", "21/09/2026"),
        ("{due:date}", {"due": "2026-09-20T18:00:00+00:00"}, "21/09/2026", "21/09/2026"),
        ("{at:datetime}", {"at": "2026-09-21T10:00:00Z"}, "21/09/2026, 17:00", "21/09/2026, 17:00"),
        ("{at:datetime}", {"at": "2026-09-21"}, "21/09/2026", "21/09/2026"),
        ("{at:time}", {"at": "2026-09-21T17:00:00+07:00"}, "17:00", "17:00"),
        ("{at:time}", {"at": "15:00"}, "15:00", "15:00"),
        ("{day:weekday}", {"day": "2026-09-21"}, "thứ Hai", "Monday"),
        ("{days:daymonth}", {"days": ["2026-09-01", "2026-09-02"]}, "01/09, 02/09", "01/09, 02/09"),
        ("{fee:money}", {"fee": 350000}, "350.000\u00a0₫", "350.000\u00a0₫"),
        ("{area:number} m²", {"area": "1234.50"}, "1.234,5 m²", "1,234.5 m²"),
        ("{n}", {"n": 1234}, "1.234", "1,234"),
        ("{limit:limit}", {"limit": "1 wd"}, "1 ngày làm việc", "1 working day"),
        ("{limit:limit}", {"limit": "30 d"}, "30 ngày", "30 days"),
        ("{limit:limit}", {"limit": "8 wh"}, "8 giờ làm việc", "8 working hours"),
        ("{m:duration}", {"m": 100}, "1 giờ 40 phút", "1 hour 40 minutes"),
        ("{m:duration}", {"m": 120}, "2 giờ", "2 hours"),
        ("{m:duration}", {"m": 0}, "0 phút", "0 minutes"),
        ("{unit}", {"unit": "UBND xã", "unit_en": "Commune"}, "UBND xã", "Commune"),
        ("{name:or ngày lễ}", {"name": ""}, "ngày lễ", "ngày lễ"),
        ("A{basis:if  (%)}.", {"basis": "Điều 5"}, "A (Điều 5).", "A (Article 5)."),
        ("A{basis:if  (%)}.", {}, "A.", "A."),
        ("{level:say authority.level}", {"level": "commune"}, "cấp xã", "the communes"),
        ("{role:say role}", {"role": "specialist"}, "specialist", "specialist"),
        (
            "{why:reason}",
            {"why": {"code": "standing.left", "facts": {"n": 2}}},
            "Còn 2 ngày làm việc",
            "2 working days left",
        ),
    ],
)
def test_formats(sentence: str, facts: dict[str, Any], vietnamese: str, english: str) -> None:
    assert said(sentence, "vi", **facts) == vietnamese
    assert said(sentence, "en", **facts) == english


def test_english_agrees_with_the_number_and_vietnamese_needs_not() -> None:
    assert [said("{n:count working day|working days}", "en", n=n) for n in (0, 1, 2)] == [
        "0 working days",
        "1 working day",
        "2 working days",
    ]
    assert said("{n:count ngày làm việc}", n=2) == "2 ngày làm việc"


@pytest.mark.parametrize("facts", [{}, {"due": None}, {"due": "tomorrow"}, {"due": 7}, {"due": {"a": 1}}, {"due": ""}])
def test_a_missing_or_strange_fact_never_breaks_the_sentence(facts: dict[str, Any]) -> None:
    for format in (
        "date",
        "datetime",
        "time",
        "weekday",
        "money",
        "number",
        "limit",
        "duration",
        "count a|b",
        "reason",
        "moon",
        "",
    ):
        assert said("Hạn: {due:" + format + "}", **facts).startswith("Hạn: ")


def test_a_code_without_words_shows_itself() -> None:
    assert Wording("vi").say(Reason("nowhere.nothing", {"n": 1})) == "nowhere.nothing"
    assert Wording("vi").say("nowhere.nothing") == "nowhere.nothing"


def test_everything_with_a_reason_can_be_said() -> None:
    words = Wording("en", {"t.a": "Only {n} days.", "lint.BPMN-REFUSED": "{element} in {file} cannot run."})
    reason = Reason("t.a", {"n": 11})
    assert words.say(Objection("/from", reason)) == "Only 11 days."
    assert words.say(Finding(Verdict.HOLD, reason, "r1")) == "Only 11 days."
    assert words.say("t.a", n=3) == "Only 3 days."
    assert words.say(LintFinding("BPMN-REFUSED", "p.bpmn", element="Task_1")) == "Task_1 in p.bpmn cannot run."


def test_an_error_has_the_words_of_its_class_or_its_own_message() -> None:
    error = LimitUnreadable(text="5 days")
    assert Wording("vi", {"error.LimitUnreadable": "Không đọc được {text}."}).say(error) == "Không đọc được 5 days."
    assert "5 days" in Wording("en").say(error)


def test_a_plugin_brings_its_own_words_and_the_last_one_wins(tmp_path: Path) -> None:
    (tmp_path / "pond.toml").write_text('deep = "Sâu {m:number} m"\n[kind]\nround = "tròn"\n', encoding="utf-8")
    (tmp_path / "README.md").write_text("not words", encoding="utf-8")
    brought = read_catalogue(tmp_path)
    assert brought == {"pond.deep": "Sâu {m:number} m", "pond.kind.round": "tròn"}
    words = Wording("vi", {"pond.deep": "cũ"}, brought)
    assert words.say("pond.deep", m=1.5) == "Sâu 1,5 m"
    assert "pond.kind.round" in words and "pond.deep" in words.codes()


def test_braces_and_markup_of_a_fact_stay_text() -> None:
    assert said("{name}", name="{due} <b>") == "{due} <b>"


def test_a_sentence_that_cannot_be_read_is_shown_as_it_was_written() -> None:
    assert said("Còn {n ngày", n=2) == "Còn {n ngày"


def test_there_are_two_languages() -> None:
    assert LANGUAGES == ("vi", "en")
    with pytest.raises(ValueError, match="fr"):
        Wording("fr")


@pytest.mark.parametrize(
    ("value", "vietnamese"),
    [(0, "0"), (1000, "1.000"), (Decimal("0.10"), "0,1"), (Decimal("-5.50"), "-5,5"), (100, "100"), ("1E+3", "1.000")],
)
def test_numbers_of_templates(value: Any, vietnamese: str) -> None:
    assert number(value) == vietnamese


def test_money_has_no_coins() -> None:
    assert money(Decimal(1000000)) == "1.000.000\u00a0₫"
    assert money(datetime.timedelta(days=0).days) == "0\u00a0₫"
