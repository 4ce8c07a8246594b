"""The designer tries running cases on a new version, moves them in portions, and brings them back, without any script."""

from __future__ import annotations

from pathlib import Path

import pytest
from wardflow import packs
from wardflow.cases.open_case import Opening, open_case
from wardflow.domain.register import Holding, Person
from wardflow.permissions import DESIGNER
from wardflow_web import migrations

PACK = Path(__file__).parent / "pack"
MAPPING = '[steps]\nReview = "Consider"\nCheck = "Look"'


@pytest.fixture
def platform(platform):
    """The small city with a designer and two cases; in the second version their step has another name."""
    for _ in range(2):
        opening = Opening(
            procedure="1.000001", applicant={"full_name": "Nguyễn Văn An", "id_number": "001080000012"},
            form={"record": "Giấy khai sinh", "copies": 2}, components={"request": "original"}, receiving="east.point",
        )
        open_case(platform, platform.actor("binh"), opening, answer={"result": "complete"})
    platform.store.city.save(people=(Person("hoa", "Vũ Thị Hoa"),), holdings=(Holding("hoa", DESIGNER, "city"),))
    files = {path.relative_to(PACK).as_posix(): path.read_bytes() for path in PACK.rglob("*") if path.is_file()}
    files["sample.bpmn"] = files["sample.bpmn"].replace(b'"Review"', b'"Consider"').replace(b'"Check"', b'"Look"')
    changed = packs.Pack(files)
    platform.store.packs.publish(changed.id, changed.digest, changed.files, "hoa", platform.now())
    return platform


def test_the_rehearsal_lists_what_is_in_the_way_and_the_mapping_clears_it(browser) -> None:
    page = browser("hoa")
    assert "/packs/sample/migration" in page.open("/packs/sample")
    page.open("/packs/sample/migration")
    text = page.post("/packs/sample/migration", to="2", mapping="")
    assert "Phiên bản mới không còn bước" in text and "Bắt đầu chuyển" not in text
    text = page.post("/packs/sample/migration", to="2", mapping=MAPPING)
    assert "<b>2</b> chuyển" in text and "Bắt đầu chuyển" in text and "Consider" in text


def test_a_mapping_that_cannot_be_read_is_given_back_with_what_is_wrong(browser) -> None:
    page = browser("hoa")
    page.open("/packs/sample/migration")
    text = page.post("/packs/sample/migration", to="2", mapping='[steps]\nReview = "Consider')
    assert page.status == 422 and "Review = &#34;Consider" in text and 'aria-invalid="true"' in text


def test_cases_move_and_come_back(browser, platform) -> None:
    page = browser("hoa")
    page.open("/packs/sample/migration")
    text = page.post("/packs/sample/migration", to="2", mapping=MAPPING, begin="yes")
    assert page.place == "/packs/sample/migrations/1" and "<b>2</b> chuyển" in text
    assert "Chuyển tiếp" not in text and "Đưa hồ sơ trở lại" in text
    text = page.post("/packs/sample/migrations/1", undo="yes")
    assert "<b>2</b> đã đưa trở lại" in text
    assert "<b>2</b> undone" in page.open("/packs/sample/migrations/1?lang=en")


def test_what_one_press_does_not_finish_the_next_one_does(browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "PORTION", 1)
    page = browser("hoa")
    page.open("/packs/sample/migration")
    text = page.post("/packs/sample/migration", to="2", mapping=MAPPING, begin="yes")
    assert "Còn 1 hồ sơ chưa tới lượt" in text
    page.post("/packs/sample/migrations/1", go_on="yes")
    assert "<b>2</b> chuyển" in page.open("/packs/sample/migrations/1")


def test_nobody_else_comes_near(browser) -> None:
    page = browser("chi")
    for address in ("/packs/sample/migration", "/packs/sample/migrations/1"):
        page.open(address)
        assert page.status == 403, address
    designer = browser("hoa")
    for address in ("/packs/none/migration", "/packs/sample/migrations/9"):
        designer.open(address)
        assert designer.status == 404, address
