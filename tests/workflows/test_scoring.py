"""The monthly KPI scoring by the rules it has to follow: the score of a task, the month of a person, the bands, their shares."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from assigned import PRODUCT, handed_in
from pypdf import PdfReader
from wardflow.domain.people import Actor
from wardflow.families.assignment import scoring
from wardflow.families.assignment.matters import Assignment
from wardflow.families.assignment.rating_sheet import rating_sheet
from wardflow.families.assignment.scoring import Rating, Scored

Office = Any    # tests/workflows/conftest.py; test modules cannot import one another
MARCH = date(2026, 3, 1)


def scored(office: Office, person: str, *, days_late: int, quality: int, weight: int, other: bool = False, confidential: bool = False) -> int:
    start = office.now
    case = handed_in(office, person, days_late=days_late, weight=weight, confidential=confidential)
    office.do(case, "accept", {"verdict": "accept"})
    office.do(case, "rate", {"quality": quality, "late_through_other": other})
    office.now = start
    return case


def of_person(office: Office, person: str) -> Rating:
    chair: Actor = office.platform.actor("chair-thien-loc")
    [found] = [each for each in scoring.month(office.platform, chair, MARCH) if each.person == person]
    return found


@pytest.mark.parametrize(
    ("days_late", "factor"), [(-3, 1.1), (-1, 1.1), (0, 1.0), (1, 0.8), (5, 0.8), (6, 0.5), (15, 0.5)],
    ids=["early", "a-day-early", "on-time", "one-day-late", "five-days-late", "six-days-late", "much-later"],
)  # fmt: skip
def test_a_task_scores_quality_times_time_factor_times_its_weight(march: Office, days_late: int, factor: float) -> None:
    person = f"Người {days_late}"
    scored(march, person, days_late=days_late, quality=80, weight=25)
    [task] = of_person(march, person).tasks
    assert (task.quality, task.factor, task.weight) == (80, factor, 25)
    assert task.points == pytest.approx(80 * factor * 25)


def test_what_the_briefing_closes_as_not_done_counts_zero_with_its_weight(march: Office) -> None:
    start = march.now
    case = handed_in(march, "Người bỏ việc", days_late=-2, weight=30)
    for last in (False, False, True):
        march.do(case, "accept", {"verdict": "reject", "unmet": [{"criterion": "Đủ các thôn", "why": "Thiếu"}]})
        if not last:
            march.do(case, "rework", {"changes": "Đã bổ sung."})
            march.do(case, "submit", PRODUCT)
    march.do(case, "brief", {"verdict": "close", "conclusion": "Không còn phù hợp."})
    march.do(case, "rate", {"quality": 90, "late_through_other": False})
    march.now = start
    scored(march, "Người bỏ việc", days_late=0, quality=90, weight=10)
    found = of_person(march, "Người bỏ việc")
    assert [task.factor for task in found.tasks if task.assignment.case.id == case] == [0]
    assert found.score == pytest.approx((0 * 30 + 90 * 10) / 40)


def test_lateness_through_another_units_part_is_not_in_the_owners_time_factor(march: Office) -> None:
    scored(march, "Người chờ", days_late=10, quality=80, weight=10, other=True)
    [task] = of_person(march, "Người chờ").tasks
    assert task.factor == 1.0


def test_the_month_of_a_person_is_the_mean_weighted_by_the_weights_the_tasks_were_given_with(march: Office) -> None:
    scored(march, "Người ba việc", days_late=-1, quality=90, weight=50)
    scored(march, "Người ba việc", days_late=0, quality=80, weight=30)
    scored(march, "Người ba việc", days_late=3, quality=60, weight=20)
    found = of_person(march, "Người ba việc")
    assert found.score == pytest.approx((90 * 1.1 * 50 + 80 * 1.0 * 30 + 60 * 0.8 * 20) / 100)
    assert found.band == "good"


def test_a_contested_score_counts_with_the_quality_that_the_chair_decided(march: Office) -> None:
    case = scored(march, "Người có ý kiến", days_late=0, quality=60, weight=20)
    march.pass_(days=8)
    march.tell(case, "head-thien-loc", "contest", {"reason": "Chưa tính phần đo bổ sung.", "proposed": 85})
    march.do(case, "decide_contest", {"quality": 80, "reason": "Có khối lượng phát sinh."})
    [task] = of_person(march, "Người có ý kiến").tasks
    assert (task.quality, task.points) == (80, 1600)


def test_an_older_version_that_asked_for_the_weight_while_scoring_keeps_it(march: Office) -> None:
    asked = Assignment(march.case(handed_in(march, "Người cũ", days_late=-1, weight=20)), {"rate": {"weight": 5}, "register": {"kpi_weight": 20}})
    assert scoring._weight(asked) == 5


@pytest.mark.parametrize(
    ("count", "of", "percent"), [(121, 691, 17.51), (71, 647, 10.97), (574, 647, 88.72)], ids=["121-of-691", "71-of-647", "574-of-647"]
)
def test_the_shares_of_the_bands_are_those_the_city_reported(count: int, of: int, percent: float) -> None:
    ratings = [Rating(str(n), 95.0, "excellent", ()) for n in range(count)] + [Rating(str(n), 75.0, "good", ()) for n in range(of - count)]
    first, second = scoring.shares(ratings)
    assert (first.band, first.count, first.percent) == ("excellent", count, percent)
    assert (second.band, second.count) == ("good", of - count)


def test_nobody_rated_has_no_shares() -> None:
    assert scoring.shares(()) == ()


def test_the_sheet_says_what_each_score_is_made_of_and_names_no_confidential_task(march: Office) -> None:
    case = scored(march, "Người ký", days_late=3, quality=85, weight=15, confidential=True)
    scored(march, "Người ký", days_late=0, quality=85, weight=15)
    chair = march.platform.actor("chair-thien-loc")
    ratings = [of_person(march, "Người ký")]
    sheet = rating_sheet(march.platform, chair, MARCH, ratings, {"good": "Tốt"})
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(sheet)).pages).split())
    assert "BẢNG XẾP LOẠI THÁNG" in text and "Tháng 03/2026" in text and "Người ký" in text
    assert "0,8" in text and "76,5" in text and "Cộng: 1 người được xếp loại. Tốt 1 (100 %)." in text
    assert text.count("Lập danh mục điểm ngập") == 1 and "Việc mật" in text
    assert isinstance(ratings[0].tasks[0], Scored) and case in {task.assignment.case.id for task in ratings[0].tasks}
