"""Every task resolves all six before it can be published, and shows them once it runs."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from wardflow.domain.reasons import Reason
from wardflow.domain.routing import Route
from wardflow.domain.six_clears import ORDER, SixClears
from wardflow.wording import Wording

FULL = {
    "role": "specialist",
    "responsibility": "Chịu trách nhiệm về kết quả thẩm định",
    "due": "5 wd",
    "product": "Báo cáo thẩm định",
    "authority": "Nghị định 151/2025/NĐ-CP, Điều 5",
}
NEEDS = {
    "person": "role",
    "responsibility": "responsibility",
    "deadline": "due",
    "product": "product",
    "authority": "authority",
}


def test_a_task_with_all_attributes_is_clear() -> None:
    six = SixClears.of(FULL, "Thẩm định")
    assert six.all_clear
    assert Wording("vi").say(six.deadline.reason) == "Trong 5 ngày làm việc"


@pytest.mark.parametrize(("light", "attribute"), NEEDS.items())
def test_what_is_missing_turns_its_own_light_off(light: str, attribute: str) -> None:
    six = SixClears.of({**FULL, attribute: " "}, "Thẩm định")
    assert six.missing == (light,)
    assert Wording("vi").say(getattr(six, light).reason).startswith("Chưa rõ")


def test_a_task_without_a_name_is_unclear_work() -> None:
    assert SixClears.of(FULL, "").missing == ("work",)


def test_the_order_of_the_lights_never_changes() -> None:
    assert ORDER == ("person", "work", "responsibility", "deadline", "product", "authority")
    assert [clear.ok for clear in SixClears.of({}, "việc")] == [False, True, False, False, False, False]


def test_a_running_task_shows_its_date_and_an_empty_route_is_unclear() -> None:
    due = datetime(2026, 9, 10, 10, tzinfo=UTC)
    nobody = Route("u", "specialist", None, (Reason("routing.nobody"),))
    six = SixClears.of(FULL, "Thẩm định", due, nobody)
    assert six.missing == ("person",)
    assert Wording("vi").say(six.deadline.reason) == "Hạn 10/09/2026, 17:00"


def test_the_paper_of_the_register_clears_the_authority() -> None:
    without = {key: value for key, value in FULL.items() if key != "authority"}
    assert SixClears.of(without, "Thẩm định", instrument="QĐ 1").all_clear


def test_a_known_holder_is_shown_by_name() -> None:
    held = Route("u", "specialist", "b", (), ("b",))
    assert (
        Wording("en").say(SixClears.of(FULL, "Thẩm định", None, held, who="Trần Thị B").person.reason) == "Trần Thị B"
    )


def test_the_lights_can_be_kept() -> None:
    six = SixClears.of({**FULL, "product": ""}, "Thẩm định")
    assert SixClears.from_json(six.to_json()) == six
