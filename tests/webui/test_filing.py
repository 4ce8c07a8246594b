"""Filing online: an address proved by a code, a draft that is kept, papers, the receipt; nobody learns who is known."""

from __future__ import annotations

import io
import json
import re
from datetime import timedelta

import pytest
from wardflow.cases.platform import Platform
from wardflow.cases.reads import case as case_view
from wardflow.packs import Pack
from wardflow_web import create_app

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
START = "/procedures/1.000001/file"
SHEET = {
    "applicant.full_name": "Bùi Thị Gái", "applicant.id_number": "001080000012",
    "form.record": "Giấy khai sinh", "form.copies": "2", "returning": "east.point",
}  # fmt: skip


@pytest.fixture
def open_online(platform: Platform):
    """Publishes the sample with its record open to filing online, by account or also by e-mail."""

    def publish(who: str) -> None:
        version = min(platform.store.packs.versions(), key=lambda each: each.version)    # the sample as it was
        files = dict(platform.store.packs.files(version.digest))
        (record,) = [path for path in files if path.startswith("procedures/")]
        files[record] = f'online_filing = "{who}"\nonline_level = "part"\n'.encode() + files[record]
        pack = Pack(files)
        platform.store.packs.publish(pack.id, pack.digest, pack.files, "", platform.now())

    return publish


@pytest.fixture
def online(open_online) -> None:
    open_online("email")


def letters(platform: Platform) -> list[dict[str, str]]:
    folder = platform.settings.data / "outbox"
    return [json.loads(file.read_text("utf-8")) for file in sorted(folder.glob("code*"), key=lambda file: file.stat().st_mtime_ns)]


def code_of(platform: Platform) -> str:
    found = re.search(r"\b(\d{6})\b", letters(platform)[-1]["text"])
    assert found
    return found[1]


def proved(browser, platform: Platform, address: str = "gai@example.org"):
    page = browser()
    page.open(START)
    page.post(START, act="mail", email=address)
    page.post(START, act="check", code=code_of(platform))
    return page


def begun(browser, platform: Platform, address: str = "gai@example.org"):
    page = proved(browser, platform, address)
    page.post(START, act="begin")
    return page


def test_a_stranger_with_a_proved_address_files_and_gets_a_tracking_code(browser, platform, online) -> None:
    page = begun(browser, platform)
    assert "Tờ khai" in page.text and "8.000" in page.text and "Thư điện tử" not in page.text
    text = page.post(page.place, act="send", **SHEET)
    code = re.search(r'class="code">(T\.[^<]+)<', text)
    assert code and "Mã tra cứu của ông/bà" in text
    case = platform.store.worklist.by_tracking(code[1])
    assert case is not None and case.applicant_person == f"applicant:{case.applicant_id}"
    assert platform.store.papers.entries(case.id)[0].by == case.applicant_person
    view = case_view(platform, platform.actor("binh"), case.code)
    assert [waiting.role.vi for waiting in view.waiting] == ["Công chức tiếp nhận"]


def test_the_number_a_stranger_types_changes_nobodys_record(browser, platform, online, case) -> None:
    known = platform.store.applicants.find("001080000012")
    page = begun(browser, platform)
    page.post(page.place, act="send", **SHEET)
    assert platform.store.applicants.find("001080000012") == known
    assert not [mine for mine in platform.store.worklist.cases_of("an") if mine.applicant_label == "Bùi Thị Gái"]


def test_papers_are_taken_in_kept_with_the_draft_and_become_papers_of_the_case(browser, platform, online) -> None:
    page = begun(browser, platform)
    address = page.place
    page.post(address, act="draft", **SHEET, **{"papers.request": (io.BytesIO(PDF), "đơn.pdf")})
    text = page.open(address)
    assert "đơn.pdf" in text and "Giấy khai sinh" in text
    kept = re.search(r'name="papers.request" value="([^"]+)"', text)
    assert kept
    text = page.post(address, act="send", **SHEET, **{"papers.request": kept[1].replace("&#34;", '"')})
    code = re.search(r'class="code">(T\.[^<]+)<', text)
    assert code
    case = platform.store.worklist.by_tracking(code[1])
    (paper,) = [each for each in platform.store.papers.documents(case.id) if each.kind == "attachment"]
    assert (paper.name, paper.media_type, platform.blobs.get(paper.sha256)) == ("đơn.pdf", "application/pdf", PDF)
    assert paper.by == case.applicant_person


