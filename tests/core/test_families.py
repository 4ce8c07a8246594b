"""The families that ship fill their papers through the same hook as anyone's plugin."""

from __future__ import annotations

from wardflow.domain.reasons import Reason
from wardflow.families import BUILT_IN
from wardflow.offers import SlipContext
from wardflow.plugins import Plugins

RECORD = {
    "name": "Cấp giấy phép thử",
    "components": [{"id": "request", "name": "Đơn"}, {"id": "photo", "name": "Ảnh", "kind": "copy", "required": False}],
}


def say(reason: Reason) -> str:
    return reason.code


def filled(**data: object) -> dict[str, object]:
    plugins = Plugins.load(builtin=BUILT_IN, sources=())
    assert plugins.left_out == ()
    return plugins.slip("dossier", SlipContext("receipt", data, RECORD, say))


def test_a_receipt_lists_what_is_required_and_what_was_handed_in() -> None:
    assert filled()["components"] == [{"name": "Đơn", "form": "component.original"}]
    with_photo = filled(components={"photo": {"state": "received"}})["components"]
    assert with_photo == [{"name": "Đơn", "form": "component.original"}, {"name": "Ảnh", "form": "component.copy"}]


def test_a_supplement_request_lists_what_the_latest_step_found_missing() -> None:
    early, late = [{"name": "Đơn"}], [{"name": "Bản vẽ", "why": "thiếu kích thước"}]
    assert filled(check={"missing": early}, appraise={"missing": late})["items"] == late


def test_a_refusal_says_why_and_what_one_can_do_next() -> None:
    said = filled(sign={"decision": "refuse", "reason": "Không phù hợp quy hoạch", "legal_basis": "Luật Đất đai"})
    assert said["reasons"] == [{"text": "Không phù hợp quy hoạch", "basis": "Luật Đất đai"}]
    assert said["next_steps"] == ["slip.complain"]


def test_a_decision_without_articles_grants_what_was_asked() -> None:
    assert filled(draft={"content": "x"})["articles"] == ["slip.granted"]
    assert filled(draft={"articles": [{"text": "Điều một"}]})["articles"] == ["Điều một"]


def test_another_family_gets_nothing() -> None:
    plugins = Plugins.load(builtin=BUILT_IN, sources=())
    assert plugins.slip("other", SlipContext("receipt", {}, RECORD, say)) == {}
