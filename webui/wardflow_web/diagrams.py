"""A diagram as the reader's browser draws it: on English pages each element by its English name, where its designer gave one."""

from __future__ import annotations

import re

from flask import Response, g

_VALUE = r"""(?:"[^"]*"|'[^']*')"""
_TAG = re.compile(rf"<[A-Za-z][\w:.-]*(?:\s+[\w:.-]+\s*=\s*{_VALUE})*\s*/?>")
_NAME = re.compile(rf"(?<=\s)name\s*=\s*{_VALUE}")
_ENGLISH = re.compile(rf"\swf:nameEn\s*=\s*({_VALUE})")


def drawn(content: bytes) -> Response:
    """The answer with the diagram in the reader's language."""
    shown = in_english(content.decode("utf-8")).encode() if g.language == "en" else content
    return Response(shown, mimetype="application/xml", headers={"Content-Disposition": "inline", "Vary": "Cookie"})


def in_english(diagram: str) -> str:
    """The diagram with English names; an element without one keeps its own."""
    return _TAG.sub(lambda found: _named(found[0]), diagram)


def _named(tag: str) -> str:
    english = _ENGLISH.search(tag)
    return _NAME.sub(lambda _found: f"name={english[1]}", tag, count=1) if english else tag
