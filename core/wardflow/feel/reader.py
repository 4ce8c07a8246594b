"""The cursor under the parser: the tokens of one text, the names in scope, and the bounds on what is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn, TypeVar

from wardflow.errors import FeelLimit
from wardflow.feel.lexer import Token, refuse, tokens
from wardflow.feel.limits import Limits
from wardflow.feel.names import Known, known_at, known_names, plain_at
from wardflow.feel.syntax import Node

N = TypeVar("N", bound=Node)


@dataclass(frozen=True, slots=True)
class Grammar:
    """The three ways into the grammar that constructs with parts come back to."""

    expression: Callable[[Reader], Node]
    binary: Callable[[Reader, int], Node]
    test: Callable[[Reader], Node]


class Reader:
    """Reads tokens one by one and makes nodes, counting both."""

    def __init__(self, source: str, names: Iterable[str], limits: Limits, grammar: Grammar) -> None:
        if len(source) > limits.source:
            raise FeelLimit(limit=limits.source, what="characters")
        self.source = source
        self.tokens = tokens(source)
        self.place = 0
        self.limits = limits
        self.grammar = grammar
        self.local: list[str] = []
        self._outer = frozenset(names)
        self._known: Known = known_names(self._outer)
        self._heights: dict[int, int] = {}
        self._depth = 0

    @property
    def token(self) -> Token:
        """The token to read next."""
        return self.tokens[self.place]

    @property
    def next(self) -> Token:
        """The token after that."""
        return self.tokens[min(self.place + 1, len(self.tokens) - 1)]

    def peek(self, *texts: str) -> bool:
        """Whether the next token is one of these signs or keywords."""
        token = self.tokens[self.place]
        return token.text in texts and token.kind in ("sign", "keyword")

    def accept(self, *texts: str) -> bool:
        """Read the next token if it is one of these signs or keywords."""
        if self.peek(*texts):
            self.place += 1
            return True
        return False

    def expect(self, text: str, instead: str = "") -> None:
        """Read exactly this sign or keyword; the error names `instead` where that says more."""
        if not self.accept(text):
            self.refuse(instead or f'"{text}"')

    def finish(self) -> None:
        """Make sure that nothing is left."""
        if self.token.kind != "end":
            self.refuse("an operator or the end")

    def refuse(self, expected: str) -> NoReturn:
        """Raise the error for the token to read next."""
        refuse(self.source, self.token.at, expected, self.token.text)

    def expression(self) -> Node:
        """Any expression."""
        return self.grammar.expression(self)

    def operand(self) -> Node:
        """An operand of a comparison: arithmetic and all that binds more strongly."""
        return self.grammar.binary(self, 4)

    def test(self) -> Node:
        """One unary test."""
        return self.grammar.test(self)

    def tests(self) -> tuple[Node, ...]:
        """Unary tests joined by commas."""
        parts = [self.test()]
        while self.accept(","):
            parts.append(self.test())
        return tuple(parts)

    def add(self, node: N, *children: Node) -> N:
        """The node itself, once it is known to keep the tree within its bounds."""
        height = 1 + max((self._heights[id(child)] for child in children), default=0)
        if height > self.limits.height:
            raise FeelLimit(limit=self.limits.height, what="operators within each other")
        self._heights[id(node)] = height
        if len(self._heights) > self.limits.nodes:
            raise FeelLimit(limit=self.limits.nodes, what="constructs")
        return node

    @contextmanager
    def nested(self) -> Iterator[None]:
        """One level deeper in the text."""
        self._depth += 1
        if self._depth > self.limits.nesting:
            raise FeelLimit(limit=self.limits.nesting, what="levels of nesting")
        yield
        self._depth -= 1

    @contextmanager
    def binding(self, *names: str) -> Iterator[None]:
        """These names, and those bound meanwhile, in scope while the block is read."""
        before, bound = self._known, len(self.local)
        for name in names:
            self.bind(name)
        yield
        del self.local[bound:]
        self._known = before

    def bind(self, name: str) -> None:
        """Bring one more name into the scope that is open."""
        self.local.append(name)
        if not name.isidentifier():
            self._known = known_names({*self._outer, *self.local})

    def name(self, expected: str = "a name") -> str:
        """A name: the longest one in scope that stands here, else the plain words up to the next sign or keyword."""
        known = known_at(self.tokens, self.place, self._known)
        if known is None and self.token.kind != "name":
            self.refuse(expected)
        found, self.place = known or plain_at(self.tokens, self.place)
        return found

    def at_name(self) -> bool:
        """Whether a name stands here."""
        return self.token.kind == "name" or known_at(self.tokens, self.place, self._known) is not None

    def key(self) -> str:
        """The key of a context entry: everything up to its colon, signs included."""
        start = self.place
        while not self.peek(":") and self.token.kind != "end":
            self.place += 1
        if self.place == start or self.token.kind == "end":
            self.place = start
            self.refuse("a key and a colon")
        text = self.source[self.tokens[start].at : self.tokens[self.place - 1].end]
        return " ".join(text.split())
