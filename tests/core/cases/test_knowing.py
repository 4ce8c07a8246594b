"""What a rule knows of its place: the day of filing, the calendar of the unit and the field, and cases named by their code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from wardflow import app
from wardflow.adopted import Switch
from wardflow.cases.cancel_case import cancel_case
from wardflow.cases.edit_calendar_layer import edit_calendar_layer
from wardflow.cases.open_case import Opened, Opening, open_case
from wardflow.cases.reads.catalogue import catalogue_entry
from wardflow.cases.reads.indicators import indicators
from wardflow.cases.reads.rules import case_rules
from wardflow.cases.records import CaseStatus
from wardflow.domain.calendar_layers import Scope
from wardflow.domain.days import Day, DayKind
from wardflow.domain.reasons import Reason
from wardflow.domain.register import Authority, Holding
from wardflow.offers import (
    ALLOWED,
    Disclosure,
    FieldDay,
    FieldRule,
    Figure,
    FindingRule,
    Indicator,
    IndicatorContext,
    RuleContext,
)
from wardflow.permissions import KEEPER
from wardflow.plugins import Plugins
from wardflow.testing import fake_plugin

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another
EXTRA: Mapping[str, Any] = {
    "code": "extra", "name": "Thủ tục thêm", "pack": "permit", "process": "permit", "form": "extra", "time_limit": "5 wd", "level": "commune",
    "place": "/form/commune", "field": "Thử", "legal_basis": ["Luật thử"],
}
FORM = {"type": "object", "properties": {name: {"type": "string"} for name in ("commune", "purpose")}}
MONDAY, TUESDAY = date(2026, 9, 7), date(2026, 9, 8)
CLOSED = Day(DayKind.CLOSED, "Kiểm kê", name_en="Stocktaking")
LOOK = Disclosure("extra", ("permit",), ("/form/purpose", "/form/nothing"))


class Asked:
    """Finding rules that remember what they were told."""

    def __init__(self) -> None:
        self.told: list[RuleContext] = []

    def look(self, form: Any, context: RuleContext) -> None:
        self.told.append(context)


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def built(town: Town, asked: Asked) -> Callable[..., Town]:
    """The town with a package that brings a procedure and looks at both."""
    store = town.platform.store
    store.city.save(
        authorities=[Authority("extra", "commune", None, "Nghị định thử, Điều 2", date(2025, 7, 1))],
        holdings=[Holding("stranger", KEEPER, "north"), Holding("designer", KEEPER, "city")],
    )

    def installed(record: Mapping[str, Any] = EXTRA, **offers: Any) -> Town:
        rules = [FindingRule("field.look", ("permit", "extra"), asked.look)]
        source = fake_plugin("field", procedures=[record], schemas={"extra": FORM}, **{"finding_rules": rules, **offers})
        plugins = Plugins.load(sources=[source])
        assert plugins.left_out == ()
        platform = app.assemble(town.platform.settings, store, now=town.moment, plugins=plugins)
        return replace(town, platform=platform)

    return installed


def filed(town: Town, commune: str = "south") -> Opened:
    """A case of the package's own procedure."""
    opening = Opening("extra", {"full_name": "Lê B", "id_number": "001080000020"}, {"commune": commune, "purpose": "Mở quán"}, {}, "north.point")
    return open_case(town.platform, town.actor("clerk"), opening)


def test_a_rule_knows_the_day_of_filing_and_today(built: Callable[..., Town], asked: Asked) -> None:
    town = built()
    code = town.open().code
    town.moment.pass_(days=3)
    case_rules(town.platform, town.actor("clerk"), code)
    context = asked.told[-1]
    assert (context.filed, context.filed_on, context.on) == (date(2026, 9, 4), date(2026, 9, 4), date(2026, 9, 7))


