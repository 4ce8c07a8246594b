"""The register of premises and its weekly balance, on pages and as files."""

from __future__ import annotations

import csv
import io

import pytest
from wardflow import app, packs
from wardflow.cases.complete_task import complete_task
from wardflow.cases.open_case import open_case
from wardflow.cases.opening import Opening
from wardflow.catalog import pack_folders
from wardflow.domain.register import Holding, Unit
from wardflow.families import BUILT_IN
from wardflow.plugins import Plugins

FORM = {
    "asset_code": "TS-0147", "name": "Trụ sở UBND phường cũ", "former_use": "Trụ sở", "address": "12 phố Chợ", "commune": "east",
    "land_area_m2": 820.5, "floor_area_m2": 1450, "condition": "fair", "original_value": 5_200_000_000,
    "residual_value": 1_900_000_000, "land_paper": "certificate", "occupancy": "empty",
}


@pytest.fixture
def platform(platform):
    """The small city with the family, its pack, a ward and a holder of premises."""
    plugins = Plugins.load(builtin=BUILT_IN, sources=())
    platform = app.build(platform.settings, now=platform.now, plugins=plugins)
    app.upgrade(platform.store, plugins)
    [folder] = [folder for folder in pack_folders() if folder.name == "asset"]
    pack = packs.read(folder)
    platform.store.packs.publish(pack.id, pack.digest, pack.files, "an", platform.now())
    office = Unit("east.economy", "Phòng Kinh tế phường Đông", kind="economy", level="commune", parent="east")
    platform.store.city.save((office,), (), (Holding("em", "asset_holder", "east"), Holding("chi", "specialist", "east.economy")))
    return platform


@pytest.fixture
def site(platform):
    """Opens the file of one premises."""

    def opened(**form: object) -> int:
        opening = Opening("surplus-premises", {"full_name": "UBND phường Đông"}, {**FORM, **form}, {}, "east")
        return open_case(platform, platform.actor("em"), opening).case_id

    return opened


def sheet(page, address: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(page.open(address).removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"))))


def test_the_register_lists_premises_and_is_searched_without_tone_marks(site, browser) -> None:
    site()
    site(asset_code="TS-0148", name="=Nhà văn hóa", occupancy="occupied")
    page = browser("em")
    text = page.open("/premises")
    assert 'href="/premises"' in text and "2 cơ sở" in text and "820,5" in text and "Đang rà soát" in text
    assert "TS-0147" not in page.open("/premises?q=nha+van+hoa") and "TS-0148" in page.text
    assert "Không có cơ sở nào khớp" in page.open("/premises?account=kept")
    assert "TS-0147" not in page.open("/premises?q=%25_!")
    head, *rows = sheet(page, "/premises.csv")
    assert head[0] == "Mã" and [row[0] for row in rows] == ["TS-0147", "TS-0148"]
    assert rows[0][7:9] == ["820.5", "1450.0"] and rows[1][1] == "'=Nhà văn hóa"
    assert "2 sites" in page.open("/premises?lang=en")


def test_every_official_may_read_the_register_and_the_bar_names_it_for_those_who_work_with_it(site, browser) -> None:
    site()
    page = browser("dung")    # an expert of another office
    text = page.open("/premises?unit=")
    assert "TS-0147" in text and 'href="/premises"' not in text.split("</header>")[0]
    assert 'href="/premises"' in browser("chi").open("/desk")
    stranger = browser("an")    # a citizen
    stranger.open("/premises")
    assert stranger.status == 403


def test_the_week_shows_where_everything_stands(site, browser) -> None:
    site()
    site(asset_code="TS-0148")
    page = browser("em")
    text = page.open("/premises/balance")
    assert "Giữ lại 0 + dôi dư 0 + cơ sở lớn 0 + đang rà soát 2 + vi phạm 0 = 2" in text
    assert "Không có cơ sở nào bỏ trống lâu như vậy." in text
    assert "1.641" in page.open("/premises/balance?measure=land&unit=east")
    rows = sheet(page, "/premises/balance.csv")
    assert rows[0] == ["Xã, phường", "Đầu kỳ", "Phát sinh", "Thu hồi lại", "Đưa ra khỏi danh mục", "Cuối kỳ"]
    assert rows[-1] == ["Tổng cộng", "0", "0", "0", "0", "0"]
    assert "No premises stand unused that long." in page.open("/premises/balance?lang=en&week=01/01/2020&measure=other")


def test_premises_whose_file_was_archived_stay_in_the_register(platform, site, browser) -> None:
    case = site()
    with platform.store.database.writing() as cursor:    # what an archive does once the case stands in its file
        cursor.run("DELETE FROM cases WHERE id = ?", (case,))
    text = browser("em").open("/premises")
    assert "TS-0147" in text and "Đã lưu trữ" in text
    assert "= 1" in browser("em").open("/premises/balance")


def test_the_offices_of_communes_are_a_page_and_a_file(platform, site, browser) -> None:
    ward = Unit("north", "UBND phường Bắc", kind="ward", level="commune", parent="city")
    office = Unit("north.economy", "Phòng Kinh tế phường Bắc", kind="economy", level="commune", parent="north")
    finance = Unit("dept-finance", "Sở Tài chính", kind="department", level="department", parent="city")
    held = tuple(Holding("chi", "specialist", unit) for unit in ("north.economy", "dept-finance"))
    platform.store.city.save((ward, office, finance), (), held)
    page = browser("em")
    assert "0 xã, phường làm việc nhiều nơi" in page.open("/premises/offices") and "Chưa ghi nhận trụ sở" in page.text
    for number in ("TS-1", "TS-2"):
        case = site(asset_code=number, commune="north")
        for node, value in (("legal_check", {"status": "A", "basis": "Luật"}), ("need_check", {"need": "keep", "kept_for": "headquarters", "standard": "Đúng định mức."})):
            [task] = [task for task in platform.store.papers.tasks(case) if task.node == node]
            complete_task(platform, platform.actor("chi"), case, task.task, value)
    text = page.open("/premises/offices")
    assert "1 xã, phường làm việc nhiều nơi" in text and 'href="/premises?unit=north&amp;account=kept"' in text
    assert "UBND phường Bắc" not in page.open("/premises/offices?standing=concentrated")
    assert "1 commune works in several places" in page.open("/premises/offices?lang=en")
    rows = {line[0]: line[2:] for line in sheet(page, "/premises/offices.csv?lang=vi")}
    assert rows["UBND phường Bắc"] == ["2", "Làm việc nhiều nơi"]
    assert 'href="/premises/offices"' in page.open("/premises?lang=vi")
