"""A rehearsal says of each scenario what is not as it says, and what of the diagram it passed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from wardflow.packs import Pack, Rehearsal, rehearse_pack
from wardflow.wording import Wording

MakePack = Callable[..., Pack]
MONEY = {"money": {"type": "integer", "x-widget": "money", "title": "Số tiền"}}
HEAD = "title: Thử\ngiven: {procedure: copy, at: 2026-08-24 08:30}\nsteps:\n"
CHECK = "  - {task: check, by: clerk, who: Lan, value: {result: complete}}\n"


@pytest.fixture
def played(make_pack: MakePack) -> Callable[..., Rehearsal]:
    def play(steps: str, head: str = HEAD, **changes: Any) -> Rehearsal:
        pack = make_pack({"scenarios/one.yaml": head + steps, **changes})
        [rehearsal] = rehearse_pack(pack, schemas=MONEY).rehearsals
        return rehearsal

    return play


Played = Callable[..., Rehearsal]


def said(rehearsal: Rehearsal) -> list[tuple[int, str]]:
    return [(failure.line, failure.reason.code.removeprefix("scenario.")) for failure in rehearsal.failures]


def test_a_scenario_that_goes_as_it_says_has_no_failures(played: Played) -> None:
    assert played(CHECK + "  - {task: decide, by: chief, after: 1 wd, then: {ended: done, slips: [receipt], open: []}}").ok


@pytest.mark.parametrize(("then", "what"), [
    ("{open: [check]}", "open"), ("{state: done}", "state"), ("{due: 2026-08-31}", "due"), ("{clock: running}", "clock"),
    ("{slips: [receipt]}", "slips"), ("{notices: [late]}", "notices"), ("{ended: done}", "ended"),
    ("{reasons: [clock.cutoff]}", "reasons"), ("{due_of: {decide: 2026-08-25}}", "due_of decide"),
    ("{who_of: {decide: lan}}", "who_of decide"), ("{unit_of: {decide: office}}", "unit_of decide"),
])  # fmt: skip
def test_each_expectation_that_does_not_hold_is_said(played: Played, then: str, what: str) -> None:
    rehearsal = played(CHECK + f"  - expect: {then}")
    assert said(rehearsal) == [(5, "expected")]
    assert rehearsal.failures[0].reason.facts["what"] == what


def test_an_expression_must_be_true(played: Played) -> None:
    assert said(played(CHECK + '  - expect: {holds: ["fees.total = 2000", "fees.total = 1", "fees."]}')) == [
        (5, "untrue"), (5, "expression"),
    ]  # fmt: skip


def test_fees_are_those_of_the_record_unless_the_scenario_answers(played: Played) -> None:
    answered = HEAD.replace("08:30}", "08:30, answers: {rules.fees: {lines: [], total: 7, by_notice: false}}}")
    assert played(CHECK + "  - expect: {holds: fees.total = 7}", answered).ok


@pytest.mark.parametrize(("step", "why"), [
    ("{task: decide}", "not-open"),
    ("{task: check, by: chief, value: {result: complete}}", "role"),
    ("{task: check, value: {result: maybe}}", "objection"),
    ("{message: hello}", "unheard"),
    ("{until: 2026-08-23 08:00}", "back-in-time"),
])  # fmt: skip
def test_a_step_that_cannot_be_ends_the_rehearsal_and_says_why(played: Played, step: str, why: str) -> None:
    assert said(played(f"  - {step}\n  - expect: {{state: nowhere}}")) == [(4, why)]


def test_whoever_is_barred_may_not_do_the_step(played: Played) -> None:
    assert said(played(CHECK + "  - {task: decide, by: chief, who: Lan}")) == [(5, "four-eyes")]
    assert played(CHECK + "  - {task: decide, by: chief, who: Hà}").ok


def test_a_service_without_an_answer_ends_the_rehearsal(played: Played) -> None:
    diagram = (("rules.fees", "map.draw"),)
    assert said(played(CHECK, **{"small.bpmn": diagram})) == [(4, "service-unanswered")]


def test_an_unknown_procedure_ends_the_rehearsal(played: Played) -> None:
    assert said(played(CHECK, HEAD.replace("procedure: copy", "procedure: none"))) == [(1, "procedure-unknown")]


def test_who_and_where_may_be_computed(played: Played) -> None:
    given = (('wf:unit="authority"', 'wf:unit="= form.unit" wf:person="= form.person"'),)
    head = HEAD.replace("08:30}", "08:30, data: {form: {unit: u1, person: p1}}}")
    assert played(CHECK + "  - expect: {who_of: {decide: p1}, unit_of: {decide: u1}}", head, **{"small.bpmn": given}).ok


def test_an_objection_may_be_what_is_expected(played: Played) -> None:
    assert played("  - {task: check, value: {}, then: {objections: [/result], open: [check]}}").ok
    assert said(played("  - {task: check, value: {result: complete}, then: {objections: [/result]}}")) == [(4, "expected")]


def test_alarms_ring_at_their_own_moments_while_time_passes(played: Played) -> None:
    assert played(CHECK + "  - {wait: 4 d, then: {notices: [late], open: [decide]}}").ok
    assert played(CHECK + "  - {wait: 15 wd, then: {ended: '', open: [decide]}}\n  - {wait: 1 wd, then: {ended: expired}}").ok


def test_a_withdrawal_is_the_message_of_the_pack(played: Played) -> None:
    assert played(CHECK + "  - {withdraw: thôi, then: {ended: stopped, holds: 'stop.reason = \"thôi\"'}}").ok


def test_an_unreadable_scenario_is_one_failure_and_the_others_are_played(make_pack: MakePack) -> None:
    report = rehearse_pack(make_pack({"scenarios/bad.yaml": "title: [", "scenarios/one.yaml": HEAD + CHECK}), schemas=MONEY)
    assert [rehearsal.ok for rehearsal in report.rehearsals] == [False, True]
    assert not report.ok


def test_coverage_names_what_no_scenario_passed(make_pack: MakePack) -> None:
    coverage = rehearse_pack(make_pack(), schemas=MONEY).coverage
    assert coverage.elements.missed == ("decide", "done", "expired", "expiry", "reminded", "reminder", "stopped", "wish")
    assert "again" in coverage.flows.missed and "good" not in coverage.flows.missed
    assert coverage.elements.passed == coverage.elements.total - 8
    assert 0 < coverage.elements.percent < 100


def test_spiffworkflow_is_asked_too_and_agrees(played: Played) -> None:
    rehearsal = played(CHECK + "  - {task: decide, by: chief}")
    assert (rehearsal.ok, rehearsal.second) == (True, "")


def test_where_time_moves_the_case_the_second_opinion_covers_what_came_before(played: Played) -> None:
    assert played(CHECK + "  - {wait: 4 d}").second == "asked about the first 2 of 3 happenings"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_failure_has_words(played: Played, language: str) -> None:
    words = Wording(language)
    steps = CHECK + "  - expect: {open: [check], holds: ['1 = 2']}\n  - {task: nowhere}"
    assert all("…" not in words.say(each.reason) and "scenario." not in words.say(each.reason) for each in played(steps).failures)
