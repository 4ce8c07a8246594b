"""Names are found without tone marks and stand in the order of the Vietnamese alphabet."""

from __future__ import annotations

from wardflow.domain.names import folded, in_order, initials


def test_letters_come_in_the_order_of_the_alphabet_and_tones_decide_only_between_equal_letters() -> None:
    right = ["An Khánh", "Ân Thi", "Ba Vì", "Bạch Mai", "Dân Hòa", "Dương Hòa", "Đa Phúc", "Đống Đa", "Hòa Lạc", "Hòa Xá", "Ô Diên", "Ứng Hòa", "Vân Đình"]
    assert sorted(set(right), key=in_order) == right
    assert sorted(["mạ", "má", "mã", "mả", "mà", "ma"], key=in_order) == ["ma", "mà", "mả", "mã", "má", "mạ"]


def test_a_name_is_found_without_tone_marks_and_shown_to_strangers_by_its_initials() -> None:
    assert folded("  Đỗ Thị  Mới ") == "do thi moi"
    assert initials("Nguyễn Văn An") == "N. V. A."
