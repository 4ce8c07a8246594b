"""The words of the pages: Vietnamese in the templates themselves, English from translations/en.po, read once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, cast

from babel.messages.pofile import read_po
from flask import Flask, current_app, g, request
from wardflow.cases.platform import Platform
from wardflow.cases.reads.views import Words
from wardflow.domain.reasons import Reason
from wardflow.wording import LANGUAGES, Wording
from wardflow.wording.citations import cited
from wardflow.wording.words import Sayable

COUNT = re.compile(r"\{(\w+):count ([^|}]*)\|([^}]*)\}")


@cache
def translations(language: str) -> Mapping[str, str]:
    """What each Vietnamese text of a page is in `language`; empty for Vietnamese, which needs no catalogue."""
    source = files("wardflow_web") / "translations" / f"{language}.po"
    if not source.is_file():
        return {}
    with source.open("rb") as stream:
        return {str(message.id): str(message.string) for message in read_po(stream) if message.id and message.string}


def phrase(text: str, /, **facts: Any) -> str:
    """`text` in the language of this request; `{name}` is replaced, `{n:count task|tasks}` agrees with its number."""
    found = translations(g.language).get(text, text)
    if not facts:
        return found
    counted = COUNT.sub(lambda m: f"{facts[m[1]]} {m[2] if facts[m[1]] == 1 else m[3]}", found)
    return counted.format(**facts)


def mark_for_translation(text: str) -> str:
    """`text` unchanged: imported as `_`, it marks a constant for the catalogue, and the template translates it."""
    return text


def own(words: Words) -> str:
    """What a record calls itself, in the language of this request."""
    return words.say(g.language)


def wording() -> Wording:
    """The renderer of reasons in the language of this request, plugins' and packs' words included."""
    if "wording" not in g:
        platform: Platform = current_app.extensions["wardflow"]
        g.wording = platform.wording(g.language)
    return cast(Wording, g.wording)


def say(said: Sayable, **facts: Any) -> str:
    """A reason in words."""
    return wording().say(said, **facts)


def law(citation: str) -> str:
    """A legal citation in the reader's language."""
    return cited(citation) if g.language == "en" else citation


def say_finding(stored: Mapping[str, Any]) -> str:
    """A finding as it travels in the data of a case, in words."""
    return say(Reason.from_json(stored))


def install(app: Flask, platform: Platform) -> None:
    """Every request knows its language before anything else, error pages included."""
    default = platform.settings.language

    @app.before_request
    def choose() -> None:
        asked = request.args.get("lang") or request.cookies.get("lang", "")
        g.language = asked if asked in LANGUAGES else default

    app.jinja_env.globals.update(_=phrase, law=law, own=own, reason=Reason, say=say, say_finding=say_finding)
