"""The working calendar: everybody reads it, its registrar changes it, and nothing typed is lost."""

from __future__ import annotations

from datetime import date

import pytest
from wardflow.domain.calendar import Day, DayKind
from wardflow.domain.register import Holding, Person
from wardflow.permissions import REGISTRAR

FEAST = date(2026, 9, 2)
COMING = date(2026, 9, 8)
ADDRESS = "/register/calendar"


@pytest.fixture
def platform(platform):
    """The small city with a registrar and one day off."""
    platform.store.city.save(
        people=(Person("giang", "Hồ Thị Giang"),),
        holdings=(Holding("giang", REGISTRAR, "city"),),
        days={FEAST: Day(DayKind.HOLIDAY, "Quốc khánh", name_en="National Day")},
    )
    return platform


def days(platform):
    return platform.snapshot().calendar.days


def test_everybody_signed_in_reads_the_table_and_only_its_registrar_gets_a_form(browser) -> None:
    text = browser("chi").open(f"{ADDRESS}?year=2026")
    for said in ("Tháng 9", "02/09/2026", "Nghỉ lễ", "Quốc khánh", "Sửa một ngày là sửa cách đếm"):
        assert said in text, said
    assert "Lưu ngày" not in text
    assert "Lưu ngày" in browser("giang").open(f"{ADDRESS}?year=2026")
    assert "Quốc khánh" not in browser().open(ADDRESS)


def test_the_bar_names_the_register_for_its_registrar_alone_and_the_register_names_the_calendar(browser) -> None:
    assert 'href="/register"' in browser("giang").open("/desk")
    assert 'href="/register"' not in browser("chi").open("/desk")
    assert f'href="{ADDRESS}"' in browser("giang").open("/register")


def test_the_table_is_english_beside(browser) -> None:
    text = browser("giang").open(f"{ADDRESS}?year=2026&lang=en")
    assert "National Day" in text
    assert "Public holiday" in text


def test_a_year_without_days_says_so_and_a_far_year_is_no_page(browser) -> None:
    page = browser("giang")
    assert "Chưa ghi ngày nào của năm 2031" in page.open(f"{ADDRESS}?year=2031")
    page.open(f"{ADDRESS}?year=9999")
    assert page.status == 404


def test_a_day_is_added_with_its_hours(browser, platform) -> None:
    page = browser("giang")
    page.open(ADDRESS)
    text = page.post(
        ADDRESS, day="12/09/2026", kind="made_up", name="Làm bù", name_en="Made up", hours="07:30-11:30, 13:00-16:30"
    )
    assert "Đã thêm ngày 12/09/2026." in text
    assert "07:30–11:30, 13:00–16:30" in text
    assert days(platform)[date(2026, 9, 12)].name_en == "Made up"


def test_the_link_of_a_row_fills_the_form_and_saving_changes_that_day(browser, platform) -> None:
    platform.store.city.set_day(COMING, Day(DayKind.CLOSED, "Đóng cửa"))
    page = browser("giang")
    assert 'value="08/09/2026"' in page.open(f"{ADDRESS}?year=2026&day=08/09/2026")
    assert "Đã đổi ngày 08/09/2026." in page.post(ADDRESS, day="08/09/2026", kind="half_day", name="Nửa ngày")
    assert days(platform)[COMING] == Day(DayKind.HALF_DAY, "Nửa ngày")


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("day", "31/09/2026", "Cần một ngày có thật"),
        ("day", "08/09/3026", "Năm này ở quá xa"),
        ("kind", "", "Cần chọn ngày này khác ngày thường ra sao"),
        ("kind", "feast", "Cần chọn ngày này khác ngày thường ra sao"),
        ("hours", "sáng", "Viết giờ như"),
        ("hours", ",", "Viết giờ như"),
        ("hours", "11:30-07:30", "Các buổi phải nối tiếp nhau"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field_and_everything_typed_stays(
    browser, platform, field, typed, said
) -> None:
    before = dict(days(platform))
    page = browser("giang")
    page.open(ADDRESS)
    values = {"day": "08/09/2026", "kind": "half_day", "name": "Tên <đã gõ>", "name_en": "Typed", "hours": ""}
    text = page.post(ADDRESS, **{**values, field: typed})
    assert page.status == 422
    assert said in text.split(f'id="{field}-e">')[1]
    assert 'value="Tên &lt;đã gõ&gt;"' in text
    assert 'value="Typed"' in text
    assert days(platform) == before


def test_a_day_off_has_no_hours(browser) -> None:
    page = browser("giang")
    page.open(ADDRESS)
    text = page.post(ADDRESS, day="08/09/2026", kind="holiday", hours="07:30-11:30")
    assert "Ngày nghỉ không có giờ làm việc" in text
    assert '<option value="holiday" selected>' in text


def test_a_past_day_changes_only_after_the_warning(browser, platform) -> None:
    page = browser("giang")
    page.open(ADDRESS)
    text = page.post(ADDRESS, day="02/09/2026", kind="closed", name="Đóng cửa")
    assert page.status == 422
    assert "hạn đã tính của hồ sơ đếm qua ngày này cũng đổi theo" in text
    assert 'value="Đóng cửa"' in text
    assert days(platform)[FEAST].kind is DayKind.HOLIDAY
    page.post(ADDRESS, day="02/09/2026", kind="closed", name="Đóng cửa", sure="yes")
    assert days(platform)[FEAST].kind is DayKind.CLOSED


def test_a_day_to_come_is_removed_at_once_and_a_past_one_after_the_warning(browser, platform) -> None:
    platform.store.city.set_day(COMING, Day(DayKind.CLOSED))
    page = browser("giang")
    page.open(ADDRESS)
    assert "Đã bỏ ngày 08/09/2026 khỏi lịch." in page.post(f"{ADDRESS}/remove", day="08/09/2026")
    assert "Ngày 02/09/2026 đã qua" in page.post(f"{ADDRESS}/remove", day="02/09/2026")
    assert set(days(platform)) == {FEAST}
    page.post(f"{ADDRESS}/remove", day="02/09/2026", sure="yes")
    assert not days(platform)


def test_who_is_no_registrar_changes_nothing(browser, platform) -> None:
    page = browser("chi")
    page.open("/desk")
    for address, values in (
        (ADDRESS, {"day": "08/09/2026", "kind": "closed"}),
        (f"{ADDRESS}/remove", {"day": "08/09/2026"}),
    ):
        page.post(address, **values)
        assert page.status == 403
    assert set(days(platform)) == {FEAST}


def test_a_case_counts_anew_and_the_step_already_open_keeps_its_date_as_the_page_says(browser, case) -> None:
    officer, registrar = browser("chi"), browser("giang")
    assert "Vì sao hạn là 11/09/2026?" in officer.open(f"/cases/{case.code}")
    assert "hạn của bước đã mở giữ nguyên" in registrar.open(ADDRESS)
    registrar.post(ADDRESS, day="08/09/2026", kind="closed")
    text = officer.open(f"/cases/{case.code}")
    assert "Vì sao hạn là 14/09/2026?" in text
    assert "09/09/2026" in officer.open("/desk?view=queue")