def test_a_reference_to_somebody_elses_file_is_worth_nothing(browser, platform, online) -> None:
    page = begun(browser, platform)
    foreign = platform.blobs.put(PDF)
    made_up = {"attachment": foreign, "name": "của ai.pdf", "size": 1, "type": "text/html", "sha256": foreign}
    text = page.post(page.place, act="send", **SHEET, **{"papers.request": json.dumps(made_up)})
    assert "Mã tra cứu của ông/bà" in text
    assert "của ai.pdf" not in text
    case = platform.store.worklist.by_tracking(re.search(r'class="code">(T\.[^<]+)<', text)[1])
    assert not [each for each in platform.store.papers.documents(case.id) if each.kind == "attachment"]


def test_a_file_of_another_kind_is_refused_at_its_field_and_nothing_typed_is_lost(browser, platform, online) -> None:
    page = begun(browser, platform)
    text = page.post(page.place, act="send", **SHEET, **{"papers.request": (io.BytesIO(b"MZ"), "a.exe")})
    assert page.status == 422 and "không thuộc loại tệp được nhận" in text and "Giấy khai sinh" in text


def test_what_cannot_be_comes_back_with_everything_typed(browser, platform, online) -> None:
    page = begun(browser, platform)
    text = page.post(page.place, act="send", **{**SHEET, "form.copies": "nhiều"})
    assert page.status == 422 and 'value="nhiều"' in text and "Bùi Thị Gái" in text


def test_a_draft_is_found_again_from_another_browser_with_the_same_address(browser, platform, online) -> None:
    first = begun(browser, platform)
    address = first.place
    first.post(address, act="autosave", **{**SHEET, "form.record": "Giấy kết hôn"})
    platform_later = platform.at(platform.now() + timedelta(minutes=2))
    client = create_app(platform_later).test_client()
    second = type(first)(client)
    second.open(START)
    second.post(START, act="mail", email=" GAI@example.org ")
    text = second.post(START, act="check", code=code_of(platform))
    assert address in text
    assert "Giấy kết hôn" in second.open(address)


def test_nobody_else_opens_a_draft_or_a_receipt(browser, platform, online) -> None:
    first = begun(browser, platform)
    draft = first.place
    other = begun(browser, platform, "khac@example.org")
    other.open(draft)
    assert other.status == 404
    first.post(draft, act="send", **SHEET)
    assert "Mã tra cứu của ông/bà" in first.text
    other.open(f"{draft}/received")
    assert other.status == 404


def test_sending_twice_opens_one_case(browser, platform, online) -> None:
    page = begun(browser, platform)
    draft = page.place
    first = page.post(draft, act="send", **SHEET)
    page.open(START)
    second = page.post(draft, act="send", **SHEET)
    code = re.search(r'class="code">(T\.[^<]+)<', first)
    assert code and code[1] in second


def test_the_answer_is_the_same_for_every_address_and_too_many_codes_are_not_sent(browser, platform, online, case) -> None:
    said = []
    for address in ("an@example.org", "khong-ai@example.org"):
        page = browser()
        page.open(START)
        said.append(page.post(START, act="mail", email=address).replace(address, "…"))
    assert re.sub(r'value="[^"]+"', "", said[0]) == re.sub(r'value="[^"]+"', "", said[1])
    page = browser()
    page.open(START)
    again = page.post(START, act="mail", email="an@example.org").replace("an@example.org", "…")
    assert re.sub(r'value="[^"]+"', "", again) == re.sub(r'value="[^"]+"', "", said[0])
    assert len(letters(platform)) == 2


def test_a_wrong_code_is_refused_and_five_tries_end_the_right_one(browser, platform, online) -> None:
    page = browser()
    page.open(START)
    page.post(START, act="mail", email="gai@example.org")
    right = code_of(platform)
    wrong = "000000" if right != "000000" else "000001"
    for _ in range(5):
        assert "Mã này không dùng được" in page.post(START, act="check", code=wrong)
    assert "Mã này không dùng được" in page.post(START, act="check", code=right)


