"""How a date was computed: the same words on the page, on the printed receipt and for whoever tracks the case."""

from __future__ import annotations

from datetime import date
from typing import Any

from wardflow.cases.acting import take_up
from wardflow.cases.extend_clock import NewDate, extend_clock
from wardflow.cases.reads import Asked, desk, track
from wardflow.cases.reads import case as case_view
from wardflow.cases.reads.views import ClockView
from wardflow.cases.records import Case
from wardflow.cases.slip_data import slip_data
from wardflow.domain.calendar import Day, DayKind
from wardflow.domain.legal_clock import Timing

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another


def accepted(town: Town) -> Case:
    town.platform.store.city.set_day(date(2026, 9, 8), Day(DayKind.HOLIDAY, "Ngày hội làng", name_en="Village day"))
    found: Case = town.case(town.open(answer={"complete": True}).case_id)
    return found


def said(town: Town, view: ClockView, language: str = "vi") -> list[str]:
    words = town.platform.wording(language)
    return [words.say(reason) for reason in view.reasons]


def printed(town: Town, case: Case) -> list[str]:
    held = take_up(town.platform, case.id)
    paper = next(p for p in town.platform.store.papers.documents(case.id) if p.facts["slip"] == "receipt")
    found: list[str] = slip_data(town.platform, held, paper)["due_reasons"]
    return found


def test_the_receipt_prints_the_words_of_the_page_and_of_the_tracking_page(town: Town) -> None:
    case = accepted(town)
    page = case_view(town.platform, town.actor("signer"), case.code).clock
    tracked = track(town.platform, case.tracking)
    assert tracked is not None
    assert printed(town, case) == said(town, page) == said(town, tracked.clock)


def test_the_words_name_the_start_the_days_counted_and_skipped_and_the_law(town: Town) -> None:
    case = accepted(town)
    assert said(town, case_view(town.platform, town.actor("signer"), case.code).clock) == [
        "5 ngày làm việc, đếm từ ngày sau khi nhận 04/09/2026.",
        "Đếm 5 ngày làm việc, từ thứ Hai 07/09/2026 đến thứ Hai 14/09/2026.",
        "08/09 không đếm: Ngày hội làng.",
        "5 ngày nghỉ không đếm: thứ Bảy, Chủ nhật, lễ.",
        "Căn cứ của thời hạn: Luật thử.",
    ]


def test_each_waiting_step_says_why_it_is_due_when_it_is(town: Town) -> None:
    case = accepted(town)
    view = case_view(town.platform, town.actor("signer"), case.code)
    words = town.platform.wording("en")
    (wait,) = view.waiting
    assert next(words.say(reason) for reason in wait.why_due) == "2 working days, counted from the day after receipt on 04/09/2026."
    assert "08/09 not counted: Village day." in [words.say(reason) for reason in wait.why_due]


def test_the_page_says_how_much_time_is_used_and_left(town: Town) -> None:
    case = accepted(town)
    town.moment.pass_(days=5)
    view = case_view(town.platform, town.actor("signer"), case.code).clock
    assert view.used is not None and view.timing is None
    assert town.platform.wording("vi").say(view.used) == "Đã dùng 2 trên 5 ngày làm việc, còn 3 ngày làm việc."


def test_a_finished_matter_is_early_on_time_or_late(town: Town) -> None:
    found = []
    for days in (0, 10, 2):
        case = accepted(town)
        town.do("reviewer", case.id, "review", opinion="good")
        town.moment.pass_(days=days)
        town.do("signer", case.id, "sign", opinion="good")
        found.append(case_view(town.platform, town.actor("signer"), case.code).clock.timing)
    assert found == [Timing.EARLY, Timing.ON_TIME, Timing.EARLY]


def test_an_extension_is_told_with_its_reason(town: Town) -> None:
    case = accepted(town)
    extend_clock(town.platform, town.actor("signer"), case.id, NewDate(date(2026, 9, 21), "Chờ đo đạc."))
    told = said(town, case_view(town.platform, town.actor("signer"), case.code).clock)
    assert "Gia hạn thêm 5 ngày làm việc, ngày 04/09/2026. Lý do: Chờ đo đạc. Căn cứ: Luật thử, Điều 4." in " ".join(told)
    assert "Hạn ban đầu 14/09/2026 vẫn giữ để báo cáo." in told


def test_before_acceptance_no_clock_runs_and_afterwards_it_is_that_of_the_deciding_unit(town: Town) -> None:
    waiting = case_view(town.platform, town.actor("clerk"), town.open().code)
    assert waiting.turns == ()
    case = accepted(town)
    view = case_view(town.platform, town.actor("signer"), case.code)
    assert [town.platform.wording("vi").say(turn) for turn in view.turns] == ["Đồng hồ đang chạy ở UBND south."]
    assert view.parts == ()


def test_the_desk_strip_and_its_due_date_come_from_one_count(town: Town) -> None:
    accepted(town)
    ((_, _, (row,)),) = desk(town.platform, town.actor("reviewer"), Asked("queue")).groups
    due = next(day for day in row.days if day.due)
    assert row.due is not None and town.platform.snapshot().calendar.day_of(row.due) == due.date
