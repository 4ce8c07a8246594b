"""How the number of a paper is written: a text with one place for the number, such as `{number:04d}/TNHS`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_PLACE = re.compile(r"\{number(?::0?(?P<width>\d{1,2})d)?\}")


class Written(NamedTuple):
    """The text before the number, the digits it has at least, the text after it."""

    before: str
    width: int
    after: str


@lru_cache(maxsize=1024)
def written(pattern: str) -> Written:
    """The three parts of a pattern, read once: packs write the same few on every paper; ValueError where it has not exactly one place for a number and no other."""
    found = list(_PLACE.finditer(pattern))
    if len(found) != 1 or "{" in (rest := pattern.replace(found[0][0], "")) or "}" in rest:
        raise ValueError(pattern)
    return Written(pattern[: found[0].start()], int(found[0]["width"] or 0), pattern[found[0].end() :])
