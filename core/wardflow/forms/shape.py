"""What a schema asks for once a value is known: conditions decided, references followed, alternatives picked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wardflow.forms.alternatives import Chooser, Place, alternatives, nth_choice, pick
from wardflow.forms.anything import by_kind
from wardflow.forms.judge import Judge
from wardflow.forms.registry import NEVER, NO_SCHEMAS, Part, follow, inner
from wardflow.forms.values import Path, type_name

_MOST_KEPT = 8192
_IMPLIED = {
    "object": (
        "properties", "patternProperties", "additionalProperties", "propertyNames", "required", "minProperties", "maxProperties",
        "dependentRequired", "dependentSchemas", "dependencies", "unevaluatedProperties",
    ),
    "array": ("items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains", "unevaluatedItems"),
    "string": ("minLength", "maxLength", "pattern", "format"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shape:
    """All schema parts that speak about one value, the nearest first; the nearest word on a label wins."""

    parts: tuple[Part, ...]
    choosers: tuple[Chooser, ...] = ()
    everything: bool = False
    anchors: Mapping[int, str] = field(default_factory=dict)
    taken: frozenset[int] = frozenset()
    """The schemas that hold only because of the alternative that was picked."""
    known: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """What was worked out already."""

    @property
    def own(self) -> Shape:
        """The shape without the alternatives picked: it names the field whatever is picked."""
        return Shape(tuple(part for part in self.parts if id(part.schema) not in self.taken))

    def get(self, keyword: str, default: Any = None) -> Any:
        """The nearest part's word on a keyword."""
        return next((part.schema[keyword] for part in self.parts if keyword in part.schema), default)

    def every(self, keyword: str) -> Iterator[tuple[Part, Any]]:
        """Each part that has the keyword, with what it says."""
        return ((part, part.schema[keyword]) for part in self.parts if keyword in part.schema)

    @property
    def properties(self) -> Mapping[str, tuple[Part, ...]]:
        """The names an object shows, each with the parts that speak about it, in the order of the form."""
        if "properties" not in self.known:
            self.known["properties"] = self._properties()
        found: Mapping[str, tuple[Part, ...]] = self.known["properties"]
        return found

    @property
    def required(self) -> frozenset[str]:
        """The names that must be there."""
        if "required" not in self.known:
            lists = (names for _, names in self.every("required") if isinstance(names, list))
            self.known["required"] = frozenset(name for names in lists for name in names)
        found: frozenset[str] = self.known["required"]
        return found

    @property
    def types(self) -> frozenset[str]:
        """The JSON types the value may have; empty when the schema does not say."""
        if "types" not in self.known:
            self.known["types"] = self._types()
        found: frozenset[str] = self.known["types"]
        return found

    def _properties(self) -> dict[str, tuple[Part, ...]]:
        found: dict[str, tuple[Part, ...]] = {}
        after: dict[str, str] = {}
        for part, properties in self.every("properties"):
            for name, schema in properties.items():
                if name not in found and id(part.schema) in self.anchors:
                    after[name] = self.anchors[id(part.schema)]
                found[name] = (*found.get(name, ()), inner(part, schema))
        if not self.everything:  # `false` is how a condition says that a question is not asked
            found = {name: parts for name, parts in found.items() if not any(part.schema == NEVER for part in parts)}
        order = [name for name in self.get("x-order", ()) if name in found]
        for name in found:
            if name not in order:
                order.insert(_place(order, name, after), name)
        return {name: found[name] for name in order}

    def _types(self) -> frozenset[str]:
        said: frozenset[str] | None = None
        for _, written in self.every("type"):
            names = frozenset([written] if isinstance(written, str) else written)
            names |= {"integer"} if "number" in names else set()
            said = names if said is None else said & names
        return said if said is not None else self._implied()

    def _implied(self) -> frozenset[str]:
        values = self.get("enum") or ([self.get("const")] if any(self.every("const")) else [])
        if values:
            return frozenset(type_name(value) for value in values)
        return frozenset(name for name, words in _IMPLIED.items() if any(any(self.every(word)) for word in words))


def _place(order: list[str], name: str, after: Mapping[str, str]) -> int:
    """Where a name goes: a question that an answer brought up stands behind that answer, and those it brought up before."""
    anchor = after.get(name)
    if anchor not in order:
        return len(order)
    at = order.index(str(anchor)) + 1
    while at < len(order) and after.get(order[at]) == anchor:
        at += 1
    return at


