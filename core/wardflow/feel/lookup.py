"""How a name finds its value: inner scopes first, then the host's names, then the built-in functions."""

from __future__ import annotations

import unicodedata
from typing import Any

from wardflow.feel import properties
from wardflow.feel.convert import to_feel
from wardflow.feel.functions import BUILT_INS
from wardflow.feel.run import MISSING, Evaluator, Run, Scope
from wardflow.feel.values import kind

PER_ITEM = 20
"""Steps that every item of the host's own lists adds to the budget: what an expression costs may grow with its data."""
PLAIN = frozenset([str, bool, type(None)])
"""Kinds that mean the same in Python and in FEEL, and need no look at where they come from."""


def reader(name: str) -> Evaluator:
    """The closure that gives the value of a name."""

    def read(scope: Scope) -> Any:
        value = scope.names.get(name, MISSING)
        if type(value) in PLAIN:
            return value
        return _settled(value, scope, name) if value is not MISSING else _outward(scope, name)

    return read


def _settled(value: Any, scope: Scope, name: str) -> Any:
    if not scope.raw:
        return value
    if isinstance(value, (list, tuple, dict)):
        return _kept(value, name, scope.run)
    return to_feel(value)


def _kept(value: Any, path: Any, run: Run) -> Any:
    """The FEEL value of a host's list or context, made once; the longer the host's list, the more work may be done on it."""
    if path not in run.memo:
        run.memo[path] = to_feel(value)
        run.steps += PER_ITEM * len(value)
    return run.memo[path]


def _outward(scope: Scope, name: str) -> Any:
    current = scope.parent
    while current is not None:
        value = current.names.get(name, MISSING)
        if value is not MISSING:
            return _settled(value, current, name)
        current = current.parent
    return _otherwise(scope, name)


def _otherwise(scope: Scope, name: str) -> Any:
    built_in = BUILT_INS.get(name)
    if built_in is not None:
        return built_in
    if not name.isascii():
        for known in scope.visible():
            if known != name and unicodedata.normalize("NFC", known) == name:
                return _outward(scope.within({}), known)
    scope.run.warn_unknown("unknown-name", name, lambda: [*scope.visible(), *BUILT_INS])
    return None


def _found(scope: Scope | None, name: str) -> Any:
    """The value of a name that itself holds dots, as some tools name parameters."""
    while scope is not None:
        if name in scope.names:
            return _settled(scope.names[name], scope, name)
        scope = scope.parent
    return MISSING


def path_reader(root: str, steps: tuple[str, ...]) -> Evaluator:
    """The closure for `root.step.step`: walks the host's own objects and makes only what it ends at a FEEL value."""

    def read(scope: Scope) -> Any:
        current: Scope | None = scope
        while current is not None:
            value = current.names.get(root, MISSING)
            if value is not MISSING:
                break
            current = current.parent
        else:
            whole = _found(scope, ".".join((root, *steps)))
            return walk(_otherwise(scope, root), steps, scope) if whole is MISSING else whole
        if not current.raw:
            return walk(value, steps, scope)
        return _walk_raw(value, (root, *steps), scope)

    return read


def _walk_raw(value: Any, path: tuple[str, ...], scope: Scope) -> Any:
    for place, step in enumerate(path[1:], start=1):
        if type(value) is not dict:
            return walk(to_feel(value), path[place:], scope)
        holder, value = value, value.get(step, MISSING)
        if value is MISSING:
            return _no_property(holder, step, scope)
    if isinstance(value, (list, tuple, dict)):
        return _kept(value, path, scope.run)
    return to_feel(value)


def walk(value: Any, steps: tuple[str, ...], scope: Scope) -> Any:
    """The value behind the dots; null with a warning where there is none."""
    for step in steps:
        found = properties.of(value, step, scope.run.spend)
        if found is MISSING:
            return _no_property(value, step, scope)
        value = found
    return value


def _no_property(value: Any, step: str, scope: Scope) -> None:
    if value is not None:
        known = list(value) if isinstance(value, dict) else []
        scope.run.warn_unknown("unknown-property", step, lambda: known, kind=kind(value))
