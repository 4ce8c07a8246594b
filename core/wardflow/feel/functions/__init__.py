"""Every built-in function of FEEL by name, those of DMN 1.5 and those on working time."""

from __future__ import annotations

from collections.abc import Mapping

from wardflow.feel.functions import (
    contexts,
    conversion,
    dates,
    lists,
    numeric,
    ranges,
    statistics,
    text,
    working_time,
)
from wardflow.feel.functions.registry import BuiltIn

__all__ = ["BUILT_INS"]

BUILT_INS: Mapping[str, BuiltIn] = {
    name: built_in
    for module in (contexts, conversion, dates, lists, numeric, ranges, statistics, text, working_time)
    for name, built_in in module.library.built_ins().items()
}
