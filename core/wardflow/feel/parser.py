"""From text to nodes: the grammar of FEEL, one function per construct."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from wardflow.feel import syntax as s
from wardflow.feel.blocks import KEYWORDS, function_literal
from wardflow.feel.brackets import BRACKETS, round_
from wardflow.feel.lexer import string_value
from wardflow.feel.limits import DEFAULT, Limits
from wardflow.feel.numbers import CONTEXT, from_text
from wardflow.feel.reader import Grammar, Reader
from wardflow.feel.type_parser import read_type

KNOWN = ("date and time", "years and months duration", "working days between")
"""Built-in functions with a keyword in their names."""
STRENGTH = {
    "or": 1, "and": 2, "=": 3, "!=": 3, "<": 3, "<=": 3, ">": 3, ">=": 3, "between": 3, "in": 3,
    "+": 4, "-": 4, "*": 5, "/": 5, "**": 6, "instance": 7,
}  # fmt: skip
COMPARISONS = frozenset(["=", "!=", "<", "<=", ">", ">="])
CONSTANTS = {"null": None, "true": True, "false": False}
CONTINUES = (".", "[", "(", "+", "-", "*", "/", "**")


def parse(source: str, names: Iterable[str] = (), limits: Limits = DEFAULT) -> s.Node:
    """The expression that the whole text is; `names` are names in scope that hold signs or keywords."""
    reader = Reader(source, {*KNOWN, *names}, limits, GRAMMAR)
    node = expression(reader)
    reader.finish()
    return node


def parse_tests(source: str, names: Iterable[str] = (), limits: Limits = DEFAULT) -> s.Tests:
    """The unary tests that the whole text is: a decision table's cell or a rule on allowed values."""
    reader = Reader(source, {*KNOWN, *names}, limits, GRAMMAR)
    if reader.token.kind == "sign" and reader.token.text == "-" and reader.next.kind == "end":
        return s.Tests(0, ())
    if reader.token.text == "not" and reader.next.text == "(":
        closing = reader.tokens[-2].text == ")" and _closes_at_end(reader)
        if closing:
            reader.place = 2
            parts = reader.tests()
            reader.expect(")")
            reader.finish()
            return s.Tests(0, parts, negated=True)
    parts = reader.tests()
    reader.finish()
    return s.Tests(0, parts)


def _closes_at_end(reader: Reader) -> bool:
    depth = 0
    for place, token in enumerate(reader.tokens[1:-1], start=1):
        if token.kind == "sign" and token.text in "()":
            depth += 1 if token.text == "(" else -1
            if depth == 0:
                return place == len(reader.tokens) - 2
    return False


def test(reader: Reader) -> s.Node:
    """One unary test: a comparison without a left side, or any expression."""
    token = reader.token
    if token.kind == "sign" and token.text in COMPARISONS:
        reader.place += 1
        operand = binary(reader, 4)
        return reader.add(s.OneSided(token.at, token.text, operand), operand)
    return expression(reader)


def expression(reader: Reader) -> s.Node:
    """Any expression."""
    return binary(reader, 1)


def binary(reader: Reader, weakest: int) -> s.Node:
    """Operands joined by operators that bind at least as strongly as `weakest`."""
    left = unary(reader)
    while True:
        token = reader.token
        strength = STRENGTH.get(token.text, 0) if token.kind in ("sign", "keyword") else 0
        if strength < weakest or not strength:
            return left
        if token.text == "instance" and reader.next.text != "of":
            reader.refuse("an operator")
        reader.place += 1
        left = _joined(reader, left, token.text, token.at, strength)


def _joined(reader: Reader, left: s.Node, sign: str, at: int, strength: int) -> s.Node:
    match sign:
        case "and" | "or":
            parts = [left, binary(reader, strength + 1)]
            while reader.accept(sign):
                parts.append(binary(reader, strength + 1))
            return reader.add(s.Logic(at, sign, tuple(parts)), *parts)
        case "between":
            low = binary(reader, 4)
            reader.expect("and")
            high = binary(reader, 4)
            return reader.add(s.Between(at, left, low, high), left, low, high)
        case "in":
            with reader.nested():
                tests = _in_tests(reader)
            return reader.add(s.In(at, left, tests), left, *tests.parts)
        case "instance":
            reader.place += 1
            return reader.add(s.InstanceOf(at, left, read_type(reader)), left)
    right = binary(reader, strength + 1)
    kind = s.Comparison if sign in COMPARISONS else s.Arithmetic
    return reader.add(kind(at, sign, left, right), left, right)


