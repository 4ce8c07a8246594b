"""A new pack to begin with: two steps, two ends, two scenarios; it passes its own check and its own tests."""

from __future__ import annotations

import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from wardflow.errors import WardflowError
from wardflow.packs.pack import Pack
from wardflow.packs.reading import read

NAME = re.compile(r"[a-z][a-z0-9-]*")


class PackNameUnusable(WardflowError):
    """{name} cannot be the id of a pack: small letters, digits and hyphens, beginning with a letter."""


class PackThere(WardflowError):
    """{folder} holds something already; a new pack is only made in a new folder."""


def begin_pack(folder: Path, title: str = "", title_en: str = "") -> Pack:
    """The new pack in a folder that is not there yet; its id is the folder's name, in small letters, digits and hyphens."""
    if not NAME.fullmatch(folder.name):
        raise PackNameUnusable(name=folder.name)
    if folder.exists() and any(folder.iterdir()):
        raise PackThere(folder=folder)
    named = folder.name.replace("-", " ").capitalize()
    words = {"ID": folder.name, "PROCESS": folder.name.replace("-", "_"), "TITLE": _plain(title or named), "TITLE_EN": _plain(title_en or named)}
    _copied(files("wardflow.packs") / "template", folder, words)
    return read(folder)


def _copied(source: Traversable, target: Path, words: dict[str, str]) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for entry in source.iterdir():
        if entry.is_dir():
            _copied(entry, target / entry.name, words)
            continue
        text = entry.read_text("utf-8")
        for name, word in words.items():
            text = text.replace(f"@{name}@", word)
        own = entry.name.replace("process.bpmn", f"{words['ID']}.bpmn")
        (target / own).write_text(text, encoding="utf-8")


def _plain(title: str) -> str:
    """A title without the signs that mean something in TOML or XML."""
    return re.sub(r'["\\<>&]', "", title).strip()
