"""Entries written for the audit chain by a library that is ten times as quick as the one that says how they are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import orjson

from wardflow.domain import audit

_SORTED = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME
_POWER = re.compile(rb"e[-+\d]")


def canonical(entry: Mapping[str, Any]) -> bytes:
    """What `audit.canonical` writes of an entry; that one is asked wherever the two might differ.

    They do in numbers that are very large or very small, and in what is no number, which the quicker one would write as null.
    A verification asks `audit.canonical` alone.
    """
    try:
        said = orjson.dumps(entry, option=_SORTED)
    except TypeError:    # a number of more than 64 bits, a key that is no text
        return audit.canonical(entry)
    doubtful = b"null" in said or b"0.0000" in said or _POWER.search(said)
    return audit.canonical(entry) if doubtful else said
