"""The judged sizes of the engine: 1,500 random models, 20,000 random events, 5,000 rounds."""

import random
from time import perf_counter

from checks import NOW, agrees, holds, survives
from small import bpmn
from wardflow.engine import TaskCompleted, advance, peek, read, start

ROUND = bpmn("startEvent s\nuserTask a\nexclusiveGateway g\nendEvent e\ns -> a -> g\ng -> a : again\ng => e")


def test_1500_structured_models_agree_with_their_interpreter() -> None:
    assert not [fault for seed in range(1_500) if (fault := agrees(seed))]


def test_20000_random_events_break_no_invariant() -> None:
    total = seed = 0
    while total < 20_000:
        fault, events = holds(seed)
        assert not fault
        total, seed = total + events, seed + 1


def test_1000_models_with_everything_in_them_break_no_invariant() -> None:
    assert not [fault for seed in range(1_000) if (fault := survives(seed)[0])]


def test_5000_rounds_end_right_and_stay_flat() -> None:
    definition = read(ROUND)
    state = start(definition, "p", {"pad": "x" * 1_500}, NOW).state
    sizes, times = [], []
    for number in range(5_000):
        key = peek(state).tokens[0][1]
        began = perf_counter()
        state = advance(definition, state, TaskCompleted(key, {"again": number < 4_999}), NOW).state
        times.append(perf_counter() - began)
        sizes.append(len(state))
    assert peek(state).ended
    assert max(sizes[9:-1]) <= 1.01 * sizes[9]
    print(f"median of rounds 10-60 {_median(times[9:60]):.1f} us, of the last 50 {_median(times[-50:]):.1f} us")


def _median(seconds: list[float]) -> float:
    return sorted(seconds)[len(seconds) // 2] * 1e6


def test_reading_the_same_random_file_twice_gives_the_same_digest() -> None:
    from random_models import Generator

    for seed in range(50):
        xml = Generator(random.Random(seed)).xml()
        assert read(xml).digest == read(xml).digest
