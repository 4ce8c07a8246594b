"""Rules on rows of a CSV file: what an author is told when a row or the package is not as it should be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from wardflow.errors import PluginUnusable
from wardflow.offers import ALLOWED, FieldRule
from wardflow.plugins import Plugins
from wardflow.testing import at_work, fake_plugin, procedure_faults, rule_table

FORM = {"type": "object", "properties": {"area": {"type": "integer"}, "plots": {"type": "array", "items": {"properties": {"size": {"type": "integer"}}}}}}
RECORD = {
    "code": "p1", "name": "Một", "name_en": "One", "pack": "dossier", "process": "dossier", "form": "p1", "legal_basis": ["x"], "time_limit": "3 wd",
}


def plugins(pointer: str = "/area", **offers: Any) -> Plugins:
    rule = FieldRule("field.small", ("p1",), pointer, lambda value, form, context: ALLOWED)
    return at_work(fake_plugin("field", schemas={"p1": FORM}, procedures=[RECORD], field_rules=[rule], **offers))


def told(tmp_path: Path, line: str) -> str:
    """What is said of a row that does not hold."""
    file = tmp_path / "rules.csv"
    file.write_text(f"rule,expects,changes\n{line}\n", "utf-8")
    table = rule_table(file, plugins(), form={"area": 1})
    with pytest.raises(AssertionError) as wrong:
        table.check(table.rows[0])
    return str(wrong.value)


def test_a_row_says_what_the_rule_says_instead(tmp_path: Path) -> None:
    assert told(tmp_path, "field.small,objects,area=5") == "line 2: with area=5, field.small says 'allows', not 'objects'"


def test_a_row_for_a_rule_that_there_is_none_of_says_so(tmp_path: Path) -> None:
    assert told(tmp_path, "field.smal,allows,area=5").endswith("; there is no rule field.smal")


def test_a_row_with_a_field_that_the_form_does_not_have_says_so(tmp_path: Path) -> None:
    assert told(tmp_path, "field.small,objects,aera=5").endswith("; the form of p1 has no field aera")
    assert "has no field" not in told(tmp_path, "field.small,objects,plots/0/size=5")


def test_a_package_that_cannot_be_loaded_is_said_before_any_row_is_looked_at(tmp_path: Path) -> None:
    with pytest.raises(PluginUnusable, match="field: ValueError: no file"):
        rule_table(tmp_path / "rules.csv", plugins(settings=ValueError("no file")))


def test_a_rule_on_a_field_that_the_form_does_not_have_is_a_fault() -> None:
    assert not [said for said in procedure_faults(plugins()) if "looks at" in said]
    assert not [said for said in procedure_faults(plugins("/plots/*/size")) if "looks at" in said]
    assert "field.small looks at /aera, which the form of p1 does not have; it has /area" in procedure_faults(plugins("/aera"))
