"""What plugins enter into their own books because of an act."""

from __future__ import annotations

from collections.abc import Callable

from wardflow.cases.records import Case, CaseStatus
from wardflow.cases.situation import Situation
from wardflow.domain.books import Writing
from wardflow.engine import peek
from wardflow.errors import WardflowError
from wardflow.offers import Book, BookContext, Standing
from wardflow.plugin_errors import BookFailed


def entered(books: Callable[[str], tuple[Book, ...]], before: Case, case: Case, situation: Situation) -> tuple[Writing, ...]:
    """The entries of every book of the family; BookFailed where one cannot be made, and then the act must not be."""
    found = books(situation.pack.family)
    if not found:
        return ()
    context = BookContext(
        now=situation.now, on=situation.today, by=situation.actor.person, seq=case.audit_seq, receiving=case.places.receiving,
        authority=case.places.authority, after=_standing(case), before=_standing(before) if before.id else None,
    )
    entries: list[Writing] = []
    for book in found:
        try:
            entries += book.enter(context)
        except WardflowError:
            raise
        except Exception as failed:
            raise BookFailed(book=book.id, case=case.code, error=type(failed).__name__) from failed
    return tuple(entries)


def _standing(case: Case) -> Standing:
    return Standing(case.business_state, peek(case.state).data, case.status is CaseStatus.ENDED, case.outcome)
