"""A package that does everything wrong: cases are filed, worked on and looked at all the same, and the others have their say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from wardflow import app
from wardflow.cases.reads.indicators import indicators
from wardflow.cases.reads.panels import panels
from wardflow.cases.reads.rules import case_rules
from wardflow.domain.findings import Finding, Verdict
from wardflow.domain.reasons import Reason
from wardflow.offers import (
    ALLOWED,
    Choice,
    Derivation,
    FeeRule,
    FieldRule,
    FindingRule,
    Hint,
    Indicator,
    Panel,
    RoutingRule,
)
from wardflow.plugins import Plugins
from wardflow.testing import Source, fake_plugin

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another
TITLE = Reason("bad.title")


def raises(*told: Any) -> Any:
    raise ValueError(f"about {told}")


def leaves(*told: Any) -> Any:
    raise SystemExit(3)


def hangs(*told: Any) -> Any:
    while True:
        pass


def nonsense(*told: Any) -> Any:
    return 5


def writes(*told: Any) -> Any:
    for each in told:
        if hasattr(each, "keys"):
            each["purpose"] = "Việc khác"
    return None


def hostile(behave: Callable[..., Any]) -> Source:
    for_both = ("permit",)
    return fake_plugin(
        "bad",
        field_rules=[
            FieldRule("bad.rule", for_both, "/purpose", behave), FieldRule("bad.late", for_both, "/opinion", behave, form="forms/review.json"),
        ],
        derivations=[Derivation("bad.computed", for_both, "/purpose", behave)],
        hints=[Hint("bad.hint", for_both, "/purpose", behave)],
        choices=[Choice("bad.list", for_both, "/purpose", behave)],
        finding_rules=[FindingRule("bad.finding", for_both, behave)],
        fee_rules=[FeeRule("bad.fee", for_both, behave)],
        routing_rules=[RoutingRule("bad.routing", for_both, behave)],
        panels=[Panel("bad.panel", TITLE, behave)],
        indicators=[Indicator("bad.figure", TITLE, behave)],
    )  # fmt: skip


GOOD = fake_plugin(
    "good",
    field_rules=[FieldRule("good.rule", ("permit",), "/purpose", lambda v, f, c: ALLOWED)],
    finding_rules=[FindingRule("good.finding", ("permit",), lambda f, c: Finding(Verdict.ELIGIBLE, Reason("good.said"), "good.finding"))],
    panels=[Panel("good.panel", TITLE, lambda context: [Reason("good.line")])],
)


@pytest.mark.parametrize("behave", [raises, leaves, hangs, nonsense, writes], ids=lambda behave: behave.__name__)
def test_a_case_is_carried_to_its_end_beside_a_hostile_package(town: Town, behave: Callable[..., Any]) -> None:
    plugins = Plugins.load(sources=[hostile(behave), GOOD])
    assert plugins.left_out == ()
    plugins.watch.limit = 0.05
    platform = app.assemble(town.platform.settings, town.platform.store, now=town.moment, plugins=plugins)
    town = replace(town, platform=platform)
    opened = town.open(answer={"complete": True})
    town.do("reviewer", opened.case_id, "review", opinion="good")
    found = case_rules(town.platform, town.actor("clerk"), opened.code)
    assert ("good.rule", "allows") in [(ruling.rule, ruling.said) for ruling in found.rulings]
    assert "good.finding" in [finding.rule for finding in found.findings]
    assert next(row.value for row in town.platform.store.papers.entries(opened.case_id))["form"]["purpose"] == "Sửa nhà"
    assert [view.plugin for view in panels(town.platform, town.actor("reviewer"))] == ["good"]
    assert indicators(town.platform, town.actor("designer"), "bad").rows == ()
    failed = {ruling.rule for ruling in found.rulings if ruling.said == "failed"} | {f.rule for f in found.findings if f.reason.code == "plugins.rule_failed"}
    assert "bad.finding" in failed    # told plainly: the inspector names the rule


def test_one_that_hangs_is_off_after_three_times_and_is_named(town: Town) -> None:
    plugins = Plugins.load(sources=[hostile(hangs), GOOD])
    plugins.watch.limit = 0.05
    town = replace(town, platform=app.assemble(town.platform.settings, town.platform.store, now=town.moment, plugins=plugins))
    code = town.open().code
    for _ in range(3):
        case_rules(town.platform, town.actor("clerk"), code)
    rows = case_rules(town.platform, town.actor("clerk"), code).rows
    assert rows["bad.finding"].off and not rows["good.finding"].off
