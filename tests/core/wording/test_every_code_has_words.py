"""Every code the platform can give has words in both languages, with the same facts, in proper Vietnamese."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest
import wardflow
from wardflow.domain.instruments import FORMS
from wardflow.domain.register_changes import RegisterChange
from wardflow.families import BUILT_IN
from wardflow.plugins import Plugins
from wardflow.wording import LANGUAGES, Wording

CORE = Path(wardflow.__file__).parent
LIGHTS = ("person", "work", "responsibility", "deadline", "product", "authority")
PLACES = ("receiving", "returning", "support", "authority", "office", "applicant")

INTERESTS = ("works-for", "family", "owns", "advised")
CHANGES = (*(kind.kind for kind in get_args(RegisterChange)), "day")
READINESS = ("approve", "approve_with_support_plan", "approve_as_linked", "defer", "reject_or_route_up", "unknown")
REFUSING = re.compile(r'why="([a-z-]+)"|^            \("([a-z-]+)", ', re.MULTILINE)
UNUSABLE = ("two-leads", "unit", "person", *(
    found[1] or found[2]
    for file in ("instruments", "register_changes", "staff_changes")
    for found in REFUSING.finditer((CORE / "domain" / f"{file}.py").read_text("utf-8"))
))

COMPOSED: dict[str, tuple[str, ...]] = {
    "calendar.{}": ("holiday", "swap_off", "made_up", "half_day", "closed"),
    "clock.counted-{}": ("wd", "d"),
    "clock.used-{}": ("wd", "d", "wh"),
    "clock.over-{}": ("wd", "d", "wh"),
    "clock.turn-{}": ("consulted", "linked", "whole", "ended", "waiting", "not-started"),
    "clock.turn-{}-late": ("consulted", "linked"),
    "migration.{}": (
        "step-removed", "kind-changed", "place-changed", "loop-changed", "service-changed", "call-changed", "flow-removed",
        "join-changed", "compensation-changed", "event-changed", "timer-unreadable",
    ),
    "routing.substitute-{}": ("applicant", "recused", "four-eyes", "unable"),
    "routing.place-{}": ("authority", "office"),
    "routing.place-{}-here": PLACES,
    "interest.{}": INTERESTS,
    "instrument.{}": ("two-leads", "twice", "gap"),
    "register.{}": CHANGES,
    "six.{}": ("work", "responsibility", "product", "authority"),
    "six.{}-missing": LIGHTS,
}
"""Codes put together in an f-string, with everything that can stand in the gap."""

LISTED = (
    *(f"clock.{start}{how}" for start in ("started", "restarted") for how in ("", "-same-day", "-hours")),
    *(f"clock.{rule}" for rule in ("after-hours", "last-hour", "cutoff")),
    *(f"clock.move.{move}" for move in ("start", "pause", "resume", "restart", "extend", "stop")),
    *(f"calendar.kind.{kind}" for kind in ("weekend", "holiday", "swap_off", "closed")),
    *(f"authority.level.{level}" for level in ("city", "commune")),
    *(f"routing.place.{place}" for place in PLACES),
    *(f"six.light.{light}" for light in LIGHTS),
    "six.all-clear",
    "six.unclear",
    *(f"clock.turn-{whose}" for whose in ("whole", "ended", "waiting", "not-started", "consulted", "linked")),
    *(f"clock.turn-{kind}-late" for kind in ("consulted", "linked")),
    *(f"instrument.form.{form}" for form in FORMS),
    *(f"interest.kind.{kind}" for kind in INTERESTS),
    *(f"register.kind.{kind}" for kind in CHANGES),
    *(f"register.readiness.{word}" for word in READINESS),
    *(f"register.unusable.{why}" for why in UNUSABLE),
    "register.moves",
    "register.moves-to-come",
    "register.revoked-meanwhile",
    *(f"standing.status.{status}" for status in ("late", "today", "ok", "early", "done", "pause")),
    *(f"standing.timing.{timing}" for timing in ("early", "on_time", "late")),
)
"""Codes that travel through a variable, or that pages ask for by name."""

SAYS = {"Reason": "", "LintFinding": "lint."}


def spoken() -> Iterator[tuple[str, str]]:
    """Each code written in the source as the first argument of a reason or a lint finding, with the file it is in."""
    for file in sorted(CORE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYS and node.args:
                for text in texts(node.args[0]):
                    yield SAYS[node.func.id] + text, str(file.relative_to(CORE))


def texts(argument: ast.expr) -> Iterator[str]:
    match argument:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in parts)
        case ast.IfExp(body=body, orelse=other):
            yield from texts(body)
            yield from texts(other)
        case ast.BoolOp(values=values):
            for value in values:
                yield from texts(value)


def codes() -> Iterator[tuple[str, str]]:
    for code, file in spoken():
        if "{}" not in code:
            yield code, file
        for part in COMPOSED.get(code, ()):
            yield code.replace("{}", part), file
    yield from ((code, "LISTED") for code in LISTED)


def words_of(language: str) -> Wording:
    """The sentences of a language, those of the families among them."""
    return Wording(language, Plugins.load(builtin=BUILT_IN, sources=()).translations(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_words(language: str) -> None:
    words = words_of(language)
    assert sorted({f"{code} ({file})" for code, file in codes() if code not in words}) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_composed_code_that_is_not_listed_fits_at_least_one_sentence(language: str) -> None:
    known = words_of(language).codes()
    unlisted = {(code, file) for code, file in spoken() if "{}" in code and code not in COMPOSED}
    fits = {code: re.compile(re.escape(code).replace(r"\{\}", ".+")) for code, _ in unlisted}
    assert sorted((code, file) for code, file in unlisted if not any(map(fits[code].fullmatch, known))) == []


def test_both_languages_have_the_same_codes() -> None:
    vietnamese, english = (words_of(language).codes() for language in LANGUAGES)
    assert sorted(vietnamese ^ english) == []


def test_every_sentence_can_be_read_and_both_languages_use_known_formats() -> None:
    known = Wording.format_names()
    for language in LANGUAGES:
        words = words_of(language)
        for code in words.codes():
            for _, name, spec, _ in Formatter().parse(words.template(code)):
                assert name is None or (spec or "").partition(" ")[0] in known, code


def test_vietnamese_is_composed_and_scolds_nobody() -> None:
    words = words_of("vi")
    for code in words.codes():
        sentence = words.template(code)
        assert unicodedata.is_normalized("NFC", sentence), code
        assert "!" not in sentence and "không hợp lệ" not in sentence.casefold(), code
