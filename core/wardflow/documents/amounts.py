"""Sums of money in Vietnamese words, as receipts must carry them."""

from __future__ import annotations

UNITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
SCALES = ("", "nghìn", "triệu")


def in_words(amount: int) -> str:
    """An amount of đồng in words: 350000 is "ba trăm năm mươi nghìn đồng"."""
    return f"{_number(amount)} đồng"


def _number(number: int) -> str:
    if number == 0:
        return UNITS[0]
    if number >= 10**9:
        rest = number % 10**9
        return f"{_number(number // 10**9)} tỷ" + (f" {_groups(rest, full=True)}" if rest else "")
    return _groups(number, full=False)


def _groups(number: int, *, full: bool) -> str:
    said: list[str] = []
    for power in (2, 1, 0):
        group = number // 1000**power % 1000
        if group:
            said.append(f"{_hundreds(group, full=full or bool(said))} {SCALES[power]}".strip())
    return " ".join(said)


def _hundreds(number: int, *, full: bool) -> str:
    hundreds, tens, units = number // 100, number // 10 % 10, number % 10
    said = [f"{UNITS[hundreds]} trăm"] if hundreds or full else []
    if tens == 0 and units and said:
        said.append("lẻ")
    elif tens == 1:
        said.append("mười")
    elif tens:
        said.append(f"{UNITS[tens]} mươi")
    if units:
        said.append(_unit(units, tens))
    return " ".join(said)


def _unit(units: int, tens: int) -> str:
    if units == 1 and tens > 1:
        return "mốt"
    if units == 5 and tens:
        return "lăm"
    return UNITS[units]
