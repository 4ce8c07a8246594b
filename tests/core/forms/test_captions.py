"""The name of a field, told by its pointer."""

from __future__ import annotations

import pytest
from wardflow.forms import Schemas, captions

SHARED = Schemas({"person": {"title": "Người", "properties": {"full_name": {"title": "Họ tên", "x-i18n": {"en": {"title": "Full name"}}}}}})
FORM = {
    "properties": {
        "rooms": {"title": "Phòng", "items": {"title": "Dòng", "properties": {"area_m2": {"title": "Diện tích"}, "far_door": {}}}},
        "owner": {"$ref": "person"},
        "lost": {"$ref": "nowhere"},
    }
}


@pytest.mark.parametrize(
    ("pointer", "vi", "en"),
    [
        ("/rooms", ("Phòng",), ("Phòng",)),
        ("/rooms/*/area_m2", ("Phòng", "Diện tích"), ("Phòng", "Diện tích")),
        ("/rooms/0/far_door", ("Phòng", "Far door"), ("Phòng", "Far door")),
        ("/owner/full_name", ("Người", "Họ tên"), ("Người", "Full name")),
        ("/lost/name", ("Lost", "Name"), ("Lost", "Name")),
        ("/not_there/at_all", ("Not there", "At all"), ("Not there", "At all")),
    ],
)
def test_a_field_is_called_by_the_titles_on_the_way_to_it(pointer: str, vi: tuple[str, ...], en: tuple[str, ...]) -> None:
    assert captions(FORM, pointer, schemas=SHARED) == vi
    assert captions(FORM, pointer, schemas=SHARED, language="en") == en
