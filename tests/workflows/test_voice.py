"""Duplicates of field reports follow the first one; a letter becomes the kind of matter it is, and what is secret stays so."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from offices import Office
from wardflow.app import workplace
from wardflow.cases.conversions import conversions
from wardflow.cases.convert_case import convert_case
from wardflow.cases.merge_case import merge_case
from wardflow.cases.open_case import Opened, open_case
from wardflow.cases.opening import Opening
from wardflow.cases.reads import case as read_case
from wardflow.cases.reads import desk, open_document, track
from wardflow.cases.reads.asking import VIEWS, Asked
from wardflow.domain.words_of_case import words_typed
from wardflow.engine import peek
from wardflow.errors import CaseUnknown, ConversionUnknown, MergeRefused, MessageUnwanted, NotAllowed, ReasonMissing
from wardflow.families.voice.hot import hot_spots
from wardflow_web import create_app

NUMBERS = count(101)
REPORT: dict[str, Any] = {
    "commune": "thien-loc", "where": "Đầu ngõ 12", "category": "road", "what": "Ổ gà sâu giữa đường.",
    "point": {"latitude": 21.1000, "longitude": 105.8000},
}
NEAR = {**REPORT, "point": {"latitude": 21.1003, "longitude": 105.8000}}    # 33 m north
PETITION = {"place": "thien-loc", "subject": "Thu phí vệ sinh", "content": "Cán bộ thu tiền không có biên lai."}
ECONOMY = "specialist-thien-loc-1"
GENERAL = "general-specialist-thien-loc-1"


def somebody() -> dict[str, str]:
    """A sender whom no other test knows: one office serves them all."""
    number = next(NUMBERS)
    return {"full_name": f"Vũ Kín {number}", "id_number": f"001199887{number}", "phone": f"0987123{number}", "address": f"Ngõ Khuất {number}"}


def traces(sender: dict[str, str]) -> tuple[str, ...]:
    """What would tell who it was, also without tones."""
    return (*sender.values(), sender["full_name"].replace("Vũ Kín", "vu kin"), sender["address"].replace("Ngõ Khuất", "ngo khuat"))


def sent(office: Office, form: dict[str, Any], procedure: str = "field-report", **sender: Any) -> Opened:
    """A case that somebody sent through the clerk of the commune."""
    clerk = office.platform.actor("reception-thien-loc-1")
    return open_case(office.platform, clerk, Opening(procedure, sender or {"full_name": "Trần Bình"}, form, {}, "thien-loc"))


def holder(office: Office, number: int) -> Any:
    """Somebody who has or may take the open step of a case."""
    [task] = office.tasks(number)
    return office.platform.actor(task.person or office.platform.register().holders(task.role, task.unit)[0].id)


def merged(office: Office) -> tuple[Opened, Opened]:
    first, second = sent(office, REPORT), sent(office, NEAR)
    merge_case(office.platform, holder(office, second.case_id), second.case_id, first.code, "Cùng một ổ gà.")
    return first, second


def test_a_merged_report_follows_the_first_one_and_its_sender_hears_the_result_and_rates(office: Office) -> None:
    first, second = merged(office)
    third = sent(office, NEAR)
    merge_case(office.platform, holder(office, third.case_id), third.case_id, first.code, "Cũng ổ gà ấy.")
    followers = (second.case_id, third.case_id)
    assert [office.tasks(number) for number in followers] == [[], []]
    assert office.case(second.case_id).business_state == "merged"
    view = read_case(office.platform, office.platform.actor(ECONOMY), first.code)
    assert {row.code for row in view.related if not row.parent} == {second.code, third.code}
    office.do(first.case_id, "receive", {"verdict": "take", "level": "normal", "site": "Đã kiểm tra thực địa."})
    office.do(first.case_id, "handle_normal", {"result": "fixed", "done": "Đã trám lại mặt đường."})
    office.do(first.case_id, "publish_result", {"blurred": True, "text": "Đã trám ổ gà."})
    work = workplace(office.platform, office.store)
    while work.messages.deliver_due(office.now):
        pass
    for number in followers:
        assert [task.node for task in office.tasks(number)] == ["confirm_merged"]
        told = [notice.notice for notice in office.platform.store.papers.notices(number)]
        assert told == ["report_received", "merged", "report_done"]


def test_a_merge_needs_a_reason_a_case_of_the_same_kind_and_one_that_goes_on(office: Office) -> None:
    first, waste = sent(office, REPORT), sent(office, {**REPORT, "category": "waste"})
    second = sent(office, NEAR)
    actor = holder(office, second.case_id)
    with pytest.raises(ReasonMissing):
        merge_case(office.platform, actor, second.case_id, first.code, " ")
    for other in (waste.code, second.code):
        with pytest.raises(MergeRefused):
            merge_case(office.platform, actor, second.case_id, other, "Trùng.")
    office.do(first.case_id, "receive", {"verdict": "spam"})
    with pytest.raises(MergeRefused):
        merge_case(office.platform, actor, second.case_id, first.code, "Trùng.")
    assert [task.node for task in office.tasks(second.case_id)] == ["receive"]


def test_what_is_taken_in_hand_is_merged_no_more_and_strangers_merge_nothing(office: Office) -> None:
    first, second = sent(office, REPORT), sent(office, NEAR)
    with pytest.raises(NotAllowed):
        merge_case(office.platform, office.platform.actor(GENERAL), second.case_id, first.code, "Trùng.")
    office.do(second.case_id, "receive", {"verdict": "take", "level": "normal", "site": "Đã kiểm tra thực địa."})
    with pytest.raises(MessageUnwanted):
        merge_case(office.platform, holder(office, second.case_id), second.case_id, first.code, "Trùng.")


COMPLAINT = {
    "place": "thien-loc", "decision": "Thu phí vệ sinh", "learned_on": "2026-02-20", "lodged_on": "2026-03-03",
    "request": "Cán bộ thu tiền không có biên lai.", "signed": True,
}


def test_a_petition_that_is_a_complaint_opens_one_linked_to_it_with_its_sender_and_ends(office: Office) -> None:
    sender = somebody()
    old = sent(office, PETITION, "petition", **sender)
    actor = holder(office, old.case_id)
    new = convert_case(office.platform, actor, old.case_id, "complaint-first", COMPLAINT, "Phản đối quyết định thu.", key="1")
    again = convert_case(office.platform, actor, old.case_id, "complaint-first", COMPLAINT, "Phản đối quyết định thu.", key="1")
    assert new == again
    case = office.case(new.case_id)
    assert (case.procedure, case.applicant_label, case.places.receiving) == ("complaint-first", sender["full_name"], "thien-loc")
    assert (office.case(old.case_id).outcome, office.case(old.case_id).applicant_label) == ("converted", sender["full_name"])
    [row] = read_case(office.platform, actor, new.code).related
    assert row.code == old.code and row.parent and row.open
    entry = next(entry for entry in office.platform.store.papers.entries(old.case_id) if entry.kind == "converted")
    assert entry.facts["to"] == new.code and entry.facts["reason"] == "Phản đối quyết định thu."


@pytest.mark.parametrize("before", ["at once", "after handling"])
def test_a_field_report_becomes_a_violation_file_linked_to_it(office: Office, before: str) -> None:
    old = sent(office, REPORT)
    if before == "after handling":
        office.do(old.case_id, "receive", {"verdict": "take", "level": "normal", "site": "Thấy người đổ phế thải."})
        actor = holder(office, old.case_id)
        office.do(old.case_id, "handle_normal", {"result": "violation", "done": "Lập hồ sơ vi phạm."})
    else:
        actor = holder(office, old.case_id)
    form = {"place": REPORT["commune"], "where": REPORT["where"], "what": "Đổ phế thải ra lòng đường."}
    new = convert_case(office.platform, actor, old.case_id, "violation", form, "Có dấu hiệu vi phạm.")
    case = office.case(new.case_id)
    assert (case.procedure, case.business_state, case.places.authority) == ("violation", "violation_opened", REPORT["commune"])
    assert [task.node for task in office.tasks(new.case_id)] == ["minute"]
    assert office.case(old.case_id).outcome == "converted"
    [row] = read_case(office.platform, actor, new.code).related
    assert row.code == old.code and row.parent


DENUNCIATION: dict[str, Any] = {
    "letter": "Cán bộ thu tiền không có biên lai.", "identity_known": True, "evidence_clear": True, "denounced": "Ông Trần Văn X",
    "denounced_unit": "thien-loc.economy", "matter": "Thu tiền trái quy định.",
}


def everything(office: Office) -> str:
    """Every row of every table, and the text of every file."""
    with office.store.database.reading() as cursor:
        tables = [row[0] for row in cursor.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = [repr(tuple(row)) for table in tables for row in cursor.rows(f'SELECT * FROM "{table}"')]
    files = [path.read_bytes().decode("utf-8", "replace") for path in office.platform.settings.data.rglob("*") if path.is_file() and "wardflow.db" not in path.name]
    return "\n".join((*rows, *files))


@pytest.mark.parametrize(("procedure", "form"), [("petition", PETITION), ("field-report", REPORT), ("complaint-first", COMPLAINT)])
def test_what_becomes_a_denunciation_says_no_more_who_sent_it_at_either_end(office: Office, procedure: str, form: dict[str, Any]) -> None:
    sender = somebody()
    old = sent(office, form, procedure, **sender)
    assert sender["full_name"] in everything(office)
    actor = holder(office, old.case_id)
    new = convert_case(office.platform, actor, old.case_id, "denunciation", DENUNCIATION, "Tố cán bộ.")
    kept = everything(office)
    assert new.code.startswith("TC-2026-") and new.code in kept and old.code in kept
    assert not [trace for trace in traces(sender) if trace in kept]
    assert office.platform.store.papers.sealed(new.case_id, "form/sender")[1] == sender
    assert office.platform.store.papers.sealed(new.case_id, "applicant")[1] == sender
    assert track(office.platform, old.tracking) is None
    words = [words_typed(text) for text in (old.code, sender["full_name"], sender["phone"])]
    units = [unit.id for unit in office.platform.register().units]
    assert [found for each in words for unit in units for found in office.store.finding.cases(each, [unit], 50)] == []
    assert office.platform.store.spots.of(old.case_id) is None


def test_the_unit_denounced_no_longer_finds_the_letter_the_denunciation_was_made_of(office: Office) -> None:
    old = sent(office, REPORT, **somebody())    # the report waited in the office that it accuses
    convert_case(office.platform, holder(office, old.case_id), old.case_id, "denunciation", DENUNCIATION, "Tố cán bộ.")
    for person in (ECONOMY, "head-thien-loc", "reception-thien-loc-1"):
        actor = office.platform.actor(person)
        with pytest.raises(CaseUnknown):
            read_case(office.platform, actor, old.code)
        views = [desk(office.platform, actor, Asked(view=view)) for view in VIEWS]
        assert old.code not in repr(views) and "TC-2026" not in repr(views)


def test_a_sealed_letter_goes_on_with_its_sender_opened_in_the_audit_and_never_shown(office: Office) -> None:
    sender = somebody()
    letter = {"channel": "post", "arrived_on": "2026-03-02", "sender": sender, "persons": 1, "summary": "Tố cán bộ thu tiền."}
    old = sent(office, letter, "reception", **sender)
    clerk = holder(office, old.case_id)
    new = convert_case(office.platform, clerk, old.case_id, "denunciation", DENUNCIATION, "Thuộc loại tố cáo.")
    assert office.platform.store.papers.sealed(new.case_id, "form/sender")[1] == sender
    opened = [entry for entry in office.platform.store.papers.entries(old.case_id) if entry.kind == "sealed_opened"]
    assert [entry.facts["reason"] for entry in opened] == ["Thuộc loại tố cáo."]
    assert not [trace for trace in traces(sender) if trace in everything(office)]
    assert [task.node for task in office.tasks(old.case_id)] == ["record"]    # the letter itself is still to be answered


def test_each_part_of_a_mixed_letter_becomes_a_matter_of_its_own(office: Office) -> None:
    sender = somebody()
    letter = {"channel": "visit", "arrived_on": "2026-03-02", "sender": sender, "persons": 1, "summary": "Nhiều nội dung khác loại."}
    old = sent(office, letter, "reception", **sender)
    office.do(old.case_id, "record", {"book_no": "15/2026", "read_back": True})
    office.do(old.case_id, "classify", {"mixed": True, "competence": "own"})
    clerk = holder(office, old.case_id)
    parts = [("complaint-first", COMPLAINT), ("petition", PETITION), ("denunciation", DENUNCIATION)]
    codes = [convert_case(office.platform, clerk, old.case_id, to, form, "Tách đơn.").code for to, form in parts]
    assert len(set(codes)) == 3 and codes[2].startswith("TC-2026-")
    assert office.platform.store.links.kin(old.case_id)[1] == tuple(office.store.cases.id_of(code) for code in codes)


def test_a_case_becomes_only_what_its_record_says_and_only_by_who_deals_with_it(office: Office) -> None:
    sender = somebody()
    old = sent(office, PETITION, "petition", **sender)
    actor = holder(office, old.case_id)
    with pytest.raises(ConversionUnknown):
        convert_case(office.platform, actor, old.case_id, "unit-petition", {}, "Thử.")
    with pytest.raises(ReasonMissing):
        convert_case(office.platform, actor, old.case_id, "denunciation", DENUNCIATION, "")
    with pytest.raises(NotAllowed):
        convert_case(office.platform, office.platform.actor(ECONOMY), old.case_id, "denunciation", DENUNCIATION, "Thử.")
    assert peek(office.case(old.case_id).state).data["applicant"]["full_name"] == sender["full_name"]


def test_every_conversion_leads_to_a_procedure_and_carries_fields_that_both_forms_have(office: Office) -> None:
    today = office.platform.snapshot().calendar.local(office.now).date()
    offered = office.platform.library.procedures(today)
    found = [(matter, each) for matter in offered.values() for each in conversions(matter.procedure)]
    assert {matter.procedure.code for matter, _ in found} >= {"petition", "field-report", "reception", "complaint-first"}
    for matter, each in found:
        fields = (offered[each.to].opening_schema or {})["properties"]
        assert set(each.carry) <= set(fields), (matter.procedure.code, each.to)
        own = (matter.opening_schema or {})["properties"]
        named = [pointer.split("/")[2] for pointer in each.carry.values() if pointer.startswith("/form/")]
        assert set(named) <= set(own), (matter.procedure.code, each.to)


def test_papers_of_a_case_that_became_a_denunciation_are_set_anew_without_the_name(office: Office) -> None:
    old = sent(office, COMPLAINT, "complaint-first", **somebody())
    office.do(old.case_id, "screen", {"finding": "fit"})
    office.do(old.case_id, "sign_acceptance", {"document_no": "12/TB-TL"})
    chair = office.platform.actor("chair-thien-loc")
    [paper] = [paper for paper in read_case(office.platform, chair, old.code).papers if paper.kind == "slip"]
    open_document(office.platform, chair, old.code, paper.document)
    convert_case(office.platform, holder(office, old.case_id), old.case_id, "denunciation", DENUNCIATION, "Có cả tố cáo.")
    [document] = [each for each in office.platform.store.papers.documents(old.case_id) if each.kind == "slip"]
    assert document.sha256 is None and document.facts["data"]["applicant"] == {}


ADDRESSES = (
    "/", "/desk", "/desk?view=unit&panel=1", "/desk?view=queue&panel=1", "/desk?view=done", "/desk/warnings", "/hot-spots", "/long-cases", "/long-cases.csv",
    "/long-cases/open.csv", "/areas", "/briefing", "/briefing/standing", "/briefing/standing.csv", "/incidents", "/book", "/book.csv",
)


@pytest.fixture(scope="module")
def site(office: Office) -> Any:
    """The pages of the office, made once."""
    return create_app(office.platform)


def pages(office: Office, site: Any, person: str, *addresses: str) -> dict[str, str]:
    """What somebody reads at some addresses."""
    client = site.test_client()
    with client.session_transaction() as session:
        moment = office.platform.now().timestamp()
        session.update(person=person, began=moment, seen=moment)
    return {address: client.get(address, follow_redirects=True).get_data(as_text=True) for address in addresses}


@pytest.mark.parametrize("person", [ECONOMY, "head-thien-loc", "chair-thien-loc", "chair-city-1", "reception-thien-loc-1", "designer-city"])
def test_no_page_list_or_file_tells_of_a_denunciation_or_of_the_letter_it_was_made_of(office: Office, site: Any, person: str) -> None:
    before = pages(office, site, person, "/hot-spots", "/long-cases/open.csv", "/areas")
    long_ago = Office(office.platform.at(office.now - timedelta(days=200)), office.store, office.now)
    sender = somebody()
    old = sent(long_ago, {**PETITION, "object": "Chợ tạm", "persons": 9}, "petition", **sender)
    new = convert_case(long_ago.platform, holder(office, old.case_id), old.case_id, "denunciation", DENUNCIATION, "Tố cán bộ.")
    found = pages(office, site, person, *ADDRESSES)
    for address, text in found.items():
        assert not [trace for trace in (*traces(sender), "Chợ tạm", "chợ tạm") if trace in text], address
    for address, text in before.items():
        assert new.code not in found[address] and old.code not in found[address], address
        assert text.count("<tr") == found[address].count("<tr"), address
    if person in (ECONOMY, "reception-thien-loc-1", "designer-city"):
        assert not [address for address, text in found.items() if new.code in text or old.code in text]



def test_a_complaint_withdrawn_under_threat_is_taken_up_anew_beside_the_old_one(office: Office) -> None:
    old = sent(office, COMPLAINT, "complaint-first", **somebody())
    actor = holder(office, old.case_id)
    office.tell(old.case_id, actor.person, "withdrawal", {"reason": "Tôi xin rút."})
    assert office.case(old.case_id).outcome == "discontinued"
    new = convert_case(office.platform, actor, old.case_id, "complaint-first", COMPLAINT, "Rút đơn vì bị đe dọa.")
    assert [task.node for task in office.tasks(new.case_id)] == ["screen"]
    [row] = read_case(office.platform, actor, new.code).related
    assert (row.code, row.how) == (old.code, "made")


def test_a_second_complaint_that_is_in_the_media_is_a_hot_spot_by_itself(office: Office) -> None:
    chair = office.platform.actor("chair-city-1")
    before = {spot.heat.procedure for spot in hot_spots(office.platform, chair).hot}
    sent(office, {**COMPLAINT, "place": "soc-son"}, "complaint-second", **somebody())
    assert {spot.heat.procedure for spot in hot_spots(office.platform, chair).hot} == before
    sent(office, {**COMPLAINT, "place": "soc-son", "in_media": True}, "complaint-second", **somebody())
    [spot] = [spot for spot in hot_spots(office.platform, chair).hot if spot.heat.procedure == "complaint-second"]
    assert (spot.heat.area, spot.heat.count, spot.heat.loud, spot.hot) == ("soc-son", 2, 1, "voice.hot_media")
