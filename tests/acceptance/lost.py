"""What a city has lost, doubled or broken of what was answered, in words: read from its tables after processes were killed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from killing import CLERK, Book


def faults(platform: Any, book: Book) -> list[str]:
    """What the city has lost, doubled or broken, in words."""
    store = platform.store
    with store.database.reading() as cursor:
        cases = {row[0]: row[1] for row in cursor.rows("SELECT id, code FROM cases")}
        numbers = dict(cursor.rows("SELECT series, last FROM numbering"))
    found = [f"refused {each}" for each in book.refused]
    codes = {code: id for id, code in cases.items()}
    found += [f"{code} was answered and is gone" for code in book.opened if code not in codes]
    found += [f"{code} was answered twice" for code, times in Counter(book.opened).items() if times > 1]
    for code, task in book.done:
        tasks = {each.task: each for each in store.papers.tasks(codes[code])}
        if tasks[task].closed_by != CLERK:
            found.append(f"{code} {task} was answered and is not done")
    for id, code in cases.items():
        found += _faults_of_case(store, id, code)
    return [*found, *_faults_of_numbers(store, cases, numbers)]


def _faults_of_case(store: Any, id: int, code: str) -> Iterator[str]:
    from wardflow.domain import audit
    from wardflow.store import rows

    entries = store.papers.entries(id)
    if audit.verify((rows.audited(code, entry), entry.hash) for entry in entries) is not None:
        yield f"{code} has a broken chain"
    if [entry.seq for entry in entries] != list(range(1, store.cases.load(id).case.audit_seq + 1)):
        yield f"{code} misses a line of its timeline"
    rung = Counter(entry.facts["alarm"] for entry in entries if entry.kind == "alarm")
    yield from (f"{code} alarm {alarm} rang {times} times" for alarm, times in rung.items() if times > 1)
    done = Counter(entry.facts["task"] for entry in entries if entry.kind == "task_done")
    yield from (f"{code} task {task} was done {times} times" for task, times in done.items() if times > 1)


def _faults_of_numbers(store: Any, cases: dict[int, str], numbers: dict[str, int]) -> Iterator[str]:
    """Gaps and doubles in the numbers of cases and of papers."""
    for day, group in _grouped(code.rsplit("-", 1) for code in cases.values()).items():
        if sorted(map(int, group)) != list(range(1, len(group) + 1)):
            yield f"cases of {day} are numbered {sorted(group)}"
    given: list[tuple[str, str]] = []
    for id in cases:
        authority = store.cases.load(id).case.places.authority
        for paper in store.papers.documents(id):
            number, slash, sign = paper.number.partition("/")
            given += [(f"{sign} of {authority} in {paper.at.year}", number)] if slash else []
    for series, group in _grouped(given).items():
        if sorted(map(int, group)) != list(range(1, len(group) + 1)):
            yield f"papers {series} are numbered {sorted(group)}"
    if sum(numbers[series] for series in numbers if series.startswith("case:")) != len(cases):
        yield "the numbers taken for cases are not as many as the cases"


def _grouped(pairs: Any) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for key, value in pairs:
        grouped.setdefault(key, []).append(value)
    return grouped