def test_a_rule_knows_the_day_on_which_a_step_was_done(built: Callable[..., Town], asked: Asked) -> None:
    town = built()
    opened = town.open()
    town.moment.pass_(days=3)
    case_rules(town.platform, town.actor("clerk"), opened.code)
    assert asked.told[-1].done_on("check") is None
    town.do("clerk", opened.case_id, "check", complete=True)
    town.moment.pass_(days=1)
    case_rules(town.platform, town.actor("clerk"), opened.code)
    assert asked.told[-1].done_on("check") == date(2026, 9, 7)
    assert asked.told[-1].done_on("nothing") is None


def test_while_a_form_is_filled_in_the_day_of_filing_is_today_and_no_case_is_known(built: Callable[..., Town]) -> None:
    seen: list[RuleContext] = []
    rule = FieldRule("field.see", ("permit",), "/purpose", lambda value, form, context: seen.append(context) or ALLOWED)
    town = built(field_rules=[rule], disclosures=[LOOK])
    code = filed(town).code
    town.open()
    assert (seen[-1].filed, seen[-1].filed_on) == (None, date(2026, 9, 4))
    assert seen[-1].named(code) is None


def test_a_rule_counts_by_the_calendar_of_the_unit_and_the_field(built: Callable[..., Town], asked: Asked) -> None:
    town = built(calendar_days=[FieldDay("Thử", MONDAY, CLOSED, "QĐ thử", assumed=True)])
    edit_calendar_layer(town.platform, town.actor("designer"), Scope("unit", "south"), TUESDAY, CLOSED)
    for code in (filed(town).code, town.open().code):
        case_rules(town.platform, town.actor("clerk"), code)
    of_field, of_unit = (context.calendar.working_days_between(date(2026, 9, 4), TUESDAY) for context in asked.told[-2:])
    assert (of_field, of_unit) == (0, 1)


class TestDaysOfAField:
    """Days that a package brings for its field."""

    def due(self, town: Town) -> str:
        case = filed(town).case_id
        town.do("clerk", case, "check", complete=True)
        due = town.case(case).due
        assert due is not None
        return str(town.platform.snapshot().calendar.day_of(due))

    def test_they_are_known_before_any_unit_is(self, built: Callable[..., Town]) -> None:
        town = built(calendar_days=[FieldDay("Thử", MONDAY, CLOSED)])
        assert [fee.amount for fee in catalogue_entry(town.platform, "extra").fees] == []
        assert not town.platform.snapshot().calendar_for("", "Thử").is_working_day(MONDAY)

    def test_they_move_the_limits_of_that_field_alone(self, built: Callable[..., Town]) -> None:
        town = built(calendar_days=[FieldDay("Thử", MONDAY, CLOSED)])
        assert self.due(town) == "2026-09-14"
        assert town.platform.snapshot().calendar_for("south", "Khác").is_working_day(MONDAY)

    def test_the_city_may_write_its_own_row_for_the_same_day(self, built: Callable[..., Town]) -> None:
        town = built(calendar_days=[FieldDay("Thử", MONDAY, CLOSED)])
        edit_calendar_layer(town.platform, town.actor("designer"), Scope("field", "Thử"), MONDAY, None)
        assert self.due(town) == "2026-09-11"

    def test_switched_off_the_package_says_no_more_of_days(self, built: Callable[..., Town]) -> None:
        town = built(calendar_days=[FieldDay("Thử", MONDAY, CLOSED)])
        town.platform.store.adoption.switch(Switch("field", "", False), "x", town.moment.now, "x")
        assert town.platform.snapshot().calendar_for("south", "Thử").is_working_day(MONDAY)


