"""The stored state: every format ever written is read, garbage is one clear error, the input is never changed.

The files in stored/ were written by real runs when their format was current; they are never written again.
"""

import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson
import pytest
from play import NOW, Play
from small import bpmn
from wardflow.engine import (
    Host,
    StateTooLarge,
    StateUnreadable,
    TaskCompleted,
    advance,
    peek,
    read,
    start,
)
from wardflow.engine.state import FORMAT, READERS

STORED = sorted((Path(__file__).parent / "stored").glob("*.json"))
SIMPLE = bpmn("startEvent s\nuserTask a\nuserTask b\nendEvent e\ns -> a -> b -> e")


def resumed(record: dict[str, Any]) -> Play:
    """A case that goes on from a stored state, knowing only what a platform's tables would know."""
    case = Play(record["xml"].encode(), process=record["process"])
    fresh = list(case.tasks)
    for key in fresh:
        del case.tasks[key]
    case.calls.clear()
    case.alarms.clear()
    case.effects.clear()
    case.state = record["state"].encode()
    case.tasks |= record["tasks"]
    from wardflow.engine import AlarmSet, ServiceCalled

    case.calls |= {task: ServiceCalled(task, node, "") for task, node in record["calls"].items()}
    case.alarms |= {
        alarm: AlarmSet(alarm, "", None, datetime.fromisoformat(at)) for alarm, at in record["alarms"].items()
    }
    return case


@pytest.mark.parametrize("file", STORED, ids=lambda file: file.stem)
def test_a_state_of_a_past_format_opens_and_goes_on_to_its_end(file: Path) -> None:
    record = json.loads(file.read_text())
    case = resumed(record)
    assert [list(token) for token in peek(case.state).tokens] == record["tokens"]
    for kind, name, *values in record["then"]:
        getattr(case, kind)(name, **(values[0] if values else {}))
    assert case.open == record["ends"]["open"]
    assert case.ended == record["ends"]["outcome"]
    assert case.data == record["ends"]["data"]


def test_every_format_has_a_stored_example() -> None:
    assert {json.loads(file.read_text())["format"] for file in STORED} == set(READERS) == set(range(1, FORMAT + 1))


def test_advance_never_changes_its_input() -> None:
    definition = read(SIMPLE)
    state = start(definition, "p", {"list": [1, {"a": 2}]}, NOW).state
    copy = bytes(bytearray(state))
    first = advance(definition, state, TaskCompleted("t1", {"x": 1}), NOW)
    assert state == copy
    assert advance(definition, state, TaskCompleted("t1", {"x": 1}), NOW) == first


def test_start_leaves_the_data_it_was_given_alone() -> None:
    data = {"x": 1}
    Play(SIMPLE, data).do("a", x=2, y=3)
    assert data == {"x": 1}


def test_the_engine_part_is_small() -> None:
    state = orjson.loads(start(read(SIMPLE), "p", {"much": "x" * 500}, NOW).state)
    assert len(orjson.dumps({**state, "d": {}})) <= 150


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b'{"f":1}',
        b'{"f":1,"n":"x","d":{}}',
        b'{"f":1,"n":1,"d":[]}',
        b"\xff\xfe",
        b'{"f":1,"n":1,"d":{},"t":[[1]]}',
        b'{"f":1,"n":1,"d":{},"t":[[1,"a",7,"task"]],"s":[[0,"p"]]}',
        b'{"f":1,"n":1,"d":{},"t":3}',
        b'{"f":1,"n":1,"d":{},"t":[[1,"a",0,"task"]],"s":[[0]]}',
    ],
)
def test_garbage_is_one_clear_error(garbage: bytes) -> None:
    with pytest.raises(StateUnreadable):
        advance(read(SIMPLE), garbage, TaskCompleted("t1"), NOW)
    with pytest.raises(StateUnreadable):
        peek(garbage)


def test_a_state_cut_short_anywhere_is_one_clear_error() -> None:
    state = start(read(SIMPLE), "p", {"x": "y"}, NOW).state
    for length in range(len(state)):
        with pytest.raises(StateUnreadable):
            advance(read(SIMPLE), state[:length], TaskCompleted("t1"), NOW)


def test_a_state_of_the_future_is_refused() -> None:
    with pytest.raises(StateUnreadable, match="99"):
        peek(b'{"f":99,"n":1,"d":{}}')


def test_a_state_of_another_process_file_is_refused() -> None:
    other = read(bpmn("startEvent s\nuserTask other\nendEvent e\ns -> other -> e"))
    with pytest.raises(StateUnreadable):
        advance(other, start(read(SIMPLE), "p", {}, NOW).state, TaskCompleted("t1"), NOW)


def test_too_much_data_is_refused_with_advice() -> None:
    with pytest.raises(StateTooLarge, match="table"):
        start(read(SIMPLE), "p", {"scan": "x" * 5_000}, NOW, Host(size=2_000))


def test_decimals_are_kept_as_numbers_and_other_objects_are_refused() -> None:
    assert Play(SIMPLE, {"fee": Decimal("12.50"), "count": Decimal(3)}).data == {"fee": 12.5, "count": 3}
    with pytest.raises(TypeError):
        start(read(SIMPLE), "p", {"file": object()}, NOW)
