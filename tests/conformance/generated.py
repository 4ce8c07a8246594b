"""Valid documents of a JSON Schema from hypothesis-jsonschema, the same in every run."""

from __future__ import annotations

import runpy
import types
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import hypothesis_jsonschema
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import HypothesisException
from hypothesis_jsonschema._resolve import HypothesisRefResolutionError
from wardflow.forms import ABSENT, get, put
from wardflow.forms.naming import names_open
from wardflow.forms.registry import NO_SCHEMAS
from wardflow.forms.shape import Shape, Shaper
from wardflow.forms.showing import mapped

drawn_at_random = runpy.run_path(str(Path(__file__).with_name("documents.py")))["documents"]
_TRIES = 4


class _Many:
    """What the package expects of `many`, in terms of the one newer versions of hypothesis have."""

    def __init__(self, data: Any, **sizes: Any) -> None:
        self._many = _CHOICES.many(data, **sizes)
        self._each: Any = None

    def more(self) -> bool:
        if self._each is None:
            self._each = iter(self._many.__enter__())
        for _ in self._each:
            return True
        self._many.__exit__(None, None, None)
        return False

    def reject(self, why: str | None = None) -> None:
        self._many.reject(why)


_CHOICES = hypothesis_jsonschema._from_schema.cu
if not hasattr(_CHOICES.many, "more"):
    hypothesis_jsonschema._from_schema.cu = types.SimpleNamespace(**{**vars(_CHOICES), "many": _Many})


def documents(schema: Mapping[str, Any], count: int) -> list[Any]:
    """As many different documents as asked for, or as there are; a schema that contains itself is drawn from by our own dice."""
    found: list[Any] = []

    def keep(document: Any) -> None:
        if len(found) < count and document not in found:
            found.append(document)

    quiet = settings(
        max_examples=count * _TRIES, database=None, derandomize=True, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    try:
        plain = {word: said for word, said in schema.items() if word != "$schema"}
        quiet(given(hypothesis_jsonschema.from_schema(plain))(keep))()
    except (HypothesisRefResolutionError, HypothesisException):
        return list(drawn_at_random(schema, count))
    return found


def typed(schema: Mapping[str, Any], document: Any, valid: Any) -> Any:
    """The document as it is when a person types it: only names the form has, no blanks at the ends, nothing where nothing was
    typed."""
    document = mapped(Shaper(), (NO_SCHEMAS.part(schema),), _typed(document), (), _spoken_of)
    before = None
    while document != before:    # what lost its last answer is empty in turn
        before = document
        for path in sorted(_empty(document, ()), key=len, reverse=True):
            shorter, longer = put(document, path, ABSENT), put(document, path, "x")
            if path and valid(shorter):
                document = shorter
                break
            if get(document, path) == "" and valid(longer):
                document = longer
    return document


def _spoken_of(shaper: Shaper, shape: Shape, value: dict[str, Any]) -> dict[str, Any]:
    return value if names_open(shape) else {name: each for name, each in value.items() if name in shape.properties}


def _typed(value: Any) -> Any:
    if isinstance(value, str):
        text = "".join(each for each in value if unicodedata.category(each)[0] not in "CZ" or each == " ")
        return " ".join(unicodedata.normalize("NFC", text).split())
    if isinstance(value, list):
        return [_typed(each) for each in value]
    if isinstance(value, dict):
        return {_typed(name): _typed(each) for name, each in value.items()}
    return value


def _empty(value: Any, path: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    found = [path] if value in ("", None, [], {}) or value is False else []
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for token, each in inside:
        found += _empty(each, (*path, token))
    return found


