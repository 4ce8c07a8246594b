"""The numbers of case codes and papers, read back from what carries them: each given once, and none left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from zoneinfo import ZoneInfo

from wardflow.cases.library import Matter
from wardflow.cases.records import Case, Document
from wardflow.domain.paper_numbers import written
from wardflow.domain.reasons import Reason

CODE = re.compile(r".+-(\d{6})-(\d+)")
OF_A_YEAR = re.compile(r"(.+)-(\d{4})-(\d+)")
"""The code of a procedure with a `code_prefix` of its own, which counts by the year and names no place."""
SHOWN = 5
"""How many missing numbers of a series are named."""


def of_case(case: Case) -> tuple[str, int] | None:
    """The series and the number in a case's code; None where the code is not one of the platform's."""
    if found := CODE.fullmatch(case.code):
        return f"case:{case.places.receiving}:{found[1]}", int(found[2])
    found = OF_A_YEAR.fullmatch(case.code)
    return None if found is None else (f"case:{found[1]}:{found[2]}", int(found[3]))


def of_paper(paper: Document, case: Case, matter: Matter, zone: ZoneInfo) -> tuple[str, int] | None:
    """The series and the number of an issued paper, 0 where its text follows no pattern.

    None for a paper without, and for one of several over which one decision was made: the first of them carries the number.
    """
    slip = matter.pack.slips.get(str(paper.facts.get("slip", "")))
    if slip is None or not slip.sequence or paper.facts.get("shares_number"):
        return None
    found = _pattern(slip.number).fullmatch(paper.number)
    series = paper.facts.get("series") or f"{slip.sequence}:{case.places.authority}:{paper.at.astimezone(zone).year}"
    return series, int(found["number"]) if found else 0


class Lines:
    """Every series with the numbers met so far, one bit a number, so that a year of a city fits into memory."""

    def __init__(self, last: Mapping[str, int]) -> None:
        self._last = last
        self._met = {series: bytearray(count // 8 + 1) for series, count in last.items()}

    def meet(self, series: str, number: int) -> Reason | None:
        """What is wrong with a number: not one, never given, or met before."""
        if not number:
            return Reason("verify.number-strange", {"series": series})
        if number > self._last.get(series, 0):
            return Reason("verify.number-never-given", {"series": series, "number": number})
        place, bit = divmod(number, 8)
        if self._met[series][place] & 1 << bit:
            return Reason("verify.number-double", {"series": series, "number": number})
        self._met[series][place] |= 1 << bit
        return None

    def gaps(self) -> Iterator[Reason]:
        """Every series in which numbers were given that nothing carries."""
        for series, met in self._met.items():
            given = range(1, self._last[series] + 1)
            missing = [number for number in given if not met[number // 8] & 1 << number % 8]
            if missing:
                yield Reason("verify.number-gap", {"series": series, "count": len(missing), "numbers": missing[:SHOWN]})


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    before, _, after = written(pattern)
    return re.compile(rf"{re.escape(before)}(?P<number>\d+){re.escape(after)}")
