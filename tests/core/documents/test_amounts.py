"""Sums in Vietnamese words, and QR codes."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from wardflow.documents import qr_svg
from wardflow.documents.amounts import in_words


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (0, "không đồng"),
        (5, "năm đồng"),
        (15, "mười lăm đồng"),
        (21, "hai mươi mốt đồng"),
        (11, "mười một đồng"),
        (105, "một trăm lẻ năm đồng"),
        (350_000, "ba trăm năm mươi nghìn đồng"),
        (1_005_000, "một triệu không trăm lẻ năm nghìn đồng"),
        (1_000_001, "một triệu không trăm lẻ một đồng"),
        (2_345_678, "hai triệu ba trăm bốn mươi lăm nghìn sáu trăm bảy mươi tám đồng"),
        (12_000_000_000, "mười hai tỷ đồng"),
        (1_000_000_500, "một tỷ năm trăm đồng"),
    ],
)
def test_a_sum_is_said_as_a_receipt_says_it(amount: int, said: str) -> None:
    assert in_words(amount) == said


def test_a_qr_code_is_a_square_drawing_that_scales() -> None:
    drawn = ElementTree.fromstring(qr_svg("https://wardflow.example.vn/track/K7M2"))

    assert drawn.tag.endswith("svg")
    assert drawn.get("width") == drawn.get("height")
