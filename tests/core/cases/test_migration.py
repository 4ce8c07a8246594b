"""Live cases go over to a new version: rehearsed in memory, one act a case, resumable, undone while no act has followed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from wardflow.cases import reads
from wardflow.cases.inspection import Inspector
from wardflow.cases.migrate_case import migrate_case
from wardflow.cases.migrate_pack import begin, begin_migration, go_on, plan_for, rehearse, undo_all
from wardflow.cases.migration import MigrationFollowed, NothingToUndo, Result
from wardflow.cases.reads.asking import Asked
from wardflow.cases.ring_alarm import ring_alarms
from wardflow.cases.save_draft import save_draft
from wardflow.cases.situation import SYSTEM
from wardflow.cases.undo_migration import undo_migration
from wardflow.cases.withdraw_case import withdraw_case
from wardflow.cli import main
from wardflow.errors import CaseMoved, NotAllowed, PackUnknown
from wardflow.packs import Pack
from wardflow.packs.mapping import StepMapping, read_mapping

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another
BPMN = "permit.bpmn"


def publish(town: Town, *changes: tuple[str, str, str]) -> int:
    """The number of a new version of the pack, with some texts changed in its newest one."""
    newest = town.platform.store.packs.versions()[-1]
    files = dict(town.platform.store.packs.files(newest.digest))
    for path, old, new in changes:
        assert old in files[path].decode(), old
        files[path] = files[path].decode().replace(old, new).encode()
    pack = Pack(files, "permit")
    return int(town.platform.store.packs.publish(pack.id, pack.digest, pack.files, "designer", town.moment.now).version)


def drawn(town: Town, body: str) -> int:
    """The number of a new version whose process is this one."""
    head = (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:wf="http://wardflow.org/schema/bpmn" id="drawn" targetNamespace="x">'
        '<message id="m" name="withdrawal"/>'
    )
    newest = town.platform.store.packs.versions()[-1]
    files = dict(town.platform.store.packs.files(newest.digest)) | {BPMN: f"{head}{body}</definitions>".encode()}
    pack = Pack(files, "permit")
    return int(town.platform.store.packs.publish(pack.id, pack.digest, pack.files, "designer", town.moment.now).version)


def task(id: str, more: str = "", inside: str = "") -> str:
    return f'<userTask id="{id}" name="{id}" wf:role="reviewer" wf:unit="office" wf:due="2 wd" {more}>{inside}</userTask>'


def flows(*pairs: str) -> str:
    return "".join(
        f'<sequenceFlow id="{pair.replace(">", "-")}" sourceRef="{pair.split(">")[0]}" targetRef="{pair.split(">")[1]}"/>' for pair in pairs
    )


def process(body: str, id: str = "permit") -> str:
    return f'<process id="{id}" isExecutable="true">{body}</process>'


def migrated(town: Town, version: int, mapping: StepMapping | None = None) -> dict[str, list[str]]:
    """What became of all cases, as the codes of the reasons by result; what stands afterwards is whole."""
    plan = plan_for(town.platform, "permit", version, mapping or StepMapping())
    tried = [(outcome.code, outcome.result, outcome.reasons) for outcome in rehearse(town.platform, plan)]
    began = begin(town.platform, plan, "designer")
    done = [(outcome.code, outcome.result, outcome.reasons) for outcome in go_on(town.platform, SYSTEM, began)]
    assert done == tried, "the migration does what its rehearsal said"
    assert list(Inspector(town.platform).faults(town.platform.store.inspection)) == []
    found: dict[str, list[str]] = {}
    for _, result, reasons in done:
        found.setdefault(str(result), []).append(",".join(reason.code.removeprefix("migration.") for reason in reasons))
    return found


def test_a_case_goes_over_and_its_open_step_follows_the_new_version(town: Town) -> None:
    case = town.open(answer={"complete": True}).case_id
    before = town.tasks(case)["review"]
    town.moment.pass_(hours=1)
    to = publish(town, (BPMN, 'name="Xem xét" wf:nameEn="Review"', 'name="Thẩm định" wf:nameEn="Appraise"'), (BPMN, 'due="2 wd"', 'due="3 wd"'))

    assert migrated(town, to) == {"moves": [""]}

    after = town.tasks(case)["review"]
    assert (after.title, after.title_en, after.person, after.unit) == ("Thẩm định", "Appraise", before.person, before.unit)
    assert after.opened_at == before.opened_at
    assert (after.due - before.due, after.clears.deadline.reason.facts["due"]) == (timedelta(days=1), after.due.isoformat())
    assert town.do("reviewer", case, "review", opinion="good").pack == town.platform.store.packs.versions()[-1].digest


def test_the_alarm_of_an_unchanged_timer_keeps_its_moment_and_rings_in_the_new_version(town: Town) -> None:
    case = town.open(answer={"complete": True}).case_id
    [due] = town.platform.store.alarms.due(town.moment.now + timedelta(days=9), 9)
    town.moment.pass_(hours=3)
    to = publish(town, (BPMN, 'wf:due="2 wd"', 'wf:due="3 wd"'), (BPMN, 'id="slow"', 'id="late"'), (BPMN, '"slow"', '"late"'))

    assert migrated(town, to, StepMapping({"slow": "late"})) == {"moves": [""]}

    assert town.platform.store.alarms.due(town.moment.now + timedelta(days=9), 9) == [due]
    assert town.platform.store.alarms.node(case, due[1]) == "late"
    assert ring_alarms(town.platform, due[2]) == 1
    assert "late" in {name for entry in town.platform.store.papers.entries(case) for name in entry.passed}


def test_a_changed_reminder_is_blocked_until_the_mapping_says_what_becomes_of_it(town: Town) -> None:
    town.open(answer={"complete": True})
    to = publish(town, (BPMN, 'now(), "2 wd"', 'now(), "1 wd"'))
    assert migrated(town, to) == {"blocked": ["event-changed"]}
    [before] = town.platform.store.alarms.due(town.moment.now + timedelta(days=9), 9)
    assert migrated(town, to, read_mapping(b'[events]\nslow = "anew"', "to-2.toml")) == {"moves": [""]}
    [after] = town.platform.store.alarms.due(town.moment.now + timedelta(days=9), 9)
    assert after[2] < before[2]


def test_a_renamed_step_goes_over_by_its_mapping_and_four_eyes_stay_four(town: Town) -> None:
    case = town.open(answer={"complete": True}).case_id
    town.do("both", case, "review", opinion="good")
    renamed = ((BPMN, '"review"', '"appraise"'),)
    to = publish(town, *renamed)
    new = town.open(answer={"complete": True}).case_id
    assert town.platform.library.version(town.case(new).pack) == to
    assert migrated(town, to, read_mapping(b"steps: {review: appraise}", "map.yaml")) == {"moves": [""]}
    assert town.case(case).doers == {"check": "clerk", "appraise": "both"}
    assert town.tasks(case)["sign"].excluded >= {"both"}
    assert town.do("signer", case, "sign", opinion="good").outcome == "done"
    told = reads.case(town.platform, town.actor("both"), town.case(case).code).timeline
    assert "Xem xét" in [row.title.vi for row in told], "what was done at the renamed step is still called by its name"
    assert [row.title.vi for _, _, rows in reads.desk(town.platform, town.actor("both"), Asked(view="done")).groups for row in rows] == ["Xem xét"]


def test_a_case_at_a_step_that_is_gone_is_blocked_and_others_move(town: Town) -> None:
    at_review, asked = town.open(answer={"complete": True}).case_id, town.open(answer={"complete": False}).case_id
    to = publish(town, (BPMN, 'id="more"', 'id="supplement"'), (BPMN, '"more"', '"supplement"'))
    assert migrated(town, to) == {"moves": [""], "blocked": ["step-removed"]}
    numbers = [town.platform.library.version(town.case(case).pack) for case in (at_review, asked)]
    assert numbers == [to, to - 1]


def test_cases_at_steps_that_the_mapping_holds_back_stay(town: Town) -> None:
    town.open(answer={"complete": True})
    town.open(answer={"complete": False})
    to = publish(town, (BPMN, 'wf:due="1 wd"', 'wf:due="3 wd"'))
    assert migrated(town, to, StepMapping(stay=frozenset({"more"}))) == {"moves": [""], "stays": ["stays-at"]}


def test_what_somebody_is_typing_is_kept_or_stands_in_the_way(town: Town) -> None:
    case = town.open(answer={"complete": True}).case_id
    at = town.tasks(case)["review"]
    save_draft(town.platform, town.actor("reviewer"), case, at.task, {"opinion": "good"})
    lost = publish(town, ("forms/review.json", '"opinion": {', '"view": {'), ("forms/review.json", '["opinion"]', '["view"]'))
    assert migrated(town, lost) == {"blocked": ["typed-lost"]}
    kept = publish(town, ("forms/review.json", '"view": {', '"opinion": {'), ("forms/review.json", '["view"]', "[]"))
    assert migrated(town, kept) == {"moves": [""]}
    assert town.tasks(case)["review"].draft == {"opinion": "good"}


def test_a_step_that_nobody_could_do_in_the_new_version_is_blocked(town: Town) -> None:
    town.open(answer={"complete": True})
    to = publish(town, (BPMN, 'wf:role="reviewer"', 'wf:role="inspector"'))
    assert migrated(town, to) == {"blocked": ["nobody"]}


def test_a_paper_the_case_has_or_a_state_it_is_in_must_be_known_to_the_new_version(town: Town) -> None:
    town.open(answer={"complete": True})
    pack = "pack.toml"
    to = publish(town, (pack, 'receipt = { title', 'slip = { title'), (pack, "reviewing =", "looking ="), (BPMN, 'wf:slip="receipt"', 'wf:slip="slip"'))
    assert migrated(town, to) == {"blocked": ["state-removed,slip-removed"]}


def test_a_procedure_that_the_new_version_no_longer_runs_keeps_its_cases_where_they_are(town: Town) -> None:
    town.open()
    to = publish(town, (BPMN, '<bpmn:process id="permit"', '<bpmn:process id="licence"'))
    assert migrated(town, to) == {"blocked": ["unreadable"]}


def test_what_the_case_listens_for_follows_and_comes_back(town: Town) -> None:
    case = town.open(answer={"complete": True}, person="citizen").case_id
    to = publish(town, (BPMN, 'name="withdrawal"', 'name="wish"'), ("pack.toml", 'withdrawal = "withdrawal"', 'withdrawal = "wish"'))
    assert migrated(town, to) == {"blocked": ["event-changed"]}
    assert migrated(town, to, StepMapping(events={"withdrawn": "keep"})) == {"moves": [""]}
    undo_migration(town.platform, town.actor("designer"), 2, case)
    assert list(Inspector(town.platform).faults(town.platform.store.inspection)) == []
    assert migrated(town, to, StepMapping(events={"withdrawn": "anew"})) == {"moves": [""]}
    assert withdraw_case(town.platform, town.actor("citizen"), case, "Đổi ý").outcome == "withdrawn"


# The shapes that fail elsewhere, on the database


def test_a_waiting_parallel_join_goes_over_and_fires_in_the_new_version(town: Town) -> None:
    def fork(last: str, *more: str) -> str:
        steps = "".join(task(id) for id in ("a", "b", *more, last))
        ways = [way for id in ("a", "b", *more) for way in (f"f>{id}", f"{id}>j")]
        gates = '<startEvent id="s"/><parallelGateway id="f"/><parallelGateway id="j"/><endEvent id="e"/>'
        return process(gates + steps + flows("s>f", *ways, f"j>{last}", f"{last}>e"))

    drawn(town, fork("c"))
    waits, passed = town.open().case_id, town.open().case_id
    town.do("reviewer", waits, "a")
    town.do("reviewer", passed, "a")
    to = drawn(town, fork("d"))
    assert migrated(town, to) == {"moves": ["", ""]}
    town.do("reviewer", passed, "b")
    assert set(town.tasks(passed)) == {"d"}
    three = drawn(town, fork("d", "x"))
    assert migrated(town, three) == {"blocked": ["join-changed"], "moves": [""]}    # behind the join nobody waits any more


def test_a_multi_instance_body_goes_over_in_the_middle(town: Town) -> None:
    many = "<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>"
    text = '<startEvent id="s"/>{}' + task("b") + '<endEvent id="e"/>'
    drawn(town, process(text.format(task("ask", inside=many)) + flows("s>ask", "ask>b", "b>e")))
    case = town.open().case_id
    town.do("reviewer", case, "ask")
    to = drawn(town, process(text.format(task("n", inside=many)) + flows("s>n", "n>b", "b>e")))
    assert migrated(town, to) == {"blocked": ["step-removed"]}
    assert migrated(town, to, StepMapping({"ask": "n"})) == {"moves": [""]}
    assert [task.node for task in town.platform.store.papers.tasks(case) if task.status == "open"] == ["n", "n"]
    town.do("reviewer", case, "n")
    town.do("reviewer", case, "n")
    assert set(town.tasks(case)) == {"b"}


def test_a_case_inside_a_call_activity_goes_over_and_comes_back_from_it(town: Town) -> None:
    caller = process('<startEvent id="s"/><callActivity id="c" calledElement="{}"/>' + task("b") + '<endEvent id="e"/>' + flows("s>c", "c>b", "b>e"))
    inner = '<startEvent id="s2"/>' + task("x") + '<endEvent id="e2"/>' + flows("s2>x", "x>e2")
    drawn(town, caller.format("inner") + process(inner, "inner"))
    case = town.open().case_id
    to = drawn(town, caller.format("within") + process(inner.replace('"x"', '"y"').replace("-x", "-y"), "within"))
    assert migrated(town, to, StepMapping({"x": "y"})) == {"blocked": ["step-removed,place-changed"]}
    assert migrated(town, to, StepMapping({"x": "y", "inner": "within"})) == {"moves": [""]}
    town.do("reviewer", case, "y")
    assert set(town.tasks(case)) == {"b"}


# Acts, progress, undo


def test_a_move_is_one_act_with_its_line_in_the_timeline(town: Town) -> None:
    case = town.open(answer={"complete": True}).case_id
    version = town.case(case).version
    to = publish(town, (BPMN, 'wf:due="1 wd"', 'wf:due="3 wd"'))
    began = begin_migration(town.platform, town.actor("designer"), plan_for(town.platform, "permit", to, StepMapping()))
    assert migrate_case(town.platform, town.actor("designer"), began, case).result is Result.MOVES
    last = town.platform.store.papers.entries(case)[-1]
    assert (last.kind, last.by, last.facts) == ("migrated", "designer", {"from": to - 1, "to": to})
    assert town.case(case).version == version + 1


def test_only_who_may_publish_may_migrate(town: Town) -> None:
    to = publish(town, (BPMN, 'wf:due="1 wd"', 'wf:due="3 wd"'))
    plan = plan_for(town.platform, "permit", to, StepMapping())
    with pytest.raises(NotAllowed):
        begin_migration(town.platform, town.actor("signer"), plan)
    case = town.open().case_id
    with pytest.raises(NotAllowed):
        migrate_case(town.platform, town.actor("signer"), begin(town.platform, plan, "x"), case)
    with pytest.raises(PackUnknown):
        plan_for(town.platform, "permit", 99, StepMapping())


def test_a_migration_that_was_stopped_goes_on_where_it_was(town: Town) -> None:
    cases = [town.open(answer={"complete": True}).case_id for _ in range(3)]
    to = publish(town, (BPMN, 'wf:due="1 wd"', 'wf:due="3 wd"'))
    plan = plan_for(town.platform, "permit", to, StepMapping())
    first = begin(town.platform, plan, "designer")
    stopped = go_on(town.platform, SYSTEM, first)
    next(stopped)
    stopped.close()
    assert town.platform.store.migrations.counts(first.id) == {Result.MOVES: 1}

    again = begin(town.platform, plan, "designer")
    assert again == first and len(list(go_on(town.platform, SYSTEM, again))) == 2
    assert town.platform.store.migrations.counts(first.id) == {Result.MOVES: 3}
    assert town.platform.store.migrations.one(first.id).ended_at == town.moment.now
    assert {town.platform.library.version(town.case(case).pack) for case in cases} == {to}


def test_an_act_that_comes_between_wins_and_the_case_moves_from_where_it_then_is(town: Town) -> None:
    case = town.open(answer={"complete": True}).case_id
    to = publish(town, (BPMN, 'wf:due="1 wd"', 'wf:due="3 wd"'))
    began = begin(town.platform, plan_for(town.platform, "permit", to, StepMapping()), "designer")
    apply, came = town.platform.store.cases.apply, []

    def overtaken(change: Any) -> Any:
        if change.moved is not None and not came:
            came.append(1)
            town.do("reviewer", case, "review", opinion="good")
            raise CaseMoved(case=change.case.code)
        return apply(change)

    town.platform.store.cases.apply = overtaken
    [outcome] = go_on(town.platform, SYSTEM, began)
    assert (outcome.result, outcome.steps) == (Result.MOVES, ("sign",)) and came
    assert town.tasks(case)["sign"].due.date().isoformat() == "2026-09-09"


def test_a_move_is_undone_with_steps_alarms_and_moments_as_they_were(town: Town) -> None:
    case = town.open(answer={"complete": True}).case_id
    before, tasks = town.case(case), town.tasks(case)
    alarms = town.platform.store.alarms.due(town.moment.now + timedelta(days=9), 9)
    to = publish(town, (BPMN, 'id="review"', 'id="appraise"'), (BPMN, '"review"', '"appraise"'), (BPMN, 'now(), "2 wd"', 'now(), "1 wd"'))
    assert migrated(town, to, StepMapping({"review": "appraise"}, {"slow": "anew"})) == {"moves": [""]}
    save_draft(town.platform, town.actor("reviewer"), case, town.tasks(case)["appraise"].task, {"opinion": "bad"})

    back = undo_migration(town.platform, town.actor("designer"), 1, case)

    assert (back.pack, back.state, back.doers, back.version) == (before.pack, before.state, before.doers, before.version + 2)
    assert {node: (t.title, t.due, t.reasons, t.clears) for node, t in town.tasks(case).items()} == {
        node: (t.title, t.due, t.reasons, t.clears) for node, t in tasks.items()
    }
    assert town.tasks(case)["review"].draft == {"opinion": "bad"}
    assert town.platform.store.alarms.due(town.moment.now + timedelta(days=9), 9) == alarms
    assert list(Inspector(town.platform).faults(town.platform.store.inspection)) == []
    with pytest.raises(NothingToUndo):
        undo_migration(town.platform, town.actor("designer"), 1, case)
    with pytest.raises(NotAllowed):
        undo_migration(town.platform, town.actor("signer"), 1, case)


def test_a_case_on_which_an_act_followed_keeps_the_new_version(town: Town) -> None:
    idle, busy = (town.open(answer={"complete": True}).case_id for _ in range(2))
    to = publish(town, (BPMN, 'wf:due="1 wd"', 'wf:due="3 wd"'))
    assert migrated(town, to) == {"moves": ["", ""]}
    town.do("reviewer", busy, "review", opinion="good")
    with pytest.raises(MigrationFollowed):
        undo_migration(town.platform, town.actor("designer"), 1, busy)
    undone = dict(undo_all(town.platform, SYSTEM, 1))
    assert undone == {town.case(idle).code: True, town.case(busy).code: False}
    assert [town.platform.library.version(town.case(case).pack) for case in (idle, busy)] == [to - 1, to]
    assert list(Inspector(town.platform).faults(town.platform.store.inspection)) == []


# Commands


def test_the_commands_list_what_is_in_the_way_and_bring_cases_back(
    town: Town, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    town.open(answer={"complete": True})
    publish(town, (BPMN, '"review"', '"appraise"'))
    monkeypatch.setenv("WARDFLOW_DATABASE_URL", town.platform.settings.database_url)
    monkeypatch.setenv("WARDFLOW_DATA", str(tmp_path))
    (tmp_path / "secret").write_text("a secret for tests, 32 bytes long")
    (tmp_path / "map.toml").write_text('[steps]\nreview = "appraise"')

    assert main(["rehearse", "permit"]) == 1
    assert "The new version has no step review" in capsys.readouterr().out
    assert main(["rehearse", "permit", "--mapping", str(tmp_path / "map.toml"), "--to", "2"]) == 0
    assert "1 moves" in capsys.readouterr().out
    assert main(["migrate", "permit", "--mapping", str(tmp_path / "map.toml"), "--language", "vi"]) == 0
    assert "1 chuyển" in capsys.readouterr().out
    assert main(["migrate", "permit", "--undo", "1"]) == 0
    assert "1 cases came back" in capsys.readouterr().out
    assert main(["migrate", "permit", "--undo", "7"]) == 1
    assert "There is no migration 7" in capsys.readouterr().err
    assert main(["rehearse", "nothing"]) == 1
