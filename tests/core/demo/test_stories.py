"""Stories are data: copies differ where the data says so, parts are shared by reference."""

from __future__ import annotations

from pathlib import Path

from wardflow.demo.stories import chosen, read_stories

TEXT = """
seed: 7
published: {by: designer, began: 90 wd, at: "08:30"}
parts:
  - &received
    - {task: check, after: 1 wh, value: {ok: true}}
stories:
  - id: waiting
    procedure: p1
    count: 3
    began: {one_of: [1 wd, 2 wd]}
    at: "09:10"
    receiving: {one_of: [a.point, b.point]}
    role: clerk
    form: {plot: {one_of: ["1", "2", "3"]}, fixed: [1, {one_of: [x, y]}]}
    steps:
      - *received
      - {claim: appraise, after: 2 wh}
      - {withdraw: no longer wanted, after: 1 wd}
"""


def test_each_copy_takes_its_own_values_in_turn(tmp_path: Path) -> None:
    (tmp_path / "stories.yaml").write_text(TEXT, "utf-8")
    told = read_stories(tmp_path, {}).stories
    assert [story.id for story in told] == ["waiting-1", "waiting-2", "waiting-3"]
    assert [str(story.began) for story in told] == ["1 wd", "2 wd", "1 wd"]
    assert [story.receiving for story in told] == ["a.point", "b.point", "a.point"]
    assert [story.form["plot"] for story in told] == ["1", "2", "3"]


def test_a_shared_part_becomes_steps_of_the_story(tmp_path: Path) -> None:
    (tmp_path / "stories.yaml").write_text(TEXT, "utf-8")
    steps = read_stories(tmp_path, {}).stories[0].steps
    assert [(step.act, step.what, str(step.after)) for step in steps] == [
        ("complete", "check", "1 wh"), ("claim", "appraise", "2 wh"), ("withdraw", "no longer wanted", "1 wd"),
    ]
    assert steps[0].value == {"ok": True}


def test_a_choice_may_lie_anywhere_in_a_value() -> None:
    assert chosen([1, {"one_of": ["x", "y"]}, {"a": {"one_of": [1, 2]}}], 3) == [1, "y", {"a": 2}]
