"""Valid documents of a JSON Schema, drawn at random from a seed, with the awkward texts and numbers people really send."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft7Validator, Draft202012Validator

_TEXTS = ("a", "Nguyễn Văn A", "12/3 Lê Lợi", " rìa ", "", "1.234", "true", "null", "[1]", "<b>\"&amp;", "hai\ndòng", "\ndòng đầu trống",
          "Ă", "một hai ba bốn năm sáu bảy tám chín mười", "0", "e\u0301", "2026-09-04", "04/09/2026")  # fmt: skip
_FORMATS = {
    "date": ("2026-09-04", "1989-06-20", "0913-08-15"), "time": ("08:30:00Z", "23:59:59.5+07:00"), "email": ("a@b.vn", "x.y@danang.gov.vn"),
    "date-time": ("2026-09-04T08:30:00+07:00", "2026-09-04T08:30:15Z"), "uri": ("https://wardflow.org/a?b=1",),
    "uuid": ("7d444840-9dc0-11d1-b245-5ffdce74fad2",), "uri-reference": ("a/b",), "regex": ("^a$",),
}  # fmt: skip
_NUMBERS = (0, 1, -1, 3, 17, 1234, 99999, 0.5, 1.005, 126.55, -2.25, 1e-9, 1234567.25, 6.5e22)
_DEEPEST = 6


def documents(schema: Mapping[str, Any], count: int, seed: int = 1) -> list[Any]:
    """As many different valid documents as could be found, at most `count`."""
    validator = (Draft7Validator if "draft-07" in str(schema.get("$schema")) else Draft202012Validator)(schema)
    maker = _Maker(schema, random.Random(seed))
    found: list[Any] = []
    for _ in range(count * 12):
        document = maker.make(schema, 0)
        if document not in found and validator.is_valid(document):
            found.append(document)
        if len(found) == count:
            break
    return found


class _Maker:
    def __init__(self, root: Mapping[str, Any], dice: random.Random) -> None:
        self.root, self.dice = root, dice

    def make(self, schema: Any, depth: int) -> Any:
        """A document that most likely fits."""
        if not isinstance(schema, Mapping) or not schema:
            return self.dice.choice(("x", 1, True, None, [1, "a"], {"k": "v"})) if schema is not False else None
        schema = self.flat(schema)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self.dice.choice(schema["enum"])
        kinds = schema.get("type") or ("object" if "properties" in schema else "array" if "items" in schema else "string")
        kind = self.dice.choice(kinds) if isinstance(kinds, list) else kinds
        made: Any = getattr(self, "_" + kind)(schema, depth)
        return made

    def flat(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """The schema with references followed, parts joined and one alternative taken."""
        joined: dict[str, Any] = {}
        for part in self._parts(schema):
            for word, said in part.items():
                if word == "properties":
                    joined[word] = {**joined.get(word, {}), **said}
                elif word == "required":
                    joined[word] = [*joined.get(word, []), *said]
                else:
                    joined.setdefault(word, said)
        return joined

    def _parts(self, schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        yield {word: said for word, said in schema.items() if word not in ("$ref", "allOf", "anyOf", "oneOf")}
        if "$ref" in schema:
            yield from self._parts(self._followed(schema["$ref"]))
        for each in schema.get("allOf", ()):
            yield from self._parts(each)
        for word in ("oneOf", "anyOf"):
            if word in schema:
                yield from self._parts(self.dice.choice(schema[word]))
        if "if" in schema and (branch := schema.get(self.dice.choice(("then", "else")))):
            yield from self._parts(branch if isinstance(branch, Mapping) else {})

    def _followed(self, reference: str) -> Mapping[str, Any]:
        here: Any = self.root
        for token in reference.removeprefix("#").split("/")[1:]:
            here = here[token]
        return here if isinstance(here, Mapping) else {}

    def _object(self, schema: Mapping[str, Any], depth: int) -> dict[str, Any]:
        keep = 0.6 if depth < 3 else 0.25 if depth < _DEEPEST else 0
        names = [name for name in schema.get("properties", {}) if name in schema.get("required", ()) or self.dice.random() < keep]
        return {name: self.make(schema["properties"][name], depth + 1) for name in names}

    def _array(self, schema: Mapping[str, Any], depth: int) -> list[Any]:
        fixed = schema.get("prefixItems", schema["items"] if isinstance(schema.get("items"), list) else [])
        made = [self.make(each, depth + 1) for each in fixed]
        if fixed:
            return made
        least = schema.get("minItems", 0)
        wanted = self.dice.randint(least, min(schema.get("maxItems", least + 3), least + 3)) if depth < _DEEPEST else least
        rows = [self.make(schema.get("items", True), depth + 1) for _ in range(wanted)]
        return [row for at, row in enumerate(rows) if row not in rows[:at]] if schema.get("uniqueItems") else rows

    def _string(self, schema: Mapping[str, Any], depth: int) -> str:
        if schema.get("format") in _FORMATS:
            return self.dice.choice(_FORMATS[schema["format"]])
        if schema.get("examples"):
            return str(self.dice.choice(schema["examples"]))
        text = self.dice.choice(_TEXTS)
        text += "x" * (schema.get("minLength", 0) - len(text))
        return text[: schema.get("maxLength", 99)]

    def _number(self, schema: Mapping[str, Any], depth: int) -> Any:
        least, most = schema.get("minimum", -1e300), schema.get("maximum", 1e300)
        return self.dice.choice([each for each in _NUMBERS if least <= each <= most] or [least])

    def _integer(self, schema: Mapping[str, Any], depth: int) -> int:
        return self.dice.randint(int(schema.get("minimum", -9)), int(schema.get("maximum", 2_000_000)))

    def _boolean(self, schema: Mapping[str, Any], depth: int) -> bool:
        return self.dice.random() < 0.5

    def _null(self, schema: Mapping[str, Any], depth: int) -> None:
        return None