def _in_tests(reader: Reader) -> s.Tests:
    at = reader.token.at
    if reader.peek("("):
        start = reader.place
        node = round_(reader)
        if isinstance(node, s.Tests):
            return node
        if not reader.peek(*CONTINUES):
            return s.Tests(at, (node,))
        reader.place = start
    if reader.token.kind == "sign" and reader.token.text in COMPARISONS:
        return s.Tests(at, (test(reader),))
    return s.Tests(at, (binary(reader, 4),))


def unary(reader: Reader) -> s.Node:
    """An operand, perhaps with minus signs before it."""
    at = reader.token.at
    if not reader.accept("-"):
        return postfix(reader)
    with reader.nested():
        operand = unary(reader)
    if isinstance(operand, s.Literal) and isinstance(operand.value, Decimal):
        return reader.add(s.Literal(at, CONTEXT.minus(operand.value)))
    return reader.add(s.Negate(at, operand), operand)


def postfix(reader: Reader) -> s.Node:
    """An operand with the paths, filters and calls behind it."""
    node = primary(reader)
    while True:
        at = reader.token.at
        if reader.accept("."):
            node = reader.add(s.Path(at, node, reader.name("a property")), node)
        elif reader.peek("["):
            if not _filter_follows(reader):
                return node
            reader.place += 1
            with reader.nested():
                condition = expression(reader)
            reader.expect("]")
            node = reader.add(s.Filter(at, node, condition), node, condition)
        elif reader.accept("("):
            with reader.nested():
                node = _call(reader, node, at)
        else:
            return node


def _filter_follows(reader: Reader) -> bool:
    """False where `[` closes an interval such as `]1..10[`: nothing that could begin a condition comes after it."""
    after = reader.next
    if after.kind in ("number", "string", "name"):
        return True
    return after.text in ("(", "[", "{", "-", "@", "if", "for", "some", "every", "true", "false", "null", "<")


def _call(reader: Reader, function: s.Node, at: int) -> s.Node:
    local = isinstance(function, s.Name) and function.name in reader.local
    names: list[str] = []
    arguments: list[s.Node] = []
    while not reader.accept(")"):
        if arguments:
            reader.expect(",", 'a comma or ")"')
        name = _argument_name(reader)
        if bool(name) != (len(names) > 0) and arguments:
            reader.refuse("arguments all by name or all by position")
        names += [name] if name else []
        arguments.append(expression(reader))
    node = s.Call(function.at, function, tuple(arguments), tuple(names), local)
    return reader.add(node, function, *arguments)


def _argument_name(reader: Reader) -> str:
    start = reader.place
    if reader.at_name():
        name = reader.name()
        if reader.accept(":"):
            return name
        reader.place = start
    return ""


def primary(reader: Reader) -> s.Node:
    """A literal, a name, or something in brackets or opened by a keyword."""
    token = reader.token
    made = OPENINGS.get(token.text) if token.kind in ("sign", "keyword") else None
    if made is not None:
        with reader.nested():
            return made(reader)
    if token.kind == "number":
        reader.place += 1
        return reader.add(s.Literal(token.at, from_text(token.text)))
    if token.kind == "string":
        reader.place += 1
        return reader.add(s.Literal(token.at, string_value(token.text)))
    if token.text == "function" and reader.next.text == "(":
        with reader.nested():
            return function_literal(reader)
    if token.kind == "keyword" and token.text in CONSTANTS:
        reader.place += 1
        return reader.add(s.Literal(token.at, CONSTANTS[token.text]))
    if token.kind == "keyword" and token.text in ("and", "or") and reader.next.text == "(":
        reader.place += 1
        return reader.add(s.Name(token.at, token.text))
    return reader.add(s.Name(token.at, reader.name("an expression")))


OPENINGS: dict[str, Callable[[Reader], s.Node]] = {**BRACKETS, **KEYWORDS}
"""What each bracket or keyword opens where an operand is expected."""
GRAMMAR = Grammar(expression, binary, test)
