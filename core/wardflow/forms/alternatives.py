"""`oneOf` and `anyOf`: which alternative a value has taken, and whether a person must be asked to choose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wardflow.forms.paths import pointer
from wardflow.forms.registry import Part
from wardflow.forms.values import Path, type_name

if TYPE_CHECKING:
    from wardflow.forms.shape import Shape, Shaper

_DRAWS = ("type", "properties", "items", "prefixItems", "enum", "const", "$ref", "allOf", "oneOf", "anyOf", "format")
_NARROWS = ("enum", "const", "pattern", "format", "minLength", "maxLength")


@dataclass(frozen=True, slots=True)
class Chooser:
    """A choice between alternatives that no value of the form tells apart, so the form asks."""

    branches: tuple[Part, ...]
    picked: int
    path: Path


@dataclass(frozen=True, slots=True)
class Place:
    """Where alternatives stand: the value they are about, and the path their choice is known by."""

    value: Any
    path: Path


def nth_choice(path: Path, at: int) -> Path:
    """The path of the nth choice at one value; the first has the path of the value."""
    return (*path, f"~choice{at}") if at else path


Asked = Sequence[tuple[Part, "Shape"]]


def alternatives(
    shaper: Shaper, value: Any, part: Part, keyword: str, branches: Sequence[Part]
) -> tuple[list[Part], Asked]:
    """The parts that hold for this value, and the alternatives a person must choose from, if any."""
    shapes = [shaper.every_part((branch,)) for branch in branches]
    drawn = [index for index, shape in enumerate(shapes) if draws(shape) and shape.types != {"null"}]
    if all(is_option(shape) for shape in shapes):
        return [], ()
    if not drawn or any(not draws(shape) for shape in shapes):
        return [], ()
    if len(drawn) == 1:
        only = branches[drawn[0]]
        return [_nullable(shapes[drawn[0]], only) if len(shapes) > 1 else only], ()
    if name := discriminator([shapes[index] for index in drawn]):
        return _told_apart(value, part, name, [(branches[index], shapes[index]) for index in drawn]), ()
    if keyword == "anyOf" and (free := _free_text([shapes[index] for index in drawn])):
        return [Part(free, part.resolver)], ()
    return [], [(branches[index], shapes[index]) for index in drawn]


def _free_text(shapes: Sequence[Shape]) -> dict[str, Any] | None:
    """A line of text that proposes the entries of a list, where any other text will do as well."""
    free = [shape for shape in shapes if shape.types == {"string"} and not any(_any(shape, word) for word in _NARROWS)]
    listed = [each for shape in shapes for each in shape.get("enum", ()) if shape.types == {"string"} and isinstance(each, str)]
    if len(free) != 1 or not listed or not all(shape in free or _any(shape, "enum") for shape in shapes):
        return None
    if any(shape.types != {"string"} for shape in shapes):
        return None
    return {"type": "string", "x-suggest": listed}


def _any(shape: Shape, word: str) -> bool:
    return any(True for _ in shape.every(word))


def draws(shape: Shape) -> bool:
    """Whether an alternative says what to draw, or only narrows what others drew."""
    return any(any(shape.every(word)) for word in _DRAWS)


def is_option(shape: Shape) -> bool:
    """Whether an alternative is one entry of a list to choose from: a constant with a title."""
    return any(shape.every("const")) and not shape.properties


def discriminator(shapes: Sequence[Shape]) -> str | None:
    """The property whose constant tells all alternatives apart."""
    for name in shapes[0].properties:
        constants = [_constant(shape, name) for shape in shapes]
        if all(constants) and len({repr(each) for each in constants}) == len(constants):
            return name
    return None


def pick(shaper: Shaper, place: Place, branches: Sequence[Part], shapes: Sequence[Shape]) -> int:
    """The alternative chosen by hand, else the one the value fits, else the nearest to it."""
    by_hand = shaper.choices.get(pointer(place.path)) if shaper.choices else None
    if by_hand is not None and 0 <= by_hand < len(branches):
        return by_hand
    scores = [(shaper.judge.fits(branch, place.value), _likeness(shape, place.value))
              for branch, shape in zip(branches, shapes, strict=True)]  # fmt: skip
    return max(range(len(branches)), key=lambda index: (scores[index], -index))


def _likeness(shape: Shape, value: Any) -> float:
    if value and type_name(value) not in shape.types:
        return -1
    if not isinstance(value, Mapping):
        return 0
    known = shape.properties
    wrong = sum(1 for name in value if (said := _constant(shape, name)) and said[0] != value[name])
    return sum(name in known for name in value) - 10 * wrong - len(shape.required - set(value)) / 100


def _constant(shape: Shape, name: str) -> tuple[Any] | None:
    """The one value a property may have, wrapped, since it may be null."""
    for part in shape.properties.get(name, ()):
        if "const" in part.schema:
            return (part.schema["const"],)
        if len(part.schema.get("enum", ())) == 1:
            return (part.schema["enum"][0],)
    return None


def _told_apart(value: Any, part: Part, name: str, branches: Iterable[tuple[Part, Shape]]) -> list[Part]:
    """The branch the discriminator names, and the discriminator itself as a list to choose from."""
    options: list[dict[str, Any]] = []
    taken: Part | None = None
    given = value.get(name) if isinstance(value, Mapping) else None
    needed = True
    for branch, shape in branches:
        (constant,) = _constant(shape, name) or (None,)
        words = {word: shape.get(word) for word in ("title", "x-i18n") if shape.get(word)}
        options.append({"const": constant, **words})
        needed = needed and name in shape.required
        if constant == given:
            taken = branch
    asked: dict[str, Any] = {"properties": {name: {"oneOf": options}}}
    if needed:
        asked["required"] = [name]
    listed = Part(asked, part.resolver)
    return [listed] if taken is None else [listed, taken]


def _nullable(shape: Shape, part: Part) -> Part:
    """The one alternative beside null; `x-nullable` tells the form that leaving it empty is an answer."""
    return Part({"allOf": [part.schema], "x-nullable": True}, part.resolver)
