"""How forms are built: proper JSON Schema, words that are understood, names and choices that fit together."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from wardflow import forms
from wardflow.domain.findings import LintFinding
from wardflow.packs.linting.sheet import Sheet

Place = tuple[str, Mapping[str, Any]]
NAMED, SINGLE, LISTED = ("properties", "$defs", "definitions", "dependentSchemas", "patternProperties"), (
    "if", "then", "else", "items", "not", "contains", "additionalProperties", "propertyNames", "unevaluatedProperties", "unevaluatedItems",
), ("allOf", "anyOf", "oneOf", "prefixItems")  # fmt: skip
"""Where schemas lie inside a schema: by name, alone, in a list."""
CONDITIONAL = ("if", "then", "else", "not", "contains", "allOf", "anyOf", "oneOf", "dependentSchemas")
"""Parts that only narrow what is declared elsewhere."""


TEXT, NUMBER, LIST, OBJECT = {"string"}, {"number", "integer"}, {"array"}, {"object"}
ABOUT: Mapping[str, set[str]] = {
    **dict.fromkeys(("minLength", "maxLength", "pattern", "format"), TEXT),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"), NUMBER),
    **dict.fromkeys(("items", "minItems", "maxItems", "uniqueItems", "contains", "prefixItems"), LIST),
    **dict.fromkeys(("properties", "required", "additionalProperties", "x-order", "patternProperties"), OBJECT),
}
"""What a word speaks about."""
FORMATS = frozenset(
    ["date", "time", "date-time", "duration", "email", "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6", "uri", "uri-reference", "iri", "iri-reference", "uuid", "regex", "json-pointer"]
)
"""The formats of JSON Schema 2020-12; any other is let pass in silence."""
BOUNDS = (("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems"), ("minProperties", "maxProperties"))
KINDS: Mapping[str, Any] = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict, "null": type(None)}


def findings(sheet: Sheet) -> Iterator[LintFinding]:
    """What in a form means nothing, or not what it seems to."""
    for path, schema in sheet.forms.items():
        for key in _twice(sheet.pack.files[path]):
            yield sheet.at_text("form.key-twice", path, f'"{key}"', key=key)
        wrong = forms.misbuilt(schema)
        for pointer, value in wrong:
            yield sheet.at_text("form.misbuilt", path, _quoted(pointer), pointer=pointer or "/", value=value)
        if wrong:
            continue
        for pointer, part in parts(schema):
            yield from _words(sheet, path, pointer, part)
            if isinstance(part.get("format"), str) and part["format"] not in FORMATS:
                yield sheet.at_text("form.format-unknown", path, f'"{part["format"]}"', pointer=pointer or "/", format=part["format"])
            for least, most in BOUNDS:
                if isinstance(part.get(least), int | float) and isinstance(part.get(most), int | float) and part[least] > part[most]:
                    yield sheet.at_text("form.never-fits", path, f'"{least}"', pointer=pointer or "/", least=f"{least} {part[least]}", most=f"{most} {part[most]}")
            yield from _typed(sheet, path, pointer, part)
            if not any(f"/{name}" in pointer for name in CONDITIONAL):
                yield from _declared(sheet, path, pointer, part)
        yield from _conditions(sheet, path, schema)


def _twice(content: bytes) -> list[str]:
    """Keys that one object has two of; the last of them wins and nobody sees the first."""
    found: list[str] = []

    def kept(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found.extend(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
        return dict(pairs)

    json.loads(content, object_pairs_hook=kept)
    return sorted(set(found))


def parts(schema: Mapping[str, Any], pointer: str = "") -> Iterator[Place]:
    """Every schema inside a schema, with its JSON pointer."""
    yield pointer, schema
    for word, value in schema.items():
        if word in NAMED and isinstance(value, Mapping):
            inner = [(f"{pointer}/{word}/{name}", each) for name, each in value.items()]
        elif word in SINGLE:
            inner = [(f"{pointer}/{word}", value)]
        elif word in LISTED and isinstance(value, list):
            inner = [(f"{pointer}/{word}/{place}", each) for place, each in enumerate(value)]
        else:
            continue
        for below, each in inner:
            if isinstance(each, Mapping):
                yield from parts(each, below)


def _words(sheet: Sheet, path: str, pointer: str, part: Mapping[str, Any]) -> Iterator[LintFinding]:
    for word in part:
        if word not in forms.KEYWORDS:
            yield sheet.at_text("form.keyword-unknown", path, f'"{word}"', keyword=word, pointer=pointer or "/")


def _declared(sheet: Sheet, path: str, pointer: str, part: Mapping[str, Any]) -> Iterator[LintFinding]:
    known = part.get("properties")
    if isinstance(known, Mapping) and "$ref" not in part and not _refers(part.get("allOf", ())):
        order, required = part.get("x-order"), part.get("required", ())
        more = "patternProperties" in part or isinstance(part.get("additionalProperties"), Mapping)
        added = {name for _, below in parts(part) if isinstance(below.get("properties"), Mapping) for name in below["properties"]}
        if order is not None:
            unlike = sorted(set(order) ^ set(known))
            if unlike:
                yield sheet.at_text("form.order-unlike", path, '"x-order"', fields=", ".join(unlike))
        for name in [name for name in required if name not in added and not more]:
            yield sheet.at_text("form.required-unknown", path, f'"{name}"', field=name)
    labels, offered = part.get("x-enum"), part.get("enum")
    if isinstance(labels, Mapping) and isinstance(offered, list):
        unlike = sorted({str(value) for value in offered if value not in ("", None)} ^ set(labels))
        if unlike:
            yield sheet.at_text("form.choice-unlike", path, f'"{unlike[0]}"', choices=", ".join(unlike), pointer=pointer)


def _refers(rules: Any) -> bool:
    """Whether rules that all hold bring the fields of another form."""
    return any(isinstance(rule, Mapping) and "$ref" in rule for rule in rules)


def _typed(sheet: Sheet, path: str, pointer: str, part: Mapping[str, Any]) -> Iterator[LintFinding]:
    """Words that say nothing about values of the declared type, and values that are not of it."""
    declared = part.get("type")
    types = {declared} if isinstance(declared, str) else set(declared or ())
    if not types:
        return
    for word in part:
        if word in ABOUT and not types & ABOUT[word]:
            yield sheet.at_text("form.type-unlike", path, f'"{word}"', pointer=pointer or "/", word=word, type=", ".join(sorted(types)))
    given = [*part.get("enum", ()), *(part[word] for word in ("const", "default") if word in part)]
    for value in given:
        if not any(_is(value, each) for each in types) and value != "":
            yield sheet.at_text("form.type-unlike", path, f'"{value}"', pointer=pointer or "/", word=str(value), type=", ".join(sorted(types)))


def _is(value: Any, declared: str) -> bool:
    kind = KINDS.get(declared)
    return kind is None or isinstance(value, kind) and (declared == "boolean" or not isinstance(value, bool))


def _conditions(sheet: Sheet, path: str, schema: Mapping[str, Any]) -> Iterator[LintFinding]:
    """Conditions about a field that is not there, or about a value that it does not offer."""
    for pointer, part in parts(schema):
        known = part.get("properties")
        if not isinstance(known, Mapping) or "$ref" in part:
            continue
        every = [part, *(each for each in part.get("allOf", ()) if isinstance(each, Mapping))]
        yield from (sheet.at_text("form.required-unknown", path, f'"{name}"', field=name) for each in every for name in _demanded(each) if name not in known)
        for rule in [each["if"] for each in every if isinstance(each.get("if"), Mapping)]:
            wanted = rule.get("properties", {})
            if empty := _empty(rule):
                yield sheet.at_text("form.condition-empty", path, '"if"', pointer=pointer or "/", fields=", ".join(empty))
            for name, narrow in wanted.items():
                if (value := _never(known.get(name), narrow)) is not None:
                    yield sheet.at_text("form.condition-never", path, f'"{name}"', field=name, value=value, pointer=pointer or "/")


def _demanded(part: Mapping[str, Any]) -> list[str]:
    """What a form demands under a condition, beside what it adds there."""
    ways = [each for each in (part.get("then"), part.get("else")) if isinstance(each, Mapping)]
    return [name for each in ways for name in each.get("required", ()) if name not in each.get("properties", {})]


def _empty(rule: Mapping[str, Any]) -> list[str]:
    """The fields that a condition wants to be there and, having a list of values to ask for, asks nothing of."""
    return [name for name in rule.get("required", ()) if name not in rule["properties"]] if "properties" in rule else []


def _never(declared: Any, narrow: Any) -> str | None:
    """The value a condition waits for that the field cannot have; None where it can."""
    if declared is None:
        return "?"
    offered = declared.get("enum") if isinstance(declared, Mapping) else None
    if not isinstance(offered, list) or not isinstance(narrow, Mapping):
        return None
    wanted = [narrow["const"]] if "const" in narrow else narrow.get("enum", ())
    return next((str(value) for value in wanted if value not in offered), None)


def _quoted(pointer: str) -> str:
    return f'"{pointer.rsplit("/", 1)[-1]}"' if pointer else "{"
