"""Names as people search them."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


def folded(name: str) -> str:
    """A name without tone marks: lower case, d for đ, single spaces."""
    plain = unicodedata.normalize("NFD", name.casefold().replace("đ", "d"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"    # grave, hook, tilde, acute, dot below: the order of Vietnamese dictionaries


@lru_cache(maxsize=8192)
def in_order(name: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """What a name is sorted by in Vietnamese: đ after d, ă and â after a; tone marks only decide between equal letters."""
    split = unicodedata.normalize("NFD", name.casefold())
    letters = unicodedata.normalize("NFC", "".join(c for c in split if c not in _TONES))
    place = tuple(_LETTERS.find(c) + 1 or (0 if c == " " else 1000 + ord(c)) for c in letters)
    return place, tuple(_TONES.find(c) + 1 for c in split if unicodedata.category(c) != "Mn" or c in _TONES)


def initials(name: str) -> str:
    """A name as strangers may see it: "Nguyễn Văn An" is "N. V. A."."""
    return " ".join(f"{word[0].upper()}." for word in name.split())


def figures(number: str) -> str:
    """A telephone or identity number without what divides its figures."""
    return "".join(c for c in number if c.isdigit())
