"""The stock ledger of premises: whatever happens to them, its balance holds, and no entry is ever edited."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from premises import ANSWERS, HANDED, STANDARD, brought, opened, step_of
from wardflow.cases.cancel_case import cancel_case
from wardflow.cases.convert_case import convert_case
from wardflow.engine import peek
from wardflow.errors import FormRefused
from wardflow.families.asset.stock import ACCOUNTS, MEASURES, OUTSIDE, handed_over, movements, position, remaining
from wardflow.offers import Standing

AREA = st.integers(0, 20_000)


def rows(office: Any, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with office.store.database.reading() as cursor:
        return [tuple(row) for row in cursor.rows(sql, parameters)]


def stock(office: Any, case: int) -> dict[str, dict[str, int]]:
    """What stands where, account by account, without the empty ones."""
    found: dict[str, dict[str, int]] = {}
    for measure, *amounts in rows(office, f"SELECT measure, {', '.join(ACCOUNTS)} FROM asset_stock WHERE case_id = ?", case):
        for account, amount in zip(ACCOUNTS, amounts, strict=True):
            if amount:
                found.setdefault(account, {})[measure] = amount
    return found


def summed(office: Any, case: int) -> dict[str, dict[str, int]]:
    """The same, added up from the entries alone."""
    found: dict[str, dict[str, int]] = {}
    for source, target, *amounts in rows(office, "SELECT source, target, sites, land, floor FROM asset_entry WHERE case_id = ?", case):
        for account, sign in ((source, -1), (target, 1)):
            held = found.setdefault(account, dict.fromkeys(MEASURES, 0))
            for measure, amount in zip(MEASURES, amounts, strict=True):
                held[measure] += sign * amount
    found.pop(OUTSIDE, None)
    return {account: kept for account, held in found.items() if (kept := {name: n for name, n in held.items() if n})}


def code(number: int) -> str:
    return f"TS-{number:04d}"


_numbers = iter(range(1, 100_000))


def test_premises_move_from_review_to_surplus_to_the_receiver(office: Any) -> None:
    case = opened(office, asset_code=code(next(_numbers)))
    whole = {"sites": 1, "land": 82_050, "floor": 145_000}
    assert stock(office, case) == {"reviewing": whole}
    for until, account in (("take_custody", "surplus"), ("decide", "planned"), ("hand_over", "decided"), ("put_into_use", "handed_over")):
        _lead(office, case, until)
        assert stock(office, case) == summed(office, case) == {account: whole}
    moved = rows(office, "SELECT source, target, destination, counter FROM asset_entry WHERE case_id = ? ORDER BY id", case)
    assert moved == [
        ("outside", "reviewing", "", 0), ("reviewing", "surplus", "", 0), ("surplus", "planned", "education", 0),
        ("planned", "decided", "education", 0), ("decided", "handed_over", "education", 0),
    ]


def test_a_part_that_is_still_used_is_kept_and_only_the_rest_can_be_handed_over(office: Any) -> None:
    case = opened(office, asset_code=code(next(_numbers)))
    _lead(office, case, "need_check")
    with pytest.raises(FormRefused) as refused:
        office.do(case, "need_check", {"need": "partly", "shared_area_m2": 1451, "standard": STANDARD})
    assert [each.reason.code for each in refused.value.objections] == ["asset.part_too_large"]
    office.do(case, "need_check", ANSWERS["need_check"][2])
    kept = {"land": 12_050, "floor": 45_000}
    assert stock(office, case) == {"kept": kept, "surplus": {"sites": 1, "land": 70_000, "floor": 100_000}}
    _lead(office, case, "hand_over")
    with pytest.raises(FormRefused) as refused:
        office.do(case, "hand_over", {**HANDED, "floor_area_m2": 1000.01})
    assert [(each.pointer, each.reason.code) for each in refused.value.objections] == [("/floor_area_m2", "asset.beyond_appraisal")]
    office.do(case, "hand_over", {**HANDED, "floor_area_m2": 600, "land_area_m2": 700})
    office.do(case, "accept_handover", ANSWERS["accept_handover"][0])
    assert stock(office, case) == summed(office, case) == {
        "kept": kept, "decided": {"sites": 1, "floor": 40_000}, "handed_over": {"land": 70_000, "floor": 60_000},
    }


def test_what_one_minute_leaves_over_is_handed_over_later_and_never_more(office: Any) -> None:
    case = brought(office, "hand_over", asset_code=code(next(_numbers)))    # 820.5 m² of land, 1,450 m² of floor
    for land, floor in ((300.25, 1000), (520.25, 449.99)):
        office.do(case, "hand_over", {**HANDED, "land_area_m2": land, "floor_area_m2": floor})
        office.do(case, "accept_handover", ANSWERS["accept_handover"][0])
    assert office.case(case).business_state == "handing_over"
    assert stock(office, case) == summed(office, case) == {"decided": {"sites": 1, "floor": 1}, "handed_over": {"land": 82_050, "floor": 144_999}}
    for wrong, pointer in (({"floor_area_m2": 0.02}, "/floor_area_m2"), ({"land_area_m2": 0.01, "floor_area_m2": 0.01}, "/land_area_m2")):
        with pytest.raises(FormRefused) as refused:
            office.do(case, "hand_over", {**HANDED, **wrong})
        assert [(each.pointer, each.reason.code) for each in refused.value.objections] == [(pointer, "asset.beyond_appraisal")]
    office.do(case, "hand_over", HANDED)    # without areas: all that is left
    office.do(case, "accept_handover", ANSWERS["accept_handover"][0])
    assert office.case(case).business_state == "handed_over"
    assert stock(office, case) == summed(office, case) == {"handed_over": {"sites": 1, "land": 82_050, "floor": 145_000}}
    assert rows(office, "SELECT count(*) FROM asset_entry WHERE case_id = ? AND target = 'handed_over'", case) == [(3,)]


def test_premises_that_came_back_are_handed_over_anew_from_nothing(office: Any) -> None:
    case = brought(office, "put_into_use", asset_code=code(next(_numbers)))
    office.do(case, "put_into_use", ANSWERS["put_into_use"][0])
    first = peek(office.case(case).state).data
    again = {**first, "decide": {"decision": "approve", "document_no": "1200/QĐ-UBND"}}
    assert handed_over(first) == {"sites": 1, "land": 82_050, "floor": 145_000}
    assert handed_over(again) == {"sites": 0, "land": 0, "floor": 0} and remaining(again) == {"sites": 1, "land": 82_050, "floor": 145_000}


def test_the_same_premises_have_one_running_file_and_a_later_one_takes_the_stock_over(office: Any) -> None:
    number = code(next(_numbers))
    first = opened(office, asset_code=number)
    with pytest.raises(FormRefused) as refused:
        opened(office, asset_code=number)
    assert [each.reason.code for each in refused.value.objections] == ["asset.in_stock"]
    _lead(office, first, "need_check")
    office.do(first, "need_check", ANSWERS["need_check"][1])    # kept: its file ends
    second = opened(office, asset_code=number)
    assert stock(office, first) == summed(office, first) == {}
    assert stock(office, second) == summed(office, second) == {"reviewing": {"sites": 1, "land": 82_050, "floor": 145_000}}
    assert rows(office, "SELECT target, counter FROM asset_entry WHERE case_id = ? ORDER BY id DESC LIMIT 1", first) == [("outside", 1)]


def test_what_is_called_off_leaves_the_stock_by_a_counter_entry(office: Any) -> None:
    case = brought(office, "propose", asset_code=code(next(_numbers)))
    cancel_case(office.platform, office.platform.actor("chair-thien-loc"), case, "Ghi nhầm cơ sở.")
    assert stock(office, case) == summed(office, case) == {}
    last = rows(office, "SELECT source, target, counter FROM asset_entry WHERE case_id = ? ORDER BY id DESC LIMIT 1", case)
    assert last == [("surplus", "outside", 1)]


def test_premises_held_by_others_go_on_as_a_violation_file(office: Any) -> None:
    case = opened(office, asset_code=code(next(_numbers)), occupancy="occupied")
    actor = office.platform.actor(office.platform.register().holders("specialist", "thien-loc.economy")[0].id)
    office.do(case, "report_violation", ANSWERS["report_violation"][0])
    form = {"place": "thien-loc", "where": "12 phố Chợ", "what": "Người khác chiếm giữ."}
    new = convert_case(office.platform, actor, case, "violation", form, "Chiếm giữ trái phép.")
    assert office.case(new.case_id).procedure == "violation" and office.case(case).outcome == "violation"


def test_what_the_ledger_does_not_hold_cannot_be_handed_over_by_any_way(office: Any) -> None:
    case = brought(office, "hand_over", asset_code=code(next(_numbers)))
    before = rows(office, "SELECT * FROM asset_entry ORDER BY id")
    for wrong in (
        "UPDATE asset_stock SET handed_over = 1 WHERE case_id = ?", "UPDATE asset_stock SET decided = -1, handed_over = total + 1 WHERE case_id = ?",
        "UPDATE asset_entry SET sites = 2 WHERE case_id = ?", "DELETE FROM asset_entry WHERE case_id = ?",
    ):
        with pytest.raises(Exception, match="asset_stock|never edited"), office.store.database.writing() as cursor:
            cursor.run(wrong, (case,))
    assert rows(office, "SELECT * FROM asset_entry ORDER BY id") == before


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_any_sequence_of_acts_keeps_the_balance(office: Any, data: st.DataObject) -> None:
    land, floor = data.draw(AREA), data.draw(AREA)
    case = opened(office, asset_code=code(next(_numbers)), land_area_m2=land / 10, floor_area_m2=floor / 10, occupancy=data.draw(st.sampled_from(["empty", "occupied"])))
    for _ in range(data.draw(st.integers(1, 30))):
        tasks = office.tasks(case)
        if not tasks:
            break
        task = data.draw(st.sampled_from(tasks))
        answer = data.draw(st.sampled_from(ANSWERS[step_of(task.node)]))
        with contextlib.suppress(FormRefused):    # a part larger than the whole: nothing may have moved
            office.do(case, step_of(task.node), answer, task.unit)
        assert stock(office, case) == summed(office, case)
        assert sums(office, case) == {"sites": 1, "land": land * 10, "floor": floor * 10}


def sums(office: Any, case: int) -> dict[str, int]:
    totals = dict.fromkeys(MEASURES, 0)
    for held in stock(office, case).values():
        for measure, amount in held.items():
            totals[measure] += amount
    return totals


STATES = st.sampled_from(["inventoried", "violation", "classified", "in_custody", "plan_approved", "decided", "handed_over", "recalled", "refused", "unknown"])
STANDINGS = st.builds(
    lambda state, need, group, shared, handed, ended, outcome: Standing(
        state,
        {
            "form": {"asset_code": "A", "commune": "b", "land_area_m2": 100.0, "floor_area_m2": 200.5},
            "need_check": {"need": need, "shared_area_m2": shared, "shared_land_m2": shared / 3}, "asset_class": group,
            "hand_over": {"floor_area_m2": handed},
        },
        ended, outcome,
    ),
    STATES, st.sampled_from(["keep", "surplus", "partly"]), st.sampled_from(["keep", "large", "surplus"]), st.integers(0, 100),
    st.one_of(st.none(), st.integers(0, 100)), st.booleans(), st.sampled_from(["", "cancelled"]),
)


@given(st.one_of(st.none(), STANDINGS), STANDINGS)
def test_the_movements_lead_from_any_standing_to_any_other_and_lose_nothing(before: Standing | None, after: Standing) -> None:
    held = {account: dict.fromkeys(MEASURES, 0) for account in (OUTSIDE, *ACCOUNTS)}
    for account, quantities in position(before).items():
        held[account] = {**held[account], **quantities}
    for movement in movements(position(before), position(after)):
        assert movement.source != movement.target and min(movement.quantities.values()) >= 0 < max(movement.quantities.values())
        for measure, amount in movement.quantities.items():
            held[movement.source][measure] -= amount
            held[movement.target][measure] += amount
    expected = {account: {m: position(after).get(account, {}).get(m, 0) for m in MEASURES} for account in ACCOUNTS}
    assert {account: held[account] for account in ACCOUNTS} == expected


def _lead(office: Any, case: int, until: str) -> None:
    """Goes on by the first answer of each step."""
    for _ in range(40):
        tasks = office.tasks(case)
        if until in [step_of(task.node) for task in tasks]:
            return
        office.do(case, step_of(tasks[0].node), ANSWERS[step_of(tasks[0].node)][0], tasks[0].unit)
    raise AssertionError(until)
