"""The type of each construct from the types of the names, noting on the way what cannot be meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from wardflow.feel import arithmetic, coerce, properties
from wardflow.feel import syntax as s
from wardflow.feel import types as t
from wardflow.feel.functions import BUILT_INS
from wardflow.feel.functions.registry import BuiltIn, Overload
from wardflow.feel.values import KINDS


class Notebook(Protocol):
    """Where findings go."""

    def add(self, code: str, node: s.Node, **facts: Any) -> None:
        """Note a finding."""

    def unknown(self, code: str, node: s.Node, name: str, known: list[str]) -> None:
        """Note a name that is not there."""


@dataclass(frozen=True, slots=True)
class Sight:
    """The names in sight with their types; `open` where there may be more, as inside an item of unknown type."""

    names: dict[str, t.Type]
    open: bool = False

    def within(self, more: dict[str, t.Type], *, open: bool = False) -> Sight:
        """More names in sight."""
        return Sight({**self.names, **more}, self.open or open)


CLASSES = {name: kind for kind, name in KINDS.items()}
RESULTS = {
    "bool": t.BOOLEAN, "str": t.STRING, "Decimal": t.NUMBER, "Date": t.DATE, "DateTime": t.DATE_TIME, "Time": t.TIME,
    "YearsMonths": t.YEARS_MONTHS, "DaysTime": t.DAYS_TIME, "list[Any]": t.LIST, "list[str]": t.ListOf(t.STRING),
    "dict[str, Any]": t.CONTEXT, "str | None": t.STRING, "bool | None": t.BOOLEAN,
}  # fmt: skip
ALIKE = ({"date", "date and time"},)


def infer(node: s.Node, sight: Sight, notes: Notebook) -> t.Type:
    """The type of what the construct gives; Any where it cannot be told."""
    match node:
        case s.Literal(_, value):
            return coerce.type_of(value)
        case s.Name(_, name):
            return _name(node, name, sight, notes)
        case s.Path(_, base, name):
            return _path(node, infer(base, sight, notes), name, notes)
        case s.Arithmetic():
            return _arithmetic(node, sight, notes)
        case s.Comparison(_, sign, left, right):
            _compared(node, sign, (left, infer(left, sight, notes)), (right, infer(right, sight, notes)), notes)
            return t.BOOLEAN
        case s.Logic(_, word, parts):
            for part in parts:
                _expect(part, infer(part, sight, notes), t.BOOLEAN, word, notes)
            return t.BOOLEAN
        case s.Between(_, value, low, high):
            found = infer(value, sight, notes)
            for end in (low, high):
                _compared(node, "between", (value, found), (end, infer(end, sight, notes)), notes)
            return t.BOOLEAN
        case s.In(_, value, tests):
            _tests(tests, value, infer(value, sight, notes), sight, notes)
            return t.BOOLEAN
        case s.Tests():
            _tests(node, node, sight.names.get("?", t.ANY), sight, notes)
            return t.BOOLEAN
    return _larger(node, sight, notes)


def _larger(node: s.Node, sight: Sight, notes: Notebook) -> t.Type:
    match node:
        case s.If(_, condition, then, otherwise):
            _expect(condition, infer(condition, sight, notes), t.BOOLEAN, "if", notes)
            return _common([infer(then, sight, notes), infer(otherwise, sight, notes)])
        case s.For(_, clauses, body):
            inner = _clauses(clauses, sight, notes).within({"partial": t.LIST})
            return t.ListOf(infer(body, inner, notes))
        case s.Quantified(_, word, clauses, condition):
            inner = _clauses(clauses, sight, notes)
            _expect(condition, infer(condition, inner, notes), t.BOOLEAN, word, notes)
            return t.BOOLEAN
        case s.Filter(_, base, condition):
            return _filter(infer(base, sight, notes), condition, sight, notes)
        case s.Call():
            return _call(node, sight, notes)
        case s.FunctionLiteral(_, parameters, body):
            infer(body, sight.within({one.name: one.type or t.ANY for one in parameters}), notes)
            return t.FUNCTION
        case s.InstanceOf(_, value, _):
            infer(value, sight, notes)
            return t.BOOLEAN
        case s.ListLiteral(_, items):
            return t.ListOf(_common([infer(item, sight, notes) for item in items]))
        case s.ContextLiteral(_, entries):
            return _context(entries, sight, notes)
        case s.Negate(_, operand):
            return infer(operand, sight, notes)
    return _ranged(node, sight, notes)


def _ranged(node: s.Node, sight: Sight, notes: Notebook) -> t.Type:
    match node:
        case s.Interval(_, low, high):
            return t.RangeOf(_common([infer(low, sight, notes), infer(high, sight, notes)]))
        case s.OneSided(_, _, operand):
            return t.RangeOf(infer(operand, sight, notes))
    return t.ANY


def _name(node: s.Node, name: str, sight: Sight, notes: Notebook) -> t.Type:
    if name in sight.names:
        return sight.names[name]
    if name in BUILT_INS:
        return t.FUNCTION
    if not sight.open:
        notes.unknown("name-unknown", node, name, [*sight.names, *BUILT_INS])
    return t.ANY


def _path(node: s.Node, base: t.Type, name: str, notes: Notebook) -> t.Type:
    if isinstance(base, t.Restricted):
        base = base.base    # only the outermost: what is inside a group keeps its own restrictions
    match base:
        case t.ContextOf(entries):
            known = dict(entries)
            if name in known:
                return known[name]
            notes.unknown("property-unknown", node, name, list(known))
            return t.ANY
        case t.ListOf(item):
            return t.ListOf(_path(node, item, name, notes))
        case t.Simple(kind) if kind in properties.NAMES:
            if name not in properties.NAMES[kind]:
                notes.unknown("property-unknown", node, name, sorted(properties.NAMES[kind]))
            return t.STRING if name == "timezone" else t.DAYS_TIME if name == "time offset" else t.NUMBER
        case t.Simple("number" | "string" | "boolean"):
            notes.unknown("property-unknown", node, name, [])
    return t.ANY


def _plain(type_: t.Type) -> str:
    """The kind's name where it is certain, empty where it is not."""
    match t.unrestricted(type_):
        case t.Simple(name) if name in CLASSES and name != "null":
            return name
        case t.ListOf():
            return "list"
        case t.ContextOf():
            return "context"
    return ""


