"""The audit chain: each entry hashes the one before, so that nothing can be changed or left out unseen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any


def canonical(entry: Mapping[str, Any]) -> bytes:
    """The one way to write an entry: sorted keys, no spaces, text as it is."""
    return _WRITTEN.encode(entry).encode("utf-8")


_WRITTEN = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def chained(previous: str, entry: Mapping[str, Any]) -> str:
    """The hash of an entry that follows the one hashed `previous`; the first follows the empty text."""
    return linked(previous, canonical(entry))


def linked(previous: str, written: bytes) -> str:
    """The same for an entry that is written already, as `canonical` does it."""
    digest = _EMPTY.copy()    # to make one anew takes longer than to hash an entry
    digest.update(previous.encode("ascii") + b"\n" + written)
    return digest.hexdigest()


_EMPTY = sha256()


def verify(entries: Iterable[tuple[Mapping[str, Any], str]], previous: str = "") -> int | None:
    """The place of the first entry whose hash does not follow, None when the whole chain holds."""
    for place, (entry, digest) in enumerate(entries):
        if chained(previous, entry) != digest:
            return place
        previous = digest
    return None
