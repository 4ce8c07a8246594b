"""Stories are told through the same acts that people use, in the order of time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from wardflow import app
from wardflow.cases.platform import Platform
from wardflow.cases.reads import open_tasks
from wardflow.cases.records import Case, CaseStatus
from wardflow.demo.stories import read_stories
from wardflow.demo.telling import tell
from wardflow.domain.register import Holding, Person, Unit
from wardflow.errors import StoryBroken
from wardflow.packs import Pack
from wardflow.plugins import Plugins
from wardflow.settings import Settings
from wardflow.store import Store

NOW = datetime(2026, 9, 4, 2, 40, tzinfo=UTC)
NAMES = {
    "family": ["Nguyễn"], "middle_women": ["Thị"], "given_women": ["Lan"], "middle_men": ["Văn"], "given_men": ["Nam"],
}
DIAGRAM = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:wf="http://wardflow.org/schema/bpmn"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="x"
 expressionLanguage="https://www.omg.org/spec/DMN/20191111/FEEL/">
<message id="m" name="withdrawal"/>
<process id="small" isExecutable="true">
 <startEvent id="begin" wf:state="checking"/>
 <userTask id="check" name="Kiểm tra" wf:role="clerk" wf:unit="receiving"/>
 <userTask id="decide" name="Quyết định" wf:role="chief" wf:unit="authority" wf:state="deciding"/>
 <boundaryEvent id="late" attachedToRef="decide"><timerEventDefinition>
  <timeDuration xsi:type="tFormalExpression">P3D</timeDuration></timerEventDefinition></boundaryEvent>
 <boundaryEvent id="stop" attachedToRef="decide"><messageEventDefinition messageRef="m"/></boundaryEvent>
 <endEvent id="done" wf:outcome="done"/>
 <endEvent id="expired" wf:outcome="expired"/>
 <endEvent id="stopped" wf:outcome="stopped"/>
 <sequenceFlow id="f1" sourceRef="begin" targetRef="check"/>
 <sequenceFlow id="f2" sourceRef="check" targetRef="decide"/>
 <sequenceFlow id="f3" sourceRef="decide" targetRef="done"/>
 <sequenceFlow id="f4" sourceRef="late" targetRef="expired"/>
 <sequenceFlow id="f5" sourceRef="stop" targetRef="stopped"/>
</process></definitions>"""
PACK = 'id = "small"\ntitle = "Nhỏ"\nopeners = ["clerk"]\nwithdrawal = "withdrawal"\n'
PROCEDURE = 'code = "p1"\nname = "Thử"\npack = "small"\nprocess = "small"\ntime_limit = "5 wd"\n'
STORIES = """
seed: 7
published: {{by: designer, began: 90 wd, at: "08:30"}}
stories:
  - id: s
    procedure: p1
    count: {count}
    began: {began}
    at: "08:10"
    receiving: thien-loc.point
    role: clerk
    steps: {steps}
"""


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    settings = Settings(data=tmp_path)
    store = Store(settings.database, b"a secret for tests, 32 bytes long")
    store.upgrade()
    store.city.save(
        (
            Unit("city", "Thành phố", kind="city", level="city"),
            Unit("thien-loc", "UBND xã Thiên Lộc", kind="rural", parent="city"),
            Unit("thien-loc.point", "Điểm Thiên Lộc", kind="point", parent="thien-loc"),
        ),
        (Person("q", "Phạm Văn Q"), Person("m", "Bùi Văn M")),
        (Holding("q", "clerk", "thien-loc.point"), Holding("m", "chief", "thien-loc")),
    )
    files = {"pack.toml": PACK, "small.bpmn": DIAGRAM, "procedures/p1.toml": PROCEDURE}
    pack = Pack({path: text.encode() for path, text in files.items()})
    store.packs.publish(pack.id, pack.digest, pack.files, "designer", NOW)
    yield app.assemble(settings, store, now=lambda: NOW, plugins=Plugins.load(sources=[]))
    store.close()


def told(platform: Platform, tmp_path: Path, steps: str, *, count: int = 1, began: str = "2 wd") -> list[Case]:
    (tmp_path / "stories.yaml").write_text(STORIES.format(count=count, began=began, steps=steps), "utf-8")
    number = tell(platform, read_stories(tmp_path, NAMES), ())
    return [platform.store.cases.load(id).case for id in range(1, number + 1)]


def waiting(platform: Platform, case: Case) -> list[Any]:
    return [row.node for row in open_tasks(platform, case.id)]


def test_a_case_stands_where_its_story_ends(platform: Platform, tmp_path: Path) -> None:
    [case] = told(platform, tmp_path, "[{task: check, after: 1 wh}]")
    assert waiting(platform, case) == ["decide"] and case.business_state == "deciding"


def test_it_was_opened_when_the_story_began(platform: Platform, tmp_path: Path) -> None:
    [case] = told(platform, tmp_path, "[]")
    opened = case.opened_at.astimezone(platform.settings.zone)
    assert (opened.date().isoformat(), opened.hour) == ("2026-09-02", 8)


def test_what_would_lie_in_the_future_has_not_happened(platform: Platform, tmp_path: Path) -> None:
    cases = told(platform, tmp_path, "[{task: check, after: 1 wd}, {task: decide, after: 1 wd}]", count=3,
                 began="{one_of: [3 wd, 1 wd, 0 wd]}")  # fmt: skip
    assert [waiting(platform, case) for case in sorted(cases, key=lambda case: case.opened_at)] == [[], ["decide"], ["check"]]


def test_numbers_follow_the_order_of_time(platform: Platform, tmp_path: Path) -> None:
    cases = told(platform, tmp_path, "[]", count=3, began="{one_of: [1 wd, 3 wd, 2 wd]}")
    assert [case.opened_at for case in cases] == sorted(case.opened_at for case in cases)


def test_alarms_ring_while_time_passes(platform: Platform, tmp_path: Path) -> None:
    [case] = told(platform, tmp_path, "[{task: check, after: 1 wh}]", began="5 wd")
    assert (case.status, case.outcome) == (CaseStatus.ENDED, "expired")


def test_somebody_may_have_claimed_a_step(platform: Platform, tmp_path: Path) -> None:
    [case] = told(platform, tmp_path, "[{claim: check, after: 1 wh}]")
    assert [row.person for row in open_tasks(platform, case.id)] == ["q"]


def test_an_applicant_may_withdraw(platform: Platform, tmp_path: Path) -> None:
    [case] = told(platform, tmp_path, "[{task: check, after: 1 wh}, {withdraw: không cần nữa, after: 1 wh}]")
    assert case.outcome == "stopped"


def test_a_story_that_cannot_go_on_says_where(platform: Platform, tmp_path: Path) -> None:
    with pytest.raises(StoryBroken, match="s-1 cannot go on at decide: open is check"):
        told(platform, tmp_path, "[{task: decide, after: 1 wh}]")


def test_the_same_stories_make_the_same_city(platform: Platform, tmp_path: Path) -> None:
    cases = told(platform, tmp_path, "[]", count=2)
    assert len({case.applicant_label for case in cases} | {"Nguyễn Thị Lan", "Nguyễn Văn Nam"}) == 2
