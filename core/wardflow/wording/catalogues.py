"""The sentences as they lie in files: one TOML file a topic, one folder a language."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

LANGUAGES = ("vi", "en")


def read_catalogue(folder: Traversable) -> dict[str, str]:
    """Every sentence of a folder of topic files, by its full code "topic.key"."""
    sentences: dict[str, str] = {}
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            topic = file.name.removesuffix(".toml")
            sentences.update(_flat(topic, tomllib.loads(file.read_text("utf-8"))))
    return sentences


@lru_cache(maxsize=len(LANGUAGES))
def built_in(language: str) -> Mapping[str, str]:
    """The sentences that ship with the platform in that language."""
    if language not in LANGUAGES:
        raise ValueError(f"there are no words in {language!r}")
    return read_catalogue(files("wardflow.wording") / language)


def _flat(prefix: str, table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(f"{prefix}.{key}", value)
        else:
            yield f"{prefix}.{key}", str(value).strip()
