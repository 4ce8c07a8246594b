"""Conditions of the Camunda family, `${…}`, as FEEL: where both languages surely mean the same, and refused where not."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import NoReturn

from wardflow.errors import FeelSyntaxError, FeelUntranslatable
from wardflow.feel.parser import parse

_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?P<name>[^\W\d]\w*)"""
    r"""|(?P<sign>==|!=|<=|>=|&&|\|\||[<>!?:+\-*/%().,\[\]]))"""
)
_WORDS = {
    "&&": "and", "and": "and", "||": "or", "or": "or", "==": "=", "eq": "=", "!=": "!=", "ne": "!=",
    "<": "<", "lt": "<", "<=": "<=", "le": "<=", ">": ">", "gt": ">", ">=": ">=", "ge": ">=",
    "+": "+", "-": "-", "*": "*", "/": "/", "div": "/", "%": "%", "mod": "%",
}  # fmt: skip
_STRENGTH = {"or": 1, "and": 2, "=": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4, "+": 5, "-": 5, "*": 6, "/": 6, "%": 6}
_ENGINE = frozenset(["execution", "task", "caseExecution", "authenticatedUserId", "now", "dateTime"])
_METHODS = {
    "equals": '{0} = {1}',
    "equalsIgnoreCase": "lower case({0}) = lower case({1})",
    "startsWith": "starts with({0}, {1})",
    "endsWith": "ends with({0}, {1})",
    "toUpperCase": "upper case({0})",
    "toLowerCase": "lower case({0})",
    "length": "string length({0})",
}
"""Methods that texts alone have, or that mean the same on every value."""
_WHOLE, _DEEPEST = 9, 30


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of FEEL and how strongly it holds together."""

    text: str
    strength: int = _WHOLE

    def inside(self, strength: int) -> str:
        """The piece as an operand, in brackets where it holds less strongly."""
        return self.text if self.strength >= strength else f"({self.text})"


def translate(text: str) -> str:
    """The FEEL text with the same meaning; a text without `${…}` is FEEL already and stays as it is."""
    source = text.strip()
    if not re.search(r"[$#]\{", source):
        return source
    if not re.fullmatch(r"[$#]\{.*\}", source, re.DOTALL) or re.search(r"[$#]\{", source[2:]):
        raise FeelUntranslatable(text=text, why="text stands around the expression", what=source[:80])
    found = Translator(text, source[2:-1]).whole()
    try:
        parse(found)
    except FeelSyntaxError as error:
        raise FeelUntranslatable(text=text, why="a name in it is a word of FEEL", what=str(error.found)) from error
    return found


class Translator:
    """Reads one expression of the other language and writes FEEL."""

    def __init__(self, text: str, source: str) -> None:
        self.text = text
        self.tokens = self._tokens(source)
        self.at = 0
        self.depth = 0

    def whole(self) -> str:
        """The translation of all of it."""
        part = self._choice()
        if self.at < len(self.tokens):
            self._refuse("it does not read as one expression", self._peek())
        return part.text

    def _refuse(self, why: str, what: str) -> NoReturn:
        raise FeelUntranslatable(text=self.text, why=why, what=what)

    def _tokens(self, source: str) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        at, source = 0, source.rstrip()
        while at < len(source):
            match = _TOKEN.match(source, at)
            if match is None:
                self._refuse("it uses a sign that has no meaning here", source[at : at + 1])
            found.append((str(match.lastgroup), match[str(match.lastgroup)]))
            at = match.end()
        return found

    def _peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def _accept(self, *texts: str) -> bool:
        if self._peek() in texts and self.tokens[self.at][0] != "string":
            self.at += 1
            return True
        return False

    def _expect(self, text: str) -> None:
        if not self._accept(text):
            self._refuse(f'a "{text}" is missing', self._peek())

    def _choice(self) -> Part:
        self.depth += 1
        if self.depth > _DEEPEST:
            self._refuse("it is nested too deeply", "")
        condition = self._binary(1)
        if self._accept("?"):
            then = self._choice()
            self._expect(":")
            otherwise = self._choice()
            condition = Part(f"if {condition.text} then {then.text} else {otherwise.text}", 0)
        self.depth -= 1
        return condition

    def _binary(self, weakest: int) -> Part:
        left = self._unary()
        while True:
            sign = _WORDS.get(self._peek(), "") if self.at < len(self.tokens) else ""
            if self.at < len(self.tokens) and self.tokens[self.at][0] == "string":
                return left
            strength = _STRENGTH.get(sign, 0)
            if not strength or strength < weakest:
                return left
            if sign == "%":
                self._refuse("the remainder of negative numbers differs between the languages", "%")
            self.at += 1
            right = self._binary(strength + 1)
            left = Part(f"{left.inside(strength)} {sign} {right.inside(strength + 1)}", strength)

    def _unary(self) -> Part:
        if self._accept("!", "not"):
            return Part(f"not({self._unary().text})")
        if self._accept("-"):
            return Part(f"-{self._unary().inside(_WHOLE)}", 7)
        if self._peek() == "empty" and self.at + 1 < len(self.tokens):
            self.at += 1
            inner = self._unary().inside(_WHOLE)
            return Part(f'{inner} = null or is({inner}, "") or is({inner}, [])', 1)
        return self._behind(self._primary())

    def _primary(self) -> Part:
        if self.at >= len(self.tokens):
            self._refuse("it ends too early", "")
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return Part(text)
        if kind == "string":
            return Part(json.dumps(re.sub(r"\\(.)", r"\1", text[1:-1]), ensure_ascii=False))
        if kind == "name":
            return self._name(text)
        if text == "(":
            inner = self._choice()
            self._expect(")")
            return Part(f"({inner.text})") if inner.strength < _WHOLE else inner
        self._refuse("it does not read as one expression", text)

    def _name(self, name: str) -> Part:
        if name == "execution" and [token[1] for token in self.tokens[self.at : self.at + 3]] == [".", "getVariable", "("]:
            kind, text = self.tokens[self.at + 3] if self.at + 3 < len(self.tokens) else ("", "")
            if kind == "string" and text[1:-1].isidentifier():
                self.at += 4
                self._expect(")")
                return Part(text[1:-1])
        if name in _ENGINE:
            self._refuse("it uses an object of another engine", name)
        if self._peek() == "(":
            self._refuse("it calls code", name)
        return Part(name)

    def _behind(self, part: Part) -> Part:
        while True:
            if self._accept("."):
                kind, name = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
                if kind != "name":
                    self._refuse("a name is missing after the dot", name)
                self.at += 1
                part = self._method(part, name) if self._accept("(") else Part(f"{part.inside(_WHOLE)}.{name}")
            elif self._accept("["):
                part = self._item(part)
            else:
                return part

    def _method(self, part: Part, name: str) -> Part:
        form = _METHODS.get(name)
        if form is None:
            self._refuse("it calls code", name)
        arguments: list[Part] = []
        while not self._accept(")"):
            if arguments:
                self._expect(",")
            arguments.append(self._choice())
        if len(arguments) != form.count("{1}"):
            self._refuse("it calls code", name)
        strength = 3 if " = " in form else _WHOLE
        operand = part.inside(4) if name == "equals" else part.text
        return Part(form.format(operand, *(one.inside(4) if name == "equals" else one.text for one in arguments)), strength)

    def _item(self, part: Part) -> Part:
        kind, text = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        self.at += 1
        self._expect("]")
        if kind == "number" and text.isdigit():
            return Part(f"{part.inside(_WHOLE)}[{int(text) + 1}]")
        if kind == "string":
            key = text[1:-1]
            return Part(f"{part.inside(_WHOLE)}.{key}" if key.isidentifier() else f"get value({part.text}, {json.dumps(key)})")
        self._refuse("an index that is worked out may mean a position or a key", text)
