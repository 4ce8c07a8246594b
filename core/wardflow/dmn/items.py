"""A model's item definitions as FEEL types, allowed values included."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wardflow.dmn.xml import Element, attribute, child, children, text
from wardflow.errors import FeelLimit, FeelSyntaxError
from wardflow.feel import types as t
from wardflow.feel.compiler import compile_tests

DEEPEST = 30


def type_reference(element: Element) -> str:
    """The type an element names, in an attribute as DMN 1.2 writes it or in an element of its own."""
    inner = child(element, "typeRef")
    written = attribute(element, "typeRef") or ("" if inner is None else (inner.text or ""))
    return written.strip().removeprefix("feel:")


def item_types(definitions: Iterable[Element]) -> dict[str, t.Type]:
    """The types of all item definitions by name; a name inside them stays a name until it is resolved."""
    return {attribute(item, "name"): item_type(item) for item in definitions}


def item_type(item: Element, depth: int = 0) -> t.Type:
    """The type of one definition or component."""
    if depth > DEEPEST:
        return t.ANY
    base = _base(item, depth)
    rule = child(item, "allowedValues")
    if rule is not None and text(rule):
        base = restricted(base, text(rule))
    if attribute(item, "isCollection") == "true":
        base = t.ListOf(base)
    constraint = child(item, "typeConstraint")
    return restricted(base, text(constraint)) if constraint is not None and text(constraint) else base


def _base(item: Element, depth: int) -> t.Type:
    components = list(children(item, "itemComponent"))
    if components:
        return t.ContextOf(tuple((attribute(one, "name"), item_type(one, depth + 1)) for one in components))
    function = child(item, "functionItem")
    if function is not None:
        parameters = [_named(type_reference(one)) for one in children(function, "parameters")]
        return t.FunctionOf(tuple(parameters), _named(attribute(function, "outputTypeRef").removeprefix("feel:")))
    return _named(type_reference(item))


def _named(name: str) -> t.Type:
    return t.BUILT_IN.get(name) or (t.Simple(name) if name else t.ANY)


def restricted(base: t.Type, rule: str) -> t.Type:
    """The type with only the values that pass unary tests; a rule that cannot be read restricts nothing."""
    try:
        tests = compile_tests(rule)
    except (FeelSyntaxError, FeelLimit):
        return base

    def allows(value: Any) -> bool:
        return tests.test(value) is True

    return t.Restricted(base, allows, rule)


def prefixed(types: dict[str, t.Type], prefix: str) -> dict[str, t.Type]:
    """An imported model's types as the importing one writes them, names inside them included."""
    return {f"{prefix}.{name}" if prefix else name: _renamed(type_, types, prefix) for name, type_ in types.items()}


def _renamed(type_: t.Type, types: dict[str, t.Type], prefix: str) -> t.Type:
    match type_:
        case t.Simple(name) if name in types and prefix:
            return t.Simple(f"{prefix}.{name}")
        case t.ListOf(item):
            return t.ListOf(_renamed(item, types, prefix))
        case t.ContextOf(entries):
            return t.ContextOf(tuple((key, _renamed(entry, types, prefix)) for key, entry in entries))
        case t.FunctionOf(parameters, result):
            renamed = tuple(_renamed(one, types, prefix) for one in parameters)
            return t.FunctionOf(renamed, _renamed(result, types, prefix))
        case t.Restricted(base, allows, rule):
            return t.Restricted(_renamed(base, types, prefix), allows, rule)
    return type_
