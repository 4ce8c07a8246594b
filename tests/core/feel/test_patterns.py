"""Regular expressions as XPath knows them, matched in bounded time."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wardflow.feel import evaluate
from wardflow.feel.regex import Flags, compile_pattern


@pytest.mark.parametrize(
    ("pattern", "text", "flags", "found"),
    [
        ("^a.c$", "abc", "", True),
        ("a.c", "a\nc", "", False),
        ("a.c", "a\nc", "s", True),
        ("^b$", "a\nb\nc", "m", True),
        ("a b", "ab", "x", True),
        ("a.c", "abc", "q", False),
        ("[a-z-[aeiou]]+", "xyz", "", True),
        ("^[a-z-[aeiou]]+$", "xay", "", False),
        (r"^\p{Lu}\p{Ll}+$", "Đất", "", True),
        (r"^\P{L}+$", "123", "", True),
        (r"^\p{IsLatinExtendedAdditional}$", "ế", "", True),
        (r"^\d{2,4}$", "12345", "", False),
        (r"^(a|b)\1$", "aa", "", True),
        (r"^(a|b)\1$", "ab", "", False),
        (r"^\i\c*$", "name-1", "", True),
        ("(?:ab)+", "abab", "", True),
        ("^a+?b", "aab", "", True),
    ],
)
def test_patterns(pattern: str, text: str, flags: str, found: bool) -> None:
    context = {"text": text, "pattern": pattern, "flags": flags}
    assert evaluate("matches(text, pattern, flags)", context) is found


@pytest.mark.parametrize("pattern", ["(", "a{2,1}", "[z-a]", r"\q", "*a", r"(a)\2", r"\p{Xx}", "[]", "a**", ")"])
def test_what_is_no_pattern_is_null(pattern: str) -> None:
    assert evaluate('matches("a", pattern)', {"pattern": pattern}) is None


@pytest.mark.parametrize(("replacement", "result"), [("$2-$1", "b-a"), ("[$0]", "[ab]"), (r"\$1", "$1"), ("$9", ""), ("$", None)])
def test_a_replacement_names_groups(replacement: str, result: str | None) -> None:
    assert evaluate('replace("ab", "(a)(b)", replacement)', {"replacement": replacement}) == result


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["a", "b", ".", "a*", "b+", "(a|b)", "(ab)?", "[ab]", "[^a]", "(a*b)*", "^", "$"]), max_size=6).map("".join), st.text("abc", max_size=8))
def test_ordinary_patterns_match_as_they_do_in_python(pattern: str, text: str) -> None:
    ours = compile_pattern(pattern, Flags.read("")).search(text, 0, lambda steps: None)
    theirs = re.search(pattern.replace("$", r"\Z"), text)
    assert (ours and (ours.start, ours.end)) == (theirs and theirs.span())