class TestACaseThatIsNamed:
    """A rule looks at another case by its code."""

    def seen_from(self, town: Town, asked: Asked, code: str, **form: Any) -> Any:
        case_rules(town.platform, town.actor("clerk"), town.open(**form).code)
        return asked.told[-1].named(code)

    def test_it_shows_how_it_stands_and_what_its_package_discloses(self, built: Callable[..., Town], asked: Asked) -> None:
        town = built(disclosures=[LOOK])
        code = filed(town).code
        found = self.seen_from(town, asked, f" {code} ")
        assert (found.code, found.procedure, found.unit, found.outcome) == (code, "extra", "south", "")
        assert found.state == town.case(town.platform.store.cases.id_of(code)).business_state != ""
        assert (found.filed_on, found.ended_on, found.facts) == (date(2026, 9, 4), None, {"/form/purpose": "Mở quán"})

    def test_a_code_that_nobody_has_shows_nothing(self, built: Callable[..., Town], asked: Asked) -> None:
        assert self.seen_from(built(disclosures=[LOOK]), asked, "H29.001-260904-9999") is None

    def test_what_is_not_disclosed_to_the_procedure_stays_unseen(self, built: Callable[..., Town], asked: Asked) -> None:
        town = built(disclosures=[Disclosure("extra", ("other",))])
        assert self.seen_from(town, asked, filed(town).code) is None

    def test_a_case_of_another_commune_stays_unseen(self, built: Callable[..., Town], asked: Asked) -> None:
        town = built(disclosures=[LOOK])
        assert self.seen_from(town, asked, filed(town, "north").code) is None

    def test_a_confidential_one_stays_unseen(self, built: Callable[..., Town], asked: Asked) -> None:
        town = built(disclosures=[LOOK], record={**EXTRA, "confidential": True})
        assert self.seen_from(town, asked, filed(town).code) is None

    def test_asked_twice_it_is_read_once_and_without_a_disclosure_never(self, built: Callable[..., Town], asked: Asked) -> None:
        town = built(disclosures=[LOOK])
        first = self.seen_from(town, asked, filed(town).code)
        assert asked.told[-1].named(first.code) is first
        assert self.seen_from(built(), asked, first.code) is None

    def test_one_that_has_ended_is_remembered_and_one_that_runs_is_read_each_time(self, built: Callable[..., Town]) -> None:
        town = built(disclosures=[LOOK])
        opened, named = filed(town), town.platform.store.cases.named
        assert named(opened.code) is not named(opened.code)
        cancel_case(town.platform, town.actor("signer"), opened.case_id, "Nộp nhầm")
        assert named(opened.code).status is CaseStatus.ENDED
        assert named(opened.code) is named(opened.code)


class TestIndicators:
    """Figures of a department."""

    def share(self, context: IndicatorContext) -> Figure:
        return Figure(sum(row.cases for row in context.counts), Reason("field.how", {"year": context.counts[0].year if context.counts else 0}))

    def rows(self, town: Town, person: str) -> list[float | None]:
        town.platform.snapshot()
        return [row.value for row in indicators(town.platform, town.actor(person), "field").rows]

    def test_a_keeper_sees_the_city_and_others_their_own_units(self, built: Callable[..., Town]) -> None:
        town = built(indicators=[Indicator("field.all", Reason("field.title"), self.share)])
        filed(town, "south"), filed(town, "north"), town.open()
        assert self.rows(town, "designer") == [2]    # the permit is no procedure of the package
        assert self.rows(town, "reviewer") == [1]

    def test_one_that_fails_or_answers_nonsense_is_only_missing(self, built: Callable[..., Town]) -> None:
        def fails(context: IndicatorContext) -> Figure:
            raise ValueError

        nonsense: Any = lambda context: Figure("viel", Reason("field.how"))    # type: ignore[arg-type]
        title = Reason("field.title")
        offered = [Indicator("field.a", title, fails), Indicator("field.b", title, nonsense), Indicator("field.c", title, self.share)]
        assert self.rows(built(indicators=offered), "designer") == [0]

    def test_cases_of_a_confidential_procedure_are_not_even_counted(self, built: Callable[..., Town]) -> None:
        town = built(indicators=[Indicator("field.all", Reason("field.title"), self.share)])
        filed(town)
        hidden = built(indicators=[Indicator("field.all", Reason("field.title"), self.share)], record={**EXTRA, "confidential": True})
        assert self.rows(hidden, "designer") == [0]
