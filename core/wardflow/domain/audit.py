"""The audit chain: each entry hashes the one before, so that nothing can be changed or left out unseen."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

import orjson


def canonical(entry: Mapping[str, Any]) -> bytes:
    """The one way to write an entry: sorted keys, no spaces, text as it is."""
    try:
        said = orjson.dumps(entry, option=_SORTED)
    except TypeError:    # a number of more than 64 bits, a key that is no text
        said = b"null"
    if b"null" in said or b"0.0000" in said or _POWER.search(said):
        return _WRITTEN.encode(entry).encode("utf-8")
    return said


_WRITTEN = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
"""How it was decided what the one way is; the quicker library writes all but these the same: powers of ten, and what is no number as null."""
_SORTED = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME
_POWER = re.compile(rb"e[-+\d]")


def chained(previous: str, entry: Mapping[str, Any]) -> str:
    """The hash of an entry that follows the one hashed `previous`; the first follows the empty text."""
    digest = _EMPTY.copy()    # to make one anew takes longer than to hash an entry
    digest.update(previous.encode("ascii") + b"\n" + canonical(entry))
    return digest.hexdigest()


_EMPTY = sha256()


def verify(entries: Iterable[tuple[Mapping[str, Any], str]], previous: str = "") -> int | None:
    """The place of the first entry whose hash does not follow, None when the whole chain holds."""
    for place, (entry, digest) in enumerate(entries):
        if chained(previous, entry) != digest:
            return place
        previous = digest
    return None
