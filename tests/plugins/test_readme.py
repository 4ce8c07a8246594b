"""The guide for plugin authors lists every hook with the sentence that hookspecs.py has for it."""

from __future__ import annotations

import re
from pathlib import Path

from wardflow import hookspecs

GUIDE = Path(__file__).parents[2] / "plugins" / "README.md"


def test_the_table_of_hooks_is_that_of_the_code() -> None:
    hooks = {name: hook.__doc__ for name, hook in vars(hookspecs).items() if hasattr(hook, "wardflow_spec")}
    table = GUIDE.read_text("utf-8").split("## The hooks")[1].split("\n## ")[0]
    assert dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", table, re.MULTILINE)) == hooks


def test_every_plugin_of_the_checkout_is_in_the_list() -> None:
    folders = {file.parent.name for file in GUIDE.parent.glob("*/pyproject.toml")}
    assert set(re.findall(r"^\| \[`(\w+)/`\]", GUIDE.read_text("utf-8"), re.MULTILINE)) == folders
