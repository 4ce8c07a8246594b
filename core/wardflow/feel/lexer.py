"""A FEEL text as tokens; comments and blanks are gone, every token knows where it stood."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple, NoReturn

from wardflow.errors import FeelLimit, FeelSyntaxError

KEYWORDS = frozenset(
    ["and", "or", "between", "in", "if", "then", "else", "for", "return", "some", "every", "satisfies", "instance", "null", "true", "false"]
)

_START = (
    "?_A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_PART = _START + "0-9\u00b7\u0300-\u036f\u203f-\u2040'"
_TOKEN = re.compile(
    rf"""(?P<blank>(?:[\s\u0085\u180e\u200b\ufeff]|//[^\n]*|/\*(?s:.*?)\*/)+)
    |(?P<number>(?:[0-9]+(?:\.[0-9]+)?|(?<!\.)\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    |(?P<string>"(?:[^"\\]|\\.)*")
    |(?P<name>[{_START}][{_PART}]*)
    |(?P<sign>\.\.|\*\*|<=|>=|!=|->|[-+*/=<>()\[\]{{}},:.@])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6})|(.))", re.DOTALL)
_PLAIN_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


class Token(NamedTuple):
    """A piece of text: `kind` is number, string, name, keyword, sign or end."""

    kind: str
    text: str
    at: int
    end: int


def tokens(source: str, most: int = 15_000) -> list[Token]:
    """The tokens of `source`, closed by one of kind `end`."""
    found: list[Token] = []
    at = 0
    while at < len(source):
        match = _TOKEN.match(source, at)
        if match is None:
            what = "the end of the string" if source[at] == '"' else "a FEEL expression"
            refuse(source, at, what, source[at])
        kind = str(match.lastgroup)
        if kind != "blank":
            text = match.group()
            if kind == "name":
                text = unicodedata.normalize("NFC", text) if not text.isascii() else text
                kind = "keyword" if text in KEYWORDS else kind
            found.append(Token(kind, text, at, match.end()))
            if len(found) > most:
                raise FeelLimit(limit=most, what="words and signs")
        at = match.end()
    found.append(Token("end", "", len(source), len(source)))
    return found


def string_value(literal: str) -> str:
    """The characters a quoted literal stands for, escapes resolved and surrogate pairs joined."""
    text = literal[1:-1]
    if "\\" not in text:
        return text
    text = _ESCAPE.sub(_unescape, text)
    if any("\ud800" <= character <= "\udfff" for character in text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _unescape(match: re.Match[str]) -> str:
    short, long, plain = match.groups()
    if short or long:
        point = int(short or long, 16)
        return chr(point) if point <= 0x10FFFF else "\ufffd"
    return _PLAIN_ESCAPES.get(plain, plain if plain in "\"'\\" else "\\" + plain)


def refuse(source: str, at: int, expected: str, found: str) -> NoReturn:
    """Raise the syntax error for offset `at`, with line, column, what was expected and a caret under the place."""
    line = source.count("\n", 0, at) + 1
    start = source.rfind("\n", 0, at) + 1
    end = source.find("\n", at)
    column = at - start + 1
    excerpt, caret = _window(source[start : end if end >= 0 else len(source)], column)
    shown = found or "the end"
    raise FeelSyntaxError(
        f"Line {line}, column {column}: expected {expected}, found {shown}.\n{excerpt}\n{caret}",
        line=line,
        column=column,
        expected=expected,
        found=found,
        excerpt=excerpt,
        caret=caret,
    )


def _window(line: str, column: int) -> tuple[str, str]:
    first = max(0, column - 60)
    return line[first : first + 100], " " * (column - 1 - first) + "^"
