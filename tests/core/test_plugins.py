"""The loader keeps the desk up whatever a plugin does, and the rules it hands out never cost a submission."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from wardflow import hookimpl, hookspecs
from wardflow.domain.findings import Finding, Verdict
from wardflow.domain.reasons import Objection, Reason
from wardflow.errors import HandlerUnknown
from wardflow.offers import (
    ALLOWED,
    Derivation,
    Derived,
    Disclosure,
    FeeLine,
    FeeRule,
    FieldDay,
    FieldRule,
    FindingRule,
    Handler,
    Indicator,
    RuleContext,
    Setting,
)
from wardflow.plugins import Plugins
from wardflow.wording import LANGUAGES, Wording

NOW = datetime(2026, 9, 4, 2, 40, tzinfo=UTC)


@dataclass
class Entry:
    """Stands for an entry point."""

    name: str
    load: Callable[[], Any]
    dist: Any = field(default_factory=lambda: SimpleNamespace(version="1.2"))


def plugin(name: str, **offers: Any) -> Entry:
    """A plugin whose hooks answer with what is given."""
    module = ModuleType(name)
    for hook, offered in offers.items():
        setattr(module, hook, hookimpl(_answering(hook, offered)))
    return Entry(name, lambda: module)


def _answering(hook: str, offered: Any) -> Callable[[], Any]:
    def answer() -> Any:
        if isinstance(offered, Exception):
            raise offered
        return offered

    answer.__name__ = hook
    return answer


def rule(id: str, check: Callable[..., Any], pointer: str = "/area", **more: Any) -> FieldRule:
    return FieldRule(id, ("p1",), pointer, check, **more)


def loaded(*sources: Entry, **more: Any) -> Plugins:
    return Plugins.load(sources=sources, **more)


GOOD = plugin("good", field_rules=[rule("good.area", lambda v, f, c: Reason("good.small") if v < 5 else ALLOWED)])


class TestLoading:
    def test_a_plugin_at_work_is_listed_with_its_version(self) -> None:
        assert [(p.name, p.version) for p in loaded(GOOD).installed] == [("good", "1.2")]

    @pytest.mark.parametrize(
        ("broken", "says"),
        [
            (Entry("bad", lambda: (_ for _ in ()).throw(ImportError("no module lxlm"))), "ImportError: no module lxlm"),
            (Entry("bad", lambda: (_ for _ in ()).throw(SystemExit(3))), "SystemExit: 3"),
            (plugin("bad", feild_rules=[]), "feild_rules"),
            (plugin("bad", field_rules=ValueError("no file")), "ValueError: no file"),
            (plugin("bad", field_rules=["not a rule"]), "field_rules offers a str where a FieldRule is expected"),
            (plugin("bad", field_rules=None), "field_rules answers with a NoneType where a list of FieldRule is expected"),
            (plugin("bad", field_rules=rule("a", str)), "field_rules answers with a FieldRule where a list of FieldRule is expected"),
            (plugin("bad", schemas=["x"]), "schemas offers something other than a table of tables"),
            (plugin("bad", procedures=[{"title": "without a code"}]), "procedures offers Mapping with a record that has no code"),
            (plugin("bad", disclosures=[Disclosure("other", ())]), "disclosures shows cases of other, which this plugin does not bring"),
            (plugin("bad", calendar_days=[FieldDay("Thử", date(2026, 1, 1), "closed")]), "calendar_days offers FieldDay with a day that is none"),
            (plugin("bad", indicators=[Indicator("a", Reason("a"), None)]), "indicators offers a with a compute that cannot be called"),
            (plugin("bad", indicators=[Indicator("a", Reason("a"), str, "euro")]), "the kind 'euro'; it may be count or percent or days or dong"),
            (plugin("zbad", field_rules=[rule("good.area", lambda v, f, c: None)]), "rule good.area is already offered by good"),
            (plugin("bad", field_rules=[FieldRule("a", "p1", "/x", str)]), "a with procedures that are no list of codes"),
            (plugin("bad", field_rules=[rule("a", str, "area")]), "the pointer area, which does not begin with /"),
            (plugin("bad", field_rules=[rule("a", None)]), "a with a check that cannot be called"),
            (plugin("bad", field_rules=[rule("a", str, severity="fatal")]), "the severity 'fatal'; it may be block or warn"),
            (plugin("bad", settings=[Setting("a.x", 1, "2026")]), "a valid_from that is no date"),
            (plugin("bad", translations={"vi": {"a.x": 5}}), "a sentence that is no text"),
            (plugin("bad", field_rules=[rule("a", str), rule("a", str)]), "rule a is already offered by this plugin itself"),
        ],
    )
    def test_a_broken_plugin_is_reported_and_the_others_work(self, broken: Entry, says: str) -> None:
        plugins = loaded(broken, GOOD)
        assert [out.name for out in plugins.left_out] == [broken.name]
        assert says in plugins.left_out[0].error
        for language in LANGUAGES:
            words = Wording(language).say(plugins.left_out[0].why)
            assert words.endswith(".") and "{" not in words and "plugins." not in words
        assert plugins.objections("p1", {"area": 1}, NOW)

    def test_a_plugin_that_never_ends_loading_is_left_behind(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("wardflow.plugins.LOAD_SECONDS", 0.05)

        def forever() -> Any:
            while True:
                pass

        plugins = loaded(Entry("bad", forever), GOOD)
        assert [(out.name, "did not finish" in out.error) for out in plugins.left_out] == [("bad", True)]
        assert plugins.objections("p1", {"area": 1}, NOW)

    @pytest.mark.parametrize(("needs", "at_work"), [("wardflow>=99", False), ("wardflow>=0.1", True), ("wardflow", True)])
    def test_a_plugin_for_a_newer_platform_is_left_out_and_says_which(self, needs: str, at_work: bool) -> None:
        entry = Entry("new", GOOD.load, SimpleNamespace(version="2", requires=["lxml", needs]))
        plugins = loaded(entry)
        assert bool(plugins.installed) is at_work
        assert at_work or "it needs wardflow>=99, and this is" in plugins.left_out[0].error
        assert at_work or Wording("vi").say(plugins.left_out[0].why).startswith("Gói cần nền tảng bản >=99, máy chủ này chạy bản ")

    def test_a_misspelt_hook_is_told_with_the_one_that_may_be_meant(self) -> None:
        why = loaded(plugin("bad", feild_rules=[])).left_out[0].why
        assert Wording("en").say(why) == (
            "The package has a function feild_rules that the platform does not know; perhaps field_rules is meant. "
            "Its author corrects the name and sends a new version."
        )

    def test_a_rule_that_ends_the_process_or_hangs_costs_its_own_opinion(self) -> None:
        def leave(value: Any, form: Any, context: RuleContext) -> Any:
            raise SystemExit(1)

        def hang(value: Any, form: Any, context: RuleContext) -> Any:
            while True:
                pass

        plugins = loaded(plugin("a", field_rules=[rule("a.leave", leave), rule("a.hang", hang)]), GOOD)
        plugins.watch.limit = 0.05
        for _ in range(4):
            found = plugins.objections("p1", {"area": 1}, NOW)
            assert [(each.rule, each.blocks) for each in found] == [("a.leave", False), ("a.hang", False), ("good.area", True)]
        assert plugins.watch.off("a.hang") and not plugins.watch.off("a.leave")

    def test_a_hook_with_an_argument_nobody_gives_is_a_mistake(self) -> None:
        module = ModuleType("bad")
        module.packs = hookimpl(lambda language: [])  # type: ignore[attr-defined]  # a module takes any attribute
        module.packs.__name__ = "packs"  # type: ignore[attr-defined]  # as above
        assert "language" in loaded(Entry("bad", lambda: module)).left_out[0].error

    def test_a_disabled_plugin_is_not_even_imported(self) -> None:
        plugins = loaded(Entry("off", lambda: pytest.fail("imported")), disabled=["off"])
        assert [(out.name, out.error) for out in plugins.left_out] == [("off", "disabled")]

    def test_results_come_in_the_same_order_however_plugins_are_found(self) -> None:
        a, b = (plugin(name, procedures=[{"code": f"{name}1"}, {"code": f"{name}0"}]) for name in "ab")
        codes = [[record["code"] for record in loaded(*found).procedures()] for found in ((a, b), (b, a))]
        assert codes == [["a1", "a0", "b1", "b0"]] * 2

    def test_built_in_behaviour_uses_the_same_hooks_and_comes_first(self) -> None:
        built_in = plugin("zz", procedures=[{"code": "own"}])
        plugins = Plugins.load(builtin=[built_in], sources=[plugin("a", procedures=[{"code": "other"}])])
        assert [record["code"] for record in plugins.procedures()] == ["own", "other"]

    def test_without_plugins_there_is_no_opinion_at_all(self) -> None:
        plugins = loaded()
        assert not plugins.objections("p1", {"area": 1}, NOW)
        assert not plugins.findings("p1", {}, NOW)
        assert not plugins.fees("p1", {}, NOW)
        assert not plugins.packs() and not plugins.schemas() and not plugins.handlers()

    def test_schemas_and_sentences_of_all_plugins_come_together(self) -> None:
        a = plugin("a", schemas={"a1": {"type": "string"}}, translations={"vi": {"a.x": "một"}})
        b = plugin("b", schemas={"b1": {}}, translations={"vi": {"b.x": "hai"}, "en": {"b.x": "two"}})
        plugins = loaded(a, b)
        assert sorted(plugins.schemas()) == ["a1", "b1"]
        assert plugins.translations("vi") == {"a.x": "một", "b.x": "hai"}
        assert plugins.translations("en") == {"b.x": "two"}

    def test_a_handler_is_found_by_name(self) -> None:
        handler = Handler("a.double", {}, {}, lambda inputs, context: {"twice": inputs["n"] * 2})
        plugins = loaded(plugin("a", service_handlers=[handler]))
        assert plugins.handler("a.double") is handler
        with pytest.raises(HandlerUnknown, match=r"a\.triple"):
            plugins.handler("a.triple")


class TestFieldRules:
    def test_a_rule_allows_objects_or_has_no_opinion(self) -> None:
        answers = {"allows": ALLOWED, "objects": Reason("a.no"), "silent": None}
        rules = [rule(f"a.{said}", lambda v, f, c, answer=answer: answer) for said, answer in answers.items()]
        said = loaded(plugin("a", field_rules=rules)).rulings("p1", {"area": 1}, NOW)
        assert [ruling.said for ruling in said] == list(answers)

    def test_an_objection_names_field_rule_and_basis(self) -> None:
        no = rule("a.no", lambda v, f, c: Reason("a.no", {"v": v}), severity="warn", basis="Điều 1")
        found = loaded(plugin("a", field_rules=[no])).objections("p1", {"area": 7}, NOW)
        assert found == (Objection("/area", Reason("a.no", {"v": 7}), False, "a.no", "Điều 1"),)

    @pytest.mark.parametrize("form", [{}, {"area": None}, {"other": 1}])
    def test_a_rule_is_asked_only_where_there_is_a_value(self, form: dict[str, Any]) -> None:
        assert not loaded(plugin("a", field_rules=[rule("a.x", lambda v, f, c: 1 / 0)])).rulings("p1", form, NOW)

    def test_a_star_stands_for_every_item(self) -> None:
        small = rule("a.s", lambda v, f, c: Reason("a.small") if v < 5 else ALLOWED, "/plots/*/area")
        plugins = loaded(plugin("a", field_rules=[small]))
        found = plugins.objections("p1", {"plots": [{"area": 9}, {"area": 1}, {}, {"area": 2}]}, NOW)
        assert [objection.pointer for objection in found] == ["/plots/1/area", "/plots/3/area"]

    @pytest.mark.parametrize("check", [lambda v, f, c: v["x"], lambda v, f, c: "no", lambda v, f, c: True])
    def test_a_failing_rule_is_a_visible_missing_opinion_and_blocks_nothing(
        self, check: Callable[..., Any], caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level(logging.WARNING):
            found = loaded(plugin("a", field_rules=[rule("a.bad", check)]), GOOD).objections("p1", {"area": 1}, NOW)
        assert [(objection.reason.code, objection.blocks) for objection in found] == [
            ("plugins.rule_failed", False),
            ("good.small", True),
        ]
        assert "a.bad" in caplog.text

    def test_what_a_rule_says_when_it_fails_never_reaches_the_log(self, caplog: pytest.LogCaptureFixture) -> None:
        def quoting(value: Any, form: Any, context: RuleContext) -> None:
            raise ValueError(f"bad number {value}")

        loaded(plugin("a", field_rules=[rule("a.bad", quoting)])).objections("p1", {"area": "001080000012"}, NOW)
        assert "001080000012" not in caplog.text

    def test_a_rule_that_fails_on_a_form_with_other_objections_is_not_reported(self) -> None:
        plugins = loaded(plugin("a", field_rules=[rule("a.bad", lambda v, f, c: v < 5)]))
        known = (Objection("/area", Reason("form.type")),)
        assert not plugins.objections("p1", {"area": "abc"}, NOW, already=known)

    def test_rules_of_other_procedures_are_not_asked(self) -> None:
        assert not loaded(GOOD).objections("p2", {"area": 1}, NOW)

    @pytest.mark.parametrize(
        ("on", "asked"), [(date(2026, 7, 31), []), (date(2026, 8, 1), ["a.x"]), (date(2026, 8, 31), ["a.x"]), (date(2026, 9, 1), [])]
    )
    def test_a_rule_speaks_from_its_first_to_its_last_day(self, on: date, asked: list[str]) -> None:
        dated = rule("a.x", lambda v, f, c: ALLOWED, valid_from=date(2026, 8, 1), valid_to=date(2026, 8, 31))
        said = loaded(plugin("a", field_rules=[dated])).rulings("p1", {"area": 1}, NOW, on=on)
        assert [ruling.rule for ruling in said] == asked

    def test_the_day_of_a_rule_is_the_local_day(self) -> None:
        late_evening = datetime(2026, 9, 4, 18, 0, tzinfo=UTC)
        seen: list[date] = []
        loaded(plugin("a", field_rules=[rule("a.x", lambda v, f, c: seen.append(c.on))])).objections(
            "p1", {"area": 1}, late_evening
        )
        assert seen == [date(2026, 9, 5)]


def _threshold(key: str = "a.min", value: Any = 50, **more: Any) -> Setting:
    return Setting(key, value, **more)


class TestThresholds:
    SETTINGS: Sequence[Setting] = (
        _threshold(valid_to=date(2026, 8, 31)),
        _threshold(value=60, valid_from=date(2026, 9, 1), assumed=True),
    )

    def test_the_value_of_the_day_is_in_force(self) -> None:
        plugins = loaded(plugin("a", settings=self.SETTINGS))
        assert [plugins.settings(on)["a.min"] for on in (date(2026, 8, 31), date(2026, 9, 1))] == [50, 60]

    def test_a_case_that_kept_its_thresholds_is_judged_by_them(self) -> None:
        small = rule("a.s", lambda v, f, c: Reason("a.small") if v < c.settings["a.min"] else ALLOWED)
        plugins = loaded(plugin("a", settings=self.SETTINGS, field_rules=[small]))
        assert plugins.objections("p1", {"area": 55}, NOW)
        assert not plugins.objections("p1", {"area": 55}, NOW, settings=plugins.settings(date(2026, 8, 1)))

    def test_an_installation_may_set_a_threshold_itself_but_invent_none(self) -> None:
        plugins = loaded(plugin("a", settings=self.SETTINGS), overrides={"a.min": 70, "b.other": 1})
        assert plugins.settings(date(2026, 9, 1)) == {"a.min": 70}

    def test_what_is_only_assumed_stays_marked(self) -> None:
        assert [row.assumed for row in loaded(plugin("a", settings=self.SETTINGS)).setting_rows()] == [False, True]


class TestDerivedValues:
    def test_each_value_comes_with_its_explanation_and_later_rules_see_it(self) -> None:
        total = Derivation("a.t", ("p1",), "/sum/total", lambda f, c: Derived(sum(f["parts"]), Reason("a.added")))
        double = Derivation("a.d", ("p1",), "/sum/double", lambda f, c: Derived(f["sum"]["total"] * 2, Reason("a.twice")))
        plugins = loaded(plugin("a", derivations=[total, double]))
        form = {"parts": [1, 2]}
        assert [(value.pointer, value.reason.code) for value in plugins.computed("p1", form, NOW)] == [
            ("/sum/total", "a.added"),
            ("/sum/double", "a.twice"),
        ]
        assert plugins.completed("p1", form, NOW) == {"parts": [1, 2], "sum": {"total": 3, "double": 6}}
        assert form == {"parts": [1, 2]}

    def test_while_something_is_missing_nothing_is_computed(self) -> None:
        broken = Derivation("a.b", ("p1",), "/b", lambda f, c: f["missing"])
        silent = Derivation("a.s", ("p1",), "/s", lambda f, c: None)
        assert loaded(plugin("a", derivations=[broken, silent])).completed("p1", {"x": 1}, NOW) == {"x": 1}


class TestFindingsAndFees:
    def test_a_failing_rule_holds_the_matter_so_that_a_person_looks(self) -> None:
        rules = [
            FindingRule("a.bad", ("p1",), lambda f, c: f["missing"]),
            FindingRule("a.ok", ("p1",), lambda f, c: Finding(Verdict.ELIGIBLE, Reason("a.ok"), "a.ok")),
        ]
        found = loaded(plugin("a", finding_rules=rules)).findings("p1", {}, NOW)
        assert [(finding.rule, finding.verdict) for finding in found] == [("a.bad", "hold"), ("a.ok", "eligible")]

    def test_a_finding_may_rest_on_what_the_case_knows(self) -> None:
        unpaid = FindingRule(
            "a.u", ("p1",), lambda f, c: None if c.case.get("paid") else Finding(Verdict.HOLD, Reason("a.u"), "a.u")
        )
        plugins = loaded(plugin("a", finding_rules=[unpaid]))
        assert plugins.findings("p1", {}, NOW) and not plugins.findings("p1", {}, NOW, case={"paid": True})

    @pytest.mark.parametrize("compute", [lambda f, c: f["x"], lambda f, c: ["350.000"], lambda f, c: 350_000])
    def test_a_fee_that_cannot_be_computed_is_a_line_without_an_amount(self, compute: Callable[..., Any]) -> None:
        rules = [FeeRule("a.f", ("p1",), compute), FeeRule("a.g", ("p1",), lambda f, c: [FeeLine(Reason("a.g"), 5)])]
        lines = loaded(plugin("a", fee_rules=rules)).fees("p1", {}, NOW)
        assert [(line.name.code, line.amount) for line in lines] == [("plugins.fee_unknown", None), ("a.g", 5)]


def test_every_hook_has_one_sentence() -> None:
    hooks = {name: hook for name, hook in vars(hookspecs).items() if hasattr(hook, "wardflow_spec")}
    assert hooks
    for name, hook in hooks.items():
        sentence = (hook.__doc__ or "").strip()
        assert sentence.endswith(".") and "\n" not in sentence, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rule_that_failed_has_words(language: str) -> None:
    wording = Wording(language)
    assert "a.bad" in wording.say(Reason("plugins.rule_failed", {"rule": "a.bad"}))
    assert "a.fee" in wording.say(Reason("plugins.fee_unknown", {"rule": "a.fee"}))
