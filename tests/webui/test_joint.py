"""One decision over several cases on its page: chosen, signed once, its number and list, and what could not be decided."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
SIGNED = {"act": "complete", "decision": "approve", "document_no": "990/QĐ-UBND"}


@pytest.fixture(scope="module")
def office(databases, tmp_path_factory):
    """The demo city with its packs in force and no case in it."""
    sys.path.insert(0, str(TESTS / "workflows"))
    from offices import copied

    office = copied(databases, tmp_path_factory.mktemp("office"))
    yield office
    office.store.close()


@pytest.fixture
def platform(office):
    """That city is what the pages are about."""
    return office.platform


@pytest.fixture
def signer(office) -> str:
    return office._holder("approver", "city").person


def waiting(office, count: int, first: int) -> list[str]:
    from premises import brought, step_of

    found = []
    for number in range(first, first + count):
        case = brought(office, "decide", asset_code=f"TS-{number:04d}")
        found += [f"{case}/{task.task}" for task in office.tasks(case) if step_of(task.node) == "decide"]
    return found


def test_ticked_on_the_desk_and_signed_once(office, signer, browser) -> None:
    tasks = waiting(office, 3, 1)
    page = browser(signer)
    text = page.open("/desk?view=queue")
    assert "Quyết định chung các việc đã chọn" in text
    text = page.post("/desk", act="joint", task=tasks[:2], view="queue")
    assert page.place == "/joint" and "TS-0001" in text and "Cơ sở giáo dục" in text and "TS-0003" not in text
    assert "Thêm 1 hồ sơ khác đang chờ ở bước này" in text
    key = re.search(r'name="_key" value="([^"]+)"', text)[1]
    text = page.post("/joint", act="complete", _task=tasks[:2], _shown=tasks[:2], _key=key, decision="approve")
    assert page.status == 422 and "TS-0001" in text    # the number of the decision is missing: nothing was done
    text = page.post("/joint", _task=tasks[:2], _shown=tasks[:2], _key=key, **SIGNED)
    assert page.place == f"/joint/{key}" and "Đã quyết định 2 hồ sơ." in text and "001/QĐ-UBND" in text
    assert page.open(f"/joint/{key}.csv").count("TS-000") == 2
    text = page.open(f"/joint?task={tasks[2]}&lang=en")
    assert "Sign for the chosen cases" in text and "Education" in text


def test_what_could_not_be_decided_is_told_and_the_rest_is_done(office, signer, browser) -> None:
    tasks = waiting(office, 2, 11)
    page = browser(signer)
    page.open("/joint?" + "&".join(f"task={each}" for each in tasks))
    office.do(int(tasks[0].split("/")[0]), "decide", {"decision": "approve", "document_no": "1/QĐ"})
    text = page.post("/joint", _task=tasks, _shown=tasks, _key="later", **SIGNED)
    assert "Bước này đã có người làm xong" in text and "Đã quyết định 1 hồ sơ." in text


def test_nobody_else_sees_the_list_or_signs(office, signer, browser) -> None:
    tasks = waiting(office, 1, 21)
    page = browser(signer)
    page.open(f"/joint?task={tasks[0]}")
    page.post("/joint", _task=tasks, _shown=tasks, _key="closed", **SIGNED)
    other = browser("officer-planning")
    assert "không quyết định chung được" in other.open("/joint?task=1/nothing&task=x")
    stranger = browser("citizen-nguyen-van-a")
    stranger.open("/joint/closed")
    assert stranger.status == 404
    assert "Chưa chọn hồ sơ nào." in _without_choice(office, page)


def _without_choice(office, page) -> str:
    tasks = waiting(office, 1, 31)
    page.open(f"/joint?task={tasks[0]}")
    return page.post("/joint", _shown=tasks, _key="none", **SIGNED)
