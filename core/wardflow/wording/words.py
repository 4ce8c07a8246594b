"""A language's words: `Wording("vi").say(reason)` is the sentence for it."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo

from wardflow.domain.findings import Finding, LintFinding
from wardflow.domain.reasons import Objection, Reason
from wardflow.errors import WardflowError
from wardflow.wording import formats
from wardflow.wording.catalogues import built_in
from wardflow.wording.citations import cited

Sayable = Reason | Objection | Finding | LintFinding | WardflowError | str
CITATIONS = frozenset({"basis", "instrument", "legal_basis"})
"""Facts that cite a law or an instrument; no other fact is ever rewritten."""
UNKNOWN = "…"
"""Stands for a fact the reason does not carry: a sentence with a gap helps more than no sentence."""

_PARSE = Formatter().parse


class Wording:
    """The words of one language; catalogues given later win over earlier ones and over the built-in ones."""

    def __init__(self, language: str, *extra: Mapping[str, str], zone: ZoneInfo = formats.HANOI) -> None:
        self.language = language
        self.zone = zone
        self._sentences = ChainMap(*(dict(catalogue) for catalogue in reversed(extra)), dict(built_in(language)))

    def __contains__(self, code: str) -> bool:
        """True when there are words for the code."""
        return code in self._sentences

    def codes(self) -> frozenset[str]:
        """Every code that has words."""
        return frozenset(self._sentences)

    def template(self, code: str) -> str:
        """The sentence as it lies in its file, placeholders and all."""
        return self._sentences[code]

    @classmethod
    def format_names(cls) -> frozenset[str]:
        """Every format a placeholder may name; the empty one is the plain value."""
        return frozenset(cls._formats) | {"", "or", "if"}

    def say(self, what: Sayable, **facts: Any) -> str:
        """The sentence; a code without words shows itself, an error without words its own message."""
        code, known = _code_and_facts(what)
        text = self._sentences.get(code)
        if text is None:
            return str(what) if isinstance(what, WardflowError) else code
        try:
            return "".join(self._pieces(text, {**known, **facts}))
        except ValueError:
            return text   # a plugin's sentence with a lone brace is shown as it was written

    def _pieces(self, text: str, facts: Mapping[str, Any]) -> Iterator[str]:
        for literal, name, spec, _ in _PARSE(text):
            yield literal
            if name is not None:
                yield self._shown(self._fact(facts, name), spec or "")

    def _fact(self, facts: Mapping[str, Any], name: str) -> Any:
        """The fact, in English by preference its `_en` twin; a legal citation reads as such in English."""
        found = facts.get(f"{name}_{self.language}") or facts.get(name)
        if self.language == "vi" or name not in CITATIONS:
            return found
        return [cited(str(each)) for each in found] if isinstance(found, list | tuple) else cited(found) if isinstance(found, str) else found

    def _shown(self, value: Any, spec: str) -> str:
        name, _, rest = spec.partition(" ")
        if name == "or":
            return rest if value in (None, "") else str(value)
        if name == "if":
            return "" if value in (None, "") else rest.replace("%", self._inner(value))
        if value is None:
            return UNKNOWN
        if isinstance(value, list | tuple):
            return ", ".join(self._shown(one, spec) for one in value)
        try:
            return self._formats[name](self, value, rest) if name else self._plain(value)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            return str(value)   # a fact of another kind than its sentence expects must not cost the reader the page

    def _inner(self, value: Any) -> str:
        return self.say(Reason.from_json(value)) if isinstance(value, Mapping) and "code" in value else str(value)

    def _plain(self, value: Any) -> str:
        return formats.number(value, self.language) if isinstance(value, int | float) else str(value)

    def _say_each(self, value: Any, prefix: str) -> str:
        """The words for a value that is itself the end of a code."""
        code = f"{prefix}.{value}"
        return self.say(code) if code in self else str(value)

    _formats: Mapping[str, Callable[[Wording, Any, str], str]] = {
        "date": lambda self, value, _: formats.date(value, self.zone),
        "daymonth": lambda self, value, _: formats.day_month(value, self.zone),
        "datetime": lambda self, value, _: formats.date_time(value, self.zone),
        "time": lambda self, value, _: formats.clock_time(value, self.zone),
        "weekday": lambda self, value, _: formats.weekday(value, self.language, self.zone),
        "money": lambda self, value, _: formats.money(value),
        "number": lambda self, value, _: formats.number(value, self.language),
        "count": lambda self, value, words: formats.count(value, tuple(words.split("|")), self.language),
        "limit": lambda self, value, _: formats.limit(value, self.language),
        "duration": lambda self, value, _: formats.duration(value, self.language),
        "reason": lambda self, value, _: self.say(Reason.from_json(value)),
        "say": lambda self, value, prefix: self._say_each(value, prefix),
    }


def _code_and_facts(what: Sayable) -> tuple[str, Mapping[str, Any]]:
    match what:
        case str():
            return what, {}
        case Reason():
            return what.code, what.facts
        case Objection() | Finding():
            return what.reason.code, what.reason.facts
        case LintFinding():
            own = {"element": what.element, "file": what.file, "line": what.line, "column": what.column}
            return f"lint.{what.code}", {**own, **what.facts}
        case WardflowError():
            return f"error.{type(what).__name__}", what.facts
