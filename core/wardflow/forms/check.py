"""What is wrong with a value: one objection a field, in the order of the form, as codes with facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wardflow.domain.reasons import Objection, Reason
from wardflow.forms.field import Field, every_field
from wardflow.forms.fields import fields
from wardflow.forms.judge import Judge, LibraryError
from wardflow.forms.objecting import WEIGHT, code_of, reason_of
from wardflow.forms.paths import pointer
from wardflow.forms.ready import fits, is_fixed
from wardflow.forms.registry import NO_SCHEMAS, Schemas
from wardflow.forms.showing import with_groups, without_hidden
from wardflow.forms.values import Path, get, is_sealed


def check(schema: Mapping[str, Any], value: Any, *, schemas: Schemas = NO_SCHEMAS) -> tuple[Objection, ...]:
    """The objections to a value; answers to questions that no longer show are not looked at."""
    return settle(schema, value, schemas=schemas)[1]


def settle(schema: Mapping[str, Any], value: Any, *, schemas: Schemas = NO_SCHEMAS) -> tuple[Any, tuple[Objection, ...]]:
    """The value without answers to questions that no longer show, and the objections to it."""
    fixed = is_fixed(schema, schemas)
    if fixed and fits(schema, value, schemas):
        return value, ()
    kept = value if fixed else without_hidden(schema, value, schemas=schemas)
    return kept, _objections(schema, with_groups(schema, kept, schemas=schemas), schemas)


def _objections(schema: Mapping[str, Any], asked: Any, schemas: Schemas) -> tuple[Objection, ...]:
    faults = [*_faults(Judge().errors(schemas.part(schema), asked))]
    if not faults:
        return ()
    drawn: dict[str, Field] = {}
    for each in every_field(fields(schema, asked, schemas=schemas)):
        drawn.setdefault(each.pointer, each)
    heaviest: dict[str, tuple[int, Objection]] = {}
    # the library does not say which names no part of the schema looked at: those the form draws are not meant
    meant = [fault for fault in faults if fault[1] != "unevaluatedProperties" or pointer(fault[0]) not in drawn]
    for path, word, reason in meant or faults:
        if any(is_sealed(get(asked, path[:depth])) for depth in range(len(path) + 1)):
            continue
        objection, weight = _placed(path, reason, drawn), WEIGHT.get(word, 50)
        if weight < heaviest.get(objection.pointer, (99, objection))[0]:
            heaviest[objection.pointer] = (weight, objection)
    order = {where: number for number, where in enumerate(drawn)}
    found = [objection for _, objection in heaviest.values()]
    return tuple(sorted(found, key=lambda objection: order.get(objection.pointer, len(order))))


def _placed(path: Path, reason: Reason, drawn: Mapping[str, Field]) -> Objection:
    """The objection at the field that shows it, in the words that fit its control."""
    where = pointer(path)
    for depth in range(len(path)):
        above = drawn.get(pointer(path[:depth]))
        if above is not None and above.kind in ("file", "files"):
            return Objection(above.pointer, Reason("form.file-broken"))
    if reason.code == "form.required" and where in drawn:
        return Objection(where, Reason(_MISSING.get(drawn[where].kind, "form.required")))
    return Objection(where, reason)


_MISSING = {"file": "form.required-file", "files": "form.required-file", "list": "form.required-list",
            "select": "form.required-choice", "radio": "form.required-choice", "many": "form.required-choice",
            "checkbox": "form.required-choice"}  # fmt: skip
Fault = tuple[Path, str, Reason]


def _faults(errors: Iterator[LibraryError], above: Path = ()) -> Iterator[Fault]:
    """Each error as the field it is about, the schema word it broke and the reason."""
    for error in errors:
        path: Path = (*above, *error.path)
        if error.validator in ("oneOf", "anyOf") and error.context:
            yield from _alternatives(error, path)
        elif error.validator == "required":
            for name in error.validator_value:
                if name not in error.instance:
                    yield (*path, name), "required", Reason("form.required")
        elif error.validator in ("dependentRequired", "dependencies"):
            yield from _dependents(error, path)
        elif error.validator in ("additionalProperties", "unevaluatedProperties", "propertyNames"):
            yield from _unknown(error, path)
        else:
            yield path, str(error.validator), reason_of(error)


def _dependents(error: LibraryError, path: Path) -> Iterator[Fault]:
    for given, names in error.validator_value.items():
        if given in error.instance and isinstance(names, list):
            for name in names:
                if name not in error.instance:
                    yield (*path, name), "required", Reason("form.required")


def _unknown(error: LibraryError, path: Path) -> Iterator[Fault]:
    known = error.schema.get("properties", {}) if isinstance(error.schema, Mapping) else {}
    extra = [name for name in error.instance if name not in known]
    for name in extra[:20] if error.validator != "propertyNames" else []:
        yield (*path, name), str(error.validator), Reason("form.unknown", {"name": name})
    if error.validator == "propertyNames" or not extra:
        yield path, "unknown", reason_of(error)


def _alternatives(error: LibraryError, path: Path) -> Iterator[Fault]:
    """What is wrong with the alternative that was meant; a list of constants is an ordinary wrong choice."""
    branches: dict[int, list[LibraryError]] = {}
    for inner in error.context or ():
        branches.setdefault(int(inner.relative_schema_path[0]), []).append(inner)
    if all(any(each.validator in ("const", "enum") and not each.path for each in errors) for errors in branches.values()):
        yield path, "enum", Reason("form.choice", {"typed": _typed(error.instance)})
        return
    if all(each.validator == "required" for errors in branches.values() for each in errors):
        yield from _one_needed(branches, path)
        return
    meant = min(branches.values(), key=_distance)
    yield from _faults(iter(meant), path)


def _one_needed(branches: Mapping[int, list[LibraryError]], path: Path) -> Iterator[Fault]:
    for errors in branches.values():
        for error in errors:
            for name in error.validator_value:
                if name not in error.instance:
                    yield (*path, *error.path, name), "required", Reason("form.one-needed")


def _distance(errors: list[LibraryError]) -> tuple[int, int, int, int]:
    """How far a value is from an alternative: another type or another constant is farthest, then what it lacks."""
    kinds = [code_of(error) for error in errors if not error.path]
    constants = sum(error.validator in ("const", "enum") for error in errors)
    lacks = sum(len(set(error.validator_value) - set(error.instance)) for error in errors if error.validator == "required")
    return (sum(kind == "type" for kind in kinds), constants, lacks, len(errors))


def _typed(value: Any) -> str:
    return value if isinstance(value, str) else ""
