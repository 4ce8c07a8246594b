"""Every code the engine gives has words in both languages."""

import re
from pathlib import Path

import pytest
import wardflow.engine
from wardflow.engine.reading.dialects import UNUSED
from wardflow.engine.refused import HARMLESS, REFUSED
from wardflow.engine.rules import RULES
from wardflow.wording import Wording

FOLDER = Path(wardflow.engine.__file__).parent
CODE = re.compile(r'"(bpmn\.[a-z-]+)"')


def codes(*parts: str) -> set[str]:
    """The codes that stand in the source of some parts."""
    files = [file for part in parts for file in (FOLDER / part).glob("*.py")]
    return {code for file in files for code in CODE.findall(file.read_text())}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_incident_and_finding_has_words(language: str) -> None:
    known = Wording(language).codes()
    incidents = codes("stepper") | {"bpmn.step-budget"}
    findings = (
        codes("reading", "rules")
        | {rule.code for rule in RULES}
        | set(CODE.findall((FOLDER / "refused.py").read_text()))
    )
    assert not incidents - known
    assert not {f"lint.{code}" for code in findings} - known
    assert not {f"lint.bpmn.harmless-why.{why}" for why in HARMLESS.values()} - known
    assert not {f"lint.bpmn.instead.{why}" for why in REFUSED.values()} - known
    assert not {f"lint.bpmn.unused-why.{why}" for why in (*UNUSED.values(), "expression", "unknown")} - known
