"""Whether a value fits a schema: the one place that asks the JSON Schema library."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from jsonschema import (
    Draft4Validator,
    Draft7Validator,
    Draft202012Validator,
    FormatChecker,
    TypeChecker,
    ValidationError,
    validators,
)

from wardflow.forms import spelling
from wardflow.forms.registry import Part

Word = tuple[Callable[..., Any], tuple[Any, Any], Mapping[str, Any]]    # what judges, its validator and what it says, its schema
LibraryError = Any  # a ValidationError, whose attributes are typed as possibly unset although these are not

_MAIL = re.compile(r"[^@\s\"<>(),:;\\]{1,64}@([A-Za-z0-9-]{1,63}\.)+[A-Za-z][A-Za-z0-9-]{1,62}")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:([0-5]\d|60)(\.\d+)?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?", re.IGNORECASE)
_BORROWED = (
    "duration", "hostname", "idn-email", "idn-hostname", "ipv4", "ipv6", "iri", "iri-reference", "json-pointer", "regex",
    "relative-json-pointer", "uri", "uri-reference", "uri-template", "uuid",
)  # fmt: skip


def _formats() -> FormatChecker:
    checker = FormatChecker(formats=())
    for name in _BORROWED:
        if name in Draft202012Validator.FORMAT_CHECKER.checkers:
            checker.checkers[name] = Draft202012Validator.FORMAT_CHECKER.checkers[name]
    ours = {
        "date": spelling.is_day,
        "date-time": spelling.is_moment,
        "time": _TIME.fullmatch,  # office hours are written "08:30": the offset of RFC 3339 is allowed, not demanded
        "email": _MAIL.fullmatch,
    }
    for name, holds in ours.items():
        checker.checks(name)(_for_text(holds))
    return checker


def _for_text(holds: Any) -> Any:
    return lambda value: not isinstance(value, str) or bool(holds(value))


class _Types(TypeChecker):    # type: ignore[misc]    # the library's classes are typed by a plugin we do without
    """The library's types; most values are plainly of theirs, and are not looked up in its map of functions."""

    def is_type(self, instance: Any, type: str) -> bool:
        kinds = _PLAIN.get(instance.__class__)
        # a float that is whole is an integer as well, and a name that no type has is the library's to refuse
        if kinds is None or (type not in kinds and (kinds is _FRACTION or type not in _KINDS)):
            return bool(super().is_type(instance, type))
        return type in kinds


_FRACTION = ("number",)
_PLAIN: dict[type, tuple[str, ...]] = {
    str: ("string",), int: ("integer", "number"), float: _FRACTION, bool: ("boolean",), dict: ("object",), list: ("array",),
    type(None): ("null",),
}
_KINDS = frozenset(kind for kinds in _PLAIN.values() for kind in kinds)


def plainly(word: Word) -> tuple[type, ...]:
    """The classes whose values a word lets through without being asked: those that plainly are of its type."""
    judge, (_, said), _ = word
    return tuple(each for each, kinds in _PLAIN.items() if said in kinds) if judge is _type else ()


def _type(validator: Any, kinds: Any, value: Any, schema: Any) -> Iterator[ValidationError]:
    """One type is asked for as such; what the library does for several takes longer than the answer."""
    if not isinstance(kinds, str) or not validator.is_type(value, kinds):
        yield from _NEW["type"](validator, kinds, value, schema) or ()