@dataclass(frozen=True, slots=True)
class Shaper:
    """Works out shapes; `choices` are the alternatives a person picked by hand, by JSON pointer."""

    judge: Judge = field(default_factory=Judge)
    choices: Mapping[str, int] = field(default_factory=dict)
    kept: dict[tuple[int, ...], tuple[tuple[Part, ...], Shape]] = field(default_factory=dict, compare=False, repr=False)

    def shape(self, parts: tuple[Part, ...], value: Any, path: Path) -> Shape:
        """The shape of the value at the path."""
        gathering = _Gathering(self, value, path)
        for part in parts:
            gathering.add(part)
        gathering.settle()
        return gathering.shape()

    def every_part(self, parts: tuple[Part, ...]) -> Shape:
        """The shape with all branches of all conditions open: what could ever be asked here."""
        known = tuple(id(part.schema) for part in parts)
        kept = self.kept.get(known)
        if kept is None:
            if len(self.kept) >= _MOST_KEPT:
                self.kept.clear()
            gathering = _Gathering(self, None, (), everything=True)
            for part in parts:
                gathering.add(part)
            kept = self.kept[known] = parts, Shape(tuple(gathering.parts), everything=True)
        return kept[1]


@dataclass(slots=True)
class _Gathering:
    """One walk over everything that speaks about one value."""

    shaper: Shaper
    value: Any
    path: Path
    everything: bool = False
    parts: list[Part] = field(default_factory=list)
    choosers: list[Chooser] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    anchors: dict[int, str] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)

    def shape(self) -> Shape:
        """What was found."""
        found, choosers = tuple(self.parts), tuple(self.choosers)
        return Shape(found, choosers, anchors=self.anchors, taken=frozenset(self.taken))

    def settle(self) -> None:
        """Where no part says what kind of value this is, or several kinds are allowed, the kind becomes a choice."""
        if any(isinstance(part.schema.get("type"), str) for part in self.parts):
            return  # most fields by far
        kinds = by_kind(self.shape(), self.value)
        if kinds:
            resolver = (self.parts or [NO_SCHEMAS.part({})])[0].resolver
            branches = tuple(Part(kind, resolver) for kind in kinds)
            self.choose(branches, [self.shaper.every_part((branch,)) for branch in branches])

    def choose(self, branches: tuple[Part, ...], shapes: Sequence[Shape]) -> None:
        """Take in the alternative that was picked, and ask which it shall be."""
        picked = pick(self.shaper, self.place, branches, shapes)
        self.choosers.append(Chooser(branches, picked, self.place.path))
        first = len(self.parts)
        self.add(branches[picked])
        self.taken.update(id(part.schema) for part in self.parts[first:])

    @property
    def place(self) -> Place:
        """Where the next choice stands: a second one at the same value has a path of its own."""
        return Place(self.value, nth_choice(self.path, len(self.choosers)))

    def behind(self, anchor: str | None, part: Part) -> None:
        """Take in a part that shows because of the answer named."""
        first = len(self.parts)
        self.add(part)
        for added in self.parts[first:] if anchor else ():
            self.anchors.setdefault(id(added.schema), str(anchor))

    def add(self, part: Part) -> None:
        """Take in a part and all it brings along for this value."""
        schema = part.schema
        if id(schema) in self.seen:
            return
        self.seen.add(id(schema))
        self.parts.append(part)
        for word in ("$ref", "$dynamicRef"):
            if isinstance(schema.get(word), str):
                self.add(follow(part, schema[word]))
        for each in schema.get("allOf", ()):
            self.add(inner(part, each))
        self._conditions(part)
        self._dependents(part)
        for keyword in ("oneOf", "anyOf"):
            if schema.get(keyword):
                self._alternatives(part, keyword)

    def _conditions(self, part: Part) -> None:
        if "if" not in part.schema:
            return
        if self.everything:
            branches = ["then", "else"]
        else:
            condition = inner(part, part.schema["if"])
            branches = ["then" if self.shaper.judge.fits(condition, self._known()) else "else"]
        asked = part.schema["if"].get("properties", {}) if isinstance(part.schema["if"], Mapping) else {}
        for word in branches:
            if word in part.schema:
                self.behind(next(reversed(asked), None), inner(part, part.schema[word]))

    def _known(self) -> Any:
        """A group nobody has begun is judged as an empty one, so that the form shows what it will ask first."""
        return {} if self.value is None or not isinstance(self.value, (dict, list, str, int, float)) else self.value

    def _dependents(self, part: Part) -> None:
        given = self.value if isinstance(self.value, Mapping) else {}
        for word in ("dependentSchemas", "dependencies", "dependentRequired"):
            for name, asked in part.schema.get(word, {}).items():
                if name in given or self.everything:
                    self.behind(name, Part({"required": asked}, part.resolver) if isinstance(asked, list) else inner(part, asked))

    def _alternatives(self, part: Part, keyword: str) -> None:
        branches = [inner(part, each) for each in part.schema[keyword]]
        if self.everything:
            for branch in branches:
                self.add(branch)
            return
        added, asked = alternatives(self.shaper, self.value, part, keyword, branches)
        for each in added:
            self.add(each)
        if asked:
            self.choose(tuple(branch for branch, _ in asked), [shape for _, shape in asked])
