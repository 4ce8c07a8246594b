"""What packages cost: a form check with fifty of them and 2,000 rules, and the hook layer of a step with none."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median, quantiles
from typing import Any

from wardflow.adopted import Adopted, Switch
from wardflow.domain.reasons import Reason
from wardflow.domain.routing import Question
from wardflow.offers import ALLOWED, NO_DATA, FieldRule, Setting
from wardflow.plugins import Plugins
from wardflow.testing import Source, fake_plugin

NOW = datetime(2026, 9, 4, 2, 40, tzinfo=UTC)
PACKAGES, RULES, TIMES = 50, 40, 300
MOST_CHECK_MS, MOST_STEP_MS = 20.0, 0.2
FORM = {f"f{n}": n for n in range(RULES)} | {"plots": [{"area": n} for n in range(5)]}


def least(value: Any, form: Any, context: Any) -> Any:
    return ALLOWED if value >= context.settings["p0.least"] else Reason("p0.small", {"least": context.settings["p0.least"]})


def package(number: int, *, procedure: str) -> Source:
    rules = [FieldRule(f"p{number}.r{n}", (procedure,), f"/f{n}", least, basis="Điều 1") for n in range(RULES)]
    return fake_plugin(f"p{number}", field_rules=rules, settings=[Setting(f"p{number}.least", 2)])


def milliseconds(act: Callable[[], Any]) -> list[float]:
    """Processor time of the whole process, the thread of the rules included, so that a busy machine does not count."""
    found = []
    for _ in range(TIMES):
        begun = time.process_time()
        act()
        found.append((time.process_time() - begun) * 1000)
    return found


def told(what: str, found: list[float], most: float) -> float:
    high = quantiles(found, n=20)[-1]
    print(f"\n{what}: median {median(found):.3f} ms, p95 {high:.3f} ms, at most {most} ms")
    return high


def test_a_form_check_when_every_rule_of_every_package_looks_at_it() -> None:
    plugins = Plugins.load(sources=[package(n, procedure="one") for n in range(PACKAGES)])
    assert len(plugins.rulings("one", FORM, NOW)) == PACKAGES * RULES
    assert told("2,000 rules on one form", milliseconds(lambda: plugins.objections("one", FORM, NOW)), MOST_CHECK_MS) <= MOST_CHECK_MS


def test_a_form_check_when_each_package_has_a_procedure_of_its_own() -> None:
    plugins = Plugins.load(sources=[package(n, procedure=f"own{n}") for n in range(PACKAGES)])
    adopted = Adopted(tuple(Switch(f"p{n}", "south", False) for n in range(PACKAGES)))
    plugins = plugins.following(lambda: adopted, NO_DATA)
    check = lambda: plugins.objections("own7", FORM, NOW, units=("north.office", "north", "city"))
    assert told("40 of 2,000 rules, with switches", milliseconds(check), MOST_CHECK_MS) <= MOST_CHECK_MS


def test_a_step_without_packages() -> None:
    plugins, question = Plugins.load(sources=()), Question("reviewer", "office")

    def step() -> None:
        plugins.looks_at("one", "forms/review.json")
        plugins.routed("one", question, "review", {}, NOW, case={}, settings={}, units=())
        plugins.findings("one", {}, NOW, case={}, settings={})
        plugins.fees("one", {}, NOW, case={}, settings={})

    assert told("the hook layer of a step, none installed", milliseconds(step), MOST_STEP_MS) <= MOST_STEP_MS
