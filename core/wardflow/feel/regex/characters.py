"""Sets of characters as predicates: escapes, Unicode categories and blocks, ranges, complement and difference."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable

Characters = Callable[[str], bool]
"""Whether one character belongs to the set."""

BLOCKS: dict[str, tuple[int, int]] = {
    "BasicLatin": (0x00, 0x7F),
    "Latin-1Supplement": (0x80, 0xFF),
    "LatinExtended-A": (0x100, 0x17F),
    "LatinExtended-B": (0x180, 0x24F),
    "IPAExtensions": (0x250, 0x2AF),
    "SpacingModifierLetters": (0x2B0, 0x2FF),
    "CombiningDiacriticalMarks": (0x300, 0x36F),
    "Greek": (0x370, 0x3FF),
    "GreekandCoptic": (0x370, 0x3FF),
    "Cyrillic": (0x400, 0x4FF),
    "Armenian": (0x530, 0x58F),
    "Hebrew": (0x590, 0x5FF),
    "Arabic": (0x600, 0x6FF),
    "Devanagari": (0x900, 0x97F),
    "Bengali": (0x980, 0x9FF),
    "Thai": (0xE00, 0xE7F),
    "Lao": (0xE80, 0xEFF),
    "Georgian": (0x10A0, 0x10FF),
    "HangulJamo": (0x1100, 0x11FF),
    "Khmer": (0x1780, 0x17FF),
    "LatinExtendedAdditional": (0x1E00, 0x1EFF),
    "GreekExtended": (0x1F00, 0x1FFF),
    "GeneralPunctuation": (0x2000, 0x206F),
    "CurrencySymbols": (0x20A0, 0x20CF),
    "LetterlikeSymbols": (0x2100, 0x214F),
    "NumberForms": (0x2150, 0x218F),
    "Arrows": (0x2190, 0x21FF),
    "MathematicalOperators": (0x2200, 0x22FF),
    "BoxDrawing": (0x2500, 0x257F),
    "CJKSymbolsandPunctuation": (0x3000, 0x303F),
    "Hiragana": (0x3040, 0x309F),
    "Katakana": (0x30A0, 0x30FF),
    "CJKUnifiedIdeographs": (0x4E00, 0x9FFF),
    "HangulSyllables": (0xAC00, 0xD7AF),
    "PrivateUse": (0xE000, 0xF8FF),
}
CATEGORIES = frozenset(
    ["L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Z", "Zs", "Zl", "Zp", "S", "Sm", "Sc", "Sk", "So", "C", "Cc", "Cf", "Co", "Cn"]
)


def single(character: str, *, ignore_case: bool) -> Characters:
    """One character."""
    if ignore_case:
        folded = character.casefold()
        return lambda given: given.casefold() == folded
    return lambda given: given == character


def span(first: str, last: str, *, ignore_case: bool) -> Characters:
    """All characters from one to another."""
    if ignore_case:
        return lambda given: any(first <= one <= last for one in _cases(given))
    return lambda given: first <= given <= last


def _cases(character: str) -> Iterable[str]:
    return {character, character.lower(), character.upper(), character.casefold()}


def either(sets: list[Characters]) -> Characters:
    """What is in one of the sets."""
    return sets[0] if len(sets) == 1 else lambda given: any(one(given) for one in sets)


def other(set_: Characters) -> Characters:
    """What is not in the set."""
    return lambda given: not set_(given)


def without(set_: Characters, removed: Characters) -> Characters:
    """What is in the first set and not in the second."""
    return lambda given: set_(given) and not removed(given)


def category(name: str) -> Characters | None:
    """The characters of a Unicode category, or of a block by its name after `Is`; None for an unknown name."""
    if name.startswith("Is"):
        block = BLOCKS.get(name[2:])
        if block is None:
            return None
        first, last = block
        return lambda given: first <= ord(given) <= last
    if name not in CATEGORIES:
        return None
    return lambda given: unicodedata.category(given).startswith(name)


def _is_word(given: str) -> bool:
    return unicodedata.category(given)[0] not in "PZC"


def _is_name_start(given: str) -> bool:
    return given in "_:" or unicodedata.category(given)[0] == "L" or unicodedata.category(given) == "Nl"


def _is_name_part(given: str) -> bool:
    return _is_name_start(given) or given in "-.\u00b7" or unicodedata.category(given) in ("Nd", "Mn", "Mc", "Lm")


ESCAPES: dict[str, Characters] = {
    "s": lambda given: given in " \t\n\r",
    "d": lambda given: unicodedata.category(given) == "Nd",
    "w": _is_word,
    "i": _is_name_start,
    "c": _is_name_part,
}
ESCAPES |= {letter.upper(): other(set_) for letter, set_ in list(ESCAPES.items())}
CONTROL = {"n": "\n", "r": "\r", "t": "\t"}
LITERAL = frozenset("\\|.-^?*+{}()[]$")
