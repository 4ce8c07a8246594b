"""A change of the register is one audited act: seen beforehand, written once, and the open tasks follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from wardflow.cases.change_register import change_register, preview
from wardflow.cases.claim_task import claim_task
from wardflow.cases.move_tasks import SETTLED, go_on_moving
from wardflow.domain.capability import Capability
from wardflow.domain.register import Absence, Fallback, Holding, Instrument, Interest, Item, Person, Unit
from wardflow.domain.register_changes import (
    Appoint,
    Declare,
    Depart,
    Dismiss,
    Disprove,
    Enrol,
    FallBack,
    Found,
    Grant,
    Leave,
    Prove,
    RenamePerson,
    RenameUnit,
    Return,
    Withdraw,
)
from wardflow.errors import ChangeUnusable, NotAllowed, TwoLeads
from wardflow.packs import Pack
from wardflow.store.register_log import checked

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another
TODAY = date(2026, 9, 4)
PAPER = Instrument(
    0, "12/QĐ-UBND", date(2026, 1, 5), 4, "city", (Item("permit", "Cấp giấy phép thử"),), date(2026, 1, 10), level="commune"
)
HEALTH = Unit("health", "Sở Y tế", "Department of Health", "department", "city", "city")
AWAY = Absence("reviewer", TODAY, date(2026, 9, 8), None)
CAPABLE = '\n[capabilities]\npharmacist = { vi = "bằng dược sĩ đại học", en = "a degree in pharmacy" }\n'


def with_records(town: Town, **records: str) -> None:
    """Publishes the pack once more, with further records made of the one it has."""
    files = dict(files_of_permit(town))
    settings, end = files["pack.toml"].decode().split("[roles]", 1)
    files["pack.toml"] = f"{settings}[roles]{end}{CAPABLE}".encode()
    first = files["procedures/permit.toml"].decode()
    for code, more in records.items():
        files[f"procedures/{code}.toml"] = f'{first.replace(chr(34) + "permit" + chr(34), chr(34) + code + chr(34), 1)}\n{more}\n'.encode()
    pack = Pack(files, "permit")
    town.platform.store.packs.publish(pack.id, pack.digest, pack.files, "designer", town.moment())


def files_of_permit(town: Town) -> Any:
    version = town.platform.store.packs.versions()[0]
    return town.platform.store.packs.files(version.digest)


def change(town: Town, what: Any, by: str = "designer") -> Any:
    return change_register(town.platform, town.actor(by), what)


def reviewing(town: Town) -> int:
    return int(town.open(answer={"complete": True}).case_id)


def delegated(town: Town) -> None:
    """A department that has the power for permits by a paper."""
    town.platform.store.city.save(
        units=[HEALTH], people=[Person("of-health", "Of Health")], holdings=[Holding("of-health", "reviewer", "health")]
    )
    change(town, Grant(replace(PAPER, delegates=("health",), level="")))


def kinds(town: Town, case: int) -> list[str]:
    return [entry.kind for entry in town.platform.store.papers.entries(case)]


def test_an_absence_takes_a_claimed_task_back_into_the_queue_and_leaves_the_others(town: Town) -> None:
    case, other = reviewing(town), reviewing(town)
    claim_task(town.platform, town.actor("reviewer"), case, town.tasks(case)["review"].task)
    claim_task(town.platform, town.actor("second"), other, town.tasks(other)["review"].task)
    seen = preview(town.platform, town.actor("designer"), Leave(AWAY))
    assert (dict(seen.moves), seen.cases, seen.nobody) == ({("south.office", "south.office"): 1}, 1, 0)
    assert town.tasks(case)["review"].person == "reviewer"    # a preview writes nothing

    entry = change(town, Leave(AWAY))
    assert (entry.kind, entry.moved, entry.by) == ("leave", 1, "designer")
    assert town.tasks(case)["review"].person is None
    assert town.tasks(other)["review"].person == "second"
    assert (kinds(town, case)[-1], kinds(town, other)[-1]) == ("moved", "claimed")
    assert town.case(case).version == town.case(case).audit_seq
    town.do("second", case, "review", opinion="good")
    assert "sign" in town.tasks(case)


def test_whoever_is_away_or_heads_the_unit_plans_an_absence_and_a_colleague_does_not(town: Town) -> None:
    change(town, Leave(AWAY), "reviewer")
    change(town, Return("reviewer", TODAY), "signer")    # a head: the pack says so, and the unit is above
    with pytest.raises(NotAllowed):
        change(town, Leave(AWAY), "second")
    with pytest.raises(NotAllowed):
        change(town, Prove(Capability("second", "pharmacist")), "second")
    assert town.platform.register().absences == ()


def test_nobody_left_is_an_incident_and_the_first_to_come_closes_it(town: Town) -> None:
    case = reviewing(town)
    for person in ("reviewer", "second", "both"):
        change(town, Dismiss(Holding(person, "reviewer", "south.office")))
    assert [row.code for row in town.platform.store.incidents.of_case(case)] == ["routing.nobody"]
    assert not town.tasks(case)["review"].clears.person.ok
    change(town, Appoint(Holding("citizen", "reviewer", "south.office")))
    assert town.platform.store.incidents.of_case(case) == ()
    assert town.tasks(case)["review"].clears.person.ok


def test_two_leads_for_one_matter_are_refused_and_nothing_is_written(town: Town) -> None:
    town.platform.store.city.save(units=[HEALTH])
    change(town, Grant(PAPER))
    revision = town.platform.register().revision
    to_health = replace(PAPER, number="13/QĐ-UBND", delegates=("health",), level="")
    with pytest.raises(TwoLeads, match="12/QĐ-UBND"):
        change(town, Grant(to_health))
    with pytest.raises(TwoLeads):
        preview(town.platform, town.actor("designer"), Grant(to_health))
    assert town.platform.register().revision == revision
    assert [paper.number for paper in town.platform.register().instruments] == ["12/QĐ-UBND"]


def test_a_case_opened_under_a_paper_says_so_and_keeps_it_when_the_paper_goes(town: Town) -> None:
    delegated(town)
    old = reviewing(town)
    assert town.case(old).places.authority == "health"
    assert town.case(old).competence.facts["instrument"] == "12/QĐ-UBND"
    change(town, Withdraw(1, TODAY, "99/QĐ-UBND"))
    new = reviewing(town)
    assert (town.case(old).places.authority, town.case(new).places.authority) == ("health", "south")
    assert kinds(town, old)[-1] != "moved"


def test_a_withdrawal_may_say_that_running_cases_follow(town: Town) -> None:
    delegated(town)
    old = reviewing(town)
    seen = preview(town.platform, town.actor("designer"), Withdraw(1, TODAY, "99/QĐ-UBND", "follow"))
    assert (seen.decided_anew, dict(seen.moves)) == (1, {("health", "south.office"): 1})
    change(town, Withdraw(1, TODAY, "99/QĐ-UBND", "follow"))
    entry = town.platform.store.papers.entries(old)[-1]
    assert (entry.facts["basis_before"]["facts"]["unit_id"], entry.facts["basis_after"]["facts"]["unit_id"]) == ("health", "south")
    assert town.case(old).places.office == "south.office"
    town.do("reviewer", old, "review", opinion="good")


def test_a_withdrawal_from_a_later_day_moves_on_that_day_and_not_before(town: Town) -> None:
    with_records(town, permit='running = "follow"')
    delegated(town)
    go_on_moving(town.platform)
    case = reviewing(town)
    change(town, Withdraw(1, date(2026, 9, 7), "99/QĐ-UBND"))
    assert town.case(case).places.authority == "health"
    town.moment.pass_(days=2)
    go_on_moving(town.platform)
    assert town.case(case).places.authority == "health"
    town.moment.pass_(days=1)
    assert go_on_moving(town.platform) == 1
    assert town.case(case).places.authority == "south"


def test_a_certificate_that_runs_out_overnight_sends_the_task_on_and_a_new_one_brings_it_back(town: Town) -> None:
    with_records(town, inspection='[steps.review]\nneeds = ["pharmacist"]')
    town.platform.store.city.save(
        units=[HEALTH],
        people=[Person("pharmacist", "Dược sĩ")],
        holdings=[Holding("pharmacist", "reviewer", "health")],
    )
    change(town, FallBack(Fallback("pharmacist", "health")))
    change(town, Prove(Capability("pharmacist", "pharmacist", "CCHN 1")))
    change(town, Prove(Capability("reviewer", "pharmacist", "CCHN 2", None, TODAY)))
    go_on_moving(town.platform)
    case = inspection(town)
    task = town.tasks(case)["review"]
    assert (task.unit, sorted(task.excluded & {"second", "both"})) == ("south.office", ["both", "second"])
    with pytest.raises(NotAllowed):    # a colleague without the degree may not take it from the queue
        claim_task(town.platform, town.actor("second"), case, task.task)
    town.moment.pass_(days=1)
    assert go_on_moving(town.platform) == 1
    moved = town.tasks(case)["review"]
    assert moved.unit == "health"
    assert {"routing.lapsed", "routing.next-holder-able"} <= {reason.code for reason in moved.reasons}
    assert town.case(case).places.authority == "south"    # the matter and its clock stay
    change(town, Prove(Capability("second", "pharmacist", "CCHN 3")))
    assert town.tasks(case)["review"].unit == "south.office"
    change(town, Disprove("second", "pharmacist", "CCHN 3"))
    assert town.tasks(case)["review"].unit == "health"


def inspection(town: Town) -> int:
    from wardflow.cases.open_case import Opening, open_case

    opening = Opening(
        procedure="inspection", applicant={"full_name": "Nhà thuốc Mẫu", "id_number": "0101234567", "phone": ""},
        form={"commune": "south", "purpose": "Thẩm định"}, components={"request": {"state": "received"}}, receiving="north.point",
    )
    return int(open_case(town.platform, town.actor("clerk"), opening, answer={"complete": True}).case_id)


def test_who_declares_an_interest_in_the_applicant_loses_the_task_and_may_not_take_it_back(town: Town) -> None:
    case = reviewing(town)
    claim_task(town.platform, town.actor("reviewer"), case, town.tasks(case)["review"].task)
    with pytest.raises(NotAllowed):
        change(town, Declare(Interest("reviewer", "001080000012", "works-for")), "second")
    change(town, Declare(Interest("reviewer", "001080000012", "works-for")), "reviewer")
    task = town.tasks(case)["review"]
    assert (task.person, "reviewer" in task.excluded) == (None, True)
    with pytest.raises(NotAllowed):
        claim_task(town.platform, town.actor("reviewer"), case, task.task)


def test_the_worker_looks_a_second_time_and_then_never_again(town: Town) -> None:
    change(town, Leave(AWAY))
    log = town.platform.store.register_log
    assert [entry.looks for entry in log.undone()] == [1]
    town.moment.pass_(seconds=SETTLED.total_seconds())
    go_on_moving(town.platform)
    town.moment.pass_(seconds=SETTLED.total_seconds())
    go_on_moving(town.platform)
    assert log.undone() == []
    with town.platform.store.database.reading() as cursor:
        assert checked(cursor)[1] is None


def test_the_log_of_the_register_shows_a_changed_entry(town: Town) -> None:
    change(town, Leave(AWAY))
    change(town, Return("reviewer", TODAY))
    with town.platform.store.database.writing() as cursor:
        cursor.run("UPDATE register_entry SET facts = '{}' WHERE seq = 1")
    with town.platform.store.database.reading() as cursor:
        assert checked(cursor)[1] == 1


@pytest.mark.parametrize(
    "what",
    [
        Leave(Absence("reviewer", TODAY, date(2026, 9, 3))),
        Leave(Absence("reviewer", TODAY, TODAY, "reviewer")),
        Return("reviewer", TODAY),
        Disprove("reviewer", "pharmacist", "none"),
        Appoint(Holding("reviewer", "reviewer", "south.office")),
        Dismiss(Holding("reviewer", "signer", "south.office")),
        Declare(Interest("reviewer", "", "family")),
        RenameUnit("south", "", "South"),
        RenamePerson("reviewer", " "),
        Depart("citizen"),
        Prove(Capability("reviewer", "pharmacist", "1", date(2026, 2, 1), date(2026, 1, 1))),
    ],
    ids=lambda what: f"{type(what).__name__}",
)
def test_what_cannot_be_is_refused(town: Town, what: Any) -> None:
    with pytest.raises(ChangeUnusable):
        change(town, what)
    assert town.platform.store.register_log.newest(5) == []


def test_a_unit_and_a_person_are_called_otherwise_and_keep_what_they_have(town: Town) -> None:
    before = town.platform.register()
    held, unit = before.holdings_of("reviewer"), before.unit("south")
    change(town, RenameUnit("south", "Phường Nam Mới", ""))
    change(town, RenamePerson("reviewer", "Đỗ Thị Mới"))
    after = town.platform.register()
    assert (after.unit("south").name, after.unit("south").name_en) == ("Phường Nam Mới", unit.name_en)
    assert (after.person("reviewer").name, after.holdings_of("reviewer")) == ("Đỗ Thị Mới", held)
    with pytest.raises(ChangeUnusable):
        change(town, RenameUnit("south", "Phường Nam Mới", ""))


def test_the_work_of_whoever_goes_is_others(town: Town) -> None:
    case = reviewing(town)
    change(town, Leave(Absence("second", TODAY, TODAY, "reviewer")))
    claim_task(town.platform, town.actor("reviewer"), case, town.tasks(case)["review"].task)
    change(town, Depart("reviewer"))
    register = town.platform.register()
    assert register.holdings_of("reviewer") == ()
    assert [row.substitute for row in register.absences] == [None]
    assert town.tasks(case)["review"].person != "reviewer"
    with pytest.raises(ChangeUnusable):
        change(town, Depart("reviewer"))


def test_a_unit_is_founded_and_somebody_new_takes_its_work(town: Town) -> None:
    change(town, Found(Unit("south.desk", "Quầy Nam", "South desk", "desk", "commune", "south")))
    change(town, Enrol(Person("new", "Đỗ Thị Mới"), Holding("new", "counter", "south.desk")))
    register = town.platform.register()
    assert [one.name for one in register.holders("counter", "south.desk")] == ["Đỗ Thị Mới"]
    assert town.platform.store.city.unit_number("south.desk") > town.platform.store.city.unit_number("south")
    for twice in (
        Found(Unit("south.desk", "Quầy", parent="south")), Enrol(Person("new", "X"), Holding("new", "counter", "south")),
        Found(Unit("top", "Không nằm dưới đâu")), Enrol(Person("", "X"), Holding("", "counter", "south")),
    ):
        with pytest.raises(ChangeUnusable):
            change(town, twice)
