"""What the rules of the field add to a form on a page: hints, shorter lists, fields that draw it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wardflow.cases.fielded import Said
from wardflow.forms import Field
from wardflow.wording import Wording


def shown(drawn: Sequence[Field], said: Said, words: Wording, prefix: str = "") -> tuple[Field, ...]:
    """The fields with everything the rules say at them; `prefix` is the pointer of the form inside the page's own."""
    return tuple(_shown(field, said, words, prefix) for field in drawn)


def _shown(field: Field, said: Said, words: Wording, prefix: str) -> Field:
    if field.items:
        field = replace(field, items=shown(field.items, said, words, prefix))
    at = field.pointer.removeprefix(prefix)
    if prefix and at == field.pointer:
        return field
    hints = [words.say(hint.reason) for hint in said.hints if matches(hint.pointer, at)]
    left = [each.values for each in said.narrowed if matches(each.pointer, at)]
    return replace(
        field,
        hint=" ".join(part for part in (field.hint, *hints) if part),
        options=tuple(
            option for option in field.options if option.chosen or all(option.value in values for values in left)
        ),
        live=field.live or any(matches(pointer, at) for pointer in said.reads),
    )


def matches(pattern: str, pointer: str) -> bool:
    """True when a rule's pointer means a place of the form; `*` is any item."""
    wanted, given = pattern.split("/"), pointer.split("/")
    return len(wanted) == len(given) and all(one in ("*", other) for one, other in zip(wanted, given, strict=True))
