"""Every case that the description of the field asks to be tried has a scenario, or a test where it is about more than one case.

The tables say the cases in our own words, by the part of the description they come from. A scenario is named by its
pack and file, a test by its file and function; what is renamed or taken out is missed here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
Cases = Mapping[str, str]
"""What is tried → the scenarios and tests that try it, with spaces between."""

FIGURES = "tests/endurance/test_figures.py"
VOICE, SEALED, BRIEFING = "tests/workflows/test_voice.py", "tests/workflows/test_sealed_identity.py", "tests/workflows/test_briefing.py"
LEDGER, SCORING = "tests/workflows/test_stock_ledger.py", "tests/workflows/test_scoring.py"
LINKED, EXTENDED = "tests/core/cases/test_linked.py", "tests/core/cases/test_extend_clock.py"

DELEGATED_LISTED: Cases = {
    "1 the tasks of a commune by sector": f"{FIGURES}::test_929_tasks_of_a_commune_read_back_by_sector",
    "2 the eleven forms of delegation": "tests/workflows/test_assignment.py::test_the_eleven_forms_of_delegation_sum_to_671_and_77_reach_a_commune",
    "3 two lead units": "assignment/02-two-lead-units-refused",
    "4 a commune without a qualified person": "assignment/31-no-qualified-head",
    "5 overdue key tasks at the briefing":
        f"{FIGURES}::test_of_1964_key_tasks_the_briefing_lists_the_12_overdue_and_those_due_in_7_days"
        f" {BRIEFING}::test_twelve_overdue_among_many_are_exactly_the_twelve_that_are_listed",
    "6 a delegation withdrawn while cases run": "assignment/37-withdrawn-by-delegator",
    "7 an extension after the due date": "assignment/10-extension-after-expiry",
}  # fmt: skip
DELEGATED_BRANCHES: Cases = {
    "readiness: all seven": "assignment/30-delegated-reviewed-expired",
    "readiness: staff, budget, guidance": "assignment/33-support-plan",
    "readiness: data, signature": "assignment/32-deferred-then-approved",
    "readiness: opinions upward": "assignment/34-linked",
    "not lawful": "assignment/35-unlawful",
    "review: amended, withdrawn": "assignment/36-amended-then-withdrawn",
    "assigned, done early, published": "assignment/01-on-time-and-early",
    "registered twice": "assignment/03-duplicate-merged",
    "returned: another unit, insist, split": "assignment/04-returned-and-reassigned assignment/05-returned-insist assignment/06-returned-split",
    "a coordinating unit is silent": "assignment/07-coordinating-units",
    "obstacle": "assignment/08-obstacle",
    "extension approved, refused": "assignment/09-extension-in-time",
    "field check": "assignment/11-field-check",
    "rework, then briefing": "assignment/12-two-reworks-then-briefing assignment/13-briefing-reassigns assignment/14-briefing-closes",
    "a conclusion becomes a task": f"{BRIEFING}::test_a_conclusion_becomes_an_assignment_of_the_commune_once",
    "score contested": f"assignment/15-on-time-score-contested {SCORING}::test_a_contested_score_counts_with_the_quality_that_the_chair_decided",
    "late through another": "assignment/16-late-through-another-unit",
    "late by days": f"assignment/17-much-later {SCORING}::test_a_task_scores_quality_times_time_factor_times_its_weight",
    "month of a person": f"{SCORING}::test_the_month_of_a_person_is_the_mean_weighted_by_the_weights_the_tasks_were_given_with",
    "cancelled, superseded": "assignment/18-cancelled assignment/19-superseded",
    "city to department": "assignment/20-city-to-department",
    "unit petitions": f"assignment/40-settled-for-good assignment/41-several-departments-reopened assignment/42-council-and-late assignment/43-centre "
    f"{FIGURES}::test_801_of_825_petitions_of_units_are_settled",
    "areas": "assignment/50-area-green assignment/51-area-amber assignment/52-area-red assignment/53-area-turns-red",
}
COMPLAINT_LISTED: Cases = {
    "letters, visits and reports of a working day": f"{FIGURES}::test_the_letters_visits_and_reports_of_a_working_day_read_back_by_way_and_kind",
    "long cases settled and on their way":
        f"{FIGURES}::test_of_75_long_cases_40_are_settled_and_35_have_a_roadmap_for_the_second_or_third_quarter",
}  # fmt: skip
COMPLAINT_BRANCHES: Cases = {
    "refused at once": "voice/11-reception-drunk voice/69-reception-threat voice/70-reception-recording voice/71-reception-no-capacity "
    "voice/82-reception-no-security voice/83-reception-out-of-scope voice/84-reception-elsewhere",
    "refused by notice": "voice/10-reception-answered-before voice/72-reception-settled voice/73-reception-court",
    "classified: mixed, danger, accusation, complaint": "voice/03-reception-mixed voice/09-reception-first-match voice/02-reception-chair voice/01-reception-complaint",
    "classified: private land, report, rule, else":
        "voice/05-reception-private-land voice/06-reception-lower voice/07-reception-rule voice/08-reception-else",
    "online, of a lower level": "voice/04-reception-online voice/06-reception-lower",
    "first complaint with dialogue, without, settled at once": "voice/12-complaint-first voice/13-complaint-no-dialogue voice/14-complaint-plain",
    "time bar, obstacle": "voice/15-complaint-time-barred voice/16-complaint-obstacle",
    "not accepted": "voice/17-complaint-unsigned voice/63-complaint-internal voice/64-complaint-not-own-right voice/65-complaint-no-capacity "
    "voice/66-complaint-second-exists voice/67-complaint-discontinued voice/68-complaint-court",
    "passed on, remote": "voice/18-complaint-transferred voice/19-complaint-remote",
    "second complaint": "voice/20-complaint-second voice/21-complaint-second-remote voice/22-complaint-second-late voice/23-complaint-taken-further",
    "withdrawn, also under threat":
        f"voice/24-complaint-withdrawn {VOICE}::test_a_complaint_withdrawn_under_threat_is_taken_up_anew_beside_the_old_one",
    "suspended, interim measure": "voice/25-complaint-suspended voice/26-complaint-interim",
    "nothing closes before due process": "voice/27-complaint-guard-acceptance voice/28-complaint-guard-dialogue voice/29-complaint-guard-authority "
    "voice/30-complaint-guard-sending",
    "denunciation, several places, crime": "voice/31-denunciation voice/32-denunciation-wide",
    "anonymous": "voice/33-denunciation-anonymous voice/34-denunciation-empty",
    "not competent, refused, at once": "voice/35-denunciation-transferred voice/36-denunciation-refused voice/37-denunciation-immediate",
    "passed on by the press or an agency": "voice/74-denunciation-from-the-press voice/75-denunciation-from-an-agency voice/76-denunciation-press-told-last",
    "suspended, withdrawn, overdue":
        "voice/38-denunciation-suspended voice/39-denunciation-withdrawn voice/40-denunciation-withdrawn-threat voice/41-denunciation-overdue",
    "extended twice": f"{SEALED}::test_thirty_days_may_be_extended_twice_in_writing_and_never_a_third_time",
    "a head denounced": f"{SEALED}::test_when_the_chair_is_denounced_the_city_decides_and_the_commune_sees_nothing",
    "recusal": f"{SEALED}::test_a_handler_named_as_related_is_kept_out_and_the_step_goes_to_somebody_else",
    "no trace of the sender": f"{SEALED}::test_a_finished_denunciation_has_no_trace_of_its_sender_anywhere",
    "petitions": "voice/42-petition voice/43-petition-rule voice/44-petition-transferred voice/58-petition-converted",
    "field report, reopened, silent, urgent": "voice/45-report voice/46-report-reopened voice/47-report-silent voice/48-report-urgent",
    "merged": "voice/49-report-duplicate voice/54-report-merged-unsolved voice/55-report-merged-silent voice/56-report-merged-forgotten",
    "no report, accusation": "voice/50-report-spam voice/51-report-accusation voice/57-report-made-over",
    "re-routed": "voice/52-report-rerouted",
    "made a violation, complaint, task": "voice/53-report-converted voice/61-report-complaint voice/62-report-task "
    f"{VOICE}::test_a_field_report_becomes_a_violation_file_linked_to_it",
    "violation": "voice/77-violation-sanctioned voice/78-violation-enforced voice/79-violation-none voice/80-violation-not-sanctioned voice/81-violation-crime",
    "long cases": "voice/59-long-case voice/60-long-case-anew",
    "hot spots": "tests/webui/test_voice.py::test_three_letters_on_one_object_are_a_hot_spot_on_the_page_the_desk_and_the_digest "
    f"{VOICE}::test_a_second_complaint_that_is_in_the_media_is_a_hot_spot_by_itself",
    "reception book": "tests/webui/test_reception.py::test_a_denunciation_stands_in_no_line_count_file_or_paper",
}
ASSET_LISTED: Cases = {
    "every premises by class and destination, decided and open":
        f"{FIGURES}::test_1010_premises_come_in_through_their_process_and_read_back_as_reported",
    "communes that are not concentrated": "tests/workflows/test_commune_offices.py::test_seventy_two_communes_work_in_several_places_as_the_city_reported",
}  # fmt: skip
ASSET_BRANCHES: Cases = {
    "not found, occupied": f"asset/04-occupied-by-others {LEDGER}::test_premises_held_by_others_go_on_as_a_violation_file",
    "papers missing, dispute": "asset/05-papers-missing asset/06-disputed",
    "kept, large, a part kept": "asset/02-kept asset/03-large-site asset/16-handed-over-in-parts",
    "damage": "asset/13-damage-in-custody",
    "nobody registers": "asset/15-nobody-wants-it",
    "priorities": "asset/17-project-first asset/18-commune-office-first asset/01-school asset/19-health asset/20-community asset/21-agency",
    "several demands, relic, planning misfit": "asset/07-heritage-and-community",
    "plan returned, refused": "asset/09-plan-returned-then-refused",
    "decision refused": "asset/10-decision-refused",
    "handed over late, in parts": f"asset/14-handover-late {LEDGER}::test_what_one_minute_leaves_over_is_handed_over_later_and_never_more",
    "nothing twice, nothing beyond": f"{LEDGER}::test_what_the_ledger_does_not_hold_cannot_be_handed_over_by_any_way",
    "idle, recalled": "asset/11-idle-and-recalled",
    "wrong use": "asset/12-wrong-use",
    "urgent swap": "asset/08-urgent-swap",
}
DOSSIER_BRANCHES: Cases = {
    "straight through": "dossier/01-straight-through",
    "supplement, one request": "dossier/02-supplement-before-acceptance dossier/03-supplement-in-appraisal",
    "no supplement": "dossier/10-no-supplement dossier/11-no-supplement-in-appraisal",
    "not acceptable": "dossier/04-not-acceptable",
    "consultation, silence, dissent": "dossier/05-parallel-consultation",
    "draft returned": "dossier/06-redraft",
    "refused": "dossier/07-refusal",
    "withdrawn": "dossier/08-withdrawal dossier/14-withdrawal-before-signature dossier/15-withdrawal-while-redrafting",
    "financial duty, held until paid": "dossier/09-payment",
    "same day, after the cut-off": "dossier/12-copy-before-cutoff dossier/13-copy-after-cutoff dossier/16-birth-after-cutoff dossier/17-death-same-day",
    "other procedures": "dossier/18-marriage-status dossier/19-signature dossier/20-housing",
    "linked: three parts within sixteen days":
        f"linked/01-all-granted {LINKED}::test_three_parts_follow_one_another_each_with_its_own_clock_within_sixteen_days",
    "linked: a part is refused": "linked/02-business-refused linked/03-security-refused linked/04-licence-refused linked/11-part-refused",
    "linked: the part is late, not the group": f"{LINKED}::test_a_late_part_is_late_itself_and_the_group_is_not",
    "linked: one new date only": f"{LINKED}::test_the_group_gets_one_new_date_only",
    "linked: not accepted, no fee": "linked/06-not-accepted linked/07-no-fee",
    "linked: each part by itself": "linked/08-household-business linked/09-security-certificate linked/10-karaoke-licence-part",
    "linked: withdrawn": "linked/05-withdrawn linked/12-part-stopped",
    "apology before the day": f"{EXTENDED}::test_it_is_given_before_the_time_is_up",
}  # fmt: skip
TABLES = {
    "delegated tasks, listed": DELEGATED_LISTED, "delegated tasks, branches": DELEGATED_BRANCHES, "voice, listed": COMPLAINT_LISTED,
    "voice, branches": COMPLAINT_BRANCHES, "assets, listed": ASSET_LISTED, "assets, branches": ASSET_BRANCHES, "dossiers, branches": DOSSIER_BRANCHES,
}  # fmt: skip
ALL = [(table, case, name) for table, cases in TABLES.items() for case, names in cases.items() for name in names.split()]
PACKS = ("assignment", "voice", "asset", "dossier", "linked")


@cache
def functions_of(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    return frozenset(each.name for each in tree.body if isinstance(each, ast.FunctionDef))


def scenarios() -> Iterator[str]:
    for pack in PACKS:
        yield from (f"{pack}/{path.stem}" for path in sorted((ROOT / "workflows" / pack / "scenarios").glob("*.yaml")))


@pytest.mark.parametrize(("table", "case", "name"), ALL, ids=[f"{table}: {case}: {name.rpartition('::')[2]}" for table, case, name in ALL])
def test_each_case_is_tried_by_a_scenario_or_a_test_that_is_there(table: str, case: str, name: str) -> None:
    file, _, function = name.partition("::")
    assert function in functions_of(file) if function else name in set(scenarios()), f"{table}: {case} is tried by nothing called {name}"


def test_every_scenario_of_the_four_families_tries_a_case_of_the_tables() -> None:
    assert set(scenarios()) - {name for _, _, name in ALL} == set()
