"""FEEL and decision tables: side by side with simpleeval in one process, and how cost grows with size.

    python tests/benchmarks/bench_feel.py [--json FILE]
    pytest tests/benchmarks/bench_feel.py

Each figure is the best of several rounds in microseconds; the tests hold the ratios and budgets that were agreed.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from simpleeval import SimpleEval  # type: ignore[import-untyped]    # it ships no types
from wardflow import dmn, feel

CONDITION = 'age >= 18 and contains(name, "Nguyễn")'
PERSON = {"age": 21, "name": "Nguyễn Văn A"}
ORDINARY = 'if plot.use = "ODT" and plot.area > 100 then max(100000, plot.area * 1234.5) else sum(fees[kind = "base"].amount)'
NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def micros(work: Callable[[], Any], rounds: int = 7, seconds: float = 0.02) -> float:
    """The time of one call, as the fastest of several rounds tells it."""
    start = perf_counter()
    work()
    repeat = max(1, int(seconds / max(perf_counter() - start, 1e-7)))
    best = float("inf")
    for _ in range(rounds):
        start = perf_counter()
        for _ in range(repeat):
            work()
        best = min(best, (perf_counter() - start) / repeat)
    return best * 1e6


def table(rows: int) -> dmn.Model:
    """A table of four inputs under UNIQUE of which the last row matches."""
    cells = "<input><inputExpression><text>{}</text></inputExpression></input>"
    inputs = "".join(cells.format(name) for name in ("use", "area", "age", "urgent"))
    rules = "".join(
        f'<rule><inputEntry><text>"ODT", "CLN"</text></inputEntry><inputEntry><text>[{row * 10}..{row * 10 + 10})</text></inputEntry>'
        f"<inputEntry><text>&gt;= 18</text></inputEntry><inputEntry><text>-</text></inputEntry>"
        f"<outputEntry><text>{row} * 1000</text></outputEntry></rule>"
        for row in range(rows)
    )
    data = "".join(
        f'<inputData id="{name}" name="{name}"><variable name="{name}"/></inputData>' for name in ("use", "area", "age", "urgent")
    )
    needs = "".join(
        f'<informationRequirement><requiredInput href="#{name}"/></informationRequirement>' for name in ("use", "area", "age", "urgent")
    )
    document = (
        f'<definitions xmlns="{NAMESPACE}" namespace="urn:bench" name="bench" id="bench">{data}<decision id="fee" name="fee">'
        f'<variable name="fee"/>{needs}<decisionTable hitPolicy="UNIQUE">{inputs}<output name="fee"/>{rules}</decisionTable>'
        "</decision></definitions>"
    )
    return dmn.read(document.encode())


def asked(rows: int) -> Callable[[], Any]:
    """A question to a table of so many rows, answered by its last one."""
    model, inputs = table(rows), {"use": "CLN", "area": rows * 10 - 5, "age": 21, "urgent": True}
    assert model.decide("fee", inputs) == (rows - 1) * 1000
    return lambda: model.decide("fee", inputs)


def condition() -> dict[str, float]:
    """The same test, compiled by us and evaluated by simpleeval from text and from its parsed form."""
    compiled = feel.compile(CONDITION)
    theirs = SimpleEval(names=PERSON, functions={"contains": lambda text, part: part in text})
    parsed = theirs.parse(CONDITION)
    assert compiled.evaluate(PERSON) is theirs.eval(CONDITION) is True
    return {
        "condition, compiled": micros(lambda: compiled.evaluate(PERSON)),
        "condition, simpleeval": micros(lambda: theirs.eval(CONDITION)),
        "condition, simpleeval parsed before": micros(lambda: theirs.eval(CONDITION, previously_parsed=parsed)),
    }


def lists() -> dict[str, float]:
    """A filter and a sum over lists of two lengths."""
    compiled = feel.compile("sum(plots[area > 100].area)")
    found = {}
    for length in (100, 1000):
        plots = [{"area": number, "use": "ODT"} for number in range(length)]
        found[f"filter and sum over {length}"] = micros(lambda context={"plots": plots}: compiled.evaluate(context))    # type: ignore[misc]    # a default binds the loop's value
    return found


def measured() -> dict[str, float]:
    """Every figure by its name."""
    return {
        **condition(),
        "compile, ordinary": micros(lambda: feel.compile(ORDINARY)),
        "table, 20 rows": micros(asked(20)),
        "table, 200 rows": micros(asked(200)),
        **lists(),
    }


def test_a_compiled_condition_is_five_times_faster_than_simpleeval() -> None:
    found = condition()
    assert found["condition, compiled"] * 5 <= found["condition, simpleeval"]


def test_an_ordinary_expression_compiles_within_a_millisecond() -> None:
    assert micros(lambda: feel.compile(ORDINARY)) <= 1000


def test_a_table_of_20_rows_and_4_inputs_answers_within_150_microseconds() -> None:
    assert micros(asked(20)) <= 150


def test_cost_grows_with_rows_and_length_and_no_faster() -> None:
    assert micros(asked(200)) <= 15 * micros(asked(20))
    found = lists()
    assert found["filter and sum over 1000"] <= 15 * found["filter and sum over 100"]


def main() -> None:
    """Print every figure, and keep them where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    found = measured()
    for name, figure in found.items():
        print(f"{figure:10.1f} µs  {name}")
    if options.json:
        options.json.write_text(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
