"""What is wrong with an expression before it ever runs, as far as the types of its names tell."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from wardflow.domain.findings import LintFinding
from wardflow.errors import FeelLimit, FeelSyntaxError
from wardflow.feel import infer
from wardflow.feel import syntax as s
from wardflow.feel import types as t
from wardflow.feel.declared import declared_type, declared_types
from wardflow.feel.parser import parse, parse_tests


def check(text: str, types: Mapping[str, Any], *, file: str = "", element: str = "") -> list[LintFinding]:
    """The findings on an expression whose context has these types: names to FEEL type names, or a JSON Schema."""
    known = declared_types(types)
    return _checked(text, known, file, element, tests=False)


def check_tests(
    text: str, input_type: Any, types: Mapping[str, Any], *, file: str = "", element: str = ""
) -> list[LintFinding]:
    """The findings on a table's cell whose input has this type."""
    known = {**declared_types(types), "?": declared_type(input_type)}
    return _checked(text, known, file, element, tests=True)


def _checked(text: str, known: Mapping[str, t.Type], file: str, element: str, *, tests: bool) -> list[LintFinding]:
    unusual = [name for name in known if not name.isidentifier()]
    try:
        node: s.Node = parse_tests(text, unusual) if tests else parse(text, unusual)
    except FeelSyntaxError as error:
        facts = {"text": text[:200], "expected": error.expected, "found": error.found, "excerpt": error.excerpt}
        return [LintFinding("feel.syntax", file, error.line, error.column, element, {**facts, "caret": error.caret})]
    except FeelLimit as error:
        return [LintFinding("feel.limit", file, 1, 1, element, {"text": text[:200], "limit": error.limit, "what": error.what})]
    notes = Notes(text, file, element)
    infer.infer(node, infer.Sight(dict(known)), notes)
    return notes.findings


class Notes:
    """Collects findings at places of one text."""

    def __init__(self, text: str, file: str, element: str) -> None:
        self.text = text
        self.file = file
        self.element = element
        self.findings: list[LintFinding] = []

    def add(self, code: str, node: s.Node, **facts: Any) -> None:
        """Note a finding where the construct stands, once."""
        line = self.text.count("\n", 0, node.at) + 1
        column = node.at - self.text.rfind("\n", 0, node.at)
        told = {"text": self.text[:200], **facts}
        finding = LintFinding(f"feel.{code}", self.file, line, column, self.element, told)
        if finding not in self.findings:
            self.findings.append(finding)

    def unknown(self, code: str, node: s.Node, name: str, known: list[str]) -> None:
        """Note a name that is not there, with the nearest that is."""
        nearest = get_close_matches(name, known, n=1, cutoff=0.6)
        self.add(code, node, name=name, nearest=nearest[0] if nearest else "")