def _multiple_of(_validator: Any, step: Any, value: Any, _schema: Any) -> Iterator[ValidationError]:
    """Decided in decimal: in binary 126.55 is no multiple of 0.01."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return
    if Decimal(repr(value)) % Decimal(repr(step)):
        yield ValidationError(f"not a multiple of {step}")


def _items(validator: Any, items: Any, value: Any, schema: Any) -> Iterator[ValidationError]:
    """A list of items is how older drafts wrote fixed places."""
    yield from (_OLD if isinstance(items, list) else _NEW)["items"](validator, items, value, schema) or ()


def _additional_items(validator: Any, rest: Any, value: Any, schema: Any) -> Iterator[ValidationError]:
    if isinstance(schema.get("items"), list):
        yield from _OLD["additionalItems"](validator, rest, value, schema) or ()


def _required(validator: Any, names: Any, value: Any, schema: Any) -> Iterator[ValidationError]:
    """A bare `true` on a property itself is a word of the oldest drafts, which nobody can be refused for."""
    if isinstance(names, list):
        yield from _NEW["required"](validator, names, value, schema) or ()


def _bound(word: str) -> Any:
    """A bound, also where `exclusiveMinimum: true` stands beside `minimum`, as draft 4 wrote it."""

    def held(validator: Any, limit: Any, value: Any, schema: Any) -> Iterator[ValidationError]:
        if isinstance(limit, bool):
            return
        exclusive = "exclusive" + word[0].upper() + word[1:]
        draft_4 = isinstance(schema.get(exclusive), bool)
        yield from (_OLDEST if draft_4 else _NEW)[word](validator, limit, value, schema) or ()

    return held


_NEW: Any = Draft202012Validator.VALIDATORS
_OLD: Any = Draft7Validator.VALIDATORS
_OLDEST: Any = Draft4Validator.VALIDATORS
FORMATS = _formats()
_EXTENDED: Any = validators  # the library gives `extend` no types
_EVERY_DRAFT = _EXTENDED.extend(
    Draft202012Validator,
    {
        "type": _type, "multipleOf": _multiple_of, "items": _items, "additionalItems": _additional_items, "required": _required,
        "dependencies": _OLD["dependencies"],
        **{word: _bound(word) for word in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")},
    },
    type_checker=_Types().redefine_many(
        {kind: lambda _, value, kind=kind: Draft202012Validator.TYPE_CHECKER.is_type(value, kind) for kind in _KINDS}
    ),
)  # fmt: skip
"""The words of 2020-12 and those older drafts wrote otherwise: real forms mix them, whatever their `$schema` says."""


class Judge:
    """Tells whether values fit, and what is wrong with those that do not."""

    __slots__ = ()

    def fits(self, part: Part, value: Any) -> bool:
        """Whether the value is valid against the schema."""
        return next(self.errors(part, value), None) is None

    def errors(self, part: Part, value: Any) -> Iterator[LibraryError]:
        """Every error of the library, as it comes."""
        found: Iterator[LibraryError] = self.validator(part).iter_errors(value)
        return found

    def validator(self, part: Part) -> Any:
        """The library's validator of a schema."""
        return _EVERY_DRAFT(part.schema, format_checker=FORMATS, _resolver=part.resolver)

    def words(self, part: Part) -> tuple[Word, ...]:
        """The words of a schema that may object to a value, each as it is asked, to be kept by who asks often."""
        asked, schema = self.validator(part), part.schema
        said = ((_EVERY_DRAFT.VALIDATORS.get(word), each) for word, each in schema.items() if not _let_through(word, each))
        return tuple((judge, (asked, each), schema) for judge, each in said if judge is not None)


def _let_through(word: str, said: Any) -> bool:
    """Whether a word names fields or items without saying anything of them."""
    if word == "properties":
        return all(each is True for each in said.values())
    return word == "items" and said is True


def misbuilt(schema: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Each place of a schema (JSON pointer) that is no JSON Schema, with what stands there; empty for a proper one."""
    draft: Any = Draft7Validator if "draft-07" in str(schema.get("$schema", "")) else Draft202012Validator
    meta: Any = draft(draft.META_SCHEMA)
    found = sorted(meta.iter_errors(schema), key=lambda error: list(map(str, error.absolute_path)))
    return tuple(("".join(f"/{part}" for part in error.absolute_path), repr(error.instance)[:80]) for error in found)
