"""What turns the texts of one model into closures: its names, its types, and the list of what could not be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from wardflow.dmn.xml import Element, attribute, line, local
from wardflow.domain.findings import LintFinding
from wardflow.errors import FeelLimit, FeelSyntaxError
from wardflow.feel import coerce
from wardflow.feel import types as t
from wardflow.feel.compile_logic import Test, any_of
from wardflow.feel.compiler import TABLE
from wardflow.feel.maker import Maker
from wardflow.feel.parser import parse, parse_tests
from wardflow.feel.run import Evaluator, Scope
from wardflow.feel.syntax import Node
from wardflow.feel.values import kind

FEEL_LANGUAGES = ("", "feel")


@dataclass(frozen=True, slots=True)
class Workshop:
    """One model's names with signs in them, its named types, its functions; `problems` grows while reading."""

    file: str
    names: frozenset[str]
    types: Mapping[str, t.Type]
    functions: frozenset[str]
    problems: list[LintFinding] = field(default_factory=list)

    @property
    def maker(self) -> Maker:
        """The compiler of this model's expressions."""
        return Maker(TABLE, self.types, self.functions)

    def expression(self, text: str, at: Element) -> Evaluator:
        """The closure of an expression; one that cannot be read is noted and gives null."""
        made: Evaluator = self._read(text, at, lambda: self.maker(parse(text, self.names)), _broken)
        return made

    def tests(self, text: str, at: Element) -> Test:
        """The closure of unary tests; those that cannot be read are noted and match nothing."""
        made: Test = self._read(text, at, lambda: any_of(parse_tests(text, self.names), self.maker), _broken_test)
        return made

    def node(self, text: str, *, tests: bool = False) -> Node | None:
        """The read text for those who look at it, None when it cannot be read."""
        try:
            return parse_tests(text, self.names) if tests else parse(text, self.names)
        except (FeelSyntaxError, FeelLimit):
            return None

    def _read(self, text: str, at: Element, make: Callable[[], Any], broken: Any) -> Any:
        language = attribute(at, "expressionLanguage").rstrip("/").rsplit("/", 1)[-1].lower()
        if language not in FEEL_LANGUAGES and "feel" not in attribute(at, "expressionLanguage").lower():
            self.note("dmn.language", at, language=language)
            return broken
        try:
            return make()
        except FeelSyntaxError as error:
            facts = {"text": text[:200], "expected": error.expected, "found": error.found, "excerpt": error.excerpt}
            self.note("dmn.feel", at, error.line, error.column, **facts, caret=error.caret)
        except FeelLimit as error:
            self.note("dmn.limit", at, limit=error.limit, what=error.what)
        return broken

    def note(self, code: str, at: Element, text_line: int = 1, column: int = 0, **facts: Any) -> None:
        """Add a finding about an element of the file."""
        name = attribute(at, "id") or attribute(at, "name") or local(at)
        self.problems.append(LintFinding(code, self.file, line(at) + text_line - 1, column, name, facts, "error"))

    def type(self, reference: str) -> t.Type | None:
        """The type that a `typeRef` names; None for no or an unknown name, which then restricts nothing."""
        name = reference.removeprefix("feel:").strip()
        if not name or name in ("Any", "<Undefined>"):
            return None
        simple: t.Type = t.Simple(name)
        found = t.resolve(simple, self.types)
        return found or t.resolve(t.Simple(name.partition(":")[2]), self.types)


def _broken(scope: Scope) -> None:
    scope.run.warn("broken-expression")


def _broken_test(value: Any, scope: Scope) -> None:
    scope.run.warn("broken-expression")


def typed(evaluate: Evaluator, type_: t.Type | None, name: str) -> Evaluator:
    """The closure with its result made to fit a type; null with a warning when it does not."""
    if type_ is None:
        return evaluate

    def fitted(scope: Scope) -> Any:
        value = evaluate(scope)
        fits, converted = coerce.converted(value, type_)
        if not fits:
            scope.run.warn("wrong-result", name=name, kind=kind(value), wanted=t.described(type_))
        return converted

    return fitted
