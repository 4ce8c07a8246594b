"""Declare once, online: whoever files with an account begins with their own earlier data, marked and changeable, and with nobody else's."""

from __future__ import annotations

import json
import re

import pytest
from wardflow.cases.file_online import file_online
from wardflow.cases.open_case import Opened, Opening, open_case
from wardflow.cases.platform import Platform
from wardflow.packs import Pack

START = "/procedures/1.000001/file"
AN = {"full_name": "Nguyễn Văn An", "id_number": "001080000012", "phone": "0900000456", "address": "12 phố Huế"}


@pytest.fixture(autouse=True)
def online(platform: Platform) -> None:
    """The sample is filed online, and its form asks for a record that other forms ask for too."""
    version = min(platform.store.packs.versions(), key=lambda each: each.version)
    files = dict(platform.store.packs.files(version.digest))
    (record,) = [path for path in files if path.startswith("procedures/")]
    files[record] = b'online_filing = "email"\nonline_level = "part"\n' + files[record]
    form = json.loads(files["forms/opening.json"])
    form["properties"]["record"]["x-reuse"] = "record"
    pack = Pack({**files, "forms/opening.json": json.dumps(form).encode()})
    platform.store.packs.publish(pack.id, pack.digest, pack.files, "", platform.now())


def filed(platform: Platform, applicant: dict[str, str], record: str) -> Opened:
    """A dossier that the account filed, in the name that is given."""
    opening = Opening("1.000001", applicant, {"record": record, "copies": 2}, {}, "east.point", returning="east.point")
    return file_online(platform, platform.actor("an"), opening, (), key=f"{applicant['full_name']}{record}")


def begun(browser, person: str = "an"):
    page = browser(person)
    page.open(START)
    page.post(START, act="begin")
    return page


def value_of(text: str, name: str) -> str:
    field = re.search(rf'<input[^>]*name="{re.escape(name)}"[^>]*>', text)
    assert field is not None
    found = re.search(r'value="([^"]*)"', field[0])
    return found[1] if found else ""


def test_who_files_is_filled_in_from_the_own_record_and_says_so(browser, platform) -> None:
    case = filed(platform, AN, "Giấy khai sinh")
    text = begun(browser).text
    assert [value_of(text, f"applicant.{name}") for name in ("full_name", "id_number", "phone", "address")] == list(AN.values())
    assert value_of(text, "form.record") == "Giấy khai sinh"
    assert "Đã điền sẵn 5 mục" in text and "Lấy từ hồ sơ cá nhân" in text and f"Đã khai trong hồ sơ {case.code} ngày 04/09/2026" in text


def test_what_is_changed_is_kept_as_it_was_changed_and_no_longer_marked(browser, platform) -> None:
    filed(platform, AN, "Giấy khai sinh")
    page = begun(browser)
    sent = {f"applicant.{name}": text for name, text in AN.items()} | {"form.record": "Trích lục", "form.copies": "1"}
    text = page.post(page.place, act="redraw", **{**sent, "applicant.phone": "0911222333"})
    assert value_of(text, "applicant.phone") == "0911222333" and value_of(text, "form.record") == "Trích lục"
    assert "Đã điền sẵn 3 mục" in text and "Đã khai trong hồ sơ" not in text


def test_all_of_it_is_taken_off_by_one_button_but_nothing_that_was_typed(browser, platform) -> None:
    filed(platform, AN, "Giấy khai sinh")
    page = begun(browser)
    sent = {f"applicant.{name}": text for name, text in AN.items()} | {"form.record": "Trích lục", "form.copies": "1"}
    text = page.post(page.place, act="anew", **sent)
    assert value_of(text, "applicant.id_number") == "" and "Đã điền sẵn" not in text
    assert value_of(text, "form.record") == "Trích lục"


def test_nothing_of_somebody_else_in_whose_name_the_account_filed(browser, platform) -> None:
    filed(platform, {**AN, "full_name": "Bùi Thị Mẹ", "id_number": "001050000099", "phone": "0988777666"}, "Bằng của mẹ")
    text = begun(browser).text
    assert "Bùi Thị Mẹ" not in text and "0988777666" not in text and "Bằng của mẹ" not in text
    assert "Đã điền sẵn" not in text


def test_nothing_of_another_account_and_nothing_for_a_filer_without_one(browser, platform) -> None:
    filed(platform, AN, "Giấy khai sinh")
    opening = Opening("1.000001", AN, {"record": "Sổ hộ khẩu", "copies": 1}, {"request": "original"}, "east.point")
    open_case(platform, platform.actor("binh"), opening)
    text = begun(browser, "chi").text
    assert AN["id_number"] not in text and "Giấy khai sinh" not in text and "Sổ hộ khẩu" not in text


def test_a_draft_keeps_where_its_values_came_from(browser, platform) -> None:
    filed(platform, AN, "Giấy khai sinh")
    page = begun(browser)
    address = page.place
    assert "Đã điền sẵn 5 mục" in browser("an").open(address)
    assert "From your own record" in page.open(f"{address}?lang=en")
