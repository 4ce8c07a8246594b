"""Which closed cases have been kept long enough, and the numbers they carry, which stay given after they are gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from wardflow.cases.inspection import Shelf
from wardflow.cases.library import Matter
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case, CaseFile, CaseStatus
from wardflow.cases.series import of_case, of_paper


@dataclass(frozen=True, slots=True)
class Closed:
    """A case that ended long ago, the numbers its code and papers carry, and the digests of its papers."""

    case: Case
    numbers: tuple[tuple[str, int], ...]
    papers: tuple[str, ...]


def closed(platform: Platform, shelf: Shelf, older_than: timedelta | None) -> Iterator[Closed]:
    """The cases whose time is over: that of their procedure's `retention`, and `older_than` where it says none.

    A procedure that says how long is never overruled; without either a case stays.
    """
    with shelf.moment() as moment:
        for file in moment.cases():
            if isinstance(file, CaseFile) and file.case.status is CaseStatus.ENDED:
                matter = platform.library.matter_of(file.case)
                if _is_over(file.case, matter, platform, older_than):
                    yield _closed(file, matter, platform)


def _is_over(case: Case, matter: Matter, platform: Platform, older_than: timedelta | None) -> bool:
    kept = matter.procedure.retention or older_than
    return kept is not None and case.ended_at is not None and case.ended_at + kept <= platform.now()


def _closed(file: CaseFile, matter: Matter, platform: Platform) -> Closed:
    zone = platform.settings.zone
    carried = [of_case(file.case), *(of_paper(paper, file.case, matter, zone) for paper in file.documents)]
    papers = tuple(paper.sha256 for paper in file.documents if paper.sha256)
    return Closed(file.case, tuple(filter(None, carried)), tuple(dict.fromkeys(papers)))
