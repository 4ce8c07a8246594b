"""Timers as diagrams write them, in ISO text and FEEL: the right Hanoi moment, whatever the machine's zone and however its time is set."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from wardflow import app
from wardflow.cases.exchange import ServiceAccount
from wardflow.cases.inspection import Inspector
from wardflow.cases.ring_alarm import ring_alarms
from wardflow.cases.start_process import start_process
from wardflow.domain.register import Authority
from wardflow.jobs import Sweep
from wardflow.packs import Pack

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
DIAGRAM = """<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:wf="http://wardflow.org/schema/bpmn"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="urn:t"><bpmn:message id="stop" name="stop" />
<bpmn:process id="timed" isExecutable="true"><bpmn:startEvent id="s" /><bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="w" />
{waiting}<bpmn:endEvent id="e" wf:outcome="done" /><bpmn:sequenceFlow id="f2" sourceRef="w" targetRef="e" /></bpmn:process></bpmn:definitions>"""
TIMER = "<bpmn:timerEventDefinition><bpmn:{kind}>{text}</bpmn:{kind}></bpmn:timerEventDefinition>"
CATCHES = '<bpmn:intermediateCatchEvent id="w">{timer}</bpmn:intermediateCatchEvent>'
REMINDS = """<bpmn:receiveTask id="w" messageRef="stop" />
<bpmn:boundaryEvent id="again" attachedToRef="w" cancelActivity="false">{timer}</bpmn:boundaryEvent>
<bpmn:endEvent id="told" wf:outcome="told" /><bpmn:sequenceFlow id="f3" sourceRef="again" targetRef="told" />"""


@pytest.fixture
def timed(town: Town) -> Callable[..., int]:
    """Opens a case whose diagram waits for a timer, or is reminded by one beside what it waits for."""

    def made(kind: str, text: str, waiting: str = CATCHES, **values: Any) -> int:
        diagram = DIAGRAM.format(waiting=waiting.format(timer=TIMER.format(kind=kind, text=text)))
        files = {
            "pack.toml": b'id = "timed"\ntitle = "timed"\nopeners = []\n', "timed.bpmn": diagram.encode(),
            "procedures/timed.toml": b'code = "timed"\nname = "timed"\npack = "timed"\nprocess = "timed"\nlevel = "commune"\ntime_limit = "5 wd"\n',
        }
        pack = Pack(files, "timed")
        town.platform.store.packs.publish(pack.id, pack.digest, pack.files, "designer", town.moment.now)
        town.platform.store.city.save(authorities=[Authority("timed", "commune", None, "Luật thử", date(2025, 7, 1))])
        account = ServiceAccount("tests", "north.point", frozenset({"procedure:*"}), town.moment.now)
        return start_process(town.platform, account, "timed", values).case_id

    return made


def hanoi(text: str) -> datetime:
    """A Hanoi moment of the year of the tests, or of another one where it is written."""
    return datetime.fromisoformat(text if text.count("-") == 2 else f"2026-{text}").replace(tzinfo=HANOI).astimezone(UTC)


def due(town: Town) -> list[str]:
    """When the next alarms ring, in Hanoi."""
    found = town.platform.store.alarms.due(datetime(9998, 1, 1, tzinfo=UTC), 10)
    return [at.astimezone(HANOI).strftime("%Y-%m-%d %H:%M") for _, _, at in found]


def rung(town: Town, case: int) -> int:
    return [entry.kind for entry in town.platform.store.papers.entries(case)].count("alarm")


# Friday 04/09/2026, 09:40 in Hanoi
@pytest.mark.parametrize(
    ("kind", "text", "moment"),
    [
        ("timeDuration", "PT90M", "2026-09-04 11:10"), ("timeDuration", "P1D", "2026-09-05 09:40"), ("timeDuration", "P30D", "2026-10-04 09:40"),
        ("timeDuration", "P1M", "2026-10-04 09:40"), ("timeDuration", "P1Y2M", "2027-11-04 09:40"), ("timeDuration", "P2W", "2026-09-18 09:40"),
        ("timeDate", "2026-12-31T17:00:00+07:00", "2026-12-31 17:00"), ("timeDate", "2026-12-31T10:00:00Z", "2026-12-31 17:00"),
        ("timeDate", "2026-12-31T17:00:00", "2026-12-31 17:00"),
        ("timeDuration", '= duration("PT2H")', "2026-09-04 11:40"), ("timeDuration", '= if urgent then duration("PT1H") else duration("P1D")', "2026-09-04 10:40"),
        ("timeDate", '= date and time("2026-12-31T17:00:00+07:00")', "2026-12-31 17:00"), ("timeDate", "= date and time(on)", "2026-11-20 08:00"),
        ("timeDate", '= add working time(now(), "1 wd")', "2026-09-07 17:00"), ("timeDate", '= add working time(now(), "8 wh")', "2026-09-07 09:40"),
        ("timeCycle", "R3/PT10M", "2026-09-04 09:50"), ("timeCycle", "R/2026-09-10T08:00:00+07:00/P1D", "2026-09-10 08:00"),
    ],
)
def test_a_timer_rings_at_its_hanoi_moment(town: Town, timed: Callable[..., int], kind: str, text: str, moment: str) -> None:
    case = timed(kind, text, urgent=True, on="2026-11-20T08:00:00+07:00")
    assert due(town) == [moment]
    at = datetime.fromisoformat(moment).replace(tzinfo=HANOI).astimezone(UTC)
    assert ring_alarms(town.platform, at - timedelta(seconds=1)) == 0
    assert ring_alarms(town.platform, at) == 1
    assert (str(town.case(case).status), rung(town, case)) == ("ended", 1)


def test_a_timer_that_is_past_already_rings_at_once(town: Town, timed: Callable[..., int]) -> None:
    case = timed("timeDate", "2020-01-01T00:00:00+07:00")
    assert due(town) == []    # the step that set it has heard it
    assert str(town.case(case).status) == "ended"


@pytest.mark.parametrize("day", ["03-07", "03-28", "10-24", "10-31"])
def test_a_day_in_hanoi_has_24_hours_also_when_clocks_elsewhere_change(town: Town, timed: Callable[..., int], day: str) -> None:
    town.moment.now = hanoi(f"{day} 23:30")
    timed("timeDuration", "P2D")
    (_, _, at) = town.platform.store.alarms.due(datetime(9998, 1, 1, tzinfo=UTC), 1)[0]
    assert at - town.moment.now == timedelta(hours=48)
    assert at.astimezone(HANOI).strftime("%H:%M") == "23:30"


@pytest.fixture
def far_away(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine stands in New York."""
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_the_zone_of_the_machine_is_never_asked(town: Town, timed: Callable[..., int], far_away: None) -> None:
    timed("timeDate", "2026-12-31T17:00:00")
    assert due(town) == ["2026-12-31 17:00"]


