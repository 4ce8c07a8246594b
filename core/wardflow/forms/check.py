"""What is wrong with a value: one objection a field, in the order of the form, as codes with facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wardflow.domain.reasons import Objection, Reason
from wardflow.forms.field import every_field
from wardflow.forms.fields import fields
from wardflow.forms.judge import Judge, LibraryError
from wardflow.forms.objecting import WEIGHT, code_of, missing_code, reason_of
from wardflow.forms.paths import pointer
from wardflow.forms.registry import NO_SCHEMAS, Schemas
from wardflow.forms.showing import with_groups, without_hidden
from wardflow.forms.values import Path, get, is_sealed


def check(schema: Mapping[str, Any], value: Any, *, schemas: Schemas = NO_SCHEMAS) -> tuple[Objection, ...]:
    """The objections to a value; answers to questions that no longer show are not looked at."""
    asked = with_groups(schema, without_hidden(schema, value, schemas=schemas), schemas=schemas)
    part = schemas.part(schema)
    heaviest: dict[str, tuple[int, Objection]] = {}
    for path, word, reason in _faults(Judge().errors(part, asked), asked):
        if any(is_sealed(get(asked, path[:depth])) for depth in range(len(path) + 1)):
            continue
        where, weight = pointer(path), WEIGHT.get(word, 50)
        if where not in heaviest or weight < heaviest[where][0]:
            heaviest[where] = (weight, Objection(where, reason))
    order = _order(schema, asked, schemas) if len(heaviest) > 1 else {}
    found = [objection for _, objection in heaviest.values()]
    return tuple(sorted(found, key=lambda objection: order.get(objection.pointer, len(order))))


def _order(schema: Mapping[str, Any], value: Any, schemas: Schemas) -> dict[str, int]:
    drawn = every_field(fields(schema, value, schemas=schemas))
    order: dict[str, int] = {}
    for number, each in enumerate(drawn):
        order.setdefault(each.pointer, number)
    return order


Fault = tuple[Path, str, Reason]


def _faults(errors: Iterator[LibraryError], value: Any, above: Path = ()) -> Iterator[Fault]:
    """Each error as the field it is about, the schema word it broke and the reason."""
    for error in errors:
        path: Path = (*above, *error.path)
        if error.validator in ("oneOf", "anyOf") and error.context:
            yield from _alternatives(error, value, path)
        elif error.validator == "required":
            for name in error.validator_value:
                if name not in error.instance:
                    yield (*path, name), "required", Reason(missing_code(error.schema, name))
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
                    yield (*path, name), "required", Reason(missing_code(error.schema, name))


def _unknown(error: LibraryError, path: Path) -> Iterator[Fault]:
    known = error.schema.get("properties", {}) if isinstance(error.schema, Mapping) else {}
    extra = [name for name in error.instance if name not in known]
    for name in extra[:20] if error.validator != "propertyNames" else []:
        yield (*path, name), "unknown", Reason("form.unknown", {"name": name})
    if error.validator == "propertyNames" or not extra:
        yield path, "unknown", reason_of(error)


def _alternatives(error: LibraryError, value: Any, path: Path) -> Iterator[Fault]:
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
    yield from _faults(iter(meant), value, path)


def _one_needed(branches: Mapping[int, list[LibraryError]], path: Path) -> Iterator[Fault]:
    for errors in branches.values():
        for error in errors:
            for name in error.validator_value:
                if name not in error.instance:
                    yield (*path, *error.path, name), "required", Reason("form.one-needed")


def _distance(errors: list[LibraryError]) -> tuple[int, int, int]:
    """How far a value is from an alternative: another type or another constant is farthest, then many errors."""
    kinds = [code_of(error) for error in errors if not error.path]
    constants = sum(error.validator in ("const", "enum") for error in errors)
    return (sum(kind == "type" for kind in kinds), constants, len(errors))


def _typed(value: Any) -> str:
    return value if isinstance(value, str) else ""
