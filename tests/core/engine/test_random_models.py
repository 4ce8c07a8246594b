"""Random models: the stepper agrees with an independent interpreter, keeps its invariants, and repeats itself byte for byte."""

import random

from checks import Case, agrees, holds, survives
from random_models import Generator, walk
from wardflow.engine import read
from wardflow.engine.second_opinion import Done, NotComparable, replay


def test_200_structured_models_agree_with_their_interpreter() -> None:
    assert not [fault for seed in range(200) if (fault := agrees(seed))]


def test_200_models_with_events_break_no_invariant() -> None:
    assert not [fault for seed in range(200) if (fault := holds(seed)[0])]


def test_100_models_with_everything_in_them_break_no_invariant() -> None:
    assert not [fault for seed in range(100) if (fault := survives(seed)[0])]


def test_the_same_input_gives_the_same_bytes() -> None:
    for seed in range(30):
        model = Generator(random.Random(seed))
        xml = model.xml()
        runs = []
        for _ in range(2):
            case = Case(read(xml), "random", model.data)
            walk(random.Random(seed), case.ready, case.complete)
            runs.append(case.states)
        assert runs[0] == runs[1]


def test_models_in_the_safe_part_agree_with_the_runtime_of_spiffworkflow() -> None:
    """The second opinion: the same tasks are open after every step."""
    compared = 0
    for seed in range(60):
        model = Generator(random.Random(5_000 + seed), depth=3)
        xml = model.xml()
        case = Case(read(xml), "random", model.data)
        done: list[Done] = []
        seen = [frozenset(node for node, _ in case.ready())]
        chance = random.Random(seed)
        while case.open and len(done) < 60:
            node, key = chance.choice(sorted(case.ready()))
            case.complete(node, key)
            done.append(Done(node))
            seen.append(frozenset(node for node, _ in case.ready()))
        opinion = replay(xml, "random", model.data, done)
        if not isinstance(opinion, NotComparable):
            compared += 1
            assert opinion == tuple(seen), f"seed {seed}"
    assert compared >= 20