def test_a_month_after_the_31st_is_the_last_day_of_a_shorter_one(town: Town, timed: Callable[..., int]) -> None:
    town.moment.now = hanoi("2026-10-31 09:00")
    timed("timeDuration", "P1M")
    assert due(town) == ["2026-11-30 09:00"]


# Cycles


def test_a_cycle_rings_as_often_as_it_says_each_at_its_own_distance(town: Town, timed: Callable[..., int]) -> None:
    case = timed("timeCycle", "R3/PT10M", REMINDS)
    seen = []
    while moments := due(town):
        seen += moments
        town.moment.now = datetime.fromisoformat(moments[0]).replace(tzinfo=HANOI).astimezone(UTC)
        ring_alarms(town.platform, town.moment.now)
    assert seen == ["2026-09-04 09:50", "2026-09-04 10:00", "2026-09-04 10:10"]
    assert (rung(town, case), str(town.case(case).status)) == (3, "open")


def test_a_cycle_ends_with_what_it_reminds_of(town: Town, timed: Callable[..., int]) -> None:
    from wardflow.cases.send_message import Sending, send_message

    case = timed("timeCycle", "R/PT10M", REMINDS)
    town.moment.pass_(minutes=10)
    ring_alarms(town.platform, town.moment.now)
    assert len(due(town)) == 1
    send_message(town.platform, ServiceAccount("x", "", frozenset({"message:*"}), town.moment.now), Sending("stop"))
    assert (due(town), str(town.case(case).status), rung(town, case)) == ([], "ended", 1)


@pytest.mark.parametrize(("text", "times"), [("R5/PT10M", 3), ("R/PT10M", 1)])
def test_a_worker_that_was_away_rings_a_counted_cycle_as_often_as_it_missed_it_and_an_endless_one_once(
    town: Town, timed: Callable[..., int], text: str, times: int
) -> None:
    case = timed("timeCycle", text, REMINDS)
    town.moment.pass_(minutes=34)
    place = app.workplace(town.platform, town.platform.store)
    sweep = Sweep(place.alarms, place.ring, place.ring_together)
    assert [sweep.ring_due(town.moment.now) for _ in range(4)] == [1, 0, 0, 0]    # one act, whatever it makes up for
    told = [node for entry in town.platform.store.papers.entries(case) for node in entry.passed if node == "told"]
    assert len(told) == times
    assert due(town) == ["2026-09-04 10:20"]    # the beat is kept
    assert list(Inspector(town.platform).faults(town.platform.store.inspection)) == []


# The time of the machine


def test_an_alarm_rings_once_though_the_time_jumps_forward_and_back(town: Town, timed: Callable[..., int]) -> None:
    case, began = timed("timeDuration", "PT1H", REMINDS), town.moment.now
    place = app.workplace(town.platform, town.platform.store)
    sweep, rounds = Sweep(place.alarms, place.ring, place.ring_together), []
    for away in (timedelta(minutes=-30), timedelta(days=-400), timedelta(minutes=59), timedelta(days=3650), timedelta(0), timedelta(hours=2)):
        town.moment.now = began + away
        rounds.append(sweep.ring_due(town.moment.now))
    assert rounds == [0, 0, 0, 1, 0, 0]
    assert rung(town, case) == 1


def test_a_step_done_while_the_machine_is_slow_keeps_the_order_of_the_timeline(town: Town, timed: Callable[..., int]) -> None:
    case = timed("timeDuration", "PT1H")
    at = town.moment.now + timedelta(hours=1)
    town.moment.pass_(hours=-5)
    assert ring_alarms(town.platform, town.moment.now) == 0
    town.moment.now = at
    assert ring_alarms(town.platform, town.moment.now) == 1
    assert [entry.seq for entry in town.platform.store.papers.entries(case)] == [1, 2]
    assert list(Inspector(town.platform).faults(town.platform.store.inspection)) == []
