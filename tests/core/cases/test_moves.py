"""Moving tasks blocks nobody, loses nothing and leaves every case whole; who is asked why, answers."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from wardflow.cases.change_register import change_register
from wardflow.cases.claim_task import claim_task
from wardflow.cases.inspection import Inspector
from wardflow.cases.move_tasks import Movers, go_on_moving, move_tasks
from wardflow.cases.moving import change_of
from wardflow.cases.readiness import UNKNOWN, conditions, readiness
from wardflow.cases.reads import why_not
from wardflow.cases.save_draft import save_draft
from wardflow.catalog import files_of, pack_folders
from wardflow.domain.reach import Reach, reach_of_days
from wardflow.domain.register import Absence, Capability, Holding, Instrument, Item, Person, Register, Unit
from wardflow.domain.register_changes import Leave
from wardflow.packs import Pack

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another
PERMIT = Path(__file__).parents[2] / "fixtures" / "permit"
TODAY = date(2026, 9, 4)
AWAY = Absence("reviewer", TODAY, date(2026, 9, 8), None)


def reviewing(town: Town) -> int:
    return int(town.open(answer={"complete": True}).case_id)


def leave(town: Town, absence: Absence = AWAY) -> Any:
    return change_register(town.platform, town.actor("designer"), Leave(absence))


def test_a_case_somebody_works_on_in_that_moment_is_not_waited_for_and_not_lost(town: Town, database_kind: str) -> None:
    case, other = reviewing(town), reviewing(town)
    for each in (case, other):
        claim_task(town.platform, town.actor("reviewer"), each, town.tasks(each)["review"].task)
    working, done = threading.Event(), threading.Event()

    def work() -> None:
        with town.platform.store.database.writing() as cursor:
            cursor.run("UPDATE cases SET outcome = outcome WHERE id = ?", (case,))
            working.set()
            done.wait(20)

    worker = threading.Thread(target=work)
    if database_kind == "postgresql":    # SQLite has one writer at a time, and waits for it
        worker.start()
        assert working.wait(20)
    entry = leave(town)
    done.set()
    if database_kind == "postgresql":
        worker.join()
        assert entry.moved == 1
        assert town.tasks(case)["review"].person == "reviewer"
    town.moment.pass_(seconds=11)
    go_on_moving(town.platform)
    assert [town.tasks(each)["review"].person for each in (case, other)] == [None, None]


def test_what_was_read_before_another_act_is_not_written(town: Town) -> None:
    case = reviewing(town)
    claim_task(town.platform, town.actor("reviewer"), case, town.tasks(case)["review"].task)
    register = Leave(AWAY).apply(town.platform.register())
    snapshot = town.platform.snapshot()
    movers = Movers(town.platform, type(snapshot)(snapshot.revision, register, snapshot.calendar))
    ((held, tasks),) = town.platform.store.moves.taken_up([case])
    change = change_of(held, movers.moved(held, tasks, ""), {"kind": "leave"}, movers.situation(held), ())
    town.do("reviewer", case, "review", opinion="good")
    assert town.platform.store.moves.apply([change]) == [case]
    assert "sign" in town.tasks(case)


def test_what_was_typed_moves_with_the_task(town: Town) -> None:
    case = reviewing(town)
    task = town.tasks(case)["review"].task
    claim_task(town.platform, town.actor("reviewer"), case, task)
    save_draft(town.platform, town.actor("reviewer"), case, task, {"opinion": "nửa chừng"})
    leave(town)
    assert town.tasks(case)["review"].draft == {"opinion": "nửa chừng"}


def test_a_moved_case_is_whole(town: Town) -> None:
    case = reviewing(town)
    claim_task(town.platform, town.actor("reviewer"), case, town.tasks(case)["review"].task)
    leave(town)
    town.do("second", case, "review", opinion="good")
    assert list(Inspector(town.platform).faults(town.platform.store.inspection)) == []


def test_moving_again_moves_nothing(town: Town) -> None:
    case = reviewing(town)
    claim_task(town.platform, town.actor("reviewer"), case, town.tasks(case)["review"].task)
    entry = leave(town)
    assert move_tasks(town.platform, entry) == 0
    assert sum(row.kind == "moved" for row in town.platform.store.papers.entries(case)) == 1


def test_a_shared_out_step_goes_to_whoever_has_the_fewest_also_within_the_minute_it_counts_by(town: Town) -> None:
    files = dict(files_of(PERMIT))
    record = files.pop("procedures/permit.toml").decode() + '\n[steps.review]\nshare = "least"\n'
    pack = Pack({**files, "procedures/permit.toml": record.encode()}, "permit")
    town.platform.store.packs.publish(pack.id, pack.digest, pack.files, "designer", town.moment())
    given = [town.tasks(reviewing(town))["review"].person for _ in range(6)]
    assert sorted(given) == ["both", "both", "reviewer", "reviewer", "second", "second"]
    assert {"routing.least"} <= {reason.code for reason in town.tasks(reviewing(town))["review"].reasons}


def test_one_lead_unit_and_one_person_who_answers(town: Town) -> None:
    case = reviewing(town)
    light = town.tasks(case)["review"].clears.responsibility.reason
    assert (light.code, light.facts["lead_id"], light.facts["accountable"]) == ("six.responsibility-led", "south.office", "Both")
    assert town.tasks(case)["review"].clears.all_clear


def test_why_not_names_what_is_missing_and_nothing_of_the_applicant(town: Town) -> None:
    case = reviewing(town)
    code = town.case(case).code
    answer = {who: why_not(town.platform, town.actor(who), code).tasks[0].reasons for who in ("reviewer", "signer", "stranger")}
    assert [[reason.code for reason in answer[who]] for who in answer] == [[], ["why-not.other-role"], ["why-not.other-unit"]]
    claim_task(town.platform, town.actor("second"), case, town.tasks(case)["review"].task)
    assert [reason.code for reason in why_not(town.platform, town.actor("reviewer"), code).tasks[0].reasons] == ["why-not.with"]


@pytest.mark.parametrize(
    ("missing", "says"),
    [
        ((), "approve"), (("qualified_person", "budget"), "reject_or_route_up"), (("data_access",), "defer"),
        (("it_signature", "no_upward"), "defer"), (("no_upward",), "approve_as_linked"),
        # several at once: the first row of the table that holds, from what weighs most to what weighs least
        (("no_upward", "budget"), "approve_with_support_plan"), (("qualified_person", "data_access", "no_upward"), "reject_or_route_up"),
        (("enough_staff",), "approve_with_support_plan"), (("budget",), "approve_with_support_plan"), (("guidance",), "approve_with_support_plan"),
    ],
)
def test_readiness_is_what_the_table_of_a_pack_says(town: Town, missing: tuple[str, ...], says: str) -> None:
    assert readiness(town.platform, {}) == UNKNOWN
    folder = next(folder for folder in pack_folders() if folder.name == "assignment")
    pack = Pack(files_of(folder), "assignment")
    town.platform.store.packs.publish(pack.id, pack.digest, pack.files, "designer", town.moment())
    sheet = {name: name not in missing for name in conditions(town.platform)}
    assert len(sheet) == 7
    assert readiness(town.platform, sheet) == says


def test_a_day_reaches_who_and_what_begins_or_ends_with_it() -> None:
    day = timedelta(days=1)
    held = tuple(Holding(one, "reviewer", "city") for one in "abcdef")
    away = (Absence("a", TODAY, TODAY), Absence("b", TODAY - 9 * day, TODAY - day), Absence("c", TODAY - day, TODAY + day))
    proofs = (Capability("d", "x", "", TODAY), Capability("e", "x", "", None, TODAY - day), Capability("f", "x", "", None, TODAY))
    ended = Instrument(1, "1", TODAY, 3, "city", (Item("p"),), TODAY - 9 * day, TODAY - day, ("dept",))
    running = Instrument(2, "2", TODAY, 3, "city", (Item("q"),), TODAY - 9 * day, TODAY, ("dept",))
    register = Register(
        1, (Unit("city", "C", level="city"), Unit("dept", "D", level="city", parent="city")), tuple(Person(one, one) for one in "abcdef"),
        held, absences=away, capabilities=proofs, instruments=(ended, running),
    )
    found = reach_of_days(register, TODAY - day, TODAY)
    assert (found.people, found.procedures) == ({"a", "b", "d", "e"}, {"p"})
    assert Reach.from_json(found.to_json()) == found
    assert not Reach()
