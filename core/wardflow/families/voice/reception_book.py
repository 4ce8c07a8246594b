"""The reception book (sổ tiếp công dân): who came or wrote to one reception, about what, and how it went; never who they are.

The law on citizen reception asks for the book. Senders are sealed and stand in no line of it; denunciations have a
register of their own and stand in none either, not even as a number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from wardflow.cases.library import Matter
from wardflow.cases.platform import Platform
from wardflow.cases.reads.shared import case_standing, state_words, unit_words
from wardflow.cases.reads.views import Words
from wardflow.cases.records import Case
from wardflow.cases.slip_data import letterhead
from wardflow.cases.snapshots import Snapshot
from wardflow.domain.legal_clock import Standing
from wardflow.domain.people import Actor
from wardflow.engine import peek
from wardflow.families.voice.matters import procedures
from wardflow.permissions import Question, may, require

PROCESS, SECRET = "reception", "denunciation"
UNSORTED = "none"
"""The kind of what is not classified yet."""
LONGEST = timedelta(days=366)
MOST = 10_000
"""Lines that one book can hold: a busy reception has about a thousand a year."""


@dataclass(frozen=True, slots=True)
class Line:
    """One reception or letter: its number in the book and what may be read of it."""

    case: Case
    number: str
    arrived: date
    channel: str
    persons: int
    summary: str
    kind: str
    by_chair: bool
    state: Words
    standing: Standing


@dataclass(frozen=True, slots=True)
class Narrow:
    """What the book is narrowed to; empty means all."""

    kind: str = ""
    channel: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class ReceptionBook:
    """The lines of one reception from a day to a day, by the day of arrival; the totals are those of the lines shown."""

    unit: str
    name: Words
    first: date
    last: date
    lines: tuple[Line, ...]
    states: Mapping[str, Words]
    """every state that a line of that time is in"""

    @property
    def channels(self) -> Mapping[str, int]:
        """How many came which way (indicator V1: receptions)."""
        return Counter(line.channel for line in self.lines)

    @property
    def kinds(self) -> Mapping[str, int]:
        """How many of each kind (indicator V2: letters by kind)."""
        return Counter(line.kind for line in self.lines)


def readable(platform: Platform, actor: Actor) -> tuple[str, ...]:
    """The units whose book somebody reads: where they receive people, or decide."""
    return tuple(sorted({held.unit for held in actor.holdings if may(actor, "see_book", _question(platform, held.unit))}))


def reception_book(platform: Platform, actor: Actor, unit: str, first: date, last: date, narrow: Narrow = Narrow()) -> ReceptionBook:
    """The book of one reception, at most 366 days of it; NotAllowed for anybody but who receives or decides there."""
    require(actor, "see_book", _question(platform, unit))
    snapshot = platform.snapshot()
    last = min(max(first, last), first + LONGEST)
    lines = [line for line in _lines(platform, snapshot, unit, first) if first <= line.arrived <= last and _shown(line, actor, snapshot)]
    states = {line.case.business_state: line.state for line in lines}
    shown = sorted((line for line in lines if _fits(line, narrow)), key=lambda line: (line.arrived, line.case.id))
    return ReceptionBook(unit, unit_words(snapshot, unit), first, last, tuple(shown), states)


def reception_paper(platform: Platform, actor: Actor, book: ReceptionBook, words: Mapping[str, str]) -> bytes:
    """The book as PDF, in Vietnamese as official papers are; `words` says channels and kinds, whoever read the book may print it."""
    counted = "; ".join(f"{words.get(each, each)} {count}" for part in (book.channels, book.kinds) for each, count in part.items())
    return platform.press("listing", {
        **letterhead(platform.snapshot(), book.unit, platform.now()),
        "title": "Sổ tiếp công dân, tiếp nhận đơn", "form": "", "above": [f"Từ ngày {book.first:%d/%m/%Y} đến ngày {book.last:%d/%m/%Y}"],
        "columns": [{"name": name, "wide": name == "Tóm tắt nội dung"} for name in (
            "Số trong sổ", "Mã hồ sơ", "Ngày đến", "Cách gửi", "Số người", "Tóm tắt nội dung", "Loại", "Tình trạng",
        )],
        "rows": [_row(line, words) for line in book.lines],
        "below": [f"Cộng: {len(book.lines)} lượt. {counted}.", "Không ghi người gửi; tố cáo theo dõi ở sổ riêng."],
        "maker": "Người ghi sổ", "signer": {"name": actor.name},
    })  # fmt: skip


def _row(line: Line, words: Mapping[str, str]) -> list[str]:
    return [
        line.number, line.case.code, f"{line.arrived:%d/%m/%Y}", words.get(line.channel, line.channel), str(line.persons), line.summary,
        words.get(line.kind, line.kind), line.state.vi,
    ]  # fmt: skip


def _question(platform: Platform, unit: str) -> Question:
    matters = _receptions(platform).values()
    return Question(openers=frozenset(role for matter in matters for role in (*matter.pack.openers, *matter.heads)), counter=unit)


def _receptions(platform: Platform) -> dict[str, Matter]:
    return {code: matter for code, matter in procedures(platform).items() if matter.procedure.process == PROCESS}


def _lines(platform: Platform, snapshot: Snapshot, unit: str, first: date) -> Iterable[Line]:
    codes = sorted(_receptions(platform))
    if not codes:
        return
    authorities = [each.id for each in snapshot.register.up(unit)]
    since = snapshot.calendar.at(first, time.min)
    for case in platform.store.worklist.decided_by(authorities, codes, since, MOST):
        if case.places.receiving == unit and not case.places.kept_from and (line := _line(platform, snapshot, case)) is not None:
            yield line


def _line(platform: Platform, snapshot: Snapshot, case: Case) -> Line | None:
    """The line of a case; None for a denunciation."""
    data, matter = peek(case.state).data, platform.library.matter_of(case)
    form = _part(data, "form")
    kind = str(data.get("kind") or UNSORTED)
    if kind == SECRET:
        return None
    return Line(
        case, str(_part(data, "record").get("book_no", "")), _arrived(form, case, snapshot), str(form.get("channel", "")),
        int(form.get("persons") or 1), str(form.get("summary", "")), kind, form.get("chair_receives") is True,
        state_words(matter, case.business_state), case_standing(case, matter, snapshot, platform.now()),
    )  # fmt: skip


def _shown(line: Line, actor: Actor, snapshot: Snapshot) -> bool:
    """What is not classified may yet be a denunciation: only who may open it finds it in the book."""
    return line.kind != UNSORTED or may(actor, "see_case", Question(case=line.case, register=snapshot.register))


def _arrived(form: Mapping[str, Any], case: Case, snapshot: Snapshot) -> date:
    try:
        return date.fromisoformat(str(form.get("arrived_on", "")))
    except ValueError:
        return snapshot.calendar.local(case.opened_at).date()


def _part(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = data.get(name)
    return found if isinstance(found, Mapping) else {}


def _fits(line: Line, narrow: Narrow) -> bool:
    asked = ((narrow.kind, line.kind), (narrow.channel, line.channel), (narrow.state, line.case.business_state))
    return all(wanted in ("", found) for wanted, found in asked)
