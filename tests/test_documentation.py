"""The documentation says what the code does: settings, commands, hooks, make targets and links."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from wardflow import hookspecs
from wardflow.cli import parser
from wardflow.settings import documented

ROOT = Path(__file__).parents[1]
LEFT_OUT = {".venv", "node_modules", ".git", "var"}
PAGES = sorted(page for page in ROOT.rglob("*.md") if not LEFT_OUT & set(page.relative_to(ROOT).parts))
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_to_something(page: Path) -> None:
    broken = [link for link in LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()]
    assert broken == []


def test_every_setting_stands_in_the_table_with_its_default_and_its_meaning() -> None:
    text = (ROOT / "core" / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| `(WARDFLOW_\w+)` \| ?(?:`([^`]*)`)? ?\| (.*) \|$", text, re.MULTILINE)

    assert rows == list(documented())


def test_every_command_of_the_readme_exists() -> None:
    known = set(re.findall(r"^    (\w+) ", parser().format_help(), re.MULTILINE))
    said = {name for page in PAGES for name in re.findall(r"(?m)(?<!from )\bwardflow ([a-z]+)", _code(page))}

    assert said <= known, said - known


def test_every_make_target_of_the_readmes_exists() -> None:
    known = set(re.findall(r"^(\w+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    said = {name for page in PAGES for name in re.findall(r"\bmake ([a-z]+)", _code(page))}

    assert said <= known, said - known


def test_every_hook_is_explained_to_plugin_authors() -> None:
    text = (ROOT / "plugins" / "README.md").read_text("utf-8")
    hooks = [name for name, hook in vars(hookspecs).items() if hasattr(hook, f"{hookspecs.GROUP}_spec")]

    assert hooks
    assert [hook for hook in hooks if f"`{hook}`" not in text] == []


@pytest.mark.parametrize("folder", ["core", "webui", "plugins", "workflows", "schemas", "tests"])
def test_every_folder_of_the_house_says_what_it_holds(folder: str) -> None:
    assert (ROOT / folder / "README.md").read_text("utf-8").startswith("# ")


def test_every_part_of_the_core_says_what_it_holds() -> None:
    parts = [part for part in (ROOT / "core" / "wardflow").iterdir() if (part / "__init__.py").exists()]

    assert [part.name for part in parts if not (part / "README.md").exists()] == []


def _code(page: Path) -> str:
    """The fenced and quoted parts of a page."""
    text = page.read_text("utf-8")
    return "\n".join([*re.findall(r"```[a-z]*\n(.*?)```", text, re.DOTALL), *re.findall(r"`([^`\n]+)`", text)])
