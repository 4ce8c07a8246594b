"""A file is looked at before it is kept: how big, of which kind, and where in the form it belongs."""

from __future__ import annotations

from wardflow.forms import attachments, fields, file_fields, file_objections, from_post, show_size
from wardflow.wording import Wording

FORM = {
    "properties": {
        "scan": {"type": "object", "x-widget": "file", "x-accept": [".pdf", "image/*"], "x-max-size": 2_000_000},
        "more": {"type": "array", "items": {"type": "object", "x-widget": "file", "x-accept": [".pdf"]}},
        "old": {"type": "object", "x-widget": "file", "readOnly": True},
        "name": {"type": "string"},
    }
}


def test_only_fields_a_person_may_change_take_files() -> None:
    assert [each.name for each in file_fields(fields(FORM, {}))] == ["scan", "more"]


def test_size_and_kind_are_objected_to_in_words() -> None:
    scan = file_fields(fields(FORM, {}))[0]
    assert file_objections(scan, name="a.PDF", size=10, type="application/pdf") == ()
    assert file_objections(scan, name="a.heic", size=10, type="image/heic") == ()
    (big,) = file_objections(scan, name="a.pdf", size=3_000_000, type="application/pdf")
    assert Wording("vi").say(big) == "“a.pdf” nặng 2,9\u00a0MB, nhiều hơn mức cho phép. Nhiều nhất là 1,9\u00a0MB."
    (wrong,) = file_objections(scan, name="a.exe", size=10, type="application/x-msdownload")
    assert Wording("vi").say(wrong) == "“a.exe” không thuộc loại tệp được nhận. Loại được nhận: PDF, IMAGE."
    (empty,) = file_objections(scan, name="a.pdf", size=0, type="application/pdf")
    assert empty.reason.code == "form.file-empty"


def test_every_reference_in_a_value_is_found_for_checking_whose_it_is() -> None:
    value = {"scan": {"attachment": "a1"}, "more": [{"attachment": "a2"}, {"attachment": "a3"}], "name": "x"}
    assert [each["attachment"] for each in attachments(value)] == ["a1", "a2", "a3"]


def test_sizes_are_told_shortly() -> None:
    assert (show_size(900), show_size(1_258_291)) == ("1\u00a0kB", "1,2\u00a0MB")


def test_only_a_reference_is_read_for_a_file() -> None:
    pairs = [("scan", "[object File]"), ("more", '{"attachment": "a2"}'), ("more", "x"), ("more", "")]
    assert from_post(FORM, pairs) == {"more": [{"attachment": "a2"}]}
