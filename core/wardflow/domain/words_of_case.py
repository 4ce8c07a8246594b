"""The words by which a case is found: parts of its code, of a name without tone marks, telephone and identity number."""

from __future__ import annotations

from wardflow.domain.names import folded

LONGEST = 80


def words_of_case(code: str, name: str, id_number: str, phone: str) -> tuple[str, ...]:
    """Each word once: the whole code and its last part, the words of the name, the numbers without what divides them."""
    whole = folded(code)
    found = (whole, whole.rpartition("-")[2], *folded(name).split(), _digits(id_number), _digits(phone))
    return tuple(dict.fromkeys(word[:LONGEST] for word in found if word))


def words_typed(text: str) -> tuple[str, ...]:
    """The words of what somebody typed into a search field; a telephone number may be typed in groups."""
    plain = folded(text)
    if len(_digits(plain)) >= 6 and not any(c.isalpha() for c in plain) and "-" not in plain:
        return (_digits(plain)[:LONGEST],)
    return tuple(word[:LONGEST] for word in plain.split())[:8]


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isalnum())
