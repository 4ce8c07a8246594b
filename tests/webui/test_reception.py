"""The reception book on its page, as a file and on paper: filtered, without senders, without denunciations."""

from __future__ import annotations

import csv
import io

import pytest
from pypdf import PdfReader
from wardflow import app, packs
from wardflow.cases.complete_task import complete_task
from wardflow.cases.convert_case import convert_case
from wardflow.cases.open_case import open_case
from wardflow.cases.opening import Opening
from wardflow.catalog import pack_folders
from wardflow.domain.register import Holding
from wardflow.families import BUILT_IN
from wardflow.plugins import Plugins

SENDER = {"full_name": "Vũ Thị Kín", "id_number": "001080000012", "address": "Ngõ Kín 7"}
LETTER = {"channel": "post", "arrived_on": "2026-09-03", "persons": 3, "summary": "Đề nghị lắp đèn ngõ.", "sender": SENDER}
VISIT = {**LETTER, "channel": "visit", "summary": "Phản đối quyết định phạt.", "persons": 1, "chair_receives": True}
SECRET = {**LETTER, "summary": "Ông Trần Văn X nhận tiền khi kiểm tra."}


@pytest.fixture
def platform(platform):
    """The small city with the family, its pack, a reception clerk and a chair of the ward."""
    platform = app.build(platform.settings, now=platform.now, plugins=Plugins.load(builtin=BUILT_IN, sources=()))
    [folder] = [folder for folder in pack_folders() if folder.name == "voice"]
    pack = packs.read(folder)
    platform.store.packs.publish(pack.id, pack.digest, pack.files, "an", platform.now())
    platform.store.city.save(holdings=(
        Holding("em", "approver", "east"), Holding("chi", "reception_clerk", "east"), Holding("dung", "denunciation_officer", "east.office"),
        Holding("chi", "denunciation_officer", "east"),
    ))
    return platform


def taken(platform, form, **kinds) -> int:
    """A letter that the clerk entered under the next number, and classified where a kind is given."""
    case = open_case(platform, platform.actor("chi"), Opening("reception", SENDER, form, {}, "east")).case_id
    done(platform, case, "record", {"book_no": f"{case:03d}/TCD", "read_back": True})
    if kinds:
        done(platform, case, "classify", {**kinds, "competence": "own"})
    return case


def done(platform, case: int, node: str, value) -> None:
    [task] = [task for task in platform.store.papers.tasks(case) if task.node == node]
    complete_task(platform, platform.actor("chi"), case, task.task, value)


def code(platform, case: int) -> str:
    return str(platform.store.cases.load(case).case.code)


def test_the_book_says_what_came_how_and_how_it_stands_and_never_who(platform, browser) -> None:
    letter, visit = taken(platform, LETTER), taken(platform, VISIT, contests=True)
    text = browser("em").open("/reception")
    assert f"{letter:03d}/TCD" in text and f"{visit:03d}/TCD" in text and code(platform, visit) in text
    assert "Đề nghị lắp đèn ngõ." in text and "Chủ tịch tiếp" in text and "2 lượt" in text and "Khiếu nại 1" in text
    assert "Kín" not in text and "001080000012" not in text
    english = browser("em").open("/reception?lang=en")
    assert "Reception book" in english and "2 entries" in english and "Not classified yet" in english


def test_it_is_narrowed_by_kind_channel_state_and_days(platform, browser) -> None:
    letter, visit = (code(platform, case) for case in (taken(platform, LETTER), taken(platform, VISIT, contests=True)))
    page = browser("em")
    for asked, there, gone in (
        ("kind=complaint", visit, letter), ("kind=none", letter, visit), ("channel=post", letter, visit), ("channel=visit", visit, letter),
    ):
        text = page.open(f"/reception?{asked}")
        assert there in text and gone not in text, asked
    assert "2 lượt" in page.open("/reception?state=classifying") and "Không có lượt nào khớp" in page.open("/reception?state=closed")
    assert "Không có lượt nào khớp" in page.open("/reception?from=01/08/2026&to=31/08/2026")
    assert letter in page.open("/reception?from=03/09/2026&to=03/09/2026")
    assert letter in page.open("/reception?from=someday")


def test_a_denunciation_stands_in_no_line_count_file_or_paper(platform, browser) -> None:
    taken(platform, LETTER)
    accused = code(platform, taken(platform, SECRET, accuses=True))
    made_over = taken(platform, {**SECRET, "summary": "Bà Lê Thị Y làm trái quy định."})
    form = {"identity_known": True, "evidence_clear": True, "denounced": "Bà Lê Thị Y", "denounced_unit": "east.office", "matter": "Làm trái quy định."}
    convert_case(platform, platform.actor("chi"), made_over, "denunciation", form, "Là tố cáo.")
    page = browser("em")
    for answer in (page.open("/reception"), page.open("/reception.csv"), printed(page)):
        assert accused not in answer and code(platform, made_over) not in answer
        assert "Trần Văn X" not in answer and "Lê Thị Y" not in answer
    assert "1 lượt" in page.open("/reception")


def printed(page) -> str:
    answer = page.client.get("/reception.pdf")
    assert answer.headers["Content-Type"] == "application/pdf" and answer.headers["Cache-Control"] == "no-store"
    return " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(answer.data)).pages).split())


def test_it_is_taken_away_as_a_file_and_printed_without_senders(platform, browser) -> None:
    case = taken(platform, {**LETTER, "summary": "=1+1 đèn ngõ"})
    page = browser("chi")
    head, line = csv.reader(io.StringIO(page.open("/reception.csv").lstrip("\N{ZERO WIDTH NO-BREAK SPACE}")))
    row = dict(zip(head, line, strict=True))
    assert (row["Số trong sổ"], row["Ngày đến"], row["Cách gửi"], row["Số người"]) == (f"{case:03d}/TCD", "03/09/2026", "Đơn gửi đến", "3")
    assert row["Tóm tắt nội dung"] == "'=1+1 đèn ngõ" and "Kín" not in "".join(line)
    text = printed(page)
    assert "SỔ TIẾP CÔNG DÂN, TIẾP NHẬN ĐƠN" in text and "Cộng: 1 lượt." in text and "Kín" not in text


def test_only_who_receives_or_decides_there_reads_it(platform, browser) -> None:
    taken(platform, LETTER)
    for person in ("binh", "hoa-west"):
        for address in ("/reception", "/reception.csv", "/reception.pdf"):
            assert browser(person).client.get(address).status_code == 403
    page = browser("em")
    page.open("/reception?unit=west")
    assert page.status == 403
    assert 'href="/reception"' in browser("chi").open("/counter") and 'href="/reception"' in page.open("/hot-spots")
    assert 'href="/reception"' not in browser("binh").open("/counter")
