"""What packages cost: a form check with fifty of them and 2,000 rules, and the hook layer of a step with none."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from types import SimpleNamespace
from typing import Any

from steps import CLERK, STEP, make_city, waiting
from wardflow import app
from wardflow.adopted import Adopted, Switch
from wardflow.cases import services
from wardflow.cases.complete_task import complete_task
from wardflow.cases.fielded import at_step
from wardflow.cases.handlers.asked import Asked
from wardflow.cases.knowing import Begun
from wardflow.cases.opinions import opinions
from wardflow.domain.reasons import Reason
from wardflow.domain.routing import Question
from wardflow.engine import ServiceCalled, peek
from wardflow.families import BUILT_IN
from wardflow.offers import ALLOWED, NO_DATA, FieldRule, Setting
from wardflow.plugins import Plugins
from wardflow.testing import Source, fake_plugin

NOW = datetime(2026, 9, 4, 2, 40, tzinfo=UTC)
PACKAGES, RULES, TIMES, STEPS = 50, 40, 300, 40
MOST_CHECK_MS, MOST_STEP_MS = 20.0, 0.2
FORM = {f"f{n}": n for n in range(RULES)} | {"plots": [{"area": n} for n in range(5)]}


def least(value: Any, form: Any, context: Any) -> Any:
    return ALLOWED if value >= context.settings["p0.least"] else Reason("p0.small", {"least": context.settings["p0.least"]})


def package(number: int, *, procedure: str) -> Source:
    rules = [FieldRule(f"p{number}.r{n}", (procedure,), f"/f{n}", least, basis="Điều 1") for n in range(RULES)]
    return fake_plugin(f"p{number}", field_rules=rules, settings=[Setting(f"p{number}.least", 2)])


def milliseconds(act: Callable[[], Any], times: int = TIMES) -> list[float]:
    """Processor time of the whole process, the thread of the rules included, so that a busy machine does not count."""
    found = []
    for _ in range(times):
        begun = time.process_time()
        act()
        found.append((time.process_time() - begun) * 1000)
    return found


def told(what: str, found: list[float], most: float, floor: list[float], beside: str) -> float:
    high = quantiles(found, n=20)[-1]
    ratio = median(found) / median(floor)
    print(f"\n{what}: median {median(found):.3f} ms, p95 {high:.3f} ms, at most {most} ms; {ratio:.2f} times {beside} ({median(floor):.3f} ms)")
    return high


def bare(form: Mapping[str, Any], times: int) -> list[float]:
    """The functions of the rules called one after the other, without anything around them."""
    context = SimpleNamespace(settings={"p0.least": 2})
    return milliseconds(lambda: [least(form[f"f{n}"], form, context) for _ in range(times) for n in range(RULES)])


def test_a_form_check_when_every_rule_of_every_package_looks_at_it() -> None:
    plugins = Plugins.load(sources=[package(n, procedure="one") for n in range(PACKAGES)])
    assert len(plugins.rulings("one", FORM, NOW)) == PACKAGES * RULES
    found = milliseconds(lambda: plugins.objections("one", FORM, NOW))
    assert told("2,000 rules on one form", found, MOST_CHECK_MS, bare(FORM, PACKAGES), "their bare functions") <= MOST_CHECK_MS


def test_a_form_check_when_each_package_has_a_procedure_of_its_own() -> None:
    plugins = Plugins.load(sources=[package(n, procedure=f"own{n}") for n in range(PACKAGES)])
    adopted = Adopted(tuple(Switch(f"p{n}", "south", False) for n in range(PACKAGES)))
    plugins = plugins.following(lambda: adopted, NO_DATA)
    check = lambda: plugins.objections("own7", FORM, NOW, units=("north.office", "north", "city"))
    found = milliseconds(check)
    assert told("40 of 2,000 rules, with switches", found, MOST_CHECK_MS, bare(FORM, 1), "their bare functions") <= MOST_CHECK_MS


def test_a_step_without_packages(databases: Any, tmp_path: Path) -> None:
    """Every question a step asks of rules: its form, who gets the next task, findings and fees; beside the step as a whole."""
    address = databases.empty("sqlite")
    platform = app.build(make_city(address, tmp_path), plugins=Plugins.load(builtin=BUILT_IN, sources=()))
    actor, cases = platform.actor(CLERK), waiting(platform, STEPS + 1)
    case = platform.store.cases.load(cases[0][0].case_id).case
    matter, data, question = platform.library.matter_of(case), peek(case.state).data, Question("reviewer", "office")
    node = next(node for node in matter.definition.nodes.values() if "form" in node.attributes)
    asked = Asked(platform, matter, data, Begun(platform.library.thresholds_of(case), case.opened_at), ServiceCalled("t", "n", "rules.findings", {}))

    def hooks() -> None:
        at_step(platform, case, node)
        opinions(platform, case, data, platform.now())(question, "review")
        services.LOCAL["rules.findings"](asked)
        services.LOCAL["rules.fees"](asked)

    steps = iter(cases)

    def step() -> None:
        opened, task = next(steps)
        complete_task(platform, actor, opened.case_id, task, STEP)

    step()
    found, whole = milliseconds(hooks), milliseconds(step, STEPS)
    assert told("the hook layer of a step, none installed", found, MOST_STEP_MS, whole, "the whole step") <= MOST_STEP_MS
    platform.store.close()
    databases.drop(address)
