"""Units, fields and steps with days of their own: everybody reads them, the registrar writes them, nothing typed is lost."""

from __future__ import annotations

from datetime import date

import pytest
from wardflow.domain.register import Holding, Person
from wardflow.permissions import REGISTRAR

ADDRESS = "/register/calendar/of/"
EAST = f"{ADDRESS}?kind=unit&name=east"
SCOPE = {"scope_kind": "unit", "scope_name": "east"}


@pytest.fixture
def platform(platform):
    """The small city with a registrar."""
    platform.store.city.save(people=(Person("giang", "Hồ Thị Giang"),), holdings=(Holding("giang", REGISTRAR, "city"),))
    return platform


def layer(platform):
    return platform.snapshot().layers.units.get("east")


def test_the_calendar_leads_to_those_that_differ(browser) -> None:
    page = browser("giang")
    assert "Lịch riêng" in page.open("/register/calendar")
    text = page.open(ADDRESS)
    assert "Chưa có lịch riêng nào." in text and "UBND phường Đông" in text and "Xem xét, ghi ý kiến" in text


def test_a_day_of_a_unit_is_written_read_and_removed(browser, platform) -> None:
    page = browser("giang")
    page.open(EAST)
    text = page.post(f"{ADDRESS}day", **SCOPE, day="08/09/2026", kind="closed", name="Bão", name_en="Storm")
    assert "Đã ghi ngày 08/09/2026." in text and "Bão" in text
    assert date(2026, 9, 8) in layer(platform).days
    assert "UBND phường Đông" in page.open(ADDRESS)
    assert "Storm" in page.open(f"{EAST}&lang=en")
    page.open(f"{EAST}&lang=vi")
    page.post(f"{ADDRESS}remove", **SCOPE, at="08/09/2026")
    assert layer(platform) is None


def test_a_weekday_gets_hours_or_none(browser, platform) -> None:
    page = browser("giang")
    page.open(EAST)
    text = page.post(f"{ADDRESS}week", **SCOPE, weekday="5", week_hours="08:00-12:00")
    assert "Đã ghi giờ làm việc thứ Bảy." in text and "08:00–12:00" in text
    page.post(f"{ADDRESS}week", **SCOPE, weekday="0", week_hours="")
    assert layer(platform).week[0] == () and len(layer(platform).week[5]) == 1
    page.post(f"{ADDRESS}remove", **SCOPE, at="0")
    assert list(layer(platform).week) == [5]


def test_a_day_off_of_the_city_may_be_an_office_day_of_a_unit(browser, platform) -> None:
    page = browser("giang")
    page.open(EAST)
    text = page.post(f"{ADDRESS}day", **SCOPE, day="02/09/2026", kind="plain")
    assert "làm việc như ngày thường trong tuần" in text
    assert layer(platform).days == {date(2026, 9, 2): None}


def test_what_cannot_be_read_comes_back_at_its_field(browser, platform) -> None:
    page = browser("giang")
    page.open(EAST)
    text = page.post(f"{ADDRESS}day", **SCOPE, day="mai", kind="closed", name="Bão")
    assert page.status == 422 and "Cần một ngày có thật" in text and 'value="mai"' in text and 'value="Bão"' in text
    text = page.post(f"{ADDRESS}week", **SCOPE, weekday="5", week_hours="sáng")
    assert page.status == 422 and "Viết giờ như" in text and 'value="sáng"' in text
    assert layer(platform) is None


def test_others_read_and_do_not_write(browser, platform) -> None:
    page = browser("chi")
    assert "Lưu ngày" not in page.open(EAST)
    page.post(f"{ADDRESS}day", **SCOPE, day="08/09/2026", kind="closed")
    assert page.status == 403 and layer(platform) is None


def test_a_calendar_of_nothing_is_no_page(browser) -> None:
    page = browser("giang")
    for address in (f"{ADDRESS}?kind=unit&name=nowhere", f"{ADDRESS}?kind=season&name=x"):
        page.open(address)
        assert page.status == 404
