"""Results that wait at a point, handed over to who shows who they are."""

from __future__ import annotations

import pytest
from wardflow.cases import reads
from wardflow.errors import NotAllowed


def test_only_the_clerks_of_a_point_see_what_waits_there(platform) -> None:
    assert reads.returns(platform, platform.actor("binh"), "east.point") == ()
    for person in ("chi", "hoa-west"):
        with pytest.raises(NotAllowed):
            reads.returns(platform, platform.actor(person), "east.point")


def test_the_page_says_when_nothing_waits(browser) -> None:
    page = browser("binh")
    assert "Không có kết quả nào đang chờ." in page.open("/returns")
    assert "khớp với điều bạn tìm" in page.open("/returns?q=nguyen+van")
    other = browser("chi")
    other.open("/returns")
    assert other.status == 403