def test_a_code_works_once_and_not_after_ten_minutes(browser, platform, online) -> None:
    page = proved(browser, platform)
    assert "Điền hồ sơ mới" in page.text
    other = browser()
    other.open(START)
    with other.client.session_transaction() as session:
        session["proving"] = "gai@example.org"
    assert "Mã này không dùng được" in other.post(START, act="check", code=code_of(platform))


def test_an_address_that_is_none_is_refused_before_anything_is_sent(browser, platform, online) -> None:
    page = browser()
    page.open(START)
    for address in ("", "gái", "a b@example.org", "a@example.org\nBcc: b@example.org"):
        assert "Địa chỉ thư chưa đúng" in page.post(START, act="mail", email=address)
    assert letters(platform) == []


def test_codes_are_asked_for_only_so_often(browser, online) -> None:
    page = browser()
    page.open(START)
    for n in range(20):
        page.post(START, act="mail", email=f"a{n}@example.org")
        page.open(f"{START}?other")
    page.post(START, act="mail", email="cuoi@example.org")
    assert page.status == 429


def test_neither_address_nor_code_can_be_read_from_the_table(browser, platform, online) -> None:
    proved(browser, platform)
    page = browser()
    page.open(START)
    page.post(START, act="mail", email="hai@example.org")
    with platform.store.database.reading() as cursor:
        rows = str(cursor.rows("SELECT * FROM address_code"))
    assert "example.org" not in rows and code_of(platform) not in rows


def test_where_only_accounts_may_file_a_stranger_is_shown_the_way_in(browser, platform, open_online) -> None:
    open_online("account")
    page = browser()
    assert "Thủ tục này nộp qua mạng bằng tài khoản." in page.open(START)
    page.open("/sign-in")
    page.post(START, act="mail", email="gai@example.org")
    assert page.status == 404 and letters(platform) == []


def test_a_citizen_with_an_account_files_in_their_own_name(browser, platform, open_online) -> None:
    open_online("account")
    page = browser("an")
    page.open(START)
    page.post(START, act="begin")
    text = page.post(page.place, act="send", **SHEET)
    code = re.search(r'class="code">(T\.[^<]+)<', text)
    assert code
    assert platform.store.worklist.by_tracking(code[1]).applicant_person == "an"


def test_who_decides_and_by_when_is_told_once_it_is_said_where_the_case_is_received(browser, platform, open_online) -> None:
    open_online("account")
    page = browser("an")
    page.open(START)
    said = "Chọn điểm nhận hồ sơ thì biết ai giải quyết"
    assert said in page.post(START, act="begin")
    told = page.post(page.place, act="redraw", returning="east.point")
    assert said not in told and "hẹn trả ngày" in told


def test_a_procedure_that_is_not_open_to_it_cannot_be_filed_online(browser) -> None:
    page = browser()
    assert "Thủ tục này chưa nộp qua mạng được" in page.open(START) and page.status == 404
    assert "Nộp qua mạng</a>" not in page.open("/procedures/1.000001")


def test_what_is_open_is_filed_by_anybody_and_a_guest_is_nobody_elsewhere(browser, platform, open_online) -> None:
    open_online("open")
    page = browser()
    page.open("/report")
    page.post(START, act="begin")
    draft = page.place
    assert "Liên hệ (không bắt buộc)" in page.text and "Số định danh" not in page.text
    page.post(draft, act="send", **{"form.record": "Giấy khai sinh", "form.copies": "2"})
    assert page.place.endswith("/received")
    open_online("email")
    assert "Điền hồ sơ mới" not in page.open(START) and "Địa chỉ thư điện tử" in page.text
    page.post(START, act="begin")
    assert page.status == 422 and page.place == START


def test_no_address_that_nobody_proved_is_written_to(browser, platform, open_online) -> None:
    open_online("open")
    page = browser()
    page.open("/report")
    page.post(START, act="begin")
    draft = page.place
    page.post(draft, act="send", **{"form.record": "Giấy khai sinh", "form.copies": "2", "applicant.email": "ai.do@example.org"})
    case = platform.store.cases.opened_with(draft.rsplit("/", 1)[1])
    assert case is not None
    told = platform.store.papers.notices(case.id)
    assert all(notice.address is None for notice in told)
    assert "ai.do@example.org" not in str(platform.store.cases.load(case.id).case.state)
