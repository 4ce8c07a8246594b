"""Reads a pattern into a tree, refusing what XML Schema's grammar does not know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from wardflow.feel.regex import characters as chars
from wardflow.feel.regex.characters import Characters
from wardflow.feel.values import Nothing

MOST_REPEATS = 1000
DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Flags:
    """`s` dot takes line ends, `m` anchors at lines, `i` ignores case, `x` ignores blanks, `q` takes all literally."""

    dot_all: bool = False
    multi_line: bool = False
    ignore_case: bool = False
    blanks: bool = False
    literal: bool = False

    @classmethod
    def read(cls, letters: str | None) -> Flags:
        """The flags of these letters; raises Nothing for any other letter."""
        for letter in letters or "":
            if letter not in "smixq":
                raise Nothing("pattern", problem=f'flag "{letter}"')
        given = letters or ""
        return cls("s" in given, "m" in given, "i" in given, "x" in given, "q" in given)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a pattern."""


@dataclass(frozen=True, slots=True)
class One(Piece):
    """One character of a set."""

    holds: Characters


@dataclass(frozen=True, slots=True)
class Anchor(Piece):
    """The start or the end."""

    start: bool


@dataclass(frozen=True, slots=True)
class Back(Piece):
    """Again what a group matched."""

    group: int


@dataclass(frozen=True, slots=True)
class Sequence(Piece):
    parts: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Choice(Piece):
    branches: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Group(Piece):
    number: int
    inner: Piece


@dataclass(frozen=True, slots=True)
class Repeat(Piece):
    inner: Piece
    least: int
    most: int | None
    greedy: bool


class PatternReader:
    """A place in a pattern and the groups opened so far."""

    def __init__(self, text: str, flags: Flags) -> None:
        self.flags = flags
        self.text = _without_blanks(text) if flags.blanks else text
        self.at = 0
        self.groups = 0
        self.closed: set[int] = set()
        self.depth = 0

    def read(self) -> Piece:
        """The whole pattern."""
        if self.flags.literal:
            return Sequence(tuple(self._one(character) for character in self.text))
        piece = self._choice()
        if self.at < len(self.text):
            self._refuse(f'"{self.text[self.at]}"')
        return piece

    def _refuse(self, problem: str) -> NoReturn:
        raise Nothing("pattern", problem=f"{problem} at {self.at + 1}")

    def _peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def _next(self, what: str = "end") -> str:
        if self.at >= len(self.text):
            self._refuse(what)
        self.at += 1
        return self.text[self.at - 1]

    def _one(self, character: str) -> One:
        return One(chars.single(character, ignore_case=self.flags.ignore_case))

    def _choice(self) -> Piece:
        self.depth += 1
        if self.depth > DEEPEST:
            self._refuse("depth")
        branches = [self._branch()]
        while self._peek() == "|":
            self.at += 1
            branches.append(self._branch())
        self.depth -= 1
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def _branch(self) -> Piece:
        parts: list[Piece] = []
        while self._peek() not in ("", "|", ")"):
            parts.append(self._quantified(self._atom()))
        return Sequence(tuple(parts))

    def _quantified(self, atom: Piece) -> Piece:
        sign = self._peek()
        if sign == "{":
            least, most = self._counts()
        elif sign in ("?", "*", "+") and sign:
            self.at += 1
            least, most = {"?": (0, 1), "*": (0, None), "+": (1, None)}[sign]
        else:
            return atom
        greedy = self._peek() != "?"
        self.at += not greedy
        return Repeat(atom, least, most, greedy)

    def _counts(self) -> tuple[int, int | None]:
        end = self.text.find("}", self.at)
        low, comma, high = self.text[self.at + 1 : max(end, self.at)].partition(",")
        if end < 0 or not low.isdecimal() or (high and not high.isdecimal()) or len(low + high) > 8:
            self._refuse("{")
        least, most = int(low), int(high) if high else None if comma else int(low)
        if least > MOST_REPEATS or (most is not None and not least <= most <= MOST_REPEATS):
            self._refuse("{")
        self.at = end + 1
        return least, most

    def _atom(self) -> Piece:
        character = self._next()
        match character:
            case ".":
                return One((lambda given: True) if self.flags.dot_all else (lambda given: given not in "\n\r"))
            case "^" | "$":
                return Anchor(character == "^")
            case "(":
                return self._group()
            case "[":
                return One(self._set())
            case "\\":
                return self._escape()
            case "?" | "*" | "+" | "{" | "}" | "]" | ")":
                self.at -= 1
                self._refuse(f'"{character}"')
        return self._one(character)

    def _group(self) -> Piece:
        if self.text.startswith("?:", self.at):
            self.at += 2
            inner = self._choice()
            if self._next(")") != ")":
                self._refuse(")")
            return inner
        self.groups += 1
        number = self.groups
        inner = self._choice()
        if self._next(")") != ")":
            self._refuse(")")
        self.closed.add(number)
        return Group(number, inner)

    def _escape(self) -> Piece:
        if self._peek().isdecimal():
            number = int(self._next())
            while self._peek().isdecimal() and number * 10 + int(self._peek()) in self.closed:
                number = number * 10 + int(self._next())
            if number not in self.closed:
                self._refuse(f"\\{number}")
            return Back(number)
        found = self._escaped()
        return self._one(found) if isinstance(found, str) else One(found)

    def _escaped(self) -> str | Characters:
        letter = self._next("\\")
        if letter in chars.ESCAPES:
            return chars.ESCAPES[letter]
        if letter in ("p", "P"):
            end = self.text.find("}", self.at)
            if self._peek() != "{" or end < 0:
                self._refuse("\\" + letter)
            set_ = chars.category(self.text[self.at + 1 : end])
            if set_ is None:
                self._refuse(self.text[self.at : end + 1])
            self.at = end + 1
            return set_ if letter == "p" else chars.other(set_)
        if letter in chars.CONTROL:
            return chars.CONTROL[letter]
        if letter not in chars.LITERAL:
            self._refuse("\\" + letter)
        return letter

    def _set(self) -> Characters:
        self.depth += 1
        if self.depth > DEEPEST:
            self._refuse("depth")
        negated = self._peek() == "^"
        self.at += negated
        members: list[Characters] = []
        removed: Characters | None = None
        while True:
            if self._peek() == "]" and members:
                self.at += 1
                break
            if self.text.startswith("-[", self.at) and members:
                self.at += 2
                removed = self._set()
                if self._next("]") != "]":
                    self._refuse("]")
                break
            members.append(self._member())
        self.depth -= 1
        found = chars.either(members)
        found = chars.other(found) if negated else found
        return chars.without(found, removed) if removed is not None else found

    def _member(self) -> Characters:
        first = self._set_character()
        if not isinstance(first, str):
            return first
        if self._peek() == "-" and self.text[self.at + 1 : self.at + 2] not in ("]", "[", ""):
            self.at += 1
            last = self._set_character()
            if not isinstance(last, str) or last < first:
                self._refuse("-")
            return chars.span(first, last, ignore_case=self.flags.ignore_case)
        return chars.single(first, ignore_case=self.flags.ignore_case)

    def _set_character(self) -> str | Characters:
        character = self._next("[")
        if character == "\\":
            return self._escaped()
        if character in "[]":
            self._refuse(character)
        return character


def _without_blanks(text: str) -> str:
    kept: list[str] = []
    inside = 0
    for place, character in enumerate(text):
        escaped = place > 0 and text[place - 1] == "\\"
        if character in "[]" and not escaped:
            inside += 1 if character == "[" else -1
        if inside > 0 or character not in " \t\n\r":
            kept.append(character)
    return "".join(kept)
