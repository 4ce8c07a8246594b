"""Names as people search them."""

from __future__ import annotations

import unicodedata


def folded(name: str) -> str:
    """A name without tone marks: lower case, d for đ, single spaces."""
    plain = unicodedata.normalize("NFD", name.casefold().replace("đ", "d"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def initials(name: str) -> str:
    """A name as strangers may see it: "Nguyễn Văn An" is "N. V. A."."""
    return " ".join(f"{word[0].upper()}." for word in name.split())
