"""Cases that belong together on each other's page."""

from __future__ import annotations

import pytest
from wardflow.cases.open_case import open_case
from wardflow.cases.opening import Opening
from wardflow.store.links import link


@pytest.fixture
def part(platform, case):
    """A second case, opened by the first."""
    opening = Opening("1.000001", {"full_name": "Nguyễn Văn An", "id_number": "001080000012"}, {"record": "Giấy kết hôn", "copies": 1}, {"request": "original"}, "east.point")
    opened = open_case(platform, platform.actor("binh"), opening, answer={"result": "complete"})
    with platform.store.database.writing() as cursor:
        link(cursor, opened.case_id, case.case_id)
    return opened


def test_the_page_of_the_whole_names_its_part_with_its_own_date_and_whose_clock_runs(browser, case, part) -> None:
    text = browser("binh").open(f"/cases/{case.code}")
    assert f'href="/cases/{part.code}"' in text
    assert "Hồ sơ liên thông" in text and "Phần của nhóm" in text
    assert "Phần việc liên thông đang ở" in text


def test_the_page_of_a_part_leads_back_to_the_whole(browser, case, part) -> None:
    text = browser("binh").open(f"/cases/{part.code}")
    assert f'href="/cases/{case.code}"' in text and "Hồ sơ chung của nhóm" in text


def test_a_case_that_belongs_to_no_group_says_nothing_of_groups(browser, case) -> None:
    assert "Hồ sơ liên thông" not in browser("binh").open(f"/cases/{case.code}")
