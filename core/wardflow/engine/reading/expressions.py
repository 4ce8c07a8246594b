"""FEEL texts and timers of a file, compiled while it is read; what cannot be compiled becomes a finding."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from wardflow import feel
from wardflow.domain.findings import LintFinding
from wardflow.engine import iso
from wardflow.engine.definition import Binding, Expression, Timer
from wardflow.engine.refused import finding
from wardflow.errors import FeelUntranslatable, WardflowError

FEEL_LANGUAGES = frozenset(
    (
        "",
        "feel",
        "https://www.omg.org/spec/dmn/20191111/feel/",
        "http://www.omg.org/spec/feel/20140401",
        "https://www.omg.org/spec/dmn/20180521/feel/",
        "https://www.omg.org/spec/dmn/20211108/feel/",
        "https://www.omg.org/spec/dmn/20230324/feel/",
        "http://www.w3.org/1999/xpath",
        "http://www.java.com/javatypes",
        "http://www.jcp.org/en/jsr/detail?id=245",
    )
)
"""Names under which tools write FEEL, or write nothing meant: their defaults for files that leave the language open."""


@dataclass(slots=True)
class Sheet:
    """What reading one file collects: its name and everything found wrong or worth saying."""

    file: str
    languages: Collection[str] | None = None
    """Script languages that plugins run; None when that is not known yet."""
    findings: list[LintFinding] = field(default_factory=list)

    def refuse(self, code: str, element: Any, **facts: Any) -> None:
        """Note something that keeps the process from running."""
        self.findings.append(finding(code, self.file, element, **facts))

    def warn(self, code: str, element: Any, **facts: Any) -> None:
        """Note something that is not used."""
        self.findings.append(finding(code, self.file, element, warning=True, **facts))

    def expression(self, text: str | None, element: Any) -> Expression | None:
        """The compiled FEEL text; None when there is none or it was refused."""
        if text is None or not text.strip():
            return None
        language = (element.get("language") or "").lower()
        source = text.strip()
        if language not in FEEL_LANGUAGES:
            self.refuse("bpmn.expression-language", element, language=language, text=source)
            return None
        try:
            if "${" in source or "#{" in source:
                source = feel.translate(source)
            compiled: Expression = feel.compile(source.removeprefix("="))
        except FeelUntranslatable as error:
            self.refuse("bpmn.expression-foreign", element, text=source, why=str(error.facts.get("why", "")))
            return None
        except WardflowError as error:
            self.refuse("bpmn.expression", element, text=source, **_place(error))
            return None
        return compiled

    def child(self, parent: Any, tag: str) -> Expression | None:
        """The FEEL text of a child element."""
        found = parent.find(tag)
        return None if found is None else self.expression(found.text, found)

    def timer(self, flavour: Any, text: str | None, element: Any) -> Timer | None:
        """A timer from ISO text, or from FEEL that gives it."""
        source = (text or "").strip()
        if source.startswith("=") or "${" in source or "#{" in source:
            compiled = self.expression(source, element)
            return None if compiled is None else Timer(flavour, compiled)
        try:
            iso.check(flavour, source)
        except (iso.TimerUnreadable, OverflowError):
            self.refuse("bpmn.timer", element, text=source)
            return None
        return Timer(flavour, source)

    def binding(self, name: str, text: str | None, element: Any) -> tuple[Binding, ...]:
        """A name with its FEEL value; empty when the value was refused."""
        compiled = self.expression(text, element)
        return () if compiled is None else (Binding(name, compiled),)


def _place(error: WardflowError) -> dict[str, Any]:
    known = {
        key: value
        for key, value in error.facts.items()
        if isinstance(value, str | int) and key in ("expected", "found", "line", "column")
    }
    return known or {"expected": str(error)}
