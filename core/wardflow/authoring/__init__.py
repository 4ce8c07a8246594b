"""A package of rules to begin with: written once, then its author's own."""

from __future__ import annotations

import keyword
import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from wardflow.plugin_errors import PluginNameRefused

NAME = re.compile(r"[a-z][a-z0-9_]{1,30}")
TEMPLATE: Final = files("wardflow.authoring") / "template"
PLACES: Final = {
    "pyproject.toml.in": "pyproject.toml",
    "README.md.in": "README.md",
    "init.py.in": "wardflow_{name}/__init__.py",
    "rules.py.in": "wardflow_{name}/rules.py",
    "shipped.py.in": "wardflow_{name}/shipped.py",
    "form.json.in": "wardflow_{name}/forms/{code}.json",
    "procedure.toml.in": "wardflow_{name}/procedures/{code}.toml",
    "thresholds.toml.in": "wardflow_{name}/data/thresholds.toml",
    "rules.toml.in": "wardflow_{name}/data/rules.toml",
    "wording/vi.toml.in": "wardflow_{name}/wording/vi/{name}.toml",
    "wording/en.toml.in": "wardflow_{name}/wording/en/{name}.toml",
    "tests/rules.csv.in": "tests/rules.csv",
    "tests/test_rules.py.in": "tests/test_rules.py",
}


def begin(name: str, where: Path, pack: str) -> Path:
    """The new folder of a package whose procedure runs by `pack`; nothing that is there already is written over."""
    if not NAME.fullmatch(name) or keyword.iskeyword(name):
        raise PluginNameRefused(name=name)
    folder = where / f"wardflow-{name.replace('_', '-')}"
    if folder.exists():
        raise FileExistsError(17, "is there already", str(folder))
    for source, target in PLACES.items():
        place = folder / target.format(name=name, code=name.replace("_", "-"))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(_filled(_at(source), name, pack), encoding="utf-8")
    (folder / f"wardflow_{name}" / "py.typed").touch()
    return folder


def _at(path: str) -> Traversable:
    return TEMPLATE.joinpath(*path.split("/"))


def _filled(file: Traversable, name: str, pack: str) -> str:
    text = file.read_text("utf-8")
    for word, meant in {"@NAME@": name, "@CODE@": name.replace("_", "-"), "@PACK@": pack}.items():
        text = text.replace(word, meant)
    return text