def _arithmetic(node: s.Arithmetic, sight: Sight, notes: Notebook) -> t.Type:
    left, right = _plain(infer(node.left, sight, notes)), _plain(infer(node.right, sight, notes))
    if not left or not right:
        return t.ANY
    if (node.sign, CLASSES[left], CLASSES[right]) not in arithmetic.TABLE:
        notes.add("type-mismatch", node, sign=node.sign, left=left, right=right)
        return t.ANY
    if left == right:
        return t.BUILT_IN[left] if left in ("number", "string") else t.ANY
    return t.ANY


def _compared(node: s.Node, sign: str, left: tuple[s.Node, t.Type], right: tuple[s.Node, t.Type], notes: Notebook) -> None:
    a, b = _plain(left[1]), _plain(right[1])
    if a and b and a != b and {a, b} not in ALIKE:
        notes.add("type-mismatch", node, sign=sign, left=a, right=b)
    elif sign == "=":
        _possible(left[1], right[0], left[0], notes)
        _possible(right[1], left[0], right[0], notes)


def _possible(type_: t.Type, other: s.Node, node: s.Node, notes: Notebook) -> None:
    """Note a comparison with a value that the type can never have."""
    if not isinstance(type_, t.Restricted) or not isinstance(other, s.Literal) or other.value is None:
        return
    if not type_.allows(other.value):
        name = node.name if isinstance(node, (s.Name, s.Path)) else ""
        notes.add("value-unknown", other, name=name, value=str(other.value), values=type_.text)


