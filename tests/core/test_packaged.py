"""The files of a package: what is wrong with one is said with its name, not as an error of a parser."""

from __future__ import annotations

from pathlib import Path

import pytest
from wardflow.errors import PluginUnusable
from wardflow.packaged import Packaged

GOOD = {
    "__init__.py": "", "data/rules.toml": '[few]\nbasis = "Điều 1"\n', "forms/a.json": "{}", "wording/vi/x.toml": 'a = "Một."\n',
    "wording/en/x.toml": 'a = "One."\n', "data/thresholds.toml": "threshold = []\n",
}  # fmt: skip


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Packaged:
    """A package with one of its files as the test gives it."""
    name = f"wardflow_kit_{abs(hash(request.node.name))}"
    for path, text in {**GOOD, **getattr(request, "param", {})}.items():
        file = tmp_path / name / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    return Packaged(name)


def test_a_rule_without_a_row_in_rules_toml_is_named_with_those_that_have_one(package: Packaged) -> None:
    assert package.law("few").basis == "Điều 1"
    with pytest.raises(PluginUnusable, match=r"says nothing of \[many\].*it has few") as refused:
        package.law("many")
    assert refused.value.why.code == "plugins.out.file"


@pytest.mark.parametrize("package", [{"forms/a.json": '{"a" 1}'}], indirect=True)
def test_a_form_that_is_no_json_is_named(package: Packaged) -> None:
    with pytest.raises(PluginUnusable, match=r"forms/a.json cannot be read: .*line 1"):
        package.schema("forms/a.json")


@pytest.mark.parametrize("package", [{"data/thresholds.toml": "x = y\n"}], indirect=True)
def test_a_table_that_is_no_toml_is_named(package: Packaged) -> None:
    with pytest.raises(PluginUnusable, match=r"data/thresholds.toml cannot be read: .*line 1"):
        package.thresholds()


@pytest.mark.parametrize("package", [{"wording/en/x.toml": "a = One.\n"}], indirect=True)
def test_sentences_that_are_no_toml_are_named_by_their_language(package: Packaged) -> None:
    with pytest.raises(PluginUnusable, match="wording/en cannot be read"):
        package.words()
