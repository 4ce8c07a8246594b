"""FEEL, the expression language of BPMN and DMN: text in, plain values out, and nothing it says reaches Python.

    >>> evaluate('area * 0.001 + 350000', {"area": 120})
    Decimal('350000.120')
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from wardflow.domain.reasons import Reason
from wardflow.errors import FeelLimit, FeelSyntaxError, FeelUntranslatable
from wardflow.feel.check import check, check_tests
from wardflow.feel.compiler import Expression, compile, compile_tests
from wardflow.feel.convert import text_of, to_feel, to_json, to_python
from wardflow.feel.limits import Limits
from wardflow.feel.translate import translate

__all__ = [
    "Expression",
    "FeelLimit",
    "FeelSyntaxError",
    "FeelUntranslatable",
    "Limits",
    "check",
    "check_tests",
    "compile",
    "compile_tests",
    "evaluate",
    "names",
    "text_of",
    "to_feel",
    "to_json",
    "to_python",
    "translate",
    "unary_tests",
]


def evaluate(
    text: str,
    context: Mapping[str, Any] | None = None,
    *,
    calendar: Any = None,
    now: datetime | None = None,
    warnings: list[Reason] | None = None,
) -> Any:
    """The value of an expression; `warnings` receives the reasons for what became null."""
    expression = _expression(text, _unusual(context))
    return expression.evaluate(context, calendar=calendar, now=now, warnings=warnings)


def unary_tests(
    text: str,
    value: Any,
    context: Mapping[str, Any] | None = None,
    *,
    calendar: Any = None,
    now: datetime | None = None,
    warnings: list[Reason] | None = None,
) -> bool | None:
    """Whether a value passes a decision table's cell; null when it cannot be told."""
    return _tests(text, _unusual(context)).test(value, context, calendar=calendar, now=now, warnings=warnings)


def names(text: str) -> frozenset[str]:
    """The names an expression reads from its context."""
    return _expression(text, frozenset()).names


def _unusual(context: Mapping[str, Any] | None) -> frozenset[str]:
    if not context or all(map(str.isidentifier, context)):
        return _NONE
    return frozenset(name for name in context if not name.isidentifier())


_NONE = frozenset[str]()


@lru_cache(maxsize=1024)
def _expression(text: str, known: frozenset[str]) -> Expression:
    return compile(text, names=known)


@lru_cache(maxsize=1024)
def _tests(text: str, known: frozenset[str]) -> Expression:
    return compile_tests(text, names=known)
