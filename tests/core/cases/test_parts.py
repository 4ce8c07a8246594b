"""A unit that is asked within a case has a clock of its own: the page says whose clock runs, and who is late."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from wardflow.cases.reads import case as case_view
from wardflow.cases.reads import track
from wardflow.cases.reads.views import CaseView
from wardflow.catalog import files_of
from wardflow.packs import Pack

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another
PERMIT = Path(__file__).parents[2] / "fixtures" / "permit"


@pytest.fixture
def town(town: Town) -> Town:
    """The town where the review is asked of the office in the north."""
    files = files_of(PERMIT)
    drawn = files["permit.bpmn"].decode().replace('wf:role="reviewer" wf:unit="office"', 'wf:role="reviewer" wf:unit="= &quot;north.office&quot;"')
    pack = Pack({**files, "permit.bpmn": drawn.encode()}, "permit")
    town.platform.store.packs.publish(pack.id, pack.digest, pack.files, "designer", town.moment.now)
    return town


def seen(town: Town, case: int) -> CaseView:
    view: CaseView = case_view(town.platform, town.actor("signer"), town.case(case).code)
    return view


def turns(town: Town, case: int) -> list[str]:
    return [town.platform.wording("vi").say(turn) for turn in seen(town, case).turns]


def test_while_a_unit_is_asked_its_clock_runs_within_the_whole(town: Town) -> None:
    case = town.open(answer={"complete": True}).case_id
    assert turns(town, case) == ["Đang chờ ý kiến của Phòng north; thời gian này vẫn nằm trong thời hạn chung của UBND south."]
    (part,) = seen(town, case).parts
    assert (part.unit.vi, part.title.vi) == ("Phòng north", "Xem xét")
    assert part.due is not None and part.why_due
    tracked = track(town.platform, town.case(case).tracking)
    assert tracked is not None and tracked.turns == seen(town, case).turns


def test_a_unit_that_answers_late_is_late_itself(town: Town) -> None:
    case = town.open(answer={"complete": True}).case_id
    town.moment.pass_(days=5)
    assert turns(town, case) == ["Phòng north chậm cho ý kiến; phần chậm tính cho Phòng north."]


def test_once_it_has_answered_the_clock_is_again_that_of_the_whole(town: Town) -> None:
    case = town.open(answer={"complete": True}).case_id
    town.do("stranger", case, "review", opinion="good")
    assert turns(town, case) == ["Đồng hồ đang chạy ở UBND south."]
    (part,) = seen(town, case).parts
    assert town.platform.wording("vi").say(part.standing.reason) == "Xong trước hạn 2 ngày làm việc"
