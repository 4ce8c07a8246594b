"""Forms: fields that came and went, what each asks for, which must be given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wardflow.errors import PackUnreadable
from wardflow.packs.comparing.difference import Difference, changed, gone_and_come
from wardflow.packs.pack import Pack


def differences(old: Pack, new: Pack, path: str) -> Iterator[Difference]:
    """What changed in a form; one that cannot be read is only said to have changed."""
    try:
        before, after = old.form_at(path), new.form_at(path)
    except PackUnreadable:
        return
    one, other = dict(_fields(before)), dict(_fields(after))
    form = {"form": str(after.get("title", path)), "form_en": _english(after)}
    gone, come, both = gone_and_come(one, other)
    yield from (Difference("diff.field-gone", path, {**form, **_named(name, one[name])}) for name in gone)
    yield from (Difference("diff.field-come", path, {**form, **_named(name, other[name])}) for name in come)
    for name in both:
        for what, was, now in changed(_own(one[name]), _own(other[name])):
            yield Difference("diff.field", path, {**form, **_named(name, other[name]), "what": what, "before": was, "after": now})
    yield from _required(path, form, before, after, other)
    for what, was, now in changed(_frame(before), _frame(after)):
        yield Difference("diff.form", path, {**form, "what": what, "before": was, "after": now})


def _fields(schema: Any, above: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every field by its path, those inside groups and lists too."""
    for name, part in (schema.get("properties", {}) if isinstance(schema, Mapping) else {}).items():
        if isinstance(part, Mapping):
            yield f"{above}{name}", part
            yield from _fields(part, f"{above}{name}/")
            yield from _fields(part.get("items", {}), f"{above}{name}/")


def _own(part: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a field says of itself, the fields inside it left out."""
    items = part.get("items")
    inner = {key: value for key, value in items.items() if key not in ("properties", "required")} if isinstance(items, Mapping) else items
    own = {key: value for key, value in part.items() if key not in ("properties", "required", "items")}
    return own | ({"items": inner} if inner else {})


def _frame(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a form says beside its fields: title, order, which fields show when."""
    return {key: value for key, value in schema.items() if key not in ("properties", "required")}


def _required(
    path: str, form: Mapping[str, str], before: Mapping[str, Any], after: Mapping[str, Any], fields: Mapping[str, Mapping[str, Any]]
) -> Iterator[Difference]:
    one, other = set(_must(before)), set(_must(after))
    for name in sorted(other - one):
        yield Difference("diff.field-required", path, {**form, **_named(name, fields.get(name, {}))})
    for name in sorted((one - other) & fields.keys()):
        yield Difference("diff.field-optional", path, {**form, **_named(name, fields[name])})


def _must(schema: Any, above: str = "") -> Iterator[str]:
    if isinstance(schema, Mapping):
        yield from (f"{above}{name}" for name in schema.get("required", ()))
        for name, part in schema.get("properties", {}).items():
            yield from _must(part, f"{above}{name}/")
            if isinstance(part, Mapping):
                yield from _must(part.get("items"), f"{above}{name}/")


def _named(name: str, part: Mapping[str, Any]) -> dict[str, str]:
    title = str(part.get("title", name))
    return {"field": title, "field_en": _english(part) or title, "path": name}


def _english(part: Mapping[str, Any]) -> str:
    found = part.get("x-i18n", {})
    english = found.get("en", {}) if isinstance(found, Mapping) else {}
    return str(english.get("title", "")) if isinstance(english, Mapping) else ""