def _tests(tests: s.Tests, value: s.Node, type_: t.Type, sight: Sight, notes: Notebook) -> None:
    for part in tests.parts:
        match part:
            case s.OneSided(_, sign, operand):
                _compared(part, sign, (value, type_), (operand, infer(operand, sight, notes)), notes)
            case s.Interval(_, low, high):
                for end in (low, high):
                    _compared(part, "..", (value, type_), (end, infer(end, sight, notes)), notes)
            case s.Literal():
                _compared(part, "=", (value, type_), (part, infer(part, sight, notes)), notes)
            case _:
                infer(part, sight, notes)


def _expect(node: s.Node, found: t.Type, wanted: t.Simple, of: str, notes: Notebook) -> None:
    name = _plain(found)
    if name and name != wanted.name:
        notes.add("type-wrong", node, of=of, wanted=wanted.name, kind=name)


def _common(types: list[t.Type]) -> t.Type:
    first = types[0] if types else t.ANY
    return first if all(one == first for one in types) else t.ANY


def _item(type_: t.Type) -> t.Type:
    match t.unrestricted(type_):
        case t.ListOf(item) | t.RangeOf(item):
            return item
        case t.Simple("number" | "string" | "boolean" | "date") as single:
            return single
    return t.ANY


def _clauses(clauses: tuple[s.Clause, ...], sight: Sight, notes: Notebook) -> Sight:
    for clause in clauses:
        found = _item(infer(clause.source, sight, notes))
        if clause.end is not None:
            infer(clause.end, sight, notes)
        sight = sight.within({clause.name: found})
    return sight


def _filter(base: t.Type, condition: s.Node, sight: Sight, notes: Notebook) -> t.Type:
    item = _item(base)
    entries = dict(item.entries) if isinstance(item, t.ContextOf) else {}
    unsure = item in (t.ANY, t.CONTEXT)
    found = _plain(infer(condition, sight.within({"item": item, **entries}, open=unsure), notes))
    if found == "number":
        return item
    return t.ListOf(item) if found == "boolean" else t.ANY


def _context(entries: tuple[tuple[str, s.Node], ...], sight: Sight, notes: Notebook) -> t.Type:
    made: list[tuple[str, t.Type]] = []
    for key, value in entries:
        made.append((key, infer(value, sight, notes)))
        sight = sight.within(dict(made))
    return t.ContextOf(tuple(made))


def _call(node: s.Call, sight: Sight, notes: Notebook) -> t.Type:
    arguments = [infer(argument, sight, notes) for argument in node.arguments]
    name = node.function.name if isinstance(node.function, s.Name) else ""
    built_in = BUILT_INS.get(name) if name and not node.local else None
    if built_in is None:
        infer(node.function, sight, notes)
        return t.ANY
    if node.names:
        return _result(built_in.overloads)
    fitting = [overload for overload in built_in.overloads if overload.takes(len(arguments))]
    if not fitting:
        notes.add("argument-count", node, name=name, given=len(arguments))
        return _result(built_in.overloads)
    _arguments(node, built_in, fitting, arguments, notes)
    return _result(tuple(fitting))


def _arguments(
    node: s.Call, built_in: BuiltIn, fitting: list[Overload], arguments: list[t.Type], notes: Notebook
) -> None:
    for place, found in enumerate(arguments):
        kind = _plain(found)
        wanted = [overload.parameters[min(place, len(overload.parameters) - 1)].type for overload in fitting]
        if kind and not any(_takes(one, kind) for one in wanted):
            notes.add("argument-wrong", node.arguments[place], name=built_in.name, kind=kind, wanted=" | ".join(wanted))


def _takes(wanted: str, kind: str) -> bool:
    return wanted in ("any", "list", kind) or kind == "list" or {wanted, kind} in ALIKE


def _result(overloads: tuple[Overload, ...]) -> t.Type:
    found = [RESULTS.get(str(one.body.__annotations__.get("return")), t.ANY) for one in overloads]
    return _common(found)

