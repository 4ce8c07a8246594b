"""Valid documents of a JSON Schema from hypothesis-jsonschema, the same in every run."""

from __future__ import annotations

import json
import runpy
import types
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import hypothesis_jsonschema
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import HypothesisException
from hypothesis_jsonschema._resolve import HypothesisRefResolutionError
from wardflow.forms import ABSENT, get, kinds, put, without_hidden
from wardflow.forms.judge import Judge
from wardflow.forms.naming import names_open
from wardflow.forms.registry import NO_SCHEMAS, Part
from wardflow.forms.shape import Shape, Shaper
from wardflow.forms.showing import mapped

drawn_at_random = runpy.run_path(str(Path(__file__).with_name("documents.py")))["documents"]
_TRIES = 1.5
_NAMED = ("properties", "patternProperties", "$defs", "definitions")
"""Words whose keys are names and no words."""


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


_MADE: dict[str, list[Any]] = {}


def documents(schema: Mapping[str, Any], count: int) -> list[Any]:
    """As many different documents as asked for, or as there are, made once."""
    key = json.dumps([schema, count])
    if key not in _MADE:
        _MADE[key] = _documents(schema, count)
    return _MADE[key]


def _documents(schema: Mapping[str, Any], count: int) -> list[Any]:
    """The documents; a schema that contains itself is drawn from by our own dice."""
    found: list[Any] = []
    part = NO_SCHEMAS.part(schema)

    def keep(document: Any) -> None:
        if len(found) < count and document not in found and Judge().fits(part, document):    # it knows the words of older drafts only
            found.append(document)

    quiet = settings(
        max_examples=int(count * _TRIES), database=None, derandomize=True, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    try:
        plain = ({"type": "object"} if "properties" in schema else {}) | {word: said for word, said in schema.items() if word != "$schema"}
        quiet(given(hypothesis_jsonschema.from_schema(plain))(keep))()
    except (HypothesisRefResolutionError, HypothesisException):
        return list(drawn_at_random(schema, count))
    return found


def typeable(schema: Mapping[str, Any], count: int, longest: int) -> Iterator[Any]:
    """Documents as a person would type them, none longer than so many characters.

    Where a schema says `items` and no `type` the page offers a list; the number that it also allows is nobody's to type.
    """
    part, lists, judge = NO_SCHEMAS.part(schema), NO_SCHEMAS.part(_lists(schema)), Judge()
    for document in documents(schema, count):
        if len(json.dumps(document)) <= longest:
            plain = typed(schema, document, lambda value: judge.fits(part, value))
            if judge.fits(part, plain) and judge.fits(lists, plain) and without_hidden(schema, plain) == plain:
                yield plain


def _lists(schema: Any) -> Any:
    """The schema with `"type": "array"` beside every `items` that stands without a type."""
    if isinstance(schema, list):
        return [_lists(each) for each in schema]
    if not isinstance(schema, Mapping):
        return schema
    inside = {
        word: {name: _lists(each) for name, each in said.items()} if word in _NAMED and isinstance(said, Mapping) else _lists(said)
        for word, said in schema.items()
    }
    return {"type": "array", **inside} if isinstance(schema.get("items"), Mapping) and "type" not in schema else inside


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
            if get(document, path) == {} and valid(put(document, path, None)):
                document = put(document, path, None)    # a group nobody begins is null where it must be there
                break
            if get(document, path) == "" and valid(longer):
                document = longer
    return document


def _spoken_of(shaper: Shaper, shape: Shape, value: dict[str, Any]) -> dict[str, Any]:
    """Names the form has; what is ticked comes in the order of the boxes."""
    found = value if names_open(shape) else {name: each for name, each in value.items() if name in shape.properties}
    return {name: _ticked(shaper, shape.properties.get(name, ()), each) for name, each in found.items()}


def _ticked(shaper: Shaper, parts: tuple[Part, ...], value: Any) -> Any:
    shape = shaper.every_part(parts)
    if not isinstance(value, list) or kinds.kind_of(shaper, shape, value, required=False) != "many":
        return value
    boxes = [each for _, each in kinds.choosable(shaper, shaper.every_part(kinds.row_parts(shape)))]
    return sorted(value, key=boxes.index)


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
    unticked = isinstance(value, dict) and all(each is False for each in value.values())
    found = [path] if value in ("", None, []) or value is False or unticked else []
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for token, each in inside:
        found += _empty(each, (*path, token))
    return found


