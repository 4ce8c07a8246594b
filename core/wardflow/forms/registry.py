"""The schemas forms may refer to: a closed set handed in by the caller, nothing is ever fetched."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012, EMPTY_REGISTRY

if TYPE_CHECKING:
    from referencing._core import Resolver  # the library names this type nowhere else

Schema = Mapping[str, Any]
Worked = TypeVar("Worked")
KEPT = 128
"""Forms kept ready; a form made for one page goes with the next clearing."""
NEVER: Schema = {"not": {}}


@dataclass(frozen=True, slots=True)
class Part:
    """A schema together with the place its references are resolved from."""

    schema: Schema
    resolver: Resolver[Any]


class Schemas:
    """Shared schemas by the name a `$ref` may use: the key they are handed in with, and their own `$id`."""

    __slots__ = ("_parts", "_worked", "documents", "registry", "shapes")

    def __init__(self, documents: Mapping[str, Schema] | None = None) -> None:
        self.documents = dict(documents or {})
        registry: Registry[Any] = EMPTY_REGISTRY
        for name, document in self.documents.items():
            resource = _resource(document)
            registry = registry.with_resource(name, resource)
            if own := resource.id():
                registry = registry.with_resource(own, resource)
        self.registry = registry.crawl()
        self._parts: dict[int, tuple[Schema | bool, Part]] = {}
        self._worked: dict[tuple[int, object], Any] = {}
        self.shapes: dict[tuple[int, ...], Any] = {}
        """What was worked out about parts of these schemas that no value changes; see `Shaper.every_part`."""

    def part(self, schema: Schema | bool) -> Part:
        """The schema of a form, ready to have its references followed; the forms asked for lately are kept ready."""
        known = self._parts.get(id(schema))
        if known is not None and known[0] is schema:
            return known[1]
        if len(self._parts) >= KEPT:
            self._parts.clear()
            self._worked.clear()
        part = self._made(schema)
        self._parts[id(schema)] = schema, part
        return part

    def once(self, schema: Schema, work: Callable[[Part], Worked]) -> Worked:
        """What some work makes of a form: done once, and kept as long as the form is."""
        part = self.part(schema)
        key = id(schema), work
        if key not in self._worked:
            self._worked[key] = work(part)
        made: Worked = self._worked[key]
        return made

    def _made(self, schema: Schema | bool) -> Part:
        document = as_schema(schema)
        resource = _resource(document)
        base = resource.id() or ""
        return Part(document, self.registry.with_resource(base, resource).resolver(base))


def as_schema(schema: Any) -> Schema:
    """The schema as a mapping: `true` allows everything, `false` nothing."""
    if isinstance(schema, Mapping):
        return schema
    return {} if schema else NEVER


def follow(part: Part, reference: str) -> Part:
    """The schema a reference means; raises `referencing.exceptions.Unresolvable` when it is not in the set."""
    found = part.resolver.lookup(reference)
    return Part(as_schema(found.contents), found.resolver)


def inner(part: Part, schema: Any) -> Part:
    """A schema that stands inside another one."""
    mapping = as_schema(schema)
    own = mapping.get("$id")
    resolver = part.resolver.in_subresource(_resource(mapping)) if isinstance(own, str) else part.resolver
    return Part(mapping, resolver)


def _resource(document: Schema) -> Resource[Any]:
    # without `$schema`, at which the library would leave our reading of all drafts' words for that one draft's
    return DRAFT202012.create_resource({word: said for word, said in document.items() if word != "$schema"})


NO_SCHEMAS = Schemas()
